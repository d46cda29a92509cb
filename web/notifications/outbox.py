"""Messages by e-mail: written into the outbox, and sent from it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from web.database import columns_of, dialect, execute, fetch_as, fetch_column, transaction
from web.notifications.tables import Outgoing
from web.people import accounts, one_time_links
from web.people.identifiers.addresses import is_address
from web.people.one_time_links import Purpose
from web.people.tables import Person
from web.settings import settings

Render = Callable[..., str]
"""Renders a template by name with its values. The first line of the text is the subject."""

Delivery = Callable[[EmailMessage], None]

log = logging.getLogger("guiche.notices")

_TRIES = 100
"""After so many a message is left for a person to look at."""

UNKNOWN_ADDRESS_EVERY = timedelta(days=1)
KNOWN_ADDRESS_EVERY = timedelta(minutes=1)


async def write(recipient: str, subject: str, body: str, *, at: datetime) -> None:
    """Adds a message to the outbox, inside the transaction of what it tells about."""
    await Outgoing(recipient=recipient, subject=subject, body=body, made_at=at).save()


async def answer_link_requests(at: datetime, *, render: Render) -> int:
    """Answers each request for a link with one message: the link, or how to begin. Returns how many it answered."""
    asked = await fetch_column(int, "SELECT id FROM link_request ORDER BY id LIMIT 50")
    for number in asked:
        async with transaction():
            await _answer(number, at=at, render=render)
    return len(asked)


async def deliver(at: datetime, *, by: Delivery) -> int:
    """Sends the waiting messages, the oldest first. Returns how many. One that fails waits for the next time."""
    waiting = f"SELECT id FROM outgoing WHERE sent_at IS NULL AND attempts < {_TRIES} ORDER BY id LIMIT 50"
    return sum([await _send(number, at, by=by) for number in await fetch_column(int, waiting)])


async def _send(number: int, at: datetime, *, by: Delivery) -> bool:
    """Whether the message was sent, and here."""
    try:
        async with transaction():
            message = await _claimed(number, at)
            if message is not None:
                by(message)
            return message is not None
    except (ValueError, OSError):
        log.exception("message %s was not sent", number)
        await execute("UPDATE outgoing SET attempts = attempts + 1 WHERE id = {}", number)
        return False


def to_folder(folder: Path) -> Delivery:
    """Keeps each message as an `.eml` file."""

    def keep(message: EmailMessage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    return keep


@dataclass(frozen=True)
class _Wish:
    """A request for a link: what somebody typed, and the browser they typed it in."""

    purpose: str
    identifier: str
    name: str
    cnpj: str
    browser: str
    person: int | None

    @property
    def typed(self) -> dict[str, str]:
        return {"name": self.name, "cnpj": self.cnpj, "browser": self.browser}


_WISH = ", ".join(columns_of(_Wish))


async def _answer(number: int, *, at: datetime, render: Render) -> None:
    taken = await fetch_as(_Wish, f"DELETE FROM link_request WHERE id = {{}} RETURNING {_WISH}", number)
    for wish in taken:
        if wish.purpose == Purpose.ADDRESS:
            await _answer_address(wish, at=at, render=render)
        else:
            await _answer_entrance(wish, at=at, render=render)


async def _answer_entrance(wish: _Wish, *, at: datetime, render: Render) -> None:
    person = await accounts.find(wish.identifier)
    every = KNOWN_ADDRESS_EVERY if person else UNKNOWN_ADDRESS_EVERY
    if not await _was_told(wish.identifier, since=at - every):
        await _write_link(wish, person, at=at, render=render)
    elif wish.purpose == Purpose.SIGN_UP:
        await one_time_links.update_wish(wish.identifier, **wish.typed)


async def _write_link(wish: _Wish, person: Person | None, *, at: datetime, render: Render) -> None:
    purpose, template = await _meant(Purpose(wish.purpose), person)
    opens = person.id if person and purpose is not Purpose.SIGN_UP else None
    token = await one_time_links.make(purpose, wish.identifier, person=opens, **wish.typed, at=at)
    link = f"{settings().base_url}/claim/{token}"
    subject, _, body = render(f"mail/{template}.txt", link=link).partition("\n\n")
    await write(wish.identifier, subject, body, at=at)


async def _answer_address(wish: _Wish, *, at: datetime, render: Render) -> None:
    """An address that is somebody's already is sent nothing: its owner has asked for nothing."""
    address = wish.identifier
    if await accounts.is_known(address) or await _was_told(address, since=at - UNKNOWN_ADDRESS_EVERY):
        return
    token = await one_time_links.make(Purpose.ADDRESS, address, person=wish.person, browser=wish.browser, at=at)
    link = f"{settings().base_url}/account/confirmations/{token}"
    subject, _, body = render("mail/address.txt", link=link).partition("\n\n")
    await write(address, subject, body, at=at)


async def _meant(wanted: Purpose, person: Person | None) -> tuple[Purpose, str]:
    """The purpose of the link, and the template of the message."""
    if person is None:
        return Purpose.SIGN_UP, "sign_up" if wanted is Purpose.SIGN_UP else "unknown"
    if wanted is Purpose.SIGN_UP and await accounts.is_settled(person.id):
        return Purpose.PASSWORD, "password"
    return wanted, wanted.value


async def _was_told(address: str, *, since: datetime) -> bool:
    sought = "SELECT id FROM outgoing WHERE recipient = {} AND made_at > {} LIMIT 1"
    return bool(await fetch_column(int, sought, address, since))


@dataclass(frozen=True)
class _Unsent:
    """A message of the outbox."""

    id: int
    recipient: str
    subject: str
    body: str
    made_at: datetime


async def _claimed(number: int, at: datetime) -> EmailMessage | None:
    """The message, if nobody else has sent it meanwhile. Its body is deleted as it is sent."""
    rows = await fetch_as(
        _Unsent,
        "SELECT id, recipient, subject, body, made_at FROM outgoing WHERE id = {} AND sent_at IS NULL"
        + dialect(sqlite="", postgres=" FOR UPDATE SKIP LOCKED"),
        number,
    )
    if not rows:
        return None
    await execute("UPDATE outgoing SET sent_at = {}, attempts = attempts + 1, body = '' WHERE id = {}", at, number)
    return _message(rows[0])


def _message(row: _Unsent) -> EmailMessage:
    """The message as it is sent. Raises `ValueError` for a recipient that is no single address."""
    if not is_address(row.recipient):
        raise ValueError(f"message {row.id} has no address to go to")
    message = EmailMessage()
    for name, value in _headers(row).items():
        message[name] = value
    message.set_content(row.body)
    return message


def _headers(row: _Unsent) -> dict[str, str]:
    host = settings().hostname.split(":")[0]
    return {
        "From": f"Guichê <{settings().sender}>",
        "To": row.recipient,
        "Subject": " ".join(row.subject.split()).replace("=?", "= ?"),
        "Date": format_datetime(row.made_at),
        "Message-ID": f"<guiche-{row.id}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
