"""Ticket numbers typed in various ways; words stay words."""

from datetime import UTC, datetime

import pytest

from web.pages.shell.paging import keyset, place_of, ticket_number
from web.text import one_line

pytestmark = pytest.mark.anywhere

NUMBER = """
    10017 | #10017 | # 10017 | 10017. | (10017) | [#10017] | 10017, | #10017: | ＃10017 | １００１７
    Ticket #10017 | ticket 10017 | TICKETS: 10017 | Chamado nº 10017 | Solicitação 10017 | protocolo n. 10017
    nº 10017 | n° 10017 | No. 10017 | N.º 10017 | número 10017 | nr 10017 | 10.017
    http://host/tickets/10017 | https://host:8000/desk/tickets/10017 | /tickets/10017 | host/tickets/10017.
    https://host/tickets/10017?before=9#e55 | /desk/tickets/10017/ | <http://host/tickets/10017>
    Re: [#10017] Boletos com o valor errado | #10017 Boletos | Ticket #10017: boletos | tíquete nº 10017 | nº10017
    10 017 | o chamado 10017 | meu ticket 10017 | OS 10017 | ID: 10017 | código 10017 | ocorrência nº 10.017
    prot. 10017 | Fwd: Ticket #10017 boleto | RES: ENC: Solicitação #10017: Boleto | 🎫 10017 | solicitação de nº 10017
    # 10017 Boletos | [Guichê #10017] Boletos | Fwd: [Guichê] #10017 | Re: Re: #10017 | RES: ticket 10017 | - 10017
    Ticket 10017 - Boletos | [Ticket 10017] Re: boletos | Chamado 10017: boletos | Re: ticket nº 10017 – Boletos
"""
OTHER = """
    "10017" | boleto 10017 | 10017 boletos | 10017 10018 | 10017-0 | -10017 | +10017 | 12.345-6 | 1.2 | 1e5 | 10017a
    sala 12 | sala #10017 | 2ª via | /tickets/new | 999999999999999999 | #
    10017/2026 | 10017-2026 | 1001 7 | 100 17 | 10 017 5 | boleto de 10017 | id da escola
    ticket 10017 boletos | [boleto] 10017 | ticket 10017-2 | Re: boleto 10017 | id 10017 do pedido
"""


def written(table: str) -> list[str]:
    return [each.strip() for line in table.strip().split("\n") for each in line.split(" | ")]


@pytest.mark.parametrize("text", [*written(NUMBER), "\t10017\n", "nº\u00a010017", "Ticket\u2009#\u202f10017"])
def test_the_number_of_a_ticket_is_read(text):
    assert ticket_number(text) == 10017


@pytest.mark.parametrize("text", ["", " ", *written(OTHER)])
def test_what_is_no_number_of_a_ticket_is_left_to_the_words(text):
    assert ticket_number(text) is None


@pytest.mark.parametrize(
    "text", ["boletos\terrados", "boletos\u00a0errados", " boletos\u2009 errados\n", "bol\u200betos errados"]
)
def test_whatever_is_space_is_one_space(text):
    assert one_line(text) == "boletos errados"


@pytest.mark.parametrize("place", [50, (datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC), 10017)])
def test_the_place_of_a_page_comes_back_from_its_address(place):
    assert place_of(keyset(place)) == place


@pytest.mark.parametrize("text", ["", "-", "x", "5-", "-5", "5-x", "٣", "9" * 18, f"1-{'9' * 18}"])
def test_a_place_that_makes_no_sense_is_none(text):
    assert place_of(text) is None
