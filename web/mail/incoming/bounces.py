"""Bounces of our own messages: which message, and why (RFC 3464)."""

import re
from datetime import datetime

from web.database import execute
from web.mail.incoming.automatic import is_report
from web.mail.incoming.parse import Mail
from web.notifications.outbox import own_number

_STATUS = re.compile(rb"^status:\s*([245])\.", re.IGNORECASE | re.MULTILINE)
_DIAGNOSTIC = re.compile(rb"^diagnostic-code:\s*(?:smtp;)?\s*(.{1,300})", re.IGNORECASE | re.MULTILINE)


async def note(mail: Mail, *, at: datetime) -> None:
    """Marks the message that bounced. Reports of a delay or of a delivery change nothing."""
    number = returned(mail)
    if number is None or _status(mail) in (b"2", b"4"):
        return
    await execute(
        "UPDATE outgoing SET state = 'bounced', error = {} WHERE id = {} AND state = 'sent'", _why(mail)[:300], number
    )


def returned(mail: Mail) -> int | None:
    """The number of our message that the report encloses. An absence answers a message without enclosing it."""
    found = (own_number(piece.decode(errors="replace")) for piece in _pieces(mail))
    return next((number for number in found if number is not None), None)


def _pieces(mail: Mail) -> list[bytes]:
    said = (*(mail.references if is_report(mail) else ()), mail.text, mail.rest)
    return [*(each.encode() for each in said), *(file.content for file in mail.files)]


def _status(mail: Mail) -> bytes:
    return next((match[1] for file in mail.files if (match := _STATUS.search(file.content))), b"5")


def _why(mail: Mail) -> str:
    told = next((match[1] for file in mail.files if (match := _DIAGNOSTIC.search(file.content))), b"")
    return told.decode(errors="replace").strip() or mail.text[:300]
