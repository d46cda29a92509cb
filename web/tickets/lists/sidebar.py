"""What surrounds a ticket on the desk: whose it is, what belongs to it, and what there is to choose from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from piccolo.querystring import QueryString

from web.database import Row, fetch, json_list
from web.people.permissions import Actor
from web.tickets.lists.desk import PRESENT_FOR
from web.tickets.record.messages import _NEWEST, _own_last_word
from web.tickets.record.ticket import TicketDetails
from web.tickets.tables import MOVES_OF_CANNED
from web.tickets.visibility import visible_to

OTHERS = 5
"""Further tickets shown of the same organization, or of the same person."""


@dataclass
class Sidebar:
    """Rows by what they are."""

    addresses: list[str] = field(default_factory=list)
    cnpj: str = ""
    links: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    viewers: list[dict[str, Any]] = field(default_factory=list)
    """Who else has it open: `name`, and whether they are writing as `writes`."""
    unsent: dict[str, str] = field(default_factory=dict)
    """What the reader began to write, by noun."""
    said: int | None = None
    """The reader's own last word, where it counts as a solution."""


async def sidebar_of(ticket: TicketDetails, *, by: Actor, at: datetime) -> Sidebar:
    """In one statement, a list in JSON for each part."""
    parts = _parts(ticket, by, at)
    columns = ", ".join(f"{{}} AS {name}" for name in parts)
    row = (await fetch(f"SELECT {columns}", *parts.values()))[0]
    found = {name: json.loads(text or "[]") for name, text in row.items()}
    return Sidebar(
        addresses=[each["value"] for each in found["addresses"]],
        cnpj=found["cnpj"][0]["value"] if found["cnpj"] else "",
        links=sorted(found["links"], key=lambda each: int(each["number"])),
        others=found["others"],
        remarks=found["remarks"],
        tags=[each["value"] for each in found["tags"]],
        viewers=found["viewers"],
        unsent={each["noun"]: each["body"] for each in found["unsent"]},
        said=found["said"][0]["id"] if found["said"] else None,
    )


async def viewers(ticket: TicketDetails, *, by: Actor, at: datetime) -> list[Row]:
    """Of `Card`, by themselves."""
    return await fetch(*_looking(ticket, by, at))


async def choices(by: Actor) -> list[Row]:
    """Categories with their topics, teams, agents, and replies ready to be used: `kind`, `id`, `name`, `of`.

    Of a reply made ready `moves` says what it does.
    """
    return await fetch(
        "SELECT 'category' AS kind, id, name, 0 AS of, position AS place, '' AS moves FROM category WHERE is_active "
        "UNION ALL SELECT 'topic', id, name, category, position, '' FROM topic WHERE is_active "
        "UNION ALL SELECT 'team', id, name, tier, 0, '' FROM team "
        "UNION ALL SELECT 'agent', id, name, 0, 0, '' FROM person "
        "WHERE role IN ('agent', 'lead', 'admin') AND is_active AND NOT is_robot "
        f"UNION ALL SELECT 'canned', id, name, 0, 0, {MOVES_OF_CANNED} FROM canned ORDER BY 1, 5, 3"
    )


def _parts(ticket: TicketDetails, by: Actor, at: datetime) -> dict[str, QueryString]:
    number, organization = ticket.number, ticket.organization or 0
    return {
        "addresses": _listed(("value",), "SELECT value FROM identity WHERE person = {} LIMIT 5", ticket.requester),
        "cnpj": _listed(("value",), "SELECT cnpj AS value FROM organization WHERE id = {}", organization),
        "links": _listed(
            ("number", "title", "status", "wait", "assignee", "resolution", "kind", "is_origin"),
            "SELECT ticket.id AS number, ticket.title, ticket.status, ticket.wait, ticket.assignee, "
            "ticket.resolution, link.kind, "
            "CASE WHEN link.ticket = {} THEN 1 ELSE 0 END AS is_origin FROM link "
            "JOIN ticket ON ticket.id = CASE WHEN link.ticket = {} THEN link.other ELSE link.ticket END "
            "WHERE (link.ticket = {} OR link.other = {}) AND {} LIMIT 50",
            *(number, number, number, number, visible_to(by)),
        ),
        "others": _listed(
            ("number", "title", "status", "wait", "assignee", "resolution"),
            "SELECT ticket.id AS number, ticket.title, ticket.status, ticket.wait, ticket.assignee, "
            "ticket.resolution FROM ticket "
            f"WHERE {'ticket.organization' if organization else 'ticket.requester'} = {{}} AND ticket.id <> {{}} "
            f"AND {{}} ORDER BY ticket.updated_at DESC, ticket.id DESC LIMIT {OTHERS}",
            *(organization or ticket.requester, number, visible_to(by)),
        ),
        "remarks": _listed(
            ("id", "body", "author", "is_of_person"),
            "SELECT remark.id, remark.body, person.name AS author, "
            "CASE WHEN remark.person IS NULL THEN 0 ELSE 1 END AS is_of_person FROM remark "
            "JOIN person ON person.id = remark.author WHERE remark.person = {} OR remark.organization = {} "
            "ORDER BY remark.id DESC LIMIT 10",
            *(ticket.requester, organization),
        ),
        "tags": _listed(("value",), "SELECT name AS value FROM tag WHERE ticket = {} ORDER BY name", number),
        "viewers": _listed(
            ("name", "writes"),
            *_looking(ticket, by, at),
        ),
        "unsent": _listed(
            ("noun", "body"), "SELECT noun, body FROM unsent WHERE person = {} AND ticket = {}", *(by.id, number)
        ),
        "said": _listed(("id",), f"SELECT id FROM message WHERE {{}} {_NEWEST}", _own_last_word(ticket, by)),
    }


def _looking(ticket: TicketDetails, by: Actor, at: datetime) -> tuple[Any, ...]:
    select = (
        "SELECT person.name, CASE WHEN EXISTS (SELECT 1 FROM unsent WHERE unsent.person = visit.person "
        "AND unsent.ticket = visit.ticket AND unsent.at > {}) THEN 1 ELSE 0 END AS writes "
        "FROM visit JOIN person ON person.id = visit.person "
        "WHERE visit.ticket = {} AND visit.at > {} AND visit.person <> {} ORDER BY visit.at DESC LIMIT 5"
    )
    return select, at - PRESENT_FOR, ticket.number, at - PRESENT_FOR, by.id


def _listed(names: Sequence[str], select: str, *values: Any) -> QueryString:
    """The rows of a select as one list in JSON."""
    return QueryString(json_list(names, select), *values)
