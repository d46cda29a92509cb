"""Links of the footer lead to web, e-mail and phone addresses only."""

import pytest

from web.brand.contact import Channel, Link, channel_refusals, leads_on, link_refusals

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    "address",
    [
        "https://escola.example",
        "http://escola.example:8080/a?b=c#d",
        "mailto:ajuda@escola.example",
        "tel:+551140028922",
        "tel:0800-123-4567",
    ],
)
def test_an_address_that_leads_on(address: str) -> None:
    assert leads_on(address)


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,oi", "vbscript:x"),
        *("//example.com", "/account", "escola.example", "https:escola.example", "https://", "https:///a"),
        *(
            "https://banco.example@outro.example",
            "https://a b.example",
            "https://a\\b.example",
            "https://[",
            "ftp://a.b",
        ),
        *("mailto:ninguem", "mailto:a@b.example?bcc=c@d.example", "tel:quatro", "tel:", ""),
    ],
)
def test_an_address_that_does_not(address: str) -> None:
    assert not leads_on(address)


def test_each_field_of_a_row_is_refused_by_itself() -> None:
    assert link_refusals(Link("", "x")) == {"link": "missing", "leads": "not_a_link"}
    assert channel_refusals(Channel("Telefone", "", "a" * 201)) == {
        "channel": None,
        "address": "missing",
        "hours": "too_long",
    }
