"""Placeholders of a text made ready, in braces, and what fills them for a ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails

PLACEHOLDERS = ("solicitante", "número", "atendente", "organização")
_PLACEHOLDER = re.compile(r'\{{1,2}([^{}\n"*=]{0,60})\}{1,2}')
"""Other desks double the braces; what is quoted or reckoned in braces is no placeholder."""


Values = Mapping[str, str | None]
"""What fills each placeholder."""


@dataclass(frozen=True)
class Piece:
    """A part of a text that was filled in, or a placeholder that stayed open."""

    text: str
    is_open: bool = False


def values_of(ticket: TicketDetails, by: Actor) -> Values:
    return {
        "solicitante": ticket.requester_name.split(" ", 1)[0],
        "número": str(ticket.number),
        "atendente": by.name.split(" ", 1)[0],
        "organização": ticket.organization_name,
    }


def fill_placeholders(text: str, ticket: TicketDetails, by: Actor) -> str:
    """The text filled in. A placeholder that is empty for this ticket stays; so does anything else in braces."""
    return "".join(each.text for each in pieces(text, values_of(ticket, by)))


def pieces(text: str, values: Values) -> list[Piece]:
    """The text with its placeholders filled, in pieces, open ones told apart."""
    found, at = [], 0
    for one in _PLACEHOLDER.finditer(text):
        filled = values.get(one[1])
        found += [Piece(text[at : one.start()]), Piece(filled or one[0], is_open=not filled)]
        at = one.end()
    return [each for each in (*found, Piece(text[at:])) if each.text]


def open_placeholders(text: str) -> list[str]:
    """The placeholders of a text that stay open, once each: {número}."""
    return list(dict.fromkeys(one[0] for one in _PLACEHOLDER.finditer(text)))


def unknown_placeholders(text: str) -> list[str]:
    """Those that nothing would fill: {numero}."""
    return [one for one in open_placeholders(text) if one.strip("{}") not in PLACEHOLDERS]
