"""Changes of a person: locks them, checks permissions, records the change and updates the search words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, execute, existing, fetch_as, fetch_column, json_list, read_json, within
from web.errors import NotPermitted
from web.people.directory import search_words
from web.people.permissions import Actor, Role, may_change
from web.settings_log.listing import refuse_overtaken
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, Values, record_change


@dataclass(frozen=True)
class Subject:
    """The person to be changed."""

    id: int
    name: str
    role: str
    is_robot: bool
    is_active: bool
    zone: str | None


@dataclass(frozen=True)
class _Known(Subject):
    """With the lists for the log, as JSON."""

    identities: str
    phones: str
    teams: str


@dataclass(frozen=True)
class _Value:
    value: str


@asynccontextmanager
async def changing(
    number: int, *, seen: int | None = None, own: bool = False, by: Actor, at: datetime
) -> AsyncIterator[Subject]:
    """Makes all changes of a person in the block one transaction and one log entry.

    Raises `NotFound`, `NotPermitted` for people whom `by` may not change (`own` allows changing oneself), and
    `Overtaken` when the log of the person is newer than `seen`.
    """
    async with within():
        subject = await locked(number, own=own, by=by)
        await refuse_overtaken(Kind.PERSON, number, seen)
        before = await told(number)
        yield subject
        after = await told(number)
        if any(before[each] != after[each] for each in ("name", "identities", "phones")):
            await search_words.index_person(number)
        await record_change(Kind.PERSON, number, Personal(str(after["name"]), number), before, after, by=by.id, at=at)


async def lock(person: int) -> None:
    """Locks the account until the transaction ends."""
    await execute("UPDATE person SET is_active = is_active WHERE id = {}", person)


async def locked(number: int, *, own: bool = False, by: Actor) -> Subject:
    """Locks the person until the transaction ends. Raises `NotFound`, `NotPermitted`."""
    return await permitted(number, own=own, lock=dialect(sqlite="", postgres=" FOR NO KEY UPDATE"), by=by)


async def permitted(number: int, *, own: bool = False, lock: str = "", by: Actor) -> Subject:
    """Returns a person whom `by` may change. Raises `NotFound`, `NotPermitted`."""
    row = existing(await fetch_as(Subject, _ONE + lock, number), "person")
    if not (may_change(by, Role(row.role)) or (own and number == by.id)):
        raise NotPermitted("person")
    if await fetch_column(int, f"SELECT p.id FROM person p WHERE p.id = {{}} AND {NOBODYS}", number):
        raise NotPermitted("person")
    return row


async def told(number: int) -> Values:
    """The values of a person for the log."""
    lists = (json_list(("value",), each) for each in (_IDENTITIES, _PHONES, _TEAMS))
    (known,) = await fetch_as(_Known, _TOLD.format(*lists, number="{}"), number)
    return {
        "name": Personal(known.name, number),
        "role": known.role,
        "is_active": known.is_active,
        "zone": known.zone,
        "identities": [Personal(each, number) for each in _read(known.identities)],
        "phones": [Personal(each, number) for each in _read(known.phones)],
        "teams": _read(known.teams),
    }


def _read(text: str) -> list[str]:
    return [each.value for each in read_json(_Value, text)]


_SUBJECT = "p.id, p.name, p.role, p.is_robot, p.is_active, p.zone"
_ONE = f"SELECT {_SUBJECT} FROM person p WHERE p.id = {{}} AND p.role <> 'system'"
NOBODYS = (
    "(EXISTS (SELECT 1 FROM account_merge gone WHERE gone.merged = p.id AND gone.parted_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM erasure_request wish WHERE wish.person = p.id AND wish.done_at IS NOT NULL))"
)
"""Whether the account `p` was merged into another one or its person was erased, so that it cannot be changed."""
_IDENTITIES = "SELECT value FROM identity WHERE identity.person = p.id ORDER BY kind, value"
_PHONES = "SELECT number AS value FROM phone WHERE phone.person = p.id ORDER BY phone.id"
_TEAMS = (
    "SELECT team.name AS value FROM team_member JOIN team ON team.id = team_member.team "
    "WHERE team_member.person = p.id ORDER BY team.name"
)
_TOLD = f"SELECT {_SUBJECT}, {{}} AS identities, {{}} AS phones, {{}} AS teams FROM person p WHERE p.id = {{number}}"
