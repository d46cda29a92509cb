"""Mail in quarantine, which waits for an administrator to look at it, retry it or discard it."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import existing, fetch_as, fetch_column
from web.errors import NotFound
from web.people.permissions import Actor

PAGE = 50


@dataclass(frozen=True)
class QuarantinedMail:
    """A mail in quarantine with the code of the reason."""

    id: int
    sender: str
    subject: str
    reason: str
    received_at: datetime
    sha256: str
    size: int


_QUARANTINED = "SELECT id, sender, subject, reason, received_at, sha256, size FROM inbound_mail WHERE state = 'parked' "


async def page() -> list[QuarantinedMail]:
    """The mails in quarantine, oldest first."""
    return await fetch_as(QuarantinedMail, _QUARANTINED + f"ORDER BY id LIMIT {PAGE}")


async def waiting() -> int:
    """How many are in quarantine, at most a page's worth."""
    counted = f"SELECT count(*) AS many FROM (SELECT 1 FROM inbound_mail WHERE state = 'parked' LIMIT {PAGE}) p"
    return (await fetch_column(int, counted))[0]


async def find(number: int) -> QuarantinedMail:
    """Returns the mail. Raises `NotFound`."""
    return existing(await fetch_as(QuarantinedMail, _QUARANTINED + "AND id = {}", number), "mail")


async def retry(number: int, *, by: Actor) -> None:
    """Puts the mail back into the queue of incoming mail, even if its sender is unknown. Raises `NotFound`."""
    await _leave(number, "new", "let_in", by=by)


async def discard(number: int, *, by: Actor) -> None:
    """Discards the mail; its row and content are kept. Raises `NotFound`."""
    await _leave(number, "ignored", "discarded", by=by)


async def _leave(number: int, state: str, reason: str, *, by: Actor) -> None:
    left = "UPDATE inbound_mail SET state = {}, reason = {} WHERE id = {} AND state = 'parked' RETURNING id"
    if not await fetch_column(int, left, state, reason, number):
        raise NotFound("mail")
    audit.note("mail", person=by.id, mail=number, state=state)
