"""Placeholders in braces in canned texts, and their values for a ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails

PLACEHOLDERS = ("solicitante", "número", "atendente", "organização")
_PLACEHOLDER = re.compile(r'\{{1,2}([^{}\n"*=]{0,60})\}{1,2}')
"""A word in braces, single or double as in other help desks. Quoted or calculated text is no placeholder."""

_UNCLOSED = re.compile(r"\{ ?(?:solicitante|n[uú]mero|atendente|organiza[cç][aã]o)(?!\w)(?![^{}\n]*\})", re.IGNORECASE)
"""A placeholder whose second brace is missing."""

Values = Mapping[str, str | None]
"""The value of each placeholder."""


@dataclass(frozen=True)
class Piece:
    """A part of a text that was filled in, or a placeholder that was left open."""

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
    """Returns the text with its placeholders filled in.

    A placeholder without a value for this ticket stays as it is.
    """
    return "".join(each.text for each in pieces(text, values_of(ticket, by)))


def pieces(text: str, values: Values) -> list[Piece]:
    """Splits the text into filled and open pieces."""
    found, at = [], 0
    for one in _PLACEHOLDER.finditer(text):
        filled = values.get(one[1])
        found += [Piece(text[at : one.start()]), Piece(filled or one[0], is_open=not filled)]
        at = one.end()
    return [each for each in (*found, Piece(text[at:])) if each.text]


def open_placeholders(text: str) -> list[str]:
    """The placeholders of a text that stay open, each once: {número}."""
    return list(dict.fromkeys(one[0] for one in _PLACEHOLDER.finditer(text)))


def unknown_placeholders(text: str) -> list[str]:
    """The placeholders that no value exists for, such as {numero}, and those that are not closed."""
    unknown = [one for one in open_placeholders(text) if one.strip("{}") not in PLACEHOLDERS]
    return unknown + [one[0] for one in _UNCLOSED.finditer(text)]
