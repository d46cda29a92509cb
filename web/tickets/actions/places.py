"""Places that a text made ready leaves open, in braces, and what fills them for a ticket."""

import re

from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails

PLACES = ("solicitante", "número", "atendente", "organização")
_PLACE = re.compile(r"\{([\w .-]*)\}")


def fill_places(text: str, ticket: TicketDetails, by: Actor) -> str:
    """The text with its places filled in. One that is empty for this ticket stays; so does anything else in braces."""
    values = {
        "solicitante": ticket.requester_name.split(" ", 1)[0],
        "número": str(ticket.number),
        "atendente": by.name.split(" ", 1)[0],
        "organização": ticket.organization_name,
    }
    return _PLACE.sub(lambda place: values.get(place[1]) or place[0], text)


def open_places(text: str) -> list[str]:
    """Those of the text, once each: {número}."""
    return list(dict.fromkeys(place[0] for place in _PLACE.finditer(text)))


def unknown_places(text: str) -> list[str]:
    """Those that nothing would fill: {numero}."""
    return [place for place in open_places(text) if place.strip("{}") not in PLACES]
