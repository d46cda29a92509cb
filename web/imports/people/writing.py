"""Writes planned changes in a constant number of statements, inside one transaction."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from web import sql
from web.database import execute, fetch_as
from web.imports.people.lookup import ImportedPerson, Organization
from web.imports.people.plans import CREATED, Joined, Outcome, Plan
from web.people.directory import search_words
from web.people.identifiers import cnpj as cnpjs
from web.people.permissions import Role
from web.settings_log.personal import Personal
from web.settings_log.recording import Change, Kind, record_changes
from web.sql import Fragment, literals


@dataclass(frozen=True)
class _Named:
    """A new row."""

    id: int
    name: str


@dataclass(frozen=True)
class _Made:
    """A new organization."""

    id: int
    cnpj: str


async def write_organizations(names: dict[str, str]) -> int:
    """Creates the organizations that do not exist, by CNPJ. Returns how many."""
    rows = [(name, search_words.sort_name(name), cnpj, cnpjs.root(cnpj)) for cnpj, name in names.items()]
    if not rows:
        return 0
    insert = "INSERT INTO organization (name, sort_name, cnpj, root) VALUES {} "
    made = await fetch_as(_Made, insert + "ON CONFLICT (cnpj) DO NOTHING RETURNING id, cnpj", sql.rows(rows))
    await search_words.add_all("organization", {each.id: [names[each.cnpj], each.cnpj] for each in made})
    return len(made)


async def write(plan: Plan, organizations: dict[str, Organization], *, by: int, at: datetime) -> None:
    await _create(plan.people, at)
    await _rename([who for who, before in plan.touched.values() if who.name != before["name"]])
    identities = [(who.id, *_identity(value, at)) for who, value in plan.identities]
    await _insert("identity (person, kind, value, verified_at)", identities)
    await _insert("phone (person, number)", [(who.id, number) for who, number in plan.phones])
    await _join(list(plan.joined.values()), organizations, at)
    await _index(plan)
    await record_changes(_changes(plan, organizations), by=by, at=at)


async def write_outcomes(number: int, outcomes: Sequence[Outcome], *, invites: bool) -> None:
    """Writes the results. With `invites`, new people with an e-mail address get an invitation."""
    rows = []
    for each in outcomes:
        line = each.line
        address = next(iter(line.identifiers), "")
        is_invited = invites and each.outcome == CREATED and "@" in address
        told = (line.number, each.outcome, line.name[:200], address, json.dumps(each.reasons), is_invited)
        rows.append((number, *told))
    await _insert("people_import_line (people_import, line, outcome, name, address, reasons, invites)", rows)


async def _create(people: Sequence[ImportedPerson], at: datetime) -> None:
    """Creates the people.

    Rows with the same name are interchangeable here, so that each takes the id of any of them.
    """
    rows = [
        (each.name, search_words.sort_name(each.name), Role.REQUESTER.value, False, True, at, "own") for each in people
    ]
    if not rows:
        return
    columns = "name, sort_name, role, is_robot, is_active, created_at, mail"
    insert = f"INSERT INTO person ({columns}) VALUES {{}} RETURNING id, name"
    ids: dict[str, list[int]] = {}
    for made in await fetch_as(_Named, insert, sql.rows(rows)):
        ids.setdefault(made.name, []).append(made.id)
    for each in people:
        each.id = ids[each.name].pop()


async def _rename(people: Sequence[ImportedPerson]) -> None:
    if people:
        cases = [Fragment(f"WHEN {each.id} THEN {{}}", (each.name,)) for each in people]
        some, chosen = literals(each.id for each in people), " ".join("{}" for _ in cases)
        await execute(f"UPDATE person SET name = CASE id {chosen} END WHERE id IN ({some})", *cases)


def _identity(value: str, at: datetime) -> tuple[str, str, datetime | None]:
    """A sign-in name: a login is valid at once, an address once a link sent to it is opened."""
    return ("email", value, None) if "@" in value else ("login", value, at)


async def _join(joined: Sequence[Joined], organizations: dict[str, Organization], at: datetime) -> None:
    new = [each for each in joined if not each.after.id]
    rows = [(each.somebody.id, organizations[each.cnpj].id, *each.after.rights.values(), at) for each in new]
    await _insert("membership (person, organization, sees, approves, manages, confirmed_at)", rows)
    alike: dict[tuple[str, bool, bool], list[int]] = {}
    for known in (each.after for each in joined if each.after.id):
        alike.setdefault((known.sees, known.approves, known.manages), []).append(known.id)
    for rights, some in alike.items():
        await execute(_ALLOWED + f"WHERE id IN ({literals(some)})", *rights, at)


_ALLOWED = (
    "UPDATE membership SET sees = {}, approves = {}, manages = {}, removed_at = NULL, "
    "confirmed_at = COALESCE(confirmed_at, {}) "
)


async def _index(plan: Plan) -> None:
    """Updates search words. New people are in no ticket yet; the tickets of others are reindexed later."""
    texts = {each.id: [each.name, *each.identities, *map(search_words.dialled, each.phones)] for each in plan.people}
    await search_words.add_all("person", texts)
    await search_words.index_people(list(plan.touched))


def _changes(plan: Plan, organizations: dict[str, Organization]) -> Iterable[Change]:
    """Entries for the log of settings: rights, and all changes of existing people."""
    for who, before in plan.touched.values():
        yield Change(Kind.PERSON, who.id, Personal(who.name, who.id), before, who.told)
    for each in plan.joined.values():
        title = Personal(f"{each.somebody.name}, {organizations[each.cnpj].name}", each.somebody.id)
        held = each.before.rights if each.before and each.before.is_confirmed else None
        yield Change(Kind.MEMBERSHIP, each.somebody.id, title, held, each.after.rights)


async def _insert(into: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        await execute(f"INSERT INTO {into} VALUES {{}}", sql.rows(rows))
