"""Messages on their way out: queued with what they tell about, claimed by one worker each, sent, tried again.

A message is sent outside any transaction. If the worker that claimed it dies, others take it later; it then goes
out once more under the same Message-ID.
"""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from web.database import dialect, execute, fetch_as
from web.notifications import quiet_hours
from web.notifications.tables import Outgoing
from web.people.identifiers.addresses import is_address
from web.settings import settings

Render = Callable[..., str]
"""Renders a template by name with its values. The first line of the text is the subject."""

Delivery = Callable[[EmailMessage], Awaitable[None]]
"""Hands a message over; raises `Refused` for one that will never be taken, `OSError` for one that may be later."""

CLAIMED_FOR = timedelta(minutes=10)
"""Nobody else looks at a message for so long after it was claimed."""
GIVEN_UP_AFTER = timedelta(days=5)
"""RFC 5321, 4.5.4.1: at least four to five days."""
LONGEST_PAUSE = timedelta(hours=4)
KEPT = timedelta(days=365)
"""Longer than a link in a message lasts, and longer than a message takes to come back."""
SWEPT_AT_ONCE = 1000

FOR_SOMEBODY, TO_MANY = 1, 2
"""Urgencies: a message that somebody waits for goes before those to many."""

REFUSED = "refused:"
"""Begins the occasion of an answer to mail that the desk can't take; why it can't follows."""

log = logging.getLogger("guiche.notices")


class Refused(Exception):
    """The server will never take the message; the text is its answer."""


@dataclass(frozen=True)
class Queued:
    """A message of the queue. `subject` and `body` are empty where it tells of an event: those are written now."""

    id: int
    recipient: str
    subject: str
    body: str
    made_at: datetime
    attempts: int
    event: int | None
    person: int | None
    occasion: str | None
    urgency: int
    mailbox: int | None

    @property
    def is_held(self) -> bool:
        """Whether it goes out with others of the same person."""
        return self.urgency == quiet_hours.HELD


Compose = Callable[[Queued, datetime], Awaitable[EmailMessage | None]]
"""Writes a message about an event; None where nobody is to be told any more."""


async def write(
    recipient: str,
    subject: str,
    body: str,
    *,
    occasion: str | None = None,
    mailbox: int | None = None,
    urgency: int = 0,
    at: datetime,
) -> None:
    """Queues a message with its text, inside the transaction of what it tells about.

    One with an occasion is written around these words when it is sent, and leaves by `mailbox` where one is named.
    """
    await Outgoing(
        recipient=recipient,
        subject=subject,
        body=body,
        occasion=occasion,
        mailbox=mailbox,
        urgency=urgency,
        made_at=at,
        due_at=at,
    ).save()


async def deliver(
    at: datetime, *, by: Delivery, compose: Compose | None = None, now: Callable[[], datetime] | None = None
) -> int:
    """Sends what is due: what is urgent first, then the oldest. How many were sent here.

    With `now` also what falls due meanwhile: an urgent message overtakes thousands that are being sent.
    """
    sent = 0
    while queued := await _claim(at := now() if now else at):
        sent += await _send(queued, at, by=by, compose=compose)
    return sent


async def _claim(at: datetime) -> Queued | None:
    skip = dialect(sqlite="", postgres=" FOR UPDATE SKIP LOCKED")
    rows = await fetch_as(
        Queued,
        "UPDATE outgoing SET attempts = attempts + 1, due_at = {} WHERE id = (SELECT id FROM outgoing "
        f"WHERE state = 'waiting' AND due_at <= {{}} ORDER BY urgency, due_at, id LIMIT 1{skip}) "
        "RETURNING id, recipient, subject, body, made_at, attempts, event, person, occasion, urgency, mailbox",
        at + CLAIMED_FOR,
        at,
    )
    return rows[0] if rows else None


async def _send(queued: Queued, at: datetime, *, by: Delivery, compose: Compose | None) -> bool:
    try:
        message = await _written(queued, at, compose)
        if message is None:
            await _note(queued, "dropped", at=at)
            return False
        await by(message)
    except (Refused, ValueError) as error:
        log.warning("message %s was refused: %s", queued.id, error)
        await _note(queued, "bounced", error=str(error), at=at)
        return False
    except OSError as error:
        log.warning("message %s was not sent: %s", queued.id, error)
        await _postpone(queued, str(error), at=at)
        return False
    except Exception as error:  # a template that fails keeps no other message waiting
        log.exception("message %s could not be written", queued.id)
        await _postpone(queued, type(error).__name__, at=at)
        return False
    await _note(queued, "sent", at=at)
    if queued.is_held and queued.person is not None:
        await quiet_hours.note_sent(queued.person, at, until=at + CLAIMED_FOR)
    return True


async def _written(queued: Queued, at: datetime, compose: Compose | None) -> EmailMessage | None:
    if queued.occasion is not None:
        return await compose(queued, at) if compose else None
    message = envelope(queued, subject=queued.subject)
    message.set_content(queued.body)
    return message


async def _note(queued: Queued, state: str, *, error: str = "", at: datetime) -> None:
    """Notes how a message fared. Its words stay no longer than it takes to send them."""
    await execute(
        "UPDATE outgoing SET state = {}, error = {}, sent_at = {}, message_id = {}, body = '' WHERE id = {}",
        state,
        error[:300],
        at if state == "sent" else None,
        message_id(queued.id),
        queued.id,
    )


async def _postpone(queued: Queued, error: str, *, at: datetime) -> None:
    if at - queued.made_at > GIVEN_UP_AFTER:
        await _note(queued, "failed", error=error, at=at)
        return
    pause = min(timedelta(minutes=1) * 2 ** min(queued.attempts - 1, 10), LONGEST_PAUSE)
    await execute("UPDATE outgoing SET due_at = {}, error = {} WHERE id = {}", at + pause, error[:300], queued.id)


async def sweep(at: datetime) -> None:
    """Forgets the oldest of more than a year ago, whatever became of them."""
    oldest = "DELETE FROM outgoing WHERE id < (SELECT min(id) FROM outgoing) + {} AND made_at < {}"
    await execute(oldest, SWEPT_AT_ONCE, at - KEPT)


def message_id(number: int) -> str:
    """The Message-ID, the same at each try, so that a repeat is known as one."""
    return f"<guiche-{number}.{_mark(number)}@{settings().mail_host}>"


def own_number(text: str) -> int | None:
    """The number of the first message of ours whose id stands in the text; an id that we did not sign is none."""
    ids = re.finditer(rf"<guiche-([0-9]{{1,18}})\.([0-9a-f]{{16}})@{re.escape(settings().mail_host)}>", text)
    return next((int(each[1]) for each in ids if hmac.compare_digest(each[2], _mark(int(each[1])))), None)


def _mark(number: int) -> str:
    """Without it anybody could name our messages, and have them taken for returned."""
    return hmac.new(settings().secret.encode(), f"message:{number}".encode(), hashlib.sha256).hexdigest()[:16]


def envelope(queued: Queued, *, subject: str) -> EmailMessage:
    """The headers every message has. Raises `ValueError` for a recipient that is no single address."""
    if not is_address(queued.recipient):
        raise ValueError(f"message {queued.id} has no address to go to")
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = queued.recipient
    message["Subject"] = " ".join(subject.split()).replace("=?", "= ?")
    message["Date"] = format_datetime(queued.made_at)
    message["Message-ID"] = message_id(queued.id)
    message["Auto-Submitted"] = "auto-generated"
    return message


def to_folder(folder: Path) -> Delivery:
    """Keeps each message as an `.eml` file."""

    def keep(message: EmailMessage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split(".")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    async def deliver(message: EmailMessage) -> None:
        await asyncio.to_thread(keep, message)

    return deliver
