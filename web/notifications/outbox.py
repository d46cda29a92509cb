"""The queue of outgoing messages: queued with their event, claimed by one worker, sent, and retried.

A message is sent outside any transaction. If the worker that claimed it dies, another sends it later under the same
Message-ID.
"""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from web.database import dialect, execute, fetch_as
from web.notifications import quiet_hours
from web.notifications.headers import HEADERS
from web.notifications.tables import Outgoing
from web.people.identifiers.addresses import is_address
from web.settings import settings

Render = Callable[..., str]
"""Renders a template by name with its values. The first line of the text is the subject."""

Letter = Callable[..., tuple[str, str]]
"""Renders subject and body of a message from its template and values."""

Delivery = Callable[[EmailMessage], Awaitable[None]]
"""Delivers a message. Raises `Refused` for a permanent failure, `OSError` for one that can be retried."""

CLAIMED_FOR = timedelta(minutes=10)
"""How long a claimed message is left to the worker that claimed it."""
GIVEN_UP_AFTER = timedelta(days=5)
"""How long sending is retried. RFC 5321, 4.5.4.1 asks for at least four to five days."""
LONGEST_PAUSE = timedelta(hours=4)
KEPT = timedelta(days=365)
"""How long messages are kept: longer than their links are valid, and longer than a bounce takes."""
SWEPT_AT_ONCE = 1000

FOR_SOMEBODY, TO_MANY = 1, 2
"""Urgencies: a message that somebody waits for is sent before those to many."""

REFUSED = "refused:"
"""The prefix of `occasion` in an answer to a refused mail, before the reason."""

log = logging.getLogger("guiche.notices")


class Refused(Exception):
    """The server refused the message for good; the text is its answer."""


@dataclass(frozen=True)
class Queued:
    """A queued message. `subject` and `body` are empty if it is about an event: those are composed when it is sent."""

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
        """Whether it is sent together with others of the same person."""
        return self.urgency == quiet_hours.HELD


Compose = Callable[[Queued, datetime], Awaitable[EmailMessage | None]]
"""Composes a message about an event. Returns None if nobody should be notified any more."""


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
    """Queues a message with its text, inside the transaction of its cause.

    With `occasion`, the text is put into that template when it is sent. `mailbox` is the mailbox that sends it.
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


async def write_to_all(recipients: Iterable[str], subject: str, body: str, *, at: datetime) -> None:
    """Queues the same message for each, by one statement."""
    same = {Outgoing.subject: subject, Outgoing.body: body, Outgoing.made_at: at, Outgoing.due_at: at}
    if queued := [Outgoing({Outgoing.recipient: each, **same}) for each in recipients]:
        await Outgoing.insert(*queued)


async def deliver(
    at: datetime, *, by: Delivery, compose: Compose | None = None, now: Callable[[], datetime] | None = None
) -> int:
    """Sends messages that are due, the urgent first, then the oldest. Returns how many this worker sent.

    With `now`, messages that become due meanwhile are included, so that an urgent one overtakes thousands of others.
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
    """Records the result of sending. The text is kept only until the message is sent."""
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
    """Deletes messages that are more than a year old, a batch at a time."""
    oldest = "DELETE FROM outgoing WHERE id < (SELECT min(id) FROM outgoing) + {} AND made_at < {}"
    await execute(oldest, SWEPT_AT_ONCE, at - KEPT)


def message_id(number: int) -> str:
    """The Message-ID, which is the same for each try, so that mail programs recognize duplicates."""
    return f"<guiche-{number}.{_mark(number)}@{settings().mail_host}>"


def own_number(text: str) -> int | None:
    """The number of our first message whose signed id stands in the text."""
    ids = re.finditer(rf"<guiche-([0-9]{{1,18}})\.([0-9a-f]{{16}})@{re.escape(settings().mail_host)}>", text)
    return next((int(each[1]) for each in ids if hmac.compare_digest(each[2], _mark(int(each[1])))), None)


def _mark(number: int) -> str:
    """A signature, without which anybody could name our messages and make them look bounced."""
    return hmac.new(settings().secret.encode(), f"message:{number}".encode(), hashlib.sha256).hexdigest()[:16]


def envelope(queued: Queued, *, subject: str) -> EmailMessage:
    """The headers of every message. Raises `ValueError` if the recipient is not a single address."""
    if not is_address(queued.recipient):
        raise ValueError(f"message {queued.id} has no address to go to")
    message = EmailMessage(HEADERS)
    message["From"] = settings().mail_from
    message["To"] = queued.recipient
    message["Subject"] = " ".join(subject.split()).replace("=?", "= ?")
    message["Date"] = format_datetime(queued.made_at)
    message["Message-ID"] = message_id(queued.id)
    message["Auto-Submitted"] = "auto-generated"
    return message


def to_folder(folder: Path) -> Delivery:
    """Saves each message as an `.eml` file instead of sending it."""

    def keep(message: EmailMessage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split(".")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    async def deliver(message: EmailMessage) -> None:
        await asyncio.to_thread(keep, message)

    return deliver
