"""The register of erasure requests: when each is due, and whether it was answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, fetch_column
from web.errors import Invalid, NotFound
from web.people.permissions import Actor, Role
from web.people.privacy.tables import ErasureRequest

ANSWERED_WITHIN = timedelta(days=15)
SHOWN = 50


@dataclass(frozen=True)
class Request:
    """A request, with the present name of the person."""

    id: int
    person: int
    name: str
    asked_at: datetime
    due_at: datetime
    withdrawn_at: datetime | None
    done_at: datetime | None
    done_by: str | None

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.done_at is None


async def ask(*, by: Actor, at: datetime) -> None:
    """Requests erasure. Raises `Invalid` for agents, who have to leave the desk first."""
    if by.role is not Role.REQUESTER:
        raise Invalid("erasure", "of_the_desk")
    await execute(
        "INSERT INTO erasure_request (person, asked_at, due_at) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING",
        *(by.id, at, at + ANSWERED_WITHIN),
    )
    audit.note("erasure_request", person=by.id)


async def withdraw(*, by: Actor, at: datetime) -> None:
    """Withdraws the request. Raises `NotFound` if there is none."""
    open_one = f"UPDATE erasure_request SET withdrawn_at = {{}} WHERE person = {{}} AND {_OPEN} RETURNING id"
    if not await fetch_column(int, open_one, at, by.id):
        raise NotFound("erasure")
    audit.note("erasure_withdrawal", person=by.id)


async def open_of(person: int) -> Request | None:
    found = await fetch_as(Request, f"{_REQUESTS} WHERE r.person = {{}} AND {_OPEN}", person)
    return found[0] if found else None


async def find(number: int) -> Request:
    """Returns the request. Raises `NotFound`."""
    return existing(await fetch_as(Request, f"{_REQUESTS} WHERE r.id = {{}}", number), "erasure")


async def register() -> list[Request]:
    """Open requests, the most urgent first; then answered ones."""
    return await fetch_as(
        Request,
        f"{_REQUESTS} ORDER BY r.withdrawn_at IS NOT NULL OR r.done_at IS NOT NULL, r.due_at, r.id LIMIT {SHOWN}",
    )


async def waiting() -> int:
    """How many requests are open."""
    return (await fetch_column(int, f"SELECT count(*) AS many FROM erasure_request WHERE {_OPEN}"))[0]


_OPEN = "withdrawn_at IS NULL AND done_at IS NULL"
_REQUESTS = (
    "SELECT r.id, r.person, p.name, r.asked_at, r.due_at, r.withdrawn_at, r.done_at, who.name AS done_by "
    "FROM erasure_request r JOIN person p ON p.id = r.person LEFT JOIN person who ON who.id = r.done_by"
)


async def close(person: int, *, by: Actor, at: datetime) -> None:
    """Records that the erasure was done, also for somebody who never requested it by page."""
    done = f"UPDATE erasure_request SET done_at = {{}}, done_by = {{}} WHERE person = {{}} AND {_OPEN} RETURNING id"
    if not await fetch_column(int, done, at, by.id, person):
        await ErasureRequest(person=person, asked_at=at, due_at=at, done_at=at, done_by=by.id).save()
