"""Canned replies: search by those who may use them, creation, change and removal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from web.database import existing, fetch_as, within
from web.errors import Invalid, refuse
from web.people.agents.teams import is_active_team
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sorting import by_name
from web.sql import Condition
from web.text import is_blank, one_line, too_long, wrong_name
from web.tickets.actions.placeholders import unknown_placeholders
from web.tickets.actions.properties import classification
from web.tickets.life.states import Priority
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.record.tables import MOVES_OF_CANNED, Canned, kept_by, usable_by

LONGEST_NAME = 60


@dataclass(frozen=True)
class NewCannedReply:
    """A canned reply to save: a text, and the moves made with it."""

    name: str
    body: str = ""
    is_note: bool = False
    takes: bool = False
    priority: Priority | None = None
    team: int | None = None
    tag: str = ""
    ends: str = ""
    folder: str = ""
    owner: int | None = None
    """The agent who alone may use it; None when it is shared."""
    readers: int | None = None
    """The team whose members alone may use it; None for every agent."""

    @property
    def moves(self) -> bool:
        return bool(self.takes or self.priority or self.team or self.tag)


@dataclass(frozen=True)
class CannedReply:
    """A canned reply as kept. `moves` are the nouns of its moves."""

    id: int
    name: str
    body: str
    is_note: bool
    takes: bool
    priority: str | None
    team: int | None
    tag: str
    ends: str
    folder: str
    owner: int | None
    readers: int | None
    moves: str


_CANNED = (
    "SELECT id, name, body, is_note, takes, priority, team, tag, ends, folder, owner, readers, "
    f"{MOVES_OF_CANNED} AS moves FROM canned "
)


async def shared(by: Actor) -> list[CannedReply]:
    """The canned replies that leads keep, for teams and for everybody."""
    return _in_order(await fetch_as(CannedReply, f"{_CANNED} WHERE {{}}", kept_by(by, owner=None)))


async def own(by: Actor) -> list[CannedReply]:
    return _in_order(await fetch_as(CannedReply, f"{_CANNED} WHERE {{}}", kept_by(by, owner=by.id)))


def _in_order(found: Iterable[CannedReply]) -> list[CannedReply]:
    return sorted(found, key=lambda each: (by_name(each.folder), by_name(each.name), each.id))


async def find(number: int | None, *, field: str = "canned", by: Actor) -> CannedReply:
    """Returns the canned reply. Raises `Invalid` when it is gone or belongs to somebody else."""
    rows = await fetch_as(CannedReply, _CANNED + "WHERE id = {} AND {}", number or 0, usable_by(by))
    if not rows:
        raise Invalid(field, "missing" if number is None else "unknown")
    return rows[0]


async def save_canned(
    wanted: NewCannedReply, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> int:
    """Creates a canned reply, or replaces number `number`.

    Raises `Invalid`, `NotFound` for one that is gone or of another owner, and `Overtaken` when its log went past
    `seen`. What is somebody's alone is not logged.
    """
    name, tag, folder = one_line(wanted.name), one_line(wanted.tag).casefold(), one_line(wanted.folder)
    wanted = replace(wanted, name=name, tag=tag, folder=folder)
    await refuse_unfit(wanted, by=by)
    async with within():
        mine = kept_by(by, owner=wanted.owner)
        before = await _kept(number, mine) if number is not None else None
        if number is not None:
            await refuse_overtaken(Kind.CANNED, number, seen)
        number = await _write(wanted, number)
        after = await _kept(number, mine)
        if wanted.owner is None:
            await _tell(number, before, after, by=by, at=at)
    return number


async def _write(wanted: NewCannedReply, number: int | None) -> int:
    values = asdict(wanted)
    if number is None:
        row = Canned(**values)
        await row.save()
        return int(row.id)
    await Canned.update({getattr(Canned, name): value for name, value in values.items()}).where(Canned.id == number)
    return number


async def remove(number: int, *, owner: int | None = None, by: Actor, at: datetime) -> None:
    """Removes a canned reply. Raises `NotFound` when it is gone or has another owner."""
    async with within():
        before = await _kept(number, kept_by(by, owner=owner))
        await Canned.delete().where(Canned.id == number)
        if owner is None:
            await _tell(number, before, None, by=by, at=at)


@dataclass(frozen=True)
class _Kept:
    """A canned reply as the log of settings keeps it, with the name of its team."""

    name: str
    body: str
    is_note: bool
    takes: bool
    priority: str | None
    team: str | None
    tag: str
    ends: str
    folder: str
    readers: str | None
    own: int | None
    """The number of the team whose members alone may use it."""

    @property
    def told(self) -> Values:
        return {name: value for name, value in asdict(self).items() if name != "own"}


async def _tell(number: int, before: _Kept | None, after: _Kept | None, *, by: Actor, at: datetime) -> None:
    """Records the change in the log of settings.

    If only a confidential team may use the reply, only that team reads it.
    """
    known = [each for each in (after, before) if each is not None]
    own = next((each.own for each in known if each.own is not None), None)
    old, new = (each.told if each is not None else None for each in (before, after))
    await record_change(Kind.CANNED, number, known[0].name, old, new, team=own, by=by.id, at=at)


async def _kept(number: int, mine: Condition) -> _Kept:
    """Returns the stored canned reply. Raises `NotFound`."""
    return existing(await fetch_as(_Kept, _BY_NAMES, number, mine), "canned")


_BY_NAMES = (
    "SELECT canned.name, canned.body, canned.is_note, canned.takes, canned.priority, team.name AS team, "
    "canned.tag, canned.ends, canned.folder, readers.name AS readers, canned.readers AS own FROM canned "
    "LEFT JOIN team ON team.id = canned.team LEFT JOIN team readers ON readers.id = canned.readers "
    "WHERE canned.id = {} AND {}"
)


async def refuse_unfit(wanted: NewCannedReply, *, by: Actor) -> None:
    """Raises `Invalid` for impossible values, and for a confidential team that `by` is not a member of."""
    nothing = is_blank(wanted.body) and (wanted.ends or not wanted.moves)
    wrong = {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME),
        "body": "missing" if nothing else _wrong_body(wanted.body),
        "tag": too_long(wanted.tag, classification.LONGEST_TAG),
        "folder": too_long(wanted.folder, LONGEST_NAME),
        "ends": "unknown" if wanted.ends not in ("", "question", "solution") else None,
    }
    refuse(wrong)
    await _refuse_unfit_teams(wanted, by)


async def _refuse_unfit_teams(wanted: NewCannedReply, by: Actor) -> None:
    for field, team in (("team", wanted.team), ("share", wanted.readers)):
        if team is not None and (team in by.shut_out or not await is_active_team(team)):
            raise Invalid(field, "unknown")


def _wrong_body(body: str) -> str | None:
    return too_long(body, LONGEST_MESSAGE) or ("unknown_placeholders" if unknown_placeholders(body) else None)
