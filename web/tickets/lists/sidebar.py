"""The sidebar of a ticket on the desk: its customer, and related tickets."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, read_json
from web.people import memberships
from web.people.accounts import TOLD_APART, normal
from web.people.organizations import OrganizationName
from web.people.permissions import Actor
from web.people.reachability import is_gone, last_answer
from web.sql import Fragment
from web.tickets.lists import composing
from web.tickets.lists.composing import Composing, composing_of, listed
from web.tickets.lists.customers import RatingOf, latest_ratings
from web.tickets.lists.presence import PRESENT_FOR, others_present
from web.tickets.record import links
from web.tickets.record.messages import last_message_in_sql
from web.tickets.record.ticket import TicketDetails
from web.tickets.visibility import visible_to

OTHERS = 5
"""How many other tickets of the same organization or person are shown."""


@dataclass(frozen=True)
class OtherTicket:
    """Another ticket that the reader may see."""

    number: int
    title: str
    status: str
    wait: str | None
    assignee: int | None
    resolution: str | None
    workflow: str


@dataclass(frozen=True)
class LinkedTicket(OtherTicket):
    """A linked ticket; `is_origin` means that this ticket came from it."""

    kind: str
    is_origin: bool


@dataclass(frozen=True)
class RemarkShown:
    """A note of the desk about the requester, or about their organization."""

    id: int
    body: str
    author: str
    is_of_person: bool


@dataclass(frozen=True)
class Viewer:
    """Another agent who has the ticket open."""

    name: str
    writes: bool
    is_customer: bool


@dataclass(frozen=True)
class Begun:
    """A text that the reader began to write, under the noun of its form."""

    noun: str
    body: str


@dataclass(frozen=True)
class Address:
    """An address of the requester; `answer` says why the last message to it bounced, if it did."""

    value: str
    answer: str

    @property
    def is_gone(self) -> bool:
        return is_gone(self.answer)


@dataclass(frozen=True)
class Text:
    """A text, such as a CNPJ, a tag or an address."""

    value: str


@dataclass(frozen=True)
class Said:
    """A message by its id."""

    id: int


@dataclass(frozen=True)
class Visited:
    """When the reader last visited the ticket."""

    at: str


@dataclass(frozen=True)
class Sidebar:
    """The contents of the sidebar."""

    addresses: list[Address]
    contact: str
    """The address of the primary contact, if they are not the requester."""
    homes: list[OrganizationName]
    """The organizations of the requester, or of the proposed new requester."""
    cnpj: str
    links: list[LinkedTicket]
    others: list[OtherTicket]
    remarks: list[RemarkShown]
    ratings: list[RatingOf]
    tags: list[str]
    viewers: list[Viewer]
    unsent: dict[str, str]
    """The reader's unsent texts, by noun."""
    said: int | None
    """The reader's last message, if it counts as a solution."""
    visited: datetime | None
    """The reader's previous visit."""
    composing: Composing


@dataclass(frozen=True)
class _Parts:
    """The parts of the sidebar, each a list in JSON."""

    addresses: str
    contact: str
    homes: str
    cnpj: str
    links: str
    others: str
    remarks: str
    ratings: str
    tags: str
    viewers: str
    unsent: str
    said: str
    visited: str
    readers: str
    waiting: str
    habit: str
    terms: str


async def sidebar_of(ticket: TicketDetails, *, new_requester: str = "", by: Actor, at: datetime) -> Sidebar:
    """Reads the sidebar in one statement. `new_requester` names the proposed new requester."""
    parts = _parts(ticket, new_requester, by, at)
    columns = ", ".join(f"{{}} AS {name}" for name in parts)
    [found] = await fetch_as(_Parts, f"SELECT {columns}", *parts.values())
    said, visited = read_json(Said, found.said), read_json(Visited, found.visited)
    return Sidebar(
        addresses=read_json(Address, found.addresses),
        contact="".join(_texts(found.contact)),
        homes=read_json(OrganizationName, found.homes),
        cnpj="".join(_texts(found.cnpj)),
        links=sorted(read_json(LinkedTicket, found.links), key=lambda each: each.number),
        others=read_json(OtherTicket, found.others),
        remarks=read_json(RemarkShown, found.remarks),
        ratings=read_json(RatingOf, found.ratings),
        tags=_texts(found.tags),
        viewers=read_json(Viewer, found.viewers),
        unsent={each.noun: each.body for each in read_json(Begun, found.unsent)},
        said=said[0].id if said else None,
        visited=datetime.fromisoformat(visited[0].at) if visited else None,
        composing=composing_of(ticket, vars(found)),
    )


def _texts(listed: str) -> list[str]:
    return [each.value for each in read_json(Text, listed)]


async def viewers(ticket: TicketDetails, *, by: Actor, at: datetime) -> list[Viewer]:
    """Reads only the viewers of the sidebar."""
    looking = _looking(ticket, by, at)
    return await fetch_as(Viewer, looking.text, *looking.values)


def _parts(ticket: TicketDetails, new_requester: str, by: Actor, at: datetime) -> dict[str, Fragment]:
    number, organization = ticket.number, ticket.organization or 0
    return {
        "addresses": listed(Address, _ADDRESSES, ticket.requester),
        "contact": listed(Text, _CONTACT, ticket.primary_contact, ticket.requester),
        "homes": _homes(ticket, new_requester),
        "cnpj": listed(Text, "SELECT cnpj AS value FROM organization WHERE id = {}", organization),
        "links": listed(
            LinkedTicket,
            "SELECT ticket.id AS number, ticket.title, ticket.status, ticket.wait, ticket.assignee, "
            "ticket.resolution, ticket.workflow, link.kind, "
            "CASE WHEN link.ticket = {} THEN 1 ELSE 0 END AS is_origin {} LIMIT 50",
            *(number, links.from_in_sql(number, by)),
        ),
        "others": listed(
            OtherTicket,
            "SELECT ticket.id AS number, ticket.title, ticket.status, ticket.wait, ticket.assignee, "
            "ticket.resolution, ticket.workflow FROM ticket "
            f"WHERE {'ticket.organization' if organization else 'ticket.requester'} = {{}} AND ticket.id <> {{}} "
            f"AND {{}} ORDER BY ticket.updated_at DESC, ticket.id DESC LIMIT {OTHERS}",
            *(organization or ticket.requester, number, visible_to(by)),
        ),
        "remarks": listed(
            RemarkShown,
            "SELECT remark.id, remark.body, person.name AS author, "
            "CASE WHEN remark.person IS NULL THEN 0 ELSE 1 END AS is_of_person FROM remark "
            "JOIN person ON person.id = remark.author WHERE remark.person = {} OR remark.organization = {} "
            "ORDER BY remark.id DESC LIMIT 10",
            *(ticket.requester, organization),
        ),
        "ratings": listed(RatingOf, "{}", latest_ratings(ticket.requester, by=by)),
        "tags": listed(Text, "SELECT name AS value FROM tag WHERE ticket = {} ORDER BY name", number),
        "viewers": listed(Viewer, "{}", _looking(ticket, by, at)),
        "unsent": listed(Begun, "SELECT noun, body FROM unsent WHERE person = {} AND ticket = {}", *(by.id, number)),
        "said": listed(Said, "{}", last_message_in_sql(ticket, by)),
        "visited": listed(Visited, _VISITED, by.id, number),
        **composing.parts(ticket, by),
    }


_ADDRESSES = f"SELECT value, {last_answer('identity')} AS answer FROM identity WHERE person = {{}} LIMIT 5"
_VISITED = "SELECT COALESCE(read_at, at) AS at FROM visit WHERE person = {} AND ticket = {}"
_CONTACT = "SELECT min(value) AS value FROM identity WHERE person = {} AND person <> {} HAVING count(*) > 0"


def _homes(ticket: TicketDetails, new_requester: str) -> Fragment:
    person = Fragment(
        "COALESCE((SELECT person FROM identity WHERE value = {}), {})", (normal(new_requester), ticket.requester)
    )
    return memberships.homes_in_sql(person)


def _looking(ticket: TicketDetails, by: Actor, at: datetime) -> Fragment:
    return Fragment(
        f"SELECT {TOLD_APART} AS name, CASE WHEN EXISTS (SELECT 1 FROM unsent WHERE unsent.person = visit.person "
        "AND unsent.ticket = visit.ticket AND unsent.at > {}) THEN 1 ELSE 0 END AS writes, "
        "CASE WHEN person.role = 'requester' THEN 1 ELSE 0 END AS is_customer "
        "FROM visit JOIN person ON person.id = visit.person WHERE {} ORDER BY person.sort_name, person.id LIMIT 5",
        (at - PRESENT_FOR, others_present(ticket, by, at)),
    )
