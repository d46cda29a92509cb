"""Kiosk settings for administrators: created, changed, bound by a link, retired."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit, sql
from web.database import execute, fetch_as, fetch_column, json_list, read_json, transaction, within
from web.errors import NotFound, NotPermitted, refuse
from web.kiosks import visits
from web.kiosks.tables import Kiosk, KioskCategory
from web.people import organizations, tokens
from web.people.agents.teams import is_active_team
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.text import one_line, too_long, wrong_name
from web.tickets.requests.categories import CategoryName, open_to_all

LONGEST_NAME = 100
LONGEST_WORDS = 300
LINK_LASTS = timedelta(hours=24)
LIVE = timedelta(minutes=5)
"""How long after its last request a kiosk counts as live."""
RENEWS = timedelta(minutes=2)
"""How often an idle one requests its first page."""


@dataclass(frozen=True)
class KioskInput:
    """A kiosk as entered. `organization` is a name or a CNPJ."""

    name: str
    organization: str = ""
    team: int | None = None
    categories: Collection[int] = ()
    words: str = ""
    is_accessible: bool = False


@dataclass(frozen=True)
class KioskShown:
    """A kiosk with its state. A retired organization or team counts as none."""

    id: int
    name: str
    organization: int | None
    organization_name: str | None
    team: int | None
    team_name: str | None
    words: str
    is_accessible: bool
    is_bound: bool
    seen_at: datetime | None
    link_ends_at: datetime | None
    retired_at: datetime | None
    offers: str
    """Its categories as JSON."""

    @property
    def categories(self) -> dict[int, str]:
        """Its categories by id; empty if it offers all."""
        return {each.id: each.name for each in read_json(CategoryName, self.offers)}

    def is_live(self, at: datetime) -> bool:
        return self.is_bound and self.seen_at is not None and at - self.seen_at < LIVE


_CATEGORIES = (
    "SELECT category.id, category.name FROM kiosk_category chosen JOIN category ON category.id = chosen.category "
    "WHERE chosen.kiosk = k.id ORDER BY category.position, category.name"
)


async def listed() -> list[KioskShown]:
    """All kiosks, active ones first."""
    return await _shown("ORDER BY k.retired_at IS NOT NULL, k.name, k.id LIMIT 100")


async def kiosk(number: int) -> KioskShown:
    """Returns the kiosk. Raises `NotFound`."""
    rows = await _shown("WHERE k.id = {}", number)
    if not rows:
        raise NotFound("kiosk")
    return rows[0]


async def _shown(which: str, *values: object) -> list[KioskShown]:
    return await fetch_as(
        KioskShown,
        "SELECT k.id, k.name, organization.id AS organization, organization.name AS organization_name, "
        "team.id AS team, team.name AS team_name, "
        "k.words, k.is_accessible, k.token_hash IS NOT NULL AS is_bound, k.seen_at, k.link_ends_at, k.retired_at, "
        f"{json_list(('id', 'name'), _CATEGORIES)} AS offers FROM kiosk k "
        "LEFT JOIN organization ON organization.id = k.organization AND organization.is_active "
        f"LEFT JOIN team ON team.id = k.team AND team.is_active {which}",
        *values,
    )


async def add(wanted: KioskInput, *, by: Actor, at: datetime, form_key: str | None = None) -> int:
    """Creates a kiosk. Returns its number, which is the same if the form is sent again. Raises `Invalid`."""
    _check_admin(by)
    await _check(wanted)
    async with within():
        rows = await fetch_column(int, _MADE, one_line(wanted.name), form_key)
        if not rows:
            return (await fetch_column(int, "SELECT id FROM kiosk WHERE form_key = {}", form_key))[0]
        await _write(rows[0], wanted)
        told = _told(await kiosk(rows[0]))
        await record_change(Kind.KIOSK, rows[0], one_line(wanted.name), None, told, by=by.id, at=at)
    return rows[0]


_MADE = "INSERT INTO kiosk (name, form_key) VALUES ({}, {}) ON CONFLICT (form_key) DO NOTHING RETURNING id"


async def change(number: int, wanted: KioskInput, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Changes a kiosk. Raises `Invalid`, `NotFound`, and `Overtaken` when its log is newer than `seen`."""
    _check_admin(by)
    await _check(wanted)
    async with transaction():
        await refuse_overtaken(Kind.KIOSK, number, seen)
        before = await kiosk(number)
        await _write(number, wanted)
        after = await kiosk(number)
        await record_change(Kind.KIOSK, number, after.name, _told(before), _told(after), by=by.id, at=at)


async def give_link(number: int, *, by: Actor, at: datetime) -> str:
    """The token of a link that binds the device that opens it, once. An earlier link becomes invalid.

    Raises `NotFound`.
    """
    _check_admin(by)
    token = tokens.new()
    async with transaction():
        found = await kiosk(number)
        if found.retired_at is not None:
            raise NotFound("kiosk")
        hashed, ends = tokens.hash_of(token), at + LINK_LASTS
        await Kiosk.update({Kiosk.link_hash: hashed, Kiosk.link_ends_at: ends}).where(Kiosk.id == number)
        was = {"link": found.link_ends_at.isoformat() if found.link_ends_at else None}
        await record_change(Kind.KIOSK, number, found.name, was, {"link": ends.isoformat()}, by=by.id, at=at)
    audit.note("kiosk_link", person=by.id, kiosk=number)
    return token


async def set_retired(number: int, *, is_retired: bool, by: Actor, at: datetime) -> None:
    """Retires or restores a kiosk. A restored one must be bound again. Raises `NotFound`."""
    _check_admin(by)
    async with transaction():
        found = await kiosk(number)
        await execute(_RETIRED, at if is_retired else None, 0 if is_retired else 1, number)
        await visits.end_all(number, at=at)
        was, now = {"is_active": found.retired_at is None}, {"is_active": not is_retired}
        await record_change(Kind.KIOSK, number, found.name, was, now, by=by.id, at=at)
    audit.note("kiosk_retired" if is_retired else "kiosk_restored", person=by.id, kiosk=number)


_RETIRED = (
    "UPDATE kiosk SET retired_at = {}, link_hash = NULL, link_ends_at = NULL, binding = binding + {}, "
    "token_hash = NULL, next_hash = NULL WHERE id = {}"
)


async def _write(number: int, wanted: KioskInput) -> None:
    typed = one_line(wanted.organization)
    await Kiosk.update(
        {
            Kiosk.name: one_line(wanted.name),
            Kiosk.organization: (await organizations.named(typed)).id if typed else None,
            Kiosk.team: wanted.team,
            Kiosk.words: one_line(wanted.words),
            Kiosk.is_accessible: wanted.is_accessible,
        }
    ).where(Kiosk.id == number)
    await _offer(number, wanted.categories)


async def _offer(number: int, categories: Collection[int]) -> None:
    await KioskCategory.delete().where(KioskCategory.kiosk == number)
    rows = [(number, each) for each in sorted(set(categories))]
    if rows:
        await execute("INSERT INTO kiosk_category (kiosk, category) VALUES {}", sql.rows(rows))


async def _check(wanted: KioskInput) -> None:
    offered = {each.id for each in await open_to_all()}
    wrong = {
        "name": wrong_name(one_line(wanted.name), longest=LONGEST_NAME),
        "team": None if wanted.team is None or await is_active_team(wanted.team) else "unknown",
        "categories": None if offered.issuperset(wanted.categories) else "unknown",
        "words": too_long(one_line(wanted.words), LONGEST_WORDS),
    }
    refuse(wrong)
    if typed := one_line(wanted.organization):
        await organizations.named(typed)


def _told(found: KioskShown) -> Values:
    """The values for the log."""
    return {
        "name": found.name,
        "organization": found.organization_name,
        "team": found.team_name,
        "categories": list(found.categories.values()),
        "words": found.words,
        "is_accessible": found.is_accessible,
    }


def _check_admin(by: Actor) -> None:
    if not by.is_admin:
        raise NotPermitted("kiosk")
