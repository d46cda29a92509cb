"""The linked tickets that the reader may see, read in the same statement as the ticket."""

import json
from dataclasses import dataclass

from web.database import dialect
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.visibility import visible_to


@dataclass(frozen=True)
class Linked:
    """A linked ticket that the reader may see. `is_origin` means that this ticket came from it."""

    number: int
    title: str
    channel: str
    kind: str
    is_origin: bool


def of_ticket_in_sql(number: int, by: Actor) -> Fragment:
    """The links of a ticket as a list in JSON."""
    gathered = dialect(sqlite="json_group_array(json_object", postgres="json_agg(json_build_object")
    return Fragment(
        f"(SELECT {gathered}('number', ticket.id, 'title', ticket.title, 'channel', ticket.channel, "
        "'kind', link.kind, 'is_origin', link.ticket = {})) {})",
        (number, from_in_sql(number, by)),
    )


def from_in_sql(number: int, by: Actor) -> Fragment:
    """The links of a ticket as `link`, each with the other one as `ticket`: all that follows the columns."""
    return Fragment(
        "FROM link JOIN ticket ON ticket.id = CASE WHEN link.ticket = {} THEN link.other ELSE link.ticket END "
        "WHERE (link.ticket = {} OR link.other = {}) AND {}",
        (number, number, number, visible_to(by)),
    )


def parse(text: str | None) -> tuple[Linked, ...]:
    found = [Linked(**each | {"is_origin": bool(each["is_origin"])}) for each in json.loads(text or "[]")]
    return tuple(sorted(found, key=lambda each: each.number))
