"""Mail that waits for a person: looked at, tried again, thrown away."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import existing, fetch_as, fetch_column
from web.errors import NotFound
from web.people.permissions import Actor

PAGE = 50


@dataclass(frozen=True)
class ParkedMail:
    """One mail, and the code of why it was parked."""

    id: int
    sender: str
    subject: str
    reason: str
    received_at: datetime
    sha256: str
    size: int


_PARKED = "SELECT id, sender, subject, reason, received_at, sha256, size FROM inbound_mail WHERE state = 'parked' "


async def page() -> list[ParkedMail]:
    """The oldest first: it has waited longest."""
    return await fetch_as(ParkedMail, _PARKED + f"ORDER BY id LIMIT {PAGE}")


async def waiting() -> int:
    """How many, up to a page."""
    counted = f"SELECT count(*) AS many FROM (SELECT 1 FROM inbound_mail WHERE state = 'parked' LIMIT {PAGE}) p"
    return (await fetch_column(int, counted))[0]


async def find(number: int) -> ParkedMail:
    """Raises `NotFound`."""
    return existing(await fetch_as(ParkedMail, _PARKED + "AND id = {}", number), "mail")


async def retry(number: int, *, by: Actor) -> None:
    """The worker files it again, also where it came from a stranger. Raises `NotFound`."""
    await _leave(number, "new", "let_in", by=by)


async def discard(number: int, *, by: Actor) -> None:
    """It becomes nothing; its row and its content stay. Raises `NotFound`."""
    await _leave(number, "ignored", "discarded", by=by)


async def _leave(number: int, state: str, reason: str, *, by: Actor) -> None:
    left = "UPDATE inbound_mail SET state = {}, reason = {} WHERE id = {} AND state = 'parked' RETURNING id"
    if not await fetch_column(int, left, state, reason, number):
        raise NotFound("mail")
    audit.note("mail", person=by.id, mail=number, state=state)
