"""Incoming mail of the tests, and its results."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from tests import cast
from tests.cast import NOW
from tests.client import portal
from web.database import fetch
from web.demo.cast import Cast
from web.mail.incoming import filing, queue
from web.mail.incoming.sandbox import Reader
from web.mail.signatures import ReplyTo, reply_address
from web.tickets.actions import replies
from web.tickets.record.ticket import find_ticket

LATER = NOW + timedelta(minutes=5)

Arrive = Callable[..., Awaitable[dict[str, Any]]]


def receiving(reader: Reader) -> Arrive:
    """Receives mail and files it. Returns the result for the last one."""

    async def arrive(*mails: EmailMessage | bytes, mailbox: int | None = None, at=LATER):
        storage = portal().state.storage
        for each in mails:
            raw = each if isinstance(each, bytes) else each.as_bytes()
            await queue.store(raw, storage=storage, mailbox=mailbox, at=at)
        await filing.file_arrived(at, storage=storage, reader=reader)
        rows = await fetch("SELECT state, reason, ticket FROM inbound_mail ORDER BY id DESC LIMIT 1")
        return rows[0]

    return arrive


async def received(raw: bytes) -> None:
    """Receives one mail and files it, in a parsing process of its own."""
    reader = Reader()
    try:
        await receiving(reader)(raw, at=NOW)
    finally:
        await reader.close()


def mail(
    sender: str, text: str = "Bom dia, segue.", *, to: str = "nao-responda@127.0.0.1", **headers: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = headers.pop("subject", "Boleto de dezembro")
    message["Message-ID"] = headers.pop("message_id", f"<{abs(hash((sender, text, to)))}@aurora.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


async def answered(people: Cast) -> tuple[int, str]:
    """A ticket of Ana's with Bia's reply, and Ana's signed reply address."""
    number = await cast.ticket(people.ana)
    await replies.reply(await find_ticket(number, by=people.bia), "Vamos ver.", by=people.bia, at=NOW)
    return number, reply_address(ReplyTo(number, people.ana.id))
