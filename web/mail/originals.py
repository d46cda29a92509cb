"""The original mail of a message, for agents who may see its ticket."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.errors import NotFound
from web.mail.incoming import queue
from web.mail.incoming.parse import Mail
from web.mail.incoming.parts import Refused
from web.mail.incoming.sandbox import Reader
from web.storage import Storage
from web.tickets.record import attachments
from web.tickets.record.attachments import File
from web.tickets.record.ticket import TicketDetails


@dataclass(frozen=True)
class Original:
    """A stored mail."""

    id: int
    sha256: str
    size: int
    received_at: datetime
    message: int
    is_unproven: bool


async def find(number: int, ticket: TicketDetails) -> Original:
    """Finds the mail of a message. Raises `NotFound` if it is no message of this ticket."""
    sought = (
        "SELECT inbound_mail.id, sha256, size, received_at, message, is_unproven FROM inbound_mail "
        "JOIN message ON message.id = inbound_mail.message WHERE inbound_mail.id = {} AND message.ticket = {}"
    )
    found = await fetch_as(Original, sought, number, ticket.number) if 0 < number < 2**63 else []
    if not found:
        raise NotFound("mail")
    return found[0]


async def read(original: Original, storage: Storage) -> tuple[Mail | None, list[File]]:
    """The parsed mail, and those of its files that the message has; None if it cannot be parsed."""
    reader = Reader()
    try:
        return await reader.read(await queue.raw_of(original, storage)), await attachments.files_of(original.message)
    except Refused:
        return None, []
    finally:
        await reader.close()
