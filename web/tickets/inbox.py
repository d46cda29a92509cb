"""The desk's lists: what needs an agent now, what waits, whose queue it is in, and what is beside the lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.querystring import QueryString

from web.database import Row, dialect, fetch, unhurried
from web.people.actor import Actor
from web.tickets import search
from web.tickets.lifecycle import Status
from web.tickets.listing import COUNTED, PAGE, Listing, all_of, count_of, each_state, newest_ids
from web.tickets.queries import numbers, visible_to
from web.tickets.workflows import StatusFilter

LOOKING = timedelta(seconds=60)
"""Who opened a ticket within this is still there."""
VISITED = 10

Walks = list[QueryString]
"""Conditions that each walk a single index, newest first; no ticket meets two of them."""


@dataclass(frozen=True)
class Sought:
    """What the address of a list of the desk says."""

    view: str = "inbox"
    status: StatusFilter | None = None
    priority: str = ""
    category: int | None = None
    team: int | None = None
    assignee: int | None = None
    organization: int | None = None
    cnpj: str = ""
    tag: str = ""
    words: str = ""
    sort: str = "newest"
    after: tuple[datetime, int] | None = None


async def page(sought: Sought, *, by: Actor, at: datetime) -> Listing:
    """A page of one of the desk's lists."""
    rows = await _rows(sought, search.matching(sought.words, by=by), by=by, at=at)
    if not rows and sought.words:
        rows = await _rows(sought, search.matching(sought.words, by=by, begun=True), by=by, at=at)
    total = rows[0]["total"] if rows else 0
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listing(
        rows=rows[:PAGE],
        total=total if total <= COUNTED else None,
        next=(last["updated_at"], last["id"]) if last else None,
    )


async def counts(by: Actor) -> dict[str, int]:
    """How many are in each list that wants work, by its name; a team's queue is `team` and its id."""
    wanted = {view: VIEWS[view](Sought(view=view), by) for view in ("inbox", "own", "unassigned")}
    wanted |= {f"team{team}": _queue(team) for team in sorted(by.teams)}
    columns = [QueryString(f"{{}} AS {name}", count_of(walks, _ANY, apart=True)) for name, walks in wanted.items()]
    return (await fetch("SELECT " + ", ".join("{}" for _ in columns), *columns))[0]


async def beside(by: Actor, *, organization: int | None = None) -> list[Row]:
    """What filters choose from, the saved views, and the tickets visited last: `kind`, `id`, `name` and `more`."""
    shared = f" OR team IN ({numbers(by.teams)})" if by.teams else ""
    return await fetch(
        "SELECT 'category' AS kind, id, name, NULL AS more, position AS place FROM category WHERE is_active "
        "UNION ALL SELECT 'team', id, name, NULL, 0 FROM team "
        "UNION ALL SELECT 'agent', id, name, NULL, 0 FROM person "
        "WHERE role IN ('agent', 'lead', 'admin') AND is_active "
        "UNION ALL SELECT 'organization', id, name, NULL, 0 FROM organization WHERE id = {} "
        "UNION ALL SELECT 'view', id, name, query, CASE WHEN person = {} THEN 0 ELSE 1 END FROM saved_view "
        f"WHERE (person = {{}}{shared}) "
        "UNION ALL SELECT 'visited', ticket.id, ticket.title, NULL, place FROM "
        f"(SELECT visit.ticket, row_number() OVER (ORDER BY visit.at DESC) AS place FROM visit WHERE person = {{}} "
        f"ORDER BY visit.at DESC LIMIT {VISITED}) seen JOIN ticket ON ticket.id = seen.ticket WHERE {{}} "
        "ORDER BY 1, 5, 3",
        organization or 0,
        by.id,
        by.id,
        by.id,
        visible_to(by),
    )


async def _rows(sought: Sought, found: QueryString, *, by: Actor, at: datetime) -> list[Row]:
    walks, conditions = VIEWS[sought.view](sought, by), _conditions(sought)
    way = "DESC" if sought.sort == "newest" else "ASC"
    order = f"ticket.updated_at {way}, ticket.id {way}"
    shown = newest_ids(walks, all_of([*conditions, _keyset(sought)] if sought.after else conditions), order)
    listed = f"{_ROWS} WHERE {{}} ORDER BY {order} LIMIT {PAGE + 1}"
    beside = (_lookers(by, at), count_of(walks, all_of(conditions), apart=True), shown)
    if not sought.words:
        return await fetch(listed, *beside)
    with unhurried():
        return await fetch("WITH found (id) AS MATERIALIZED ({}) " + listed, found, *beside)


_ANY = QueryString("1 = 1")
_AT_WORK = (Status.NEW, Status.OPEN)


def _inbox(sought: Sought, by: Actor) -> Walks:
    """Mine, what I was offered, and what nobody holds in my teams' queues or in none."""
    mine = [QueryString(f"(ticket.assignee = {{}} AND ticket.status = '{status}')", by.id) for status in _AT_WORK]
    offered = QueryString(
        "(ticket.offered_to = {} AND ticket.assignee IS NULL AND ticket.status IN ('new', 'open'))", by.id
    )
    queues = [walk for team in (*sorted(by.teams), None) for walk in _queue(team)]
    return [*mine, offered, *(QueryString("({} AND ticket.offered_to IS NULL)", walk) for walk in queues)]


def _own(sought: Sought, by: Actor) -> Walks:
    """Mine, and waiting for something."""
    return [QueryString("(ticket.assignee = {} AND ticket.status = 'waiting')", by.id)]


def _unassigned(sought: Sought, by: Actor) -> Walks:
    return [
        QueryString(f"(ticket.status = '{status}' AND ticket.assignee IS NULL AND {{}})", visible_to(by))
        for status in _AT_WORK
    ]


def _queue(team: int | None) -> Walks:
    """What nobody of a team holds; a team that one belongs to hides nothing from one."""
    of_team = "ticket.team IS NULL" if team is None else f"ticket.team = {int(team)}"
    return [
        QueryString(f"({of_team} AND ticket.status = '{status}' AND ticket.assignee IS NULL)") for status in _AT_WORK
    ]


def _all(sought: Sought, by: Actor) -> Walks:
    """Everything in sight; with a filter one walk for each status, along the index of what is filtered."""
    if sought.status is not None:
        states = each_state(sought.status.states)
    elif _has_filter(sought):
        states = [QueryString(f"ticket.status = '{status}'") for status in Status if status is not Status.DRAFT]
    else:
        return [QueryString("(ticket.status <> 'draft' AND {})", visible_to(by))]
    return [QueryString("({} AND {})", state, visible_to(by)) for state in states]


VIEWS: dict[str, Callable[[Sought, Actor], Walks]] = {
    "inbox": _inbox,
    "own": _own,
    "unassigned": _unassigned,
    "all": _all,
}
"""The lists by the name in their address."""


def _has_filter(sought: Sought) -> bool:
    return bool(sought.cnpj) or any(getattr(sought, name) for name in _COLUMNS)


_COLUMNS = ("priority", "category", "team", "assignee", "organization")


def _conditions(sought: Sought) -> list[QueryString]:
    conditions = [QueryString(f"ticket.{name} = {{}}", value) for name in _COLUMNS if (value := getattr(sought, name))]
    if sought.status is not None and sought.view != "all":
        states = each_state(sought.status.states)
        conditions.append(QueryString(f"({' OR '.join('({})' for _ in states)})", *states))
    if sought.cnpj:
        conditions.append(
            QueryString("ticket.organization = (SELECT id FROM organization WHERE cnpj = {})", sought.cnpj)
        )
    if sought.tag:
        conditions.append(QueryString("ticket.id IN (SELECT ticket FROM tag WHERE name = {})", sought.tag))
    if sought.words:
        conditions.append(QueryString("ticket.id IN (SELECT id FROM found)"))
    return conditions


def _keyset(sought: Sought) -> QueryString:
    assert sought.after is not None
    sign = "<" if sought.sort == "newest" else ">"
    return QueryString(f"(ticket.updated_at, ticket.id) {sign} ({{}}, {{}})", *sought.after)


def _lookers(by: Actor, at: datetime) -> QueryString:
    names = dialect(sqlite="group_concat(person.name, ', ')", postgres="string_agg(person.name, ', ')")
    return QueryString(
        f"(SELECT {names} FROM visit JOIN person ON person.id = visit.person WHERE visit.ticket = ticket.id "
        "AND visit.at > {} AND visit.person <> {})",
        at - LOOKING,
        by.id,
    )


_ROWS = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.wait_until, ticket.assignee,
       ticket.offered_to, ticket.requester, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       team.name AS team_name, assignee.name AS assignee_name, offered.name AS offered_name,
       requester.name AS requester_name, organization.name AS organization_name,
       substr(said.body, 1, 300) AS said, said.kind AS said_kind, speaker.name AS speaker_name,
       happened.kind AS happened, happened.at AS happened_at, happened.actor AS actor, actor.name AS actor_name,
       actor.role AS actor_role,
       (SELECT event.data FROM event WHERE event.ticket = ticket.id AND event.kind IN ('wait', 'question')
        ORDER BY event.id DESC LIMIT 1) AS waited,
       {} AS lookers, {} AS total
FROM ticket
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
LEFT JOIN person offered ON offered.id = ticket.offered_to
LEFT JOIN organization ON organization.id = ticket.organization
LEFT JOIN message said ON said.id =
    (SELECT max(message.id) FROM message WHERE message.ticket = ticket.id)
LEFT JOIN person speaker ON speaker.id = said.author
LEFT JOIN event happened ON happened.id =
    (SELECT event.id FROM event WHERE event.ticket = ticket.id
     AND (event.actor <> 1 OR event.kind IN ('resumption', 'solution', 'closing')) ORDER BY event.id DESC LIMIT 1)
LEFT JOIN person actor ON actor.id = happened.actor
"""
"""`happened` is the last thing that people did or that time brought about, notices of deadlines left aside."""
