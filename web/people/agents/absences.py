"""Absences of agents, and their stand-ins. An absence ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from web.database import execute, existing, fetch_as, transaction
from web.errors import NotPermitted, refuse
from web.people.accounts import TOLD_APART
from web.people.agents.absence_rules import Absence, AbsenceInput, wrong_absence
from web.people.agents.tables import Absence as AbsenceRow
from web.people.permissions import Actor
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, Values, record_change


@dataclass(frozen=True)
class Teammate:
    """A possible stand-in: an active agent of the same team."""

    id: int
    name: str


async def absences(at: datetime) -> list[Absence]:
    """All present and future absences. An agent who was deactivated meanwhile is no stand-in."""
    return await fetch_as(Absence, f"{_ABSENCES} WHERE absence.ends_at > {{}} ORDER BY absence.person", at)


async def absence_of(person: int, at: datetime) -> Absence | None:
    """The present or future absence of a person."""
    rows = await fetch_as(Absence, f"{_ABSENCES} WHERE absence.person = {{}} AND absence.ends_at > {{}}", person, at)
    return rows[0] if rows else None


async def mates(person: int) -> list[Teammate]:
    return await fetch_as(Teammate, _MATES, person, person)


async def begin(person: int, wanted: AbsenceInput, *, by: Actor, at: datetime) -> None:
    """Sets the absence of a person, replacing an earlier one.

    Raises `Invalid`, and as `_name_of` does.
    """
    name = await _name_of(person, by)
    async with transaction():
        able = {each.id: each.name for each in await mates(person)}
        refuse(wrong_absence(wanted, mates=able, others=await absences(at), at=at))
        before = await absence_of(person, at)
        await execute(_SAVE, person, wanted.begins_at, wanted.ends_at, wanted.stand_in)
        await _note(person, name, before, await absence_of(person, at), by=by, at=at)


async def end(person: int, *, by: Actor, at: datetime) -> None:
    """Ends or cancels an absence. Raises as `_name_of` does."""
    name = await _name_of(person, by)
    async with transaction():
        before = await absence_of(person, at)
        await AbsenceRow.delete().where(AbsenceRow.person == person)
        await _note(person, name, before, None, by=by, at=at)


@dataclass(frozen=True)
class _Named:
    name: str


async def _name_of(person: int, by: Actor) -> str:
    """The name of an agent. Raises `NotFound` for others, `NotPermitted` unless `by` is the agent or a lead."""
    sought = "SELECT name FROM person WHERE id = {} AND role IN ('agent', 'lead', 'admin') AND NOT is_robot"
    row = existing(await fetch_as(_Named, sought, person), "person")
    if person != by.id and not by.is_lead:
        raise NotPermitted("absence")
    return row.name


async def _note(
    person: int, name: str, before: Absence | None, after: Absence | None, *, by: Actor, at: datetime
) -> None:
    await record_change(Kind.PERSON, person, Personal(name, person), _told(before), _told(after), by=by.id, at=at)


def _told(absence: Absence | None) -> Values:
    """The values for the log of settings."""
    if absence is None:
        return {"away_from": None, "away_until": None, "stand_in": None}
    return {
        "away_from": absence.begins_at.isoformat(),
        "away_until": absence.last_at.isoformat(),
        "stand_in": Personal(absence.stand_in_name, absence.stand_in),
    }


_ABSENCES = (
    "SELECT absence.person, absence.begins_at, absence.ends_at, absence.stand_in, "
    f"{TOLD_APART} AS stand_in_name FROM absence JOIN person ON person.id = absence.stand_in AND person.is_active"
)
_SAVE = (
    "INSERT INTO absence (person, begins_at, ends_at, stand_in) VALUES ({}, {}, {}, {}) ON CONFLICT (person) "
    "DO UPDATE SET begins_at = excluded.begins_at, ends_at = excluded.ends_at, stand_in = excluded.stand_in"
)
_MATES = (
    f"SELECT person.id, {TOLD_APART} AS name FROM person WHERE person.id <> {{}} AND person.is_active "
    "AND NOT person.is_robot AND person.role IN ('agent', 'lead', 'admin') AND EXISTS (SELECT 1 FROM team_member mine "
    "JOIN team_member theirs ON theirs.team = mine.team JOIN team ON team.id = mine.team AND team.is_active "
    "WHERE mine.person = {} AND theirs.person = person.id) ORDER BY person.sort_name, person.id"
)
STAND_INS = (
    "SELECT absence.person AS absent, absence.stand_in AS person, absence.begins_at, absence.ends_at FROM absence "
    "JOIN person ON person.id = absence.stand_in AND person.is_active"
)
"""Who stands in for whom, with beginning and end."""
