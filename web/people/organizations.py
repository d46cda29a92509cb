"""Organizations (schools and companies) by CNPJ: created, changed, retired and reactivated by leads."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid, refuse
from web.people.agents.teams import is_active_team
from web.people.directory import search_words
from web.people.identifiers import cnpj as cnpjs
from web.people.permissions import Actor
from web.people.tables import Organization
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sql import literals
from web.text import one_line, wrong_name

LONGEST_NAME = 200


@dataclass(frozen=True)
class OrganizationName:
    """An organization by its id."""

    id: int
    name: str


@dataclass(frozen=True)
class OrganizationInput:
    """An organization as a lead enters it.

    Without a calendar, the default zone applies to its people; without a team, its tickets go to the team of their
    category or to the common queue.
    """

    name: str
    cnpj: str
    calendar: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class OrganizationShown:
    """An organization with the names of its references; `cnpj` has no mask."""

    id: int
    name: str
    cnpj: str
    calendar: int | None
    calendar_name: str | None
    team: int | None
    team_name: str | None
    domain: str | None
    is_active: bool


@dataclass(frozen=True)
class RelatedOrganization:
    """An organization with the same root."""

    id: int
    name: str
    cnpj: str

    @property
    def is_head_office(self) -> bool:
        return self.cnpj[8:12] == "0001"


async def insert(name: str, cnpj: str, *, calendar: int | None = None, team: int | None = None) -> int:
    """Creates an organization without a log entry. Returns its id. Raises `Invalid` for a wrong CNPJ or name."""
    wanted = await _checked(OrganizationInput(name, cnpj, calendar, team))
    rows = await fetch_column(
        int,
        _INSERTED,
        *(wanted.name, search_words.sort_name(wanted.name), wanted.cnpj, cnpjs.root(wanted.cnpj), calendar, team),
    )
    if not rows:
        raise Invalid("cnpj", "known_cnpj")
    await search_words.add("organization", rows[0], [wanted.name, wanted.cnpj])
    return rows[0]


_INSERTED = (
    "INSERT INTO organization (name, sort_name, cnpj, root, calendar, team) VALUES ({}, {}, {}, {}, {}, {}) "
    "ON CONFLICT (cnpj) DO NOTHING RETURNING id"
)


async def create(wanted: OrganizationInput, *, known_root: str | None = None, by: Actor, at: datetime) -> int:
    """Creates an organization. Returns its id, which is the same if one with these very values exists.

    `known_root` is a shared root that the caller has confirmed. Raises `Invalid` as `insert` does, and for a root that
    others have unless it was confirmed; None skips that check.
    """
    wanted = await _checked(wanted)
    async with within():
        if found := await _same(wanted):
            return found
        root = cnpjs.root(wanted.cnpj)
        if known_root is not None and root != known_root and await kin(root):
            known = await by_cnpj(wanted.cnpj)
            raise Invalid("cnpj", "known_cnpj" if known else "same_root")
        made = await insert(wanted.name, wanted.cnpj, calendar=wanted.calendar, team=wanted.team)
        told = _told(await organization(made))
        await record_change(Kind.ORGANIZATION, made, wanted.name, None, told, by=by.id, at=at)
    return made


async def change(
    number: int, wanted: OrganizationInput, *, seen: int | None = None, by: Actor, at: datetime
) -> OrganizationShown:
    """Changes an organization. Raises `NotFound`, `Invalid`, and `Overtaken` when its log is newer than `seen`."""
    wanted = await _checked(wanted)
    async with within():
        before = await _locked(number)
        await refuse_overtaken(Kind.ORGANIZATION, number, seen)
        known = await by_cnpj(wanted.cnpj)
        refuse({"cnpj": "known_cnpj" if known and known.id != number else None})
        await execute(
            "UPDATE organization SET name = {}, cnpj = {}, root = {}, calendar = {}, team = {} WHERE id = {}",
            *(wanted.name, wanted.cnpj, cnpjs.root(wanted.cnpj), wanted.calendar, wanted.team, number),
        )
        if (wanted.name, wanted.cnpj) != (before.name, before.cnpj):
            await search_words.index_organization(number)
        after = await organization(number)
        await record_change(Kind.ORGANIZATION, number, after.name, _told(before), _told(after), by=by.id, at=at)
    return after


async def set_active(number: int, *, is_active: bool, by: Actor, at: datetime) -> None:
    """Retires or reactivates an organization. A retired one accepts no tickets and no members; existing ones stay."""
    async with within():
        found = await _locked(number)
        await Organization.update({Organization.is_active: is_active}).where(Organization.id == number)
        old, new = {"is_active": found.is_active}, {"is_active": is_active}
        await record_change(Kind.ORGANIZATION, number, found.name, old, new, by=by.id, at=at)


async def organization(number: int) -> OrganizationShown:
    """Returns the organization. Raises `NotFound`."""
    return existing(await fetch_as(OrganizationShown, f"{_SHOWN} WHERE o.id = {{}}", number), "organization")


async def some(numbers: Collection[int]) -> list[OrganizationShown]:
    """The organizations with these ids, by name."""
    of_them = f"o.id IN ({literals(numbers)})" if numbers else "false"
    return await fetch_as(OrganizationShown, f"{_SHOWN} WHERE {of_them} ORDER BY o.sort_name, o.id")


async def everyone() -> list[OrganizationShown]:
    """All organizations by id, for scripts."""
    return await fetch_as(OrganizationShown, f"{_SHOWN} ORDER BY o.id")


async def kin(root: str) -> list[RelatedOrganization]:
    """The organizations with this root, the head office first."""
    sought = "SELECT id, name, cnpj FROM organization WHERE root = {} ORDER BY cnpj LIMIT 50"
    return sorted(await fetch_as(RelatedOrganization, sought, root), key=lambda each: not each.is_head_office)


async def by_cnpj(cnpj: str) -> OrganizationName | None:
    """The organization with this CNPJ (without mask), retired or not."""
    rows = await fetch_as(OrganizationName, "SELECT id, name FROM organization WHERE cnpj = {}", cnpj)
    return rows[0] if rows else None


async def open_by_cnpj(cnpj: str) -> OrganizationName | None:
    """The organization with this CNPJ, unless it is retired."""
    rows = await fetch_as(OrganizationName, "SELECT id, name FROM organization WHERE cnpj = {} AND is_active", cnpj)
    return rows[0] if rows else None


async def number_of(cnpj: str) -> int:
    """The id of the organization with this CNPJ. Raises `Invalid`."""
    found = await by_cnpj(cnpjs.parse(cnpj))
    if found is None:
        raise Invalid("organization", "unknown_organization")
    return found.id


async def named(cnpj_or_name: str) -> OrganizationName:
    """An organization that accepts members, as `find` has it. Raises `Invalid`."""
    found = await find(cnpj_or_name)
    if found is None:
        raise Invalid("organization", "unknown_organization")
    if not (await organization(found.id)).is_active:
        raise Invalid("organization", "retired_organization")
    return found


async def find(cnpj_or_name: str) -> OrganizationName | None:
    """The only organization with this CNPJ in any notation, or with this name, whatever its case and accents."""
    name, cnpj = one_line(cnpj_or_name), ""
    with suppress(Invalid):
        cnpj = cnpjs.parse(name)
    found = "SELECT id, name FROM organization WHERE cnpj = {} OR sort_name = {} LIMIT 100"
    rows = await fetch_as(OrganizationName, found, cnpj, search_words.sort_name(name))
    same = [each for each in rows if each.name == name] if len(rows) > 1 else rows
    return same[0] if len(same) == 1 else None


async def _locked(number: int) -> OrganizationShown:
    """Locks the organization until the transaction ends."""
    await execute("UPDATE organization SET id = id WHERE id = {}", number)
    return await organization(number)


async def _same(wanted: OrganizationInput) -> int | None:
    """The organization with exactly these values: the form was sent twice."""
    found = await by_cnpj(wanted.cnpj)
    known = await organization(found.id) if found else None
    is_same = known and (known.name, known.calendar, known.team) == (wanted.name, wanted.calendar, wanted.team)
    return known.id if known and is_same else None


async def _checked(wanted: OrganizationInput) -> OrganizationInput:
    """The normalized input. Raises `Invalid` for all errors in it."""
    name = one_line(wanted.name)
    try:
        cnpj, wrong = cnpjs.parse(wanted.cnpj), None
    except Invalid as error:
        cnpj, wrong = "", error.code
    refuse({"name": wrong_name(name, longest=LONGEST_NAME), "cnpj": wrong, **await _unknown_of(wanted)})
    return OrganizationInput(name, cnpj, wanted.calendar, wanted.team)


async def _unknown_of(wanted: OrganizationInput) -> dict[str, str | None]:
    """The fields that reference a missing calendar or team."""
    calendar = "SELECT id FROM calendar WHERE id = {}"
    has_calendar = wanted.calendar is None or await fetch_column(int, calendar, wanted.calendar)
    has_team = wanted.team is None or await is_active_team(wanted.team)
    return {"calendar": None if has_calendar else "unknown", "team": None if has_team else "unknown"}


def _told(found: OrganizationShown) -> Values:
    """The values for the log."""
    return {"name": found.name, "cnpj": found.cnpj, "calendar": found.calendar_name, "team": found.team_name}


_SHOWN = (
    "SELECT o.id, o.name, o.cnpj, o.calendar, calendar.name AS calendar_name, o.team, team.name AS team_name, "
    "o.domain, o.is_active FROM organization o LEFT JOIN calendar ON calendar.id = o.calendar "
    "LEFT JOIN team ON team.id = o.team"
)
