"""Tries out and carries out imports of people, a few lines at a time. If a worker dies, another one continues.

Each step commits what it writes together with its progress, so that no line is processed twice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from web import audit
from web.database import execute, transaction
from web.imports.people import lookup, plans, sandbox, writing
from web.imports.people.lines import Line, new_organizations
from web.imports.people.plans import Plan
from web.imports.people.uploads import IMPORTS, PeopleRun
from web.imports.progress import Clock
from web.people.permissions import Actor
from web.settings_log.recording import Kind, record_change
from web.storage import Storage

AT_ONCE = 50
"""Organizations or lines of a step; few enough that a transaction delays nobody for long."""


@dataclass(frozen=True)
class _Work:
    """All the work: organizations first, so that people find them."""

    run: PeopleRun
    lines: Sequence[Line]
    organizations: dict[str, str]

    @property
    def total(self) -> int:
        return len(self.organizations) + len(self.lines)


async def run_due(at: datetime, *, storage: Storage, now: Clock) -> int:
    """Continues every import that was started. Returns how many."""
    return await IMPORTS.run_due(partial(_go_through, storage=storage, now=now), now)


async def go_on(number: int, *, storage: Storage, now: Clock) -> None:
    """Continues an import until it is done, unless another worker has it."""
    await IMPORTS.go_on(number, partial(_go_through, storage=storage, now=now), now)


async def _go_through(run: PeopleRun, by: Actor, *, storage: Storage, now: Clock) -> None:
    """Reads the file and makes the steps. Raises `Unreadable`."""
    raw = b"".join([piece async for piece in storage.read(run.sha256, 0, run.size)])
    lines = await sandbox.lines(raw, json.loads(run.columns), run.header)
    work = _Work(run, lines, new_organizations(lines))
    done: int | None = run.done
    while done is not None and done < max(work.total, 1):
        done = await _step(work, done, now())


async def _step(work: _Work, done: int, at: datetime) -> int | None:
    """Makes a step. Returns the progress; None if another worker continues or it was restarted."""
    ahead = len(work.organizations)
    end = min(done + AT_ONCE, ahead if done < ahead else work.total)
    async with transaction():
        is_done = end == work.total
        if not await IMPORTS.tell(work.run, at, since=done, is_done=is_done, done=end, total=work.total):
            return None
        if done < ahead:
            made = await _do_organizations(work, dict(list(work.organizations.items())[done:end]))
        else:
            made = await _do_lines(work, work.lines[done - ahead : end - ahead], at)
        if is_done and work.run.is_real:
            await _record(work.run, at)
    if work.run.is_real:
        _note(work, made, is_done=is_done)
    return None if is_done else end


def _note(work: _Work, made: Plan, *, is_done: bool) -> None:
    """Writes the audit log: existing people may get another sign-in name."""
    for somebody, _ in made.identities:
        if not any(somebody is each for each in made.people):
            audit.note("login_added", person=work.run.person, to=somebody.id)
    if is_done:
        audit.note("import_done", person=work.run.person, number=work.run.id)


async def _do_organizations(work: _Work, some: dict[str, str]) -> Plan:
    """Plans the organizations of these lines. Lines of a new one without a name are refused."""
    there = await lookup.organizations(some)
    missing = {cnpj: name for cnpj, name in some.items() if name and cnpj not in there}
    if work.run.is_real:
        await writing.write_organizations(missing)
    counted = "UPDATE people_import SET organizations = organizations + {} WHERE id = {}"
    await execute(counted, len(missing), work.run.id)
    return Plan()


async def _do_lines(work: _Work, lines: Sequence[Line], at: datetime) -> Plan:
    found = await lookup.about(lines)
    coming = set() if work.run.is_real else {cnpj for cnpj, name in work.organizations.items() if name}
    made = plans.plan(lines, found, coming)
    if work.run.is_real:
        await writing.write(made, found.organizations, by=work.run.person, at=at)
    await writing.write_outcomes(work.run.id, made.outcomes, invites=work.run.invites)
    await _count(work.run, made)
    return made


async def _count(run: PeopleRun, made: Plan) -> None:
    more = ", ".join(f"{name} = {name} + {int(count)}" for name, count in made.counts.items())
    await execute(f"UPDATE people_import SET {more} WHERE id = {{}}", run.id)


async def _record(run: PeopleRun, at: datetime) -> None:
    """Records the result in the log of settings."""
    shown = await IMPORTS.find(run.id)
    counts = {each: getattr(shown, each) for each in ("organizations", "created", "changed", "same", "refused")}
    await record_change(Kind.IMPORT, run.id, run.name, None, counts, by=run.person, at=at)
