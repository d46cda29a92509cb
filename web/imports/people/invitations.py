"""Invitations to imported people, a few at a time, so that other mail is not delayed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, fetch_column, transaction
from web.errors import DeskError
from web.notifications import outbox
from web.notifications.outbox import Render
from web.people import accounts, actors
from web.people.directory import enrolling
from web.settings import settings

AT_ONCE = 5
"""Each second. Mail servers accept that rate, and five thousand are sent in less than half an hour."""


@dataclass(frozen=True)
class _Line:
    """An imported person, and who imported them."""

    id: int
    address: str
    inviter: int


async def invite(at: datetime, *, render: Render) -> int:
    """Invites the next few. Returns how many."""
    if not await fetch_column(int, "SELECT 1 AS one FROM people_import_line WHERE invites LIMIT 1"):
        return 0
    async with transaction():
        lines = await fetch_as(_Line, _NEXT)
        for line in sorted(lines, key=lambda line: line.id):
            await _write(line, render=render, at=at)
    return len(lines)


_NEXT = (
    "UPDATE people_import_line SET invites = false WHERE id IN "
    f"(SELECT id FROM people_import_line WHERE invites ORDER BY id LIMIT {AT_ONCE}) RETURNING id, address, "
    "(SELECT person FROM people_import WHERE people_import.id = people_import_line.people_import) AS inviter"
)


async def _write(line: _Line, *, render: Render, at: datetime) -> None:
    """Queues the invitation, unless one of the two was deactivated meanwhile."""
    person, by = await accounts.find(line.address), await actors.of_person(line.inviter)
    if person is None or by is None:
        return
    with suppress(DeskError):
        invitation = await enrolling.invite(person.id, by=by, at=at)
        link = f"{settings().base_url}/claim/{invitation.token}"
        letter = render("mail/welcome.txt", name=invitation.name, inviter=by.name, link=link)
        subject, _, body = letter.partition("\n\n")
        await outbox.write(line.address, subject, body, urgency=outbox.TO_MANY, at=at)
