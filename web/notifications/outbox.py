"""Writing messages and sending them on."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from web.database import Row, dialect, execute, fetch, transaction
from web.notifications.tables import Outgoing
from web.people import accounts, one_time_links
from web.people.addresses import is_address
from web.people.one_time_links import Purpose
from web.people.tables import Person
from web.settings import settings

Render = Callable[..., str]
"""From a template's name and its values to text, whose first line is the subject; `app.py` provides it."""

Delivery = Callable[[EmailMessage], None]

log = logging.getLogger("guiche.notices")

_TRIES = 100
"""Then a message is left for a person to look at."""

UNKNOWN_ADDRESS_EVERY = timedelta(days=1)
KNOWN_ADDRESS_EVERY = timedelta(minutes=1)


async def write(recipient: str, subject: str, body: str, *, at: datetime) -> None:
    """A message to be sent; inside the transaction of whatever it tells about."""
    await Outgoing(recipient=recipient, subject=subject, body=body, made_at=at).save()


async def answer_link_requests(at: datetime, *, render: Render) -> int:
    """Each wish for a link becomes one message: the link, or a word on how to begin. How many were answered."""
    asked = await fetch("SELECT id FROM link_request ORDER BY id LIMIT 50")
    for row in asked:
        async with transaction():
            await _answer(row["id"], at=at, render=render)
    return len(asked)


async def deliver(at: datetime, *, by: Delivery) -> int:
    """Sends what waits, oldest first; a message that can't be sent waits for the next time. How many were sent."""
    waiting = await fetch(f"SELECT id FROM outgoing WHERE sent_at IS NULL AND attempts < {_TRIES} ORDER BY id LIMIT 50")
    sent = 0
    for row in waiting:
        try:
            async with transaction():
                message = await _claimed(row["id"], at)
                if message is not None:
                    by(message)
                    sent += 1
        except (ValueError, OSError):
            log.exception("message %s was not sent", row["id"])
            await execute("UPDATE outgoing SET attempts = attempts + 1 WHERE id = {}", row["id"])
    return sent


def to_folder(folder: Path) -> Delivery:
    """Keeps each message as an `.eml` file."""

    def keep(message: EmailMessage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    return keep


async def _answer(number: int, *, at: datetime, render: Render) -> None:
    taken = await fetch("DELETE FROM link_request WHERE id = {} RETURNING *", number)
    if not taken:
        return
    wish = taken[0]
    address, told = wish["identifier"], {name: wish[name] for name in ("name", "cnpj", "browser")}
    person = await accounts.find(address)
    every = KNOWN_ADDRESS_EVERY if person else UNKNOWN_ADDRESS_EVERY
    if await _was_told(address, since=at - every):
        if wish["purpose"] == Purpose.SIGN_UP:
            await one_time_links.update_wish(address, **told)
        return
    purpose, template = await _meant(Purpose(wish["purpose"]), person)
    opens = person.id if person and purpose is not Purpose.SIGN_UP else None
    token = await one_time_links.make(purpose, address, person=opens, **told, at=at)
    link = f"{settings().base_url}/claim/{token}"
    subject, _, body = render(f"mail/{template}.txt", link=link).partition("\n\n")
    await write(address, subject, body, at=at)


async def _meant(wanted: Purpose, person: Person | None) -> tuple[Purpose, str]:
    """What the link will be for, and the message's template."""
    if person is None:
        return Purpose.SIGN_UP, "sign_up" if wanted is Purpose.SIGN_UP else "unknown"
    if wanted is Purpose.SIGN_UP and await accounts.is_settled(person.id):
        return Purpose.PASSWORD, "password"
    return wanted, wanted.value


async def _was_told(address: str, *, since: datetime) -> bool:
    return bool(await fetch("SELECT id FROM outgoing WHERE recipient = {} AND made_at > {} LIMIT 1", address, since))


async def _claimed(number: int, at: datetime) -> EmailMessage | None:
    """The message, if nobody else has sent it meanwhile; its words stay no longer than it takes to send them."""
    rows = await fetch(
        "SELECT * FROM outgoing WHERE id = {} AND sent_at IS NULL"
        + dialect(sqlite="", postgres=" FOR UPDATE SKIP LOCKED"),
        number,
    )
    if not rows:
        return None
    await execute("UPDATE outgoing SET sent_at = {}, attempts = attempts + 1, body = '' WHERE id = {}", at, number)
    return _message(rows[0])


def _message(row: Row) -> EmailMessage:
    """The message as it goes out; raises `ValueError` for a recipient that is no single address."""
    if not is_address(row["recipient"]):
        raise ValueError(f"message {row['id']} has no address to go to")
    host = settings().hostname.split(":")[0]
    message = EmailMessage()
    message["From"] = f"Guichê <{settings().sender}>"
    message["To"] = row["recipient"]
    message["Subject"] = " ".join(row["subject"].split()).replace("=?", "= ?")
    message["Date"] = format_datetime(row["made_at"])
    message["Message-ID"] = f"<guiche-{row['id']}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row["body"])
    return message
