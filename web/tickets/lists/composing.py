"""What the reply form of the desk needs: its recipients, held replies, and when it can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.business_time.calendars import Calendar
from web.database import columns_of, json_list, read_json
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.record.held_replies import Waiting, of_ticket_in_sql
from web.tickets.record.ticket import TicketDetails
from web.tickets.sla.policy import read_terms, terms_in_sql


@dataclass(frozen=True)
class Reader:
    """A recipient of a public message. `wanted` names the messages they want, `address` is where these go."""

    person: int
    name: str
    address: str
    wanted: str
    is_copy: bool


@dataclass(frozen=True)
class _Habit:
    """Whether the writer's replies are held for some seconds before they are sent."""

    holds: bool


@dataclass(frozen=True)
class Composing:
    """Values for the forms of a ticket's page."""

    readers: list[Reader]
    waiting: list[Waiting]
    holds: bool
    calendar: Calendar
    """The calendar of the ticket's team."""


def parts(ticket: TicketDetails, by: Actor) -> dict[str, Fragment]:
    """Columns of a larger statement, each a list in JSON."""
    number = ticket.number
    return {
        "readers": listed(Reader, _READERS, number, number, number),
        "waiting": listed(Waiting, of_ticket_in_sql(), number),
        "habit": listed(_Habit, "SELECT holds_replies AS holds FROM person WHERE id = {}", by.id),
        "terms": terms_in_sql(ticket.organization),
    }


def composing_of(ticket: TicketDetails, found: Mapping[str, str]) -> Composing:
    """Reads the columns of `parts`."""
    return Composing(
        readers=read_json(Reader, found["readers"]),
        waiting=read_json(Waiting, found["waiting"]),
        holds=read_json(_Habit, found["habit"])[0].holds,
        calendar=read_terms(found["terms"]).of_team(ticket.team),
    )


def listed(kind: type, select: str, *values: object) -> Fragment:
    """The rows of a select as one list in JSON."""
    return Fragment(json_list(columns_of(kind), select), values)


_READERS = (
    "SELECT person.id AS person, person.name, COALESCE((SELECT min(identity.value) FROM identity "
    "WHERE identity.person = person.id AND identity.kind = 'email'), '') AS address, person.mail AS wanted, "
    "reader.is_copy FROM (SELECT party.person, min(party.is_copy) AS is_copy FROM ("
    "SELECT requester AS person, 0 AS is_copy FROM ticket WHERE id = {} "
    "UNION ALL SELECT primary_contact, 0 FROM ticket WHERE id = {} "
    "UNION ALL SELECT person, 1 FROM participant WHERE ticket = {}) party GROUP BY party.person) reader "
    "JOIN person ON person.id = reader.person WHERE person.is_active ORDER BY reader.is_copy, person.id"
)
