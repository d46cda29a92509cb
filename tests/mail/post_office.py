"""A real mail server on a free port of this machine, and what it received."""

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port
from web.mail.mailboxes.servers import SMTP_PORTS, of_url
from web.mail.outgoing.compose import composer
from web.mail.outgoing.smtp import Sender
from web.notifications import announcing, outbox
from web.pages.shell import render


@dataclass
class PostOffice:
    """A mail server. `says` are responses by the beginning of a recipient's address.

    `refuses` is the response to any client.
    """

    url: str
    received: list[EmailMessage] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    refuses: str = ""
    tried: list[str] = field(default_factory=list)
    """The senders of all attempts."""

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        self.tried.append(address)
        if self.refuses:
            return self.refuses
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        refusal = next((text for start, text in self.says.items() if address.startswith(start)), None)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.received if each["To"].addresses[0].addr_spec == address]


@contextlib.asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    port = free_port()
    office = PostOffice(f"smtp://127.0.0.1:{port}")
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


async def worked(office: PostOffice, at) -> None:
    """Runs the worker's jobs about notices and mail once."""
    sender = Sender(of_url(office.url, SMTP_PORTS))
    try:
        await worked_by(sender.send, at)
    finally:
        sender.close()


async def worked_by(delivery: outbox.Delivery, at: datetime) -> None:
    """The same with another delivery."""
    await announcing.announce(at)
    await outbox.deliver(at, by=delivery, compose=composer(render.mail_texts()))


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def link_in(message: EmailMessage) -> str:
    """The path of the link that answers without signing in."""
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/answers/\S+)", text_of(message))
    return str(link)


def unsubscribe_link(message: EmailMessage) -> str:
    """The path by which mail programs unsubscribe."""
    (link,) = re.findall(r"^<http://127\.0\.0\.1:\d+(/unsubscribe/\S+)>$", message["List-Unsubscribe"])
    return str(link)
