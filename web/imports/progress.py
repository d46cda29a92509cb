"""The progress of an import of any kind, and which worker has it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from web import audit
from web.database import columns_of, execute, existing, fetch_as, fetch_column
from web.errors import NotFromHere, NotPermitted, Unreadable
from web.people import actors
from web.people.permissions import Actor
from web.sql import literals

KEPT = timedelta(days=30)
LISTED = 50

Clock = Callable[[], datetime]


class State(StrEnum):
    """The state of an import."""

    MATCHING = "matching"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"


WAITING = (State.MATCHING, State.CHECKED)
"""States in which somebody decides whether it goes on."""
RUNNING = (State.CHECKING, State.IMPORTING)
_IS_RUNNING = f"state IN ({literals(RUNNING)})"


class Brought(NamedTuple):
    """A stored file."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Import:
    """An import with its counts; in state `checked` they say what would be done."""

    id: int
    name: str
    person_name: str
    made_at: datetime
    state: str
    total: int
    done: int
    created: int
    changed: int
    same: int
    refused: int
    error: str

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def may_be_discarded(self) -> bool:
        return self.state in WAITING

    @property
    def may_begin(self) -> bool:
        """Whether it was tried out and would change something."""
        return self.state == State.CHECKED and self.would_change

    @property
    def would_change(self) -> bool:
        return bool(self.created or self.changed)


@dataclass(frozen=True)
class Run:
    """An import that this worker has claimed."""

    id: int
    name: str
    person: int
    sha256: str
    size: int
    state: str
    run: int
    """How often it was started: a worker with an earlier number writes nothing more."""

    @property
    def is_real(self) -> bool:
        return self.state == State.IMPORTING

    @property
    def ended(self) -> State:
        """The state that it ends in."""
        return State.IMPORTED if self.is_real else State.CHECKED


S = TypeVar("S", bound=Import)
R = TypeVar("R", bound=Run)


@dataclass(frozen=True)
class Imports(Generic[S, R]):
    """The imports of one kind, in a table of their own with columns of their own."""

    table: str
    shown: type[S]
    claimed: type[R]
    claimed_for: timedelta
    """How long a worker has an import to itself; longer than any step takes."""

    async def upload(self, file: Brought, form_key: str | None, by: Actor, at: datetime, **more: object) -> int:
        """Creates an import. Returns its number, which is the same if the form is sent again."""
        columns = {"person": by.id, **file._asdict(), "made_at": at, "form_key": form_key, **more}
        marks = ", ".join("{}" for _ in columns)
        insert = f"INSERT INTO {self.table} ({', '.join(columns)}) VALUES ({marks}) "
        made = await fetch_column(int, insert + "ON CONFLICT (form_key) DO NOTHING RETURNING id", *columns.values())
        by_form = f"SELECT id FROM {self.table} WHERE form_key = {{}} AND person = {{}}"
        return made[0] if made else (await fetch_column(int, by_form, form_key, by.id))[0]

    async def listed(self) -> list[S]:
        """The imports, latest first."""
        return await fetch_as(self.shown, f"{self._select} ORDER BY {self.table}.id DESC LIMIT {LISTED}")

    async def find(self, number: int) -> S:
        """Returns the import. Raises `NotFound`."""
        return existing(await fetch_as(self.shown, f"{self._select} WHERE {self.table}.id = {{}}", number), "import")

    @property
    def _select(self) -> str:
        named = {"person_name": "person.name AS person_name"}
        columns = ", ".join(named.get(each, f"{self.table}.{each}") for each in columns_of(self.shown))
        return f"SELECT {columns} FROM {self.table} JOIN person ON person.id = {self.table}.person "

    async def begin(self, number: int, state: State, since: Sequence[State], **more: object) -> bool:
        """Starts the import at its first step. Returns False if its state has changed meanwhile."""
        zeros = dict.fromkeys(("total", "done", "created", "changed", "same", "refused"), 0)
        columns = {"state": state.value, **zeros, "error": "", "claimed_until": None, **more}
        changes = ", ".join(f"{each} = {{}}" for each in columns)
        update = f"UPDATE {self.table} SET run = run + 1, {changes} WHERE id = {{}} AND state IN ({literals(since)})"
        return bool(await fetch_column(int, f"{update} RETURNING id", *columns.values(), number))

    async def discard(self, number: int, *, by: Actor) -> None:
        """Deletes an import that waits. Raises `NotFound`, `NotFromHere`."""
        check_lead(by)
        await self.find(number)
        waiting = f"DELETE FROM {self.table} WHERE id = {{}} AND state IN ({literals(WAITING)}) RETURNING id"
        if not await fetch_column(int, waiting, number):
            raise NotFromHere("import")
        audit.note("import_discarded", person=by.id, kind=self.table, number=number)

    async def run_due(self, go_through: Callable[[R, Actor], Awaitable[None]], now: Clock) -> int:
        """Continues every import that was started. Returns how many."""
        due = await fetch_column(int, f"SELECT id FROM {self.table} WHERE {_IS_RUNNING} ORDER BY id LIMIT 10")
        for number in due:
            await self.go_on(number, go_through, now)
        return len(due)

    async def go_on(self, number: int, go_through: Callable[[R, Actor], Awaitable[None]], now: Clock) -> None:
        """Takes an import, unless another worker has it or its owner may no longer import."""
        if (run := await self.claim(number, now())) is None:
            return
        by = await actors.of_person(run.person)
        if by is None or not (by.is_lead or by.is_system):
            await self.fail(run, "not_permitted")
            return
        try:
            await go_through(run, by)
        except Unreadable as refused:
            await self.fail(run, refused.code)

    async def claim(self, number: int, at: datetime) -> R | None:
        """Claims an import for a while, unless another worker has it."""
        rows = await fetch_as(
            self.claimed,
            f"UPDATE {self.table} SET claimed_until = {{}} WHERE id = {{}} AND {_IS_RUNNING} "
            f"AND (claimed_until IS NULL OR claimed_until < {{}}) RETURNING {', '.join(columns_of(self.claimed))}",
            *(at + self.claimed_for, number, at),
        )
        return rows[0] if rows else None

    async def tell(
        self, run: R, at: datetime, *, since: int | None = None, is_done: bool = False, **columns: object
    ) -> bool:
        """Stores the progress. Returns False if it was restarted, or its progress is no longer `since`."""
        columns["claimed_until"] = None if is_done else at + self.claimed_for
        if is_done:
            columns |= {"state": run.ended.value, "finished_at": at if run.is_real else None}
        changes = ", ".join(f"{each} = {{}}" for each in columns)
        ours = {"id": run.id, "run": run.run} | ({} if since is None else {"done": since})
        where = " AND ".join(f"{each} = {{}}" for each in ours)
        update = f"UPDATE {self.table} SET {changes} WHERE {where} AND {_IS_RUNNING} RETURNING id"
        return bool(await fetch_column(int, update, *columns.values(), *ours.values()))

    async def fail(self, run: R, code: str) -> None:
        failed = (
            f"UPDATE {self.table} SET state = {{}}, error = {{}}, claimed_until = NULL WHERE id = {{}} AND run = {{}}"
        )
        await execute(failed, State.FAILED.value, code, run.id, run.run)

    async def sweep(self, at: datetime) -> None:
        """Deletes imports that were finished or abandoned more than a month ago."""
        await execute(f"DELETE FROM {self.table} WHERE COALESCE(finished_at, made_at) < {{}}", at - KEPT)


def check_lead(by: Actor) -> None:
    if not (by.is_lead or by.is_system):
        raise NotPermitted("import")
