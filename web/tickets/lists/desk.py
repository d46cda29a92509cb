"""The lists of the desk: what needs an agent now, what waits, the queues, and the counts beside the lists."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from web.database import dialect, fetch_as, fetch_column, unhurried
from web.people.accounts import TOLD_APART
from web.people.permissions import Actor
from web.sql import ALWAYS, Fragment, filled
from web.tickets.fields import catalog
from web.tickets.fields.values import of_ticket_in_sql
from web.tickets.lists import search
from web.tickets.lists.desk_pages import numbers_in_order, numbers_of_page, page_of
from web.tickets.lists.desk_views import VIEWS, DeskFilter, everything, narrowed_by, queue
from web.tickets.lists.ordering import order_of
from web.tickets.lists.presence import PRESENT_FOR
from web.tickets.lists.search import Search
from web.tickets.pagination import (
    PAGE,
    Count,
    Listing,
    are_whole,
    count_of,
    each_count,
    statuses_of,
)

MOST_AT_ONCE = 100
"""The most tickets of a list that can be changed together."""
MOST_COUNTED = 200
"""Counts beside the lists stop here and read "200+"."""


@dataclass(frozen=True)
class DeskTicket:
    """A ticket as a row of a list of the desk."""

    id: int
    title: str
    priority: str
    status: str
    wait: str | None
    wait_until: datetime | None
    assignee: int | None
    offered_to: int | None
    requester: int
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    resolution: str | None
    alert: str | None
    workflow: str
    due_at: datetime | None
    soon_at: datetime | None
    attend_at: datetime | None
    channel: str
    created_at: datetime
    submitted_at: datetime | None
    category_name: str | None
    topic_name: str | None
    team_name: str | None
    assignee_name: str | None
    requester_name: str
    organization_name: str | None
    offered_name: str | None
    said: str | None
    """The beginning of the last message."""
    said_kind: str | None
    speaker_name: str | None
    happened: str | None
    """The last action of a person or a timer, except notices about deadlines."""
    happened_at: datetime | None
    actor: int | None
    actor_name: str | None
    actor_role: str | None
    waited: str | None
    """What it last waited for: the data of the event in JSON."""
    viewers: str | None
    """The names of others who have it open."""
    field_values: str | None
    """Its field values as JSON, if one of them is a column."""
    total: int
    """How many tickets the list has."""


async def page(sought: DeskFilter, *, by: Actor, at: datetime) -> Listing[DeskTicket]:
    """A page of one of the desk's lists."""
    if sought.is_search:
        return await _found(sought, by=by, at=at)
    walks, (named, values) = VIEWS[sought.view].scans(sought, by), looked_up(sought, at)
    listed = _listed(sought, by, total=count_of(walks, narrowed_by(sought), apart=True), order=str(order_of(sought)))
    shown = f"WITH {named}, page (id) AS MATERIALIZED ({{}}) {{}}"
    rows = await fetch_as(DeskTicket, shown, *values, numbers_of_page(sought, walks), listed)
    if sought.before and len(rows) <= PAGE:
        sought = replace(sought, before=None, seen=0)  # it has become shorter
        return await page(sought, by=by, at=at)
    return page_of(rows, sought)


async def sees_number(number: int, *, by: Actor) -> bool | None:
    """Whether other tickets mention the number in their texts; None when `by` cannot see a ticket with it."""
    return await search.sees_number(number, everything(DeskFilter(), by), by)


def numbers_in_sql(sought: DeskFilter, *, by: Actor, at: datetime, limit: int) -> Fragment:
    """A statement that selects the first numbers of a list, in its order."""
    named, values = looked_up(sought, at)
    if sought.is_search:
        found = search.results(searched(sought, by), order=order_of(sought), start=0, limit=limit)
        return Fragment(f"WITH {named}, {{}} SELECT id FROM page ORDER BY place", (*values, found))
    return Fragment(f"WITH {named} {{}}", (*values, numbers_in_order(sought, by, limit=limit)))


async def numbers(sought: DeskFilter, *, by: Actor, at: datetime, limit: int) -> list[int]:
    return await fetch_column(int, "{}", numbers_in_sql(sought, by=by, at=at, limit=limit))


_COUNTED = ("inbox", "own", "drafts", "unassigned", "chats", "due", "alerts")


async def counts(by: Actor, *, at: datetime) -> dict[str, int]:
    """How many tickets each list that needs work has, by its name; counts stop at `MOST_COUNTED` + 1.

    A team's queue is named `team` and its id. `own_news` counts one's own waiting tickets on which the customer wrote.
    """
    wanted = {view: VIEWS[view].scans(DeskFilter(view=view), by) for view in _COUNTED}
    wanted |= {f"team{team}": queue(team) for team in sorted(by.teams)}
    columns = {name: count_of(walks, ALWAYS, apart=True, bound=MOST_COUNTED) for name, walks in wanted.items()}
    columns["own_news"] = Fragment(_OWN_NEWS, (by.id,))
    clock, values = _clock(at)
    found = await fetch_as(Count, f"WITH {clock} {{}}", *values, each_count(columns.values()))
    return {name: each.number for name, each in zip(columns, found, strict=True)}


async def _found(sought: DeskFilter, *, by: Actor, at: datetime) -> Listing[DeskTicket]:
    start, (named, values) = search.start_of(sought.after), looked_up(sought, at)
    found = search.results(searched(sought, by), order=order_of(sought), start=start)
    listed = _listed(sought, by, total=search.HITS, order="page.place")
    with unhurried():
        rows = await fetch_as(DeskTicket, f"WITH {named}, {{}} {{}}", *values, found, listed)
        return search.listing(rows, start=start)


def searched(sought: DeskFilter, by: Actor) -> Search:
    """The search of a list. It does not repeat the index's statuses: PostgreSQL would expect too few rows."""
    view, status = VIEWS[sought.view], sought.status
    statuses = search.worth_asking(view.statuses & statuses_of(status.states) if status else view.statuses)
    if status and statuses and sought.view == "all" and are_whole(status.states):
        sought = replace(sought, status=None)
    text = f"{sought.words} {sought.subject}".strip()
    return Search(text, view.scans(sought, by), narrowed_by(sought), by, statuses, title=sought.subject)


def _listed(sought: DeskFilter, by: Actor, *, total: Fragment, order: str) -> Fragment:
    names = dialect(sqlite="group_concat", postgres="string_agg")
    return filled(
        _LIST,
        names=Fragment(names_in_sql(TOLD_APART)),
        named=Fragment(TOLD_APART),
        viewers=Fragment(_VIEWERS.format(names=names), (by.id,)),
        values=of_ticket_in_sql() if any(map(catalog.named, sought.columns)) else Fragment("NULL"),
        total=total,
        order=Fragment(order),
    )


def names_in_sql(named: str) -> str:
    """Columns with the names of a ticket's subject and people. `named` is the expression for a person's name."""
    return _NAMES.format(named=named)


def _clock(at: datetime) -> tuple[str, list[object]]:
    """A common table expression with the present instant, so that any part of a statement can use it."""
    return f"clock (now, lately) AS (SELECT {_instant()}, {_instant()})", [at, at - PRESENT_FOR]


def _instant() -> str:
    """An expression for the instant whose value PostgreSQL's planner does not see."""
    return dialect(sqlite="{}", postgres="CAST({} AS TIMESTAMPTZ)")


def looked_up(sought: DeskFilter, at: datetime) -> tuple[str, list[object]]:
    """Common table expressions for the typed values, so that each is looked up once."""
    clock, values = _clock(at)
    named = [clock]
    if sought.updated:
        named.append(f"edge (at) AS (SELECT {_instant()})")
        values.append(at - timedelta(days=abs(sought.updated)))
    if sought.due is not None:
        named.append(f"due (at) AS (SELECT {_instant()})")
        values.append(at + timedelta(hours=sought.due))
    if sought.tag:
        named.append("tagged (id) AS MATERIALIZED (SELECT ticket FROM tag WHERE name = {})")
        values.append(sought.tag)
    for each in sought.fields:
        named.append(f"{each.field.name.replace('-', '_')} (id) AS MATERIALIZED ({{}})")
        values.append(each.tickets())
    return ", ".join(named), values


_OWN_NEWS = f"""(SELECT count(*) FROM (
    SELECT id, requester, wait FROM ticket WHERE ticket.assignee = {{}} AND ticket.status = 'waiting'
    ORDER BY ticket.updated_at DESC, ticket.id DESC LIMIT {MOST_COUNTED + 1}) latest
    JOIN event ON event.id = (
        SELECT event.id FROM event WHERE event.ticket = latest.id AND event.actor <> 1 ORDER BY event.id DESC LIMIT 1)
    JOIN person ON person.id = event.actor
    WHERE latest.wait <> 'requester' AND event.kind = 'reply'
    AND (person.role = 'requester' OR person.id = latest.requester))"""
"""A reply brings a ticket to the front, so that only those of the latest activity are looked at."""

_VIEWERS = """(SELECT {names}(person.name, ', ') FROM visit JOIN person ON person.id = visit.person
 WHERE visit.ticket = ticket.id AND visit.at > (SELECT lately FROM clock) AND visit.left_at IS NULL
 AND visit.person <> {{}})"""

_NAMES = """(SELECT name FROM category WHERE category.id = ticket.category) AS category_name,
       (SELECT name FROM topic WHERE topic.id = ticket.topic) AS topic_name,
       (SELECT name FROM team WHERE team.id = ticket.team) AS team_name,
       (SELECT {named} FROM person WHERE person.id = ticket.assignee) AS assignee_name,
       (SELECT {named} FROM person WHERE person.id = ticket.requester) AS requester_name,
       (SELECT name FROM organization WHERE organization.id = ticket.organization) AS organization_name"""

_LIST = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.wait_until, ticket.assignee,
       ticket.offered_to, ticket.requester, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       ticket.resolution, ticket.alert, ticket.workflow, ticket.due_at, ticket.soon_at, ticket.attend_at,
       ticket.channel, ticket.created_at,
       ticket.submitted_at,
       {names}, (SELECT {named} FROM person WHERE person.id = ticket.offered_to) AS offered_name,
       substr(said.body, 1, 300) AS said, said.kind AS said_kind,
       (SELECT name FROM person WHERE person.id = said.author) AS speaker_name,
       happened.kind AS happened, happened.at AS happened_at, happened.actor AS actor,
       (SELECT name FROM person WHERE person.id = happened.actor) AS actor_name,
       (SELECT role FROM person WHERE person.id = happened.actor) AS actor_role,
       (SELECT event.data FROM event WHERE event.ticket = ticket.id
        AND event.kind IN ('wait', 'question', 'split', 'case') ORDER BY event.id DESC LIMIT 1) AS waited,
       {viewers} AS viewers, {values} AS field_values, {total} AS total
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
