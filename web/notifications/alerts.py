"""Notices about settings, for administrators of faulty ones also by mail if there is something to do."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from web.database import execute, fetch_column
from web.notifications import outbox
from web.notifications.tables import Notice


class Alert(StrEnum):
    """The kind of notification."""

    MAILBOX_UNREAD = "mailbox_unread"
    MAILBOX_UNSENT = "mailbox_unsent"
    MAILBOX_READ_AGAIN = "mailbox_read_again"
    MAILBOX_SENT_AGAIN = "mailbox_sent_again"
    WEBHOOK_OFF = "webhook_off"
    KIOSK_COPIED = "kiosk_copied"
    KIOSK_CALLED = "kiosk_called"
    """For agents."""
    JOIN_ASKED = "join_asked"
    """For managers of an organization."""


async def tell(alert: Alert, setting: int, name: str, *, letter: str = "", at: datetime) -> None:
    """Notifies all administrators, inside a transaction.

    The first line of `letter` is its subject; without one no mail is sent.
    """
    await execute(_TOLD, setting, name[:300], alert.value, at)
    if letter:
        subject, _, body = letter.partition("\n\n")
        await outbox.write_to_all(await _admin_addresses(), subject, body, at=at)


async def tell_people(people: Iterable[int], alert: Alert, setting: int, name: str, *, at: datetime) -> None:
    """Notifies these people, by one statement."""
    same = {Notice.setting: setting, Notice.name: name[:300], Notice.occasion: alert.value, Notice.at: at}
    if told := [Notice({Notice.person: each, **same}) for each in people]:
        await Notice.insert(*told)


_TOLD = (
    "INSERT INTO notice (person, setting, name, occasion, at) SELECT id, {}, {}, {}, {} FROM person "
    "WHERE role = 'admin' AND is_active AND NOT is_robot"
)


async def _admin_addresses() -> list[str]:
    """One address of each active administrator."""
    return await fetch_column(
        str,
        "SELECT min(identity.value) AS address FROM person JOIN identity ON identity.person = person.id "
        "WHERE person.role = 'admin' AND person.is_active AND identity.kind = 'email' "
        "GROUP BY person.id ORDER BY person.id",
    )
