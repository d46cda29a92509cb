"""Lists of the desk and their filters, as conditions on tickets."""

from collections.abc import Callable
from dataclasses import dataclass

from web.database import dialect
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, all_of, any_of, values
from web.tickets.life.states import Status
from web.tickets.life.status_filters import StatusFilter
from web.tickets.lists.chat_queue import offered
from web.tickets.lists.field_filters import FieldFilter
from web.tickets.pagination import Place, each_state
from web.tickets.visibility import visible_to

IndexScans = list[Condition]
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
    mine = [_held(by, status) for status in _AT_WORK]
    hiding = visible_to(by) if by.shut_out else ALWAYS  # it may be in a team that one has left
    mine += [
        Condition(f"ticket.offered_to = {{}} AND ticket.status = '{status}' AND ticket.assignee IS NULL", (by.id,))
        & hiding
        for status in _AT_WORK
    ]
    queues = [walk for team in (*sorted(by.teams), None) for walk in queue(team)]
    return [*mine, *(walk & Condition("ticket.offered_to IS NULL") & offered(by) for walk in queues)]


def _own(sought: DeskFilter, by: Actor) -> IndexScans:
    """My tickets that wait for something."""
    return [_held(by, status) for status in _ASIDE]


def _held(by: Actor, status: Status) -> Condition:
    return Condition(f"ticket.assignee = {{}} AND ticket.status = '{status}'", (by.id,))


def _drafts(sought: DeskFilter, by: Actor) -> IndexScans:
    """My drafts."""
    return [Condition(f"ticket.author = {{}} AND ticket.status = '{Status.DRAFT}'", (by.id,))]


def _unassigned(sought: DeskFilter, by: Actor) -> IndexScans:
    sight = visible_to(by)
    return [Condition(f"ticket.status = '{status}' AND ticket.assignee IS NULL") & sight for status in _AT_WORK]


def _due(sought: DeskFilter, by: Actor) -> IndexScans:
    """Tickets of my teams and of mine that are due soon or overdue."""
    soon = Condition("ticket.due_at IS NOT NULL AND ticket.soon_at <= (SELECT now FROM clock)")
    teams = [Condition("ticket.team = {}", (team,)) & soon for team in sorted(by.teams)]
    theirs = values(sorted(by.teams) or [0])
    elsewhere = Condition("(ticket.team IS NULL OR ticket.team NOT IN ({}))", (theirs,))
    return [*teams, *(_held(by, status) & elsewhere & soon for status in _AT_WORK)]


def _alerts(sought: DeskFilter, by: Actor) -> IndexScans:
    """Tickets with an alert: their agent left, or nobody may approve them."""
    return [Condition("ticket.alert IS NOT NULL") & visible_to(by)]


def _chats(sought: DeskFilter, by: Actor) -> IndexScans:
    """Open chats, those that wait for the desk first. Past the ceiling of an agent, only assigned ones."""
    return [Condition("ticket.attend_at IS NOT NULL") & visible_to(by) & offered(by)]


def queue(team: int | None) -> IndexScans:
    """Unassigned tickets of a team. No visibility condition is needed for a team that the reader belongs to."""
    of_team = Condition("ticket.team IS NULL") if team is None else Condition("ticket.team = {}", (team,))
    return [of_team & Condition(f"ticket.status = '{status}' AND ticket.assignee IS NULL") for status in _AT_WORK]


def everything(sought: DeskFilter, by: Actor) -> IndexScans:
    """All visible tickets. With a filter, each status is scanned along the index of the filtered column."""
    sight = visible_to(by)
    if sought.status is not None:
        states = each_state(sought.status.states)
    elif sought.due is not None:
        states = [f"ticket.status = '{status}'" for status in (*_AT_WORK, *_ASIDE)]
    elif any(getattr(sought, name) for name in (*_BROAD, *_NARROW)):
        states = [f"ticket.status = '{status}'" for status in Status if status is not Status.DRAFT]
    else:
        return [Condition("ticket.status <> 'draft'") & sight]
    return [Condition(state) & sight for state in states]


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


def narrowed_by(sought: DeskFilter) -> Condition:
    """The filters of a list, as a further condition."""
    conditions = _equal(sought)
    if sought.status is not None and sought.view != "all":
        conditions.append(any_of(Condition(f"({state})") for state in each_state(sought.status.states)))
    if sought.updated:
        apart = _kept() if sought.view in ORDERED_BY or sought.tag or sought.fields else ""
        way = ">=" if sought.updated > 0 else "<"
        conditions.append(Condition(f"{apart}ticket.updated_at {way} (SELECT at FROM edge)"))
    if sought.due is not None:
        conditions.append(Condition(f"{_kept()}ticket.due_at <= (SELECT at FROM due)"))
    if sought.tag:
        conditions.append(Condition("ticket.id IN (SELECT id FROM tagged)"))
    named = (each.field.name.replace("-", "_") for each in sought.fields)
    return all_of([*conditions, *(Condition(f"ticket.id IN (SELECT id FROM {name})") for name in named)])


def _equal(sought: DeskFilter) -> list[Condition]:
    """Equality filters. A list is scanned along its own index, all tickets along that of the most selective filter."""
    chosen = [name for name in (*_NARROW, *_BROAD) if getattr(sought, name)]
    walked = chosen[:1] if sought.view == "all" else []
    return [
        Condition(f"{'' if name in walked else _kept()}ticket.{name} = {{}}", (getattr(sought, name),))
        for name in chosen
    ]


def _kept() -> str:
    """A prefix that keeps SQLite from using an index that it wrongly believes to be more selective."""
    return dialect(sqlite="+", postgres="")
