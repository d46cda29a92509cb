"""Tries imports out and does them, a few lines at a time. Whoever dies in the middle leaves the rest to another worker.

Each step commits what it writes together with how far it came, so that no line is ever done twice.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import columns_of, execute, fetch_as, fetch_column, transaction
from web.imports import guarded, people, plans, writing
from web.imports.kept import RUNNING, State
from web.imports.lines import Line, new_organizations
from web.imports.plans import Plan
from web.imports.unreadable import Unreadable
from web.people.permissions import Role
from web.settings_log.recording import Kind, record_change
from web.sql import literals
from web.storage import Storage

AT_ONCE = 50
"""Organizations or lines of one step: what one transaction writes keeps nobody waiting for long."""
CLAIMED_FOR = timedelta(seconds=15)
"""Longer than a step. Reading the file may take longer, and is then done by another as well."""
MAY_BRING = (Role.LEAD, Role.ADMIN, Role.SYSTEM)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class _Run:
    """An import that is ours for a while."""

    id: int
    name: str
    person: int
    role: str
    sha256: str
    size: int
    state: str
    header: int
    columns: str
    invites: bool
    run: int
    done: int


@dataclass(frozen=True)
class _Work:
    """All there is to do: organizations first, so that people find them."""

    run: _Run
    lines: Sequence[Line]
    organizations: dict[str, str]

    @property
    def total(self) -> int:
        return len(self.organizations) + len(self.lines)

    @property
    def is_real(self) -> bool:
        return self.run.state == State.IMPORTING


async def run_due(at: datetime, *, storage: Storage, now: Clock) -> int:
    """Goes on with every import that is begun. How many it had."""
    due = await fetch_column(int, f"SELECT id FROM people_import WHERE {_RUNNING} ORDER BY id LIMIT 10")
    for number in due:
        await go_on(number, storage=storage, now=now)
    return len(due)


_RUNNING = f"state IN ({literals(RUNNING)})"


async def go_on(number: int, *, storage: Storage, now: Clock) -> None:
    """Until it is done, unless somebody else has it."""
    if (run := await _claim(number, now())) is None:
        return
    if run.role not in MAY_BRING:
        await _fail(run, "not_permitted", now())
        return
    try:
        raw = b"".join([piece async for piece in storage.read(run.sha256, 0, run.size)])
        lines = await guarded.lines(raw, json.loads(run.columns), run.header)
    except Unreadable as refused:
        await _fail(run, refused.code, now())
        return
    work = _Work(run, lines, new_organizations(lines))
    done: int | None = run.done
    while done is not None and done < max(work.total, 1):
        done = await _step(work, done, now())


async def _claim(number: int, at: datetime) -> _Run | None:
    rows = await fetch_as(
        _Run,
        f"UPDATE people_import SET claimed_until = {{}} WHERE id = {{}} AND {_RUNNING} "
        "AND (claimed_until IS NULL OR claimed_until < {}) RETURNING id, name, person, "
        "(SELECT role FROM person WHERE person.id = people_import.person) AS role, " + ", ".join(columns_of(_Run)[4:]),
        *(at + CLAIMED_FOR, number, at),
    )
    return rows[0] if rows else None


async def _step(work: _Work, done: int, at: datetime) -> int | None:
    """How far it came; None where somebody else goes on, or began anew."""
    ahead = len(work.organizations)
    end = min(done + AT_ONCE, ahead if done < ahead else work.total)
    async with transaction():
        if not await fetch_column(int, _STEP, end, work.total, at + CLAIMED_FOR, work.run.id, work.run.run, done):
            return None
        if done < ahead:
            made = await _do_organizations(work, dict(list(work.organizations.items())[done:end]))
        else:
            made = await _do_lines(work, work.lines[done - ahead : end - ahead], at)
        if end == work.total:
            await _finish(work, at)
    if work.is_real:
        _note(work, made, is_done=end == work.total)
    return end if end < work.total else None


def _note(work: _Work, made: Plan, *, is_done: bool) -> None:
    """For the audit: who was there may now come in by one more login."""
    for somebody, _ in made.identities:
        if not any(somebody is each for each in made.people):
            audit.note("login_added", person=work.run.person, to=somebody.id)
    if is_done:
        audit.note("import_done", person=work.run.person, number=work.run.id)


_STEP = (
    "UPDATE people_import SET done = {}, total = {}, claimed_until = {} "
    f"WHERE id = {{}} AND run = {{}} AND done = {{}} AND {_RUNNING} RETURNING id"
)


async def _do_organizations(work: _Work, some: dict[str, str]) -> Plan:
    """Those that the lines name; a new one without a name has its lines refused."""
    known = await people.organizations(some)
    missing = {cnpj: name for cnpj, name in some.items() if name and cnpj not in known}
    if work.is_real:
        await writing.write_organizations(missing)
    counted = "UPDATE people_import SET organizations = organizations + {} WHERE id = {}"
    await execute(counted, len(missing), work.run.id)
    return Plan()


async def _do_lines(work: _Work, lines: Sequence[Line], at: datetime) -> Plan:
    known = await people.known(lines)
    coming = set() if work.is_real else {cnpj for cnpj, name in work.organizations.items() if name}
    made = plans.plan(lines, known, coming)
    if work.is_real:
        await writing.write(made, known.organizations, by=work.run.person, at=at)
    await writing.write_outcomes(work.run.id, made.outcomes, invites=work.run.invites)
    await _count(work.run, made)
    return made


async def _count(run: _Run, made: Plan) -> None:
    more = ", ".join(f"{name} = {name} + {int(count)}" for name, count in made.counts.items())
    await execute(f"UPDATE people_import SET {more} WHERE id = {{}}", run.id)


@dataclass(frozen=True)
class _Counts:
    organizations: int
    created: int
    changed: int
    same: int
    refused: int


async def _finish(work: _Work, at: datetime) -> None:
    state = State.IMPORTED if work.is_real else State.CHECKED
    (counts,) = await fetch_as(
        _Counts,
        "UPDATE people_import SET state = {}, finished_at = {}, claimed_until = NULL WHERE id = {} "
        "RETURNING organizations, created, changed, same, refused",
        *(state.value, at if work.is_real else None, work.run.id),
    )
    if work.is_real:
        run = work.run
        await record_change(Kind.IMPORT, run.id, run.name, None, vars(counts), by=run.person, at=at)


async def _fail(run: _Run, code: str, at: datetime) -> None:
    failed = "UPDATE people_import SET state = {}, error = {}, claimed_until = NULL WHERE id = {} AND run = {}"
    await execute(failed, State.FAILED.value, code, run.id, run.run)
