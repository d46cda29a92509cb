"""The desk's lists: what needs an agent now, what waits, whose queue it is in, and what is beside the lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from web.database import Row, dialect, fetch, unhurried
from web.people.permissions import Actor
from web.sql import literals
from web.tickets.life.states import Status
from web.tickets.life.workflows import StatusFilter
from web.tickets.lists import search
from web.tickets.lists.search import Search
from web.tickets.pagination import PAGE, Listing, Place, count_of, each_state, listing, newest_ids, statuses_of
from web.tickets.tables import MOVES_OF_CANNED
from web.tickets.visibility import visible_to

PRESENT_FOR = timedelta(seconds=60)
"""Who opened a ticket within this is still there."""
VISITED = 10
MOST_COUNTED = 200
"""Counts beside the lists stop here, and say "200+": nobody reads the ones of a longer queue."""

IndexScans = list[str]
"""Conditions that each walk a single index from its start; no ticket meets two of them."""


@dataclass(frozen=True)
class DeskFilter:
    """What the address of a list of the desk says."""

    view: str = "inbox"
    status: StatusFilter | None = None
    priority: str = ""
    channel: str = ""
    category: int | None = None
    topic: int | None = None
    team: int | None = None
    assignee: int | None = None
    requester: int | None = None
    organization: int | None = None
    tag: str = ""
    updated: int | None = None
    """Days: changed within so many; below nought, unchanged for longer."""
    words: str = ""
    sort: str = "newest"
    columns: tuple[str, ...] = ()
    """What each row shows beside what it always does; the usual where none is named."""
    after: Place | None = None


async def page(sought: DeskFilter, *, by: Actor, at: datetime) -> Listing:
    """A page of one of the desk's lists; ids and codes stand in the text."""
    if sought.words:
        return await _found(sought, by=by, at=at)
    walks, narrowed, column, way = VIEWS[sought.view](sought, by), _narrowed(sought), _column(sought), _way(sought)
    order = f"ticket.{column} {way}, ticket.id {way}"
    past, after = "<" if way == "DESC" else ">", sought.after if isinstance(sought.after, tuple) else ()
    onward = f" AND (ticket.{column}, ticket.id) {past} ({{}}, {{}})" if after else ""
    shown = f"{newest_ids(walks, narrowed + onward, order)} ORDER BY {order} LIMIT {PAGE + 1}"
    named, values = _named(sought, at)
    page = f"page (id) AS MATERIALIZED (SELECT ticket.id FROM ticket WHERE {shown})"
    listed = _listed(by, total=count_of(walks, narrowed, apart=True), order=order)
    return listing(await fetch(f"WITH {named}, {page} {listed}", *values, *after * len(walks)), column=column)


async def sees_number(number: int, *, by: Actor) -> bool | None:
    """Whether other tickets have the number in their texts; None where `by` sees no such ticket."""
    return await search.sees_number(number, _all(DeskFilter(), by), by)


async def counts(by: Actor, *, at: datetime) -> dict[str, int]:
    """How many are in each list that wants work, none past `GLANCED` and one, by its name.

    A team's queue is named `team` and its id. `own_news` is how many of one's own the customer wrote to while they
    wait for something else.
    """
    wanted = {view: VIEWS[view](DeskFilter(view=view), by) for view in ("inbox", "own", "unassigned", "due")}
    wanted |= {f"team{team}": _queue(team) for team in sorted(by.teams)}
    columns = [f"{count_of(walks, '', apart=True, bound=MOST_COUNTED)} AS {name}" for name, walks in wanted.items()]
    columns.append(f"{_OWN_NEWS.format(me=by.id)} AS own_news")
    clock, values = _clock(at)
    return (await fetch(f"WITH {clock} SELECT {', '.join(columns)}", *values))[0]


async def filter_choices(by: Actor, *, organization: int | None = None, requester: int | None = None) -> list[Row]:
    """What filters choose from, the saved views, and the tickets visited last: `kind`, `id`, `name` and `more`."""
    shared = f" OR team IN ({literals(by.teams)})" if by.teams else ""
    return await fetch(
        "SELECT 'category' AS kind, id, name, NULL AS more, position AS place FROM category WHERE is_active "
        "UNION ALL SELECT 'topic', id, name, CAST(category AS TEXT), position FROM topic WHERE is_active "
        "UNION ALL SELECT 'team', id, name, NULL, 0 FROM team "
        "UNION ALL SELECT 'agent', id, name, NULL, 0 FROM person "
        "WHERE role IN ('agent', 'lead', 'admin') AND is_active AND NOT is_robot "
        f"UNION ALL SELECT 'macro', id, name, NULL, 0 FROM canned WHERE {MOVES_OF_CANNED} <> 'reply' "
        "UNION ALL SELECT 'organization', id, name, NULL, 0 FROM organization WHERE id = {} "
        "UNION ALL SELECT 'requester', id, name, NULL, 0 FROM person WHERE id = {} "
        "UNION ALL SELECT 'view', id, name, query, CASE WHEN person = {} THEN 0 ELSE 1 END FROM saved_view "
        f"WHERE (person = {{}}{shared}) "
        "UNION ALL SELECT 'visited', ticket.id, ticket.title, NULL, place FROM "
        f"(SELECT visit.ticket, row_number() OVER (ORDER BY visit.at DESC) AS place FROM visit WHERE person = {{}} "
        f"ORDER BY visit.at DESC LIMIT {VISITED}) seen JOIN ticket ON ticket.id = seen.ticket WHERE {{}} "
        "ORDER BY 1, 5, 3",
        organization or 0,
        requester or 0,
        by.id,
        by.id,
        by.id,
        visible_to(by),
    )


async def _found(sought: DeskFilter, *, by: Actor, at: datetime) -> Listing:
    start, (named, values) = search.start_of(sought.after), _named(sought, at)
    found = search.results(_search(sought, by), column=_column(sought), way=_way(sought), start=start)
    listed = _listed(by, total=search.HITS, order="page.place")
    with unhurried():
        return search.listing(await fetch(f"WITH {named}, {{}} {listed}", *values, found), start=start)


def _search(sought: DeskFilter, by: Actor) -> Search:
    statuses = statuses_of(sought.status.states) if sought.status else frozenset(Status)
    if sought.view != "all":
        statuses -= {Status.CLOSED}
    return Search(sought.words, VIEWS[sought.view](sought, by), _narrowed(sought), by, statuses)


def _listed(by: Actor, *, total: str, order: str) -> str:
    names = dialect(sqlite="group_concat", postgres="string_agg")
    return _LIST.format(viewers=_VIEWERS.format(names=names, me=by.id), total=total, order=order)


def _way(sought: DeskFilter) -> str:
    return "DESC" if sought.sort == "newest" and sought.view != "due" else "ASC"


def _column(sought: DeskFilter) -> str:
    return "due_at" if sought.view == "due" else "updated_at"


def _clock(at: datetime) -> tuple[str, list[Any]]:
    """The present, by name, so that any part of a statement may ask for it."""
    return f"clock (now, lately) AS (SELECT {_instant()}, {_instant()})", [at, at - PRESENT_FOR]


def _instant() -> str:
    """A value of which PostgreSQL does not see what it is."""
    return dialect(sqlite="{}", postgres="CAST({} AS TIMESTAMPTZ)")


def _named(sought: DeskFilter, at: datetime) -> tuple[str, list[Any]]:
    """What was typed, looked up once and by name."""
    clock, values = _clock(at)
    named = [clock]
    if sought.updated:
        named.append(f"edge (at) AS (SELECT {_instant()})")
        values.append(at - timedelta(days=abs(sought.updated)))
    if sought.tag:
        named.append("tagged (id) AS MATERIALIZED (SELECT ticket FROM tag WHERE name = {})")
        values.append(sought.tag)
    return ", ".join(named), values


def _inbox(sought: DeskFilter, by: Actor) -> IndexScans:
    """Mine, what I was offered, and what nobody holds in my teams' queues or in none."""
    mine = [f"ticket.assignee = {by.id} AND ticket.status = '{status}'" for status in _AT_WORK]
    hiding = f" AND {visible_to(by).text}" if by.shut_out else ""  # it may be in a team that one has left
    mine += [
        f"ticket.offered_to = {by.id} AND ticket.status = '{status}' AND ticket.assignee IS NULL{hiding}"
        for status in _AT_WORK
    ]
    queues = [walk for team in (*sorted(by.teams), None) for walk in _queue(team)]
    return [*mine, *(f"{walk} AND ticket.offered_to IS NULL" for walk in queues)]


def _own(sought: DeskFilter, by: Actor) -> IndexScans:
    """Mine, and waiting for something."""
    return [f"ticket.assignee = {by.id} AND ticket.status = '{status}'" for status in (Status.WAITING, Status.APPROVAL)]


def _unassigned(sought: DeskFilter, by: Actor) -> IndexScans:
    sight = visible_to(by).text
    return [f"ticket.status = '{status}' AND ticket.assignee IS NULL AND {sight}" for status in _AT_WORK]


def _due(sought: DeskFilter, by: Actor) -> IndexScans:
    """Promises that run out soon, or ran out, in my teams and in my hands."""
    soon = "ticket.due_at IS NOT NULL AND ticket.soon_at <= (SELECT now FROM clock)"
    teams = [f"ticket.team = {team} AND {soon}" for team in sorted(by.teams)]
    elsewhere = f"(ticket.team IS NULL OR ticket.team NOT IN ({literals(by.teams) or 0}))"
    mine = [f"ticket.assignee = {by.id} AND ticket.status = '{status}' AND {elsewhere}" for status in _AT_WORK]
    return [*teams, *(f"{walk} AND {soon}" for walk in mine)]


def _queue(team: int | None) -> IndexScans:
    """What nobody of a team holds; a team that one belongs to hides nothing from one."""
    of_team = "ticket.team IS NULL" if team is None else f"ticket.team = {team}"
    return [f"{of_team} AND ticket.status = '{status}' AND ticket.assignee IS NULL" for status in _AT_WORK]


def _all(sought: DeskFilter, by: Actor) -> IndexScans:
    """Everything in sight; with a filter one walk for each status, along the index of what is filtered."""
    sight = visible_to(by).text
    if sought.status is not None:
        states = each_state(sought.status.states)
    elif any(getattr(sought, name) for name in (*_BROAD, *_NARROW)):
        states = [f"ticket.status = '{status}'" for status in Status if status is not Status.DRAFT]
    else:
        return [f"ticket.status <> 'draft' AND {sight}"]
    return [f"{state} AND {sight}" for state in states]


_AT_WORK = (Status.NEW, Status.OPEN)
_BROAD = ("priority", "channel")
"""Many tickets have the same."""
_NARROW = ("requester", "organization", "topic", "assignee", "category", "team")
"""From few tickets each to many."""

VIEWS: dict[str, Callable[[DeskFilter, Actor], IndexScans]] = {
    "inbox": _inbox,
    "own": _own,
    "due": _due,
    "unassigned": _unassigned,
    "all": _all,
}
"""The lists by the name in their address."""


def _narrowed(sought: DeskFilter) -> str:
    """A list is walked along its own index, all tickets along that of a filter, the narrowest there is.

    SQLite is kept from any other, which it would think narrower.
    """
    chosen = [name for name in (*_NARROW, *_BROAD) if getattr(sought, name)]
    kept = dialect(sqlite="+", postgres="")
    own = kept if sought.view != "all" else ""
    conditions = [
        f"{kept if place else own}ticket.{name} = {_written(getattr(sought, name))}"
        for place, name in enumerate(chosen)
    ]
    if sought.status is not None and sought.view != "all":
        conditions.append(f"({' OR '.join(f'({state})' for state in each_state(sought.status.states))})")
    if sought.updated:
        apart = kept if sought.view == "due" or sought.tag else ""
        conditions.append(f"{apart}ticket.updated_at {'>=' if sought.updated > 0 else '<'} (SELECT at FROM edge)")
    if sought.tag:
        conditions.append("ticket.id IN (SELECT id FROM tagged)")
    return "".join(f" AND {condition}" for condition in conditions)


def _written(value: int | str) -> str:
    return str(value) if isinstance(value, int) else literals([value])


_OWN_NEWS = f"""(SELECT count(*) FROM (
    SELECT 1 AS one FROM ticket JOIN event ON event.id = (
        SELECT event.id FROM event WHERE event.ticket = ticket.id AND event.actor <> 1 ORDER BY event.id DESC LIMIT 1)
    JOIN person ON person.id = event.actor
    WHERE ticket.assignee = {{me}} AND ticket.status = 'waiting' AND ticket.wait <> 'requester'
    AND event.kind = 'reply' AND (person.role = 'requester' OR person.id = ticket.requester)
    LIMIT {MOST_COUNTED + 1}) news)"""

_VIEWERS = """(SELECT {names}(person.name, ', ') FROM visit JOIN person ON person.id = visit.person
 WHERE visit.ticket = ticket.id AND visit.at > (SELECT lately FROM clock) AND visit.person <> {me})"""

_LIST = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.wait_until, ticket.assignee,
       ticket.offered_to, ticket.requester, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       ticket.resolution, ticket.due_at, ticket.soon_at, ticket.channel, ticket.created_at, ticket.submitted_at,
       (SELECT name FROM category WHERE category.id = ticket.category) AS category_name,
       (SELECT name FROM topic WHERE topic.id = ticket.topic) AS topic_name,
       (SELECT name FROM team WHERE team.id = ticket.team) AS team_name,
       (SELECT name FROM person WHERE person.id = ticket.assignee) AS assignee_name,
       (SELECT name FROM person WHERE person.id = ticket.offered_to) AS offered_name,
       (SELECT name FROM person WHERE person.id = ticket.requester) AS requester_name,
       (SELECT name FROM organization WHERE organization.id = ticket.organization) AS organization_name,
       substr(said.body, 1, 300) AS said, said.kind AS said_kind,
       (SELECT name FROM person WHERE person.id = said.author) AS speaker_name,
       happened.kind AS happened, happened.at AS happened_at, happened.actor AS actor,
       (SELECT name FROM person WHERE person.id = happened.actor) AS actor_name,
       (SELECT role FROM person WHERE person.id = happened.actor) AS actor_role,
       (SELECT event.data FROM event WHERE event.ticket = ticket.id
        AND event.kind IN ('wait', 'question', 'split', 'case') ORDER BY event.id DESC LIMIT 1) AS waited,
       {viewers} AS viewers, {total} AS total
FROM page JOIN ticket ON ticket.id = page.id
LEFT JOIN message said ON said.id =
    (SELECT max(message.id) FROM message WHERE message.ticket = ticket.id)
LEFT JOIN event happened ON happened.id =
    (SELECT event.id FROM event WHERE event.ticket = ticket.id
     AND (event.actor <> 1 OR event.kind IN ('resumption', 'solution', 'closing')) ORDER BY event.id DESC LIMIT 1)
ORDER BY {order}
"""
"""The page is found first, so that nothing beside it is looked up for any other ticket. Names are asked
for one by one: of many joins PostgreSQL seeks the best order, which takes longer than finding the page.

`happened` is the last thing that people did or that time brought about, notices of deadlines left aside.
"""
