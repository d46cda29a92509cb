"""Lists of the desk and their filters, as conditions on tickets."""

from collections.abc import Callable
from dataclasses import dataclass

from web.database import dialect
from web.people.permissions import Actor
from web.sql import literal, literals
from web.tickets.life.states import Status
from web.tickets.life.status_filters import StatusFilter
from web.tickets.lists.chat_queue import offered
from web.tickets.lists.field_filters import FieldFilter
from web.tickets.pagination import Place, each_state
from web.tickets.visibility import visible_to

IndexScans = list[str]
"""Conditions that each scan a single index from its start; no ticket meets two of them."""


@dataclass(frozen=True)
class DeskFilter:
    """The filter in the address of a list of the desk."""

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
    """Days. Positive: changed within so many days; negative: unchanged for longer."""
    due: int | None = None
    """Hours until the deadline; 0 means that it has passed."""
    subject: str = ""
    """Words in the title."""
    words: str = ""
    sort: str = "newest"
    """One of `ordering.SORTS`."""
    fields: tuple[FieldFilter, ...] = ()
    """Filters by fields of the category."""
    columns: tuple[str, ...] = ()
    """The columns that were chosen; empty for the usual ones."""
    after: Place | None = None
    before: Place | None = None
    """Where the page ends, when paging backwards."""
    seen: int = 0
    """How many tickets precede the page, as far as they were counted."""

    @property
    def is_search(self) -> bool:
        return bool(self.words or self.subject)


def _inbox(sought: DeskFilter, by: Actor) -> IndexScans:
    """Tickets that are mine, offered to me, or unassigned in my teams' queues or without a team."""
    mine = [f"ticket.assignee = {by.id} AND ticket.status = '{status}'" for status in _AT_WORK]
    hiding = f" AND {visible_to(by).text}" if by.shut_out else ""  # it may be in a team that one has left
    mine += [
        f"ticket.offered_to = {by.id} AND ticket.status = '{status}' AND ticket.assignee IS NULL{hiding}"
        for status in _AT_WORK
    ]
    queues = [walk for team in (*sorted(by.teams), None) for walk in queue(team)]
    return [*mine, *(f"{walk} AND ticket.offered_to IS NULL{offered(by)}" for walk in queues)]


def _own(sought: DeskFilter, by: Actor) -> IndexScans:
    """My tickets that wait for something."""
    return [f"ticket.assignee = {by.id} AND ticket.status = '{status}'" for status in _ASIDE]


def _drafts(sought: DeskFilter, by: Actor) -> IndexScans:
    """My drafts."""
    return [f"ticket.author = {by.id} AND ticket.status = '{Status.DRAFT}'"]


def _unassigned(sought: DeskFilter, by: Actor) -> IndexScans:
    sight = visible_to(by).text
    return [f"ticket.status = '{status}' AND ticket.assignee IS NULL AND {sight}" for status in _AT_WORK]


def _due(sought: DeskFilter, by: Actor) -> IndexScans:
    """Tickets of my teams and of mine that are due soon or overdue."""
    soon = "ticket.due_at IS NOT NULL AND ticket.soon_at <= (SELECT now FROM clock)"
    teams = [f"ticket.team = {team} AND {soon}" for team in sorted(by.teams)]
    elsewhere = f"(ticket.team IS NULL OR ticket.team NOT IN ({literals(by.teams) or 0}))"
    mine = [f"ticket.assignee = {by.id} AND ticket.status = '{status}' AND {elsewhere}" for status in _AT_WORK]
    return [*teams, *(f"{walk} AND {soon}" for walk in mine)]


def _alerts(sought: DeskFilter, by: Actor) -> IndexScans:
    """Tickets with an alert: their agent left, or nobody may approve them."""
    return [f"ticket.alert IS NOT NULL AND {visible_to(by).text}"]


def _chats(sought: DeskFilter, by: Actor) -> IndexScans:
    """Open chats, those that wait for the desk first. Past the ceiling of an agent, only assigned ones."""
    return [f"ticket.attend_at IS NOT NULL AND {visible_to(by).text}{offered(by)}"]


def queue(team: int | None) -> IndexScans:
    """Unassigned tickets of a team. No visibility condition is needed for a team that the reader belongs to."""
    of_team = "ticket.team IS NULL" if team is None else f"ticket.team = {team}"
    return [f"{of_team} AND ticket.status = '{status}' AND ticket.assignee IS NULL" for status in _AT_WORK]


def everything(sought: DeskFilter, by: Actor) -> IndexScans:
    """All visible tickets. With a filter, each status is scanned along the index of the filtered column."""
    sight = visible_to(by).text
    if sought.status is not None:
        states = each_state(sought.status.states)
    elif sought.due is not None:
        states = [f"ticket.status = '{status}'" for status in (*_AT_WORK, *_ASIDE)]
    elif any(getattr(sought, name) for name in (*_BROAD, *_NARROW)):
        states = [f"ticket.status = '{status}'" for status in Status if status is not Status.DRAFT]
    else:
        return [f"ticket.status <> 'draft' AND {sight}"]
    return [f"{state} AND {sight}" for state in states]


_AT_WORK = (Status.NEW, Status.OPEN)
_ASIDE = (Status.WAITING, Status.APPROVAL)
_BROAD = ("priority", "channel")
"""Columns of which many tickets share a value."""
_NARROW = ("requester", "organization", "topic", "assignee", "category", "team")
"""Columns of which few tickets share a value, the most selective first."""


@dataclass(frozen=True)
class View:
    """A list: where its tickets are found, and the statuses that they can have."""

    scans: Callable[[DeskFilter, Actor], IndexScans]
    statuses: frozenset[Status]


ORDERED_BY = {"due": "due_at", "chats": "attend_at"}
"""Lists that are sorted by this column, the earliest first, instead of by the last change."""

VIEWS = {
    "inbox": View(_inbox, frozenset(_AT_WORK)),
    "own": View(_own, frozenset(_ASIDE)),
    "drafts": View(_drafts, frozenset({Status.DRAFT})),
    "chats": View(_chats, frozenset(_AT_WORK)),
    "due": View(_due, frozenset((*_AT_WORK, *_ASIDE))),
    "unassigned": View(_unassigned, frozenset(_AT_WORK)),
    "alerts": View(_alerts, frozenset((*_AT_WORK, *_ASIDE))),
    "all": View(everything, frozenset(Status)),
}
"""The lists by the name in their address."""


def narrowed_by(sought: DeskFilter) -> str:
    """The filters of a list, as further conditions."""
    conditions = _equal(sought)
    if sought.status is not None and sought.view != "all":
        conditions.append(f"({' OR '.join(f'({state})' for state in each_state(sought.status.states))})")
    if sought.updated:
        apart = _kept() if sought.view in ORDERED_BY or sought.tag or sought.fields else ""
        conditions.append(f"{apart}ticket.updated_at {'>=' if sought.updated > 0 else '<'} (SELECT at FROM edge)")
    if sought.due is not None:
        conditions.append(f"{_kept()}ticket.due_at <= (SELECT at FROM due)")
    if sought.tag:
        conditions.append("ticket.id IN (SELECT id FROM tagged)")
    conditions += [f"ticket.id IN (SELECT id FROM {each.field.name.replace('-', '_')})" for each in sought.fields]
    return "".join(f" AND {condition}" for condition in conditions)


def _equal(sought: DeskFilter) -> list[str]:
    """Equality filters. A list is scanned along its own index, all tickets along that of the most selective filter."""
    chosen = [name for name in (*_NARROW, *_BROAD) if getattr(sought, name)]
    walked = chosen[:1] if sought.view == "all" else []
    return [f"{'' if name in walked else _kept()}ticket.{name} = {literal(getattr(sought, name))}" for name in chosen]


def _kept() -> str:
    """A prefix that keeps SQLite from using an index that it wrongly believes to be more selective."""
    return dialect(sqlite="+", postgres="")
