"""The bytes that pages load, with as many rows and messages as they show."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.page_weight import Meter, first_answer
from tests.browser.visitors import session, visit

pytestmark = pytest.mark.anywhere

FLIGHT = 14_000
"""Bytes of a response, headers included, that a server sends before it waits for an acknowledgement."""
LIST = 6_000
CSS = 9 * 1024
SCRIPT = 18 * 1024
COLD = 34 * 1024


@pytest.fixture(scope="module")
def home() -> Iterator[Demonstration]:
    """The demonstration with two years of two schools, including Ana's ticket with ten messages."""
    with demonstration(tickets=300) as running:
        yield running


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/sign-up", "/password", "/sign-in/link", "/sent", "/nada", "/api/docs", "/help"]
)
def test_a_page_for_anybody_comes_in_one_flight(home: Demonstration, path: str) -> None:
    size, _ = first_answer(home.url + path)
    assert size <= FLIGHT, size


def test_an_article_of_the_help_centre_comes_in_one_flight(home: Demonstration) -> None:
    _, html = first_answer(f"{home.url}/help?q=boleto")
    titles = LexborHTMLParser(html).css(".hit__title")
    assert titles
    for title in titles:
        size, _ = first_answer(f"{home.url}{title.attributes['href']}")
        assert size <= FLIGHT, size


@pytest.mark.parametrize("path", ["/", "/tickets/new", "/account", "/organization", "/tickets/9", "/tickets?q=nada"])
def test_a_page_of_ana_comes_in_one_flight(home: Demonstration, path: str) -> None:
    size, _ = first_answer(home.url + path, _cookie(home))
    assert size <= FLIGHT, size


@pytest.mark.parametrize("query", ["", "?from=2025-01-01&to=2026-12-31&by=organization"])
def test_a_report_comes_in_one_flight(home: Demonstration, query: str) -> None:
    size, _ = first_answer(f"{home.url}/desk/reports{query}", f"guiche={session(home, 'Lia')}")
    assert size <= FLIGHT, size


def test_a_list_of_25_tickets_weighs_at_most_6_000_bytes(home: Demonstration) -> None:
    size, html = first_answer(f"{home.url}/tickets", _cookie(home))
    titles = [title.text() for title in LexborHTMLParser(html).css(".row__title")]
    assert len(titles) == 25
    assert len(set(titles)) >= 15, titles
    assert size <= LIST, size


def test_a_ticket_of_ten_messages_comes_in_one_flight(home: Demonstration) -> None:
    _, html = first_answer(f"{home.url}/tickets?q=medicao+dez+mensagens", _cookie(home))
    [title] = LexborHTMLParser(html).css(".row__title")
    size, html = first_answer(f"{home.url}{title.attributes['href']}", _cookie(home))
    assert len(LexborHTMLParser(html).css(".message")) == 10
    assert size <= FLIGHT, size


def test_a_list_of_the_desk_and_a_ticket_there_come_in_one_flight(home: Demonstration) -> None:
    size, html = first_answer(f"{home.url}/desk?view=all", _cookie(home, "Bia"))
    assert len(LexborHTMLParser(html).css(".line")) == 25
    assert size <= FLIGHT, size
    _, html = first_answer(f"{home.url}/desk?view=all&q=medicao+dez+mensagens", _cookie(home, "Bia"))
    [title] = LexborHTMLParser(html).css(".row__title")
    size, html = first_answer(f"{home.url}{title.attributes['href']}", _cookie(home, "Bia"))
    assert len(LexborHTMLParser(html).css(".message")) == 10
    assert size <= FLIGHT, size


@pytest.mark.parametrize("opens", [False, True], ids=["list", "ticket"])
@pytest.mark.parametrize("path", ["/tickets", "/desk?view=all"])
def test_styles_and_script_stay_small(home: Demonstration, path: str, opens: bool) -> None:
    _, html = first_answer(home.url + path, _cookie(home, "Bia"))
    if opens:
        title = LexborHTMLParser(html).css(".row__title")[0]
        at = str(title.attributes["href"]).partition("#")[0]
        _, html = first_answer(home.url + at, _cookie(home, "Bia"))
        assert LexborHTMLParser(html).css(".message")
    head = LexborHTMLParser(html).head
    assert head is not None
    [style], scripts = head.css("link[rel=stylesheet]:not(noscript *)"), head.css("script")
    css, _ = first_answer(f"{home.url}{style.attributes['href']}")
    assert css <= CSS, css
    assert sum(_sizes(home, str(script.attributes["src"])) for script in scripts) <= SCRIPT
    assert all("defer" in each.attributes or each.attributes.get("type") == "module" for each in scripts)


@pytest.mark.browser
def test_a_cold_visit_of_the_list_is_light_and_a_warm_one_takes_the_page_alone(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana:
        meter = Meter(ana.page)
        ana.goes_to("/tickets")
        ana.page.wait_for_load_state("networkidle")
        expect(ana.titles()).to_have_count(25)
        assert meter.size <= COLD, meter.sizes
        assert meter.count <= 4, meter.requests
        warm = Meter(ana.page)
        ana.goes_to("/tickets")
        ana.page.wait_for_load_state("networkidle")
        assert warm.requests == {"html": 1}


def _sizes(home: Demonstration, script: str) -> int:
    """The sizes of a script and of its imports."""
    size, text = first_answer(home.url + script)
    return size + sum(_sizes(home, each) for each in re.findall(r'^import"(/[^"]+)"', text))


def _cookie(home: Demonstration, who: str = "Ana") -> str:
    return f"guiche={session(home, who)}"
