"""E-mail addresses: valid ones, one recipient each, and lists of them."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.people.identifiers.addresses import AddressList, is_address, read_addresses

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    "text",
    ["ana@aurora.example", "ana.prado+tickets@sub.aurora.example", "a@b.br", "o'neil@aurora.example", "ana_1%x@a-b.br"],
)
def test_addresses_that_people_have_are_taken(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "ana",
        "ana@",
        "@aurora.example",
        "ana@aurora",
        "ana@aurora.",
        "ana@.example",
        "ana@aurora..example",
        "ana@rui@aurora.example",
        "ana prado@aurora.example",
        "ana@aurora.example ",
        "ana@aurora.example\n",
        "ana@aurora.example\r\nBcc: caio@horizonte.example",
        "ana@aurora.example,caio@horizonte.example",
        "Ana <ana@aurora.example>",
        '"ana"@aurora.example',
        "ana(comment)@aurora.example",
        "ana@[127.0.0.1]",
        "joão@aurora.example",
        "ana@auróra.example",
        "ana\x00@aurora.example",
        "ana@aurora.example\u2028",
        "=?utf-8?q?x=0D=0ABcc=3A_caio=40horizonte.example?=@fora.example",
        "=?utf-8?q?caio=40horizonte.example=2C?=@fora.example",
        "ana@" + "a" * 250 + ".br",
    ],
)
def test_a10_what_is_none_or_more_than_one_is_refused(text):
    assert not is_address(text)


@given(st.from_regex(r"[ -~]{1,20}@[ -~]{1,12}\.[ -~]{1,8}", fullmatch=True))
def test_a10_an_address_that_is_taken_is_the_only_recipient_of_its_message(text):
    if not is_address(text):
        return
    message = EmailMessage()
    message["To"] = text
    sent = message_from_bytes(bytes(message), policy=policy.default)
    assert (list(sent.keys()), len(sent["To"].addresses)) == (["To"], 1)


@pytest.mark.parametrize(
    ("text", "addresses", "left_over"),
    [
        ("Silva, Maria <m@a.example>", ["m@a.example"], []),
        ("da Silva, Maria José <m@a.example>, r@a.example", ["m@a.example", "r@a.example"], []),
        ("r@a.br, Silva, Maria <m@a.br>; Souza, Rui <s@a.br>", ["r@a.br", "m@a.br", "s@a.br"], []),
        ("Ana <a@a.example>, Silva, Dr., Maria <m@a.example>", ["a@a.example", "m@a.example"], []),
        ('"Silva, Maria" <m@a.example>', ["m@a.example"], []),
        ("Ana <a@a.example>, Maria <m@a.example>", ["a@a.example", "m@a.example"], []),
        ("financeiro, Maria <m@a.example>", ["m@a.example"], ["financeiro"]),
        ("Silva; Maria <m@a.example>", ["m@a.example"], ["Silva"]),
        ("Silva, m@a.example", ["m@a.example"], ["Silva"]),
        ("Silva, Maria", [], ["Silva", "Maria"]),
        ("Silva, Maria <m@a>", [], ["<m@a>"]),
        ("ana@a, Silva, Maria <m@a.example>", ["m@a.example"], ["ana@a"]),
    ],
)
def test_a_surname_before_a_comma_belongs_to_the_name_of_the_same_person(text, addresses, left_over):
    assert read_addresses(text) == AddressList(addresses, left_over)


@pytest.mark.parametrize(
    ("text", "addresses", "left_over"),
    [
        ("mailto:ana@a.example?subject=Oi", ["ana@a.example"], []),
        ("ana@a.example / rui@a.example | m@a.example", ["ana@a.example", "rui@a.example", "m@a.example"], []),
        ("\u2022 ana@a.example\n- rui@a.example", ["ana@a.example", "rui@a.example"], []),
        ("ana@a.example (Ana Prado)", ["ana@a.example"], []),
        ("Ana <ana@a.example> (financeiro)", ["ana@a.example"], []),
        ("(Ana Prado)", [], ["(Ana Prado)"]),
        ("1. ana@a.example\n2) rui@a.example", ["ana@a.example", "rui@a.example"], []),
        ("Cc: ana@a.example; Rui <rui@a.example>", ["ana@a.example", "rui@a.example"], []),
        ("Para: ana@a.example\nCom cópia: rui@a.example", ["ana@a.example", "rui@a.example"], []),
        ("E-mail: ana@a.example", ["ana@a.example"], []),
        ("ana@a.example e rui@a.example", ["ana@a.example", "rui@a.example"], []),
        ("[ana@a.example](mailto:ana@a.example)", ["ana@a.example"], []),
        ("mailto:ana@a.example?cc=rui@a.example&subject=Oi", ["ana@a.example", "rui@a.example"], []),
        ("ana\uff20a.example", ["ana@a.example"], []),
        ("{ana,rui}@a.example", [], ["{ana", "rui}@a.example"]),
        ("Turma 5: ana@a.example", ["ana@a.example"], ["Turma 5:"]),
        (
            "\u2709 ana@a.example & rui@a.example \u2192 <<m@a.example>>.",
            ["ana@a.example", "rui@a.example", "m@a.example"],
            [],
        ),
        ("Ana Prado [mailto:ana@a.example], rui@a.example.", ["ana@a.example", "rui@a.example"], ["Ana Prado"]),
    ],
)
def test_addresses_are_read_out_of_lists_and_beside_names(text, addresses, left_over):
    assert read_addresses(text) == AddressList(addresses, left_over)
