"""Composes a queued message about an event when it is sent, from what its reader may see at that moment."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from web.brand import brand
from web.brand.accent import HOUSE, LIGHT, nearest
from web.database import fetch_as, fetch_column
from web.errors import NotFound
from web.mail.mailboxes import lookup
from web.mail.mailboxes.lookup import Mailbox
from web.mail.outgoing import links, unsubscribing
from web.mail.outgoing.digest import digest
from web.mail.outgoing.transcripts import Transcript, transcript
from web.mail.signatures import ReplyTo, reply_address
from web.notifications.outbox import REFUSED, Queued, Render, envelope
from web.notifications.rules import Notification
from web.people import actors
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.moves import CONFIRMATION, available
from web.tickets.life.rights import is_desk
from web.tickets.record.ticket import TicketDetails, find_ticket

STRANGERS_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Letter:
    """The contents of a message that are the same for all its recipients."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Desk:
    """The sender of a message as in its header, and the address for replies; empty if no mail is read."""

    sender: str
    replies: str


@dataclass(frozen=True)
class _Event:
    """The event that a message is about, with its text."""

    id: int
    ticket: int
    kind: str
    audience: str
    actor: str
    data: str
    body: str | None
    message_kind: str | None
    files: int
    is_verified: bool
    signature: str
    """The signature of the agent who wrote the public text."""
    is_desks: bool
    is_automatic: bool
    mail_reason: str
    """The reason, if a mail became something that its sender may not expect."""

    @property
    def said(self) -> str:
        """The text of its message, or the reason of a decision."""
        return self.body or str(json.loads(self.data).get("reason") or "")


def composer(render: Render) -> Callable[[Queued, datetime], Awaitable[EmailMessage | None]]:
    """Returns a function that composes a message. `render` turns a template's name and values into text."""

    async def compose(queued: Queued, at: datetime) -> EmailMessage | None:
        if queued.event is None:
            return await _refusal(queued, render=render)
        reader = await actors.of_person(queued.person or 0)
        if queued.is_held and reader is not None and reader.is_agent:
            return await digest(queued, reader, render=render, at=at)
        event = await _event(queued)
        ticket = await _in_sight(event, reader) if reader and event else None
        if ticket is None or event is None or reader is None:
            return None
        if not _is_trusted(event, reader) and not event.is_desks and await _was_told(queued, at):
            return None
        desk = await _desk(await lookup.of_ticket(ticket.number))
        said = await transcript(ticket.number) if queued.occasion == Notification.TRANSCRIPT else None
        return _message(queued, event, ticket, reader, desk, said, render=render, at=at)

    return compose


def _is_trusted(event: _Event, reader: Actor) -> bool:
    """Whether the address is verified as the reader's. Any other gets no text that a stranger could have written."""
    return event.is_verified or reader.is_agent


async def _was_told(queued: Queued, at: datetime) -> bool:
    """Whether the address was written to today; a stranger could name it again and again."""
    sent = "SELECT id FROM outgoing WHERE recipient = {} AND id <> {} AND state = 'sent' AND sent_at > {} LIMIT 1"
    return bool(await fetch_column(int, sent, queued.recipient, queued.id, at - STRANGERS_EVERY))


async def _refusal(queued: Queued, *, render: Render) -> EmailMessage:
    """The answer to a mail that the desk cannot accept, sent by the mailbox through which that came."""
    why = (queued.occasion or "").removeprefix(REFUSED)
    subject, _, text = render(
        "mail/refused.txt", why=why, about=queued.subject, names=queued.body, link=settings().base_url
    ).partition("\n\n")
    message = envelope(queued, subject=subject)
    desk = await _desk(await lookup.of_number(queued.mailbox))
    message.replace_header("From", desk.sender)
    message.replace_header("Auto-Submitted", "auto-replied")
    message.set_content(text)
    return message


async def _desk(mailbox: Mailbox | None) -> _Desk:
    """The sender of this mailbox, or of the default one; else as the operator set it."""
    sends = mailbox if mailbox is None or mailbox.smtp else await lookup.default()
    sender = sends.sender if sends else settings().mail_from
    if mailbox is not None and mailbox.imap:
        return _Desk(sender, mailbox.address)
    return _Desk(sender, settings().sender if settings().takes_mail else "")


async def _in_sight(event: _Event, reader: Actor) -> TicketDetails | None:
    """Returns None if the reader may no longer see the ticket, or may not see the text."""
    if (event.audience == "internal" or event.message_kind == "note") and not reader.is_agent:
        return None
    try:
        return await find_ticket(event.ticket, by=reader)
    except NotFound:
        return None


async def _event(queued: Queued) -> _Event | None:
    rows = await fetch_as(_Event, _TOLD_OF, queued.person, queued.recipient, queued.event)
    return rows[0] if rows else None


_TOLD_OF = """
SELECT event.id, event.ticket, event.kind, event.audience, actor.name AS actor, event.data, message.body,
       message.kind AS message_kind,
       (SELECT count(*) FROM attachment WHERE attachment.message = message.id) AS files,
       EXISTS (SELECT 1 FROM identity WHERE identity.person = {} AND identity.value = {}
               AND identity.verified_at IS NOT NULL) AS is_verified,
       CASE WHEN message.kind = 'reply' AND actor.id <> ticket.requester AND actor.role <> 'requester'
            THEN actor.signature ELSE '' END AS signature,
       actor.role NOT IN ('requester', 'system') AS is_desks, actor.role = 'system' AS is_automatic,
       COALESCE((SELECT inbound_mail.reason FROM inbound_mail WHERE inbound_mail.message = event.message), '')
       AS mail_reason
FROM event JOIN person actor ON actor.id = event.actor JOIN ticket ON ticket.id = event.ticket
LEFT JOIN message ON message.id = COALESCE(event.message, CASE WHEN event.kind = 'reminder' THEN (
    SELECT asked.message FROM event asked WHERE asked.ticket = event.ticket AND asked.kind = 'question'
    AND asked.id < event.id ORDER BY asked.id DESC LIMIT 1) END)
WHERE event.id = {}
"""
"""A reminder repeats the text of the question."""


def _message(
    queued: Queued,
    event: _Event,
    ticket: TicketDetails,
    reader: Actor,
    desk: _Desk,
    said: Transcript | None,
    *,
    render: Render,
    at: datetime,
) -> EmailMessage:
    values = _values(queued, event, ticket, reader, at)
    is_trusted = _is_trusted(event, reader)
    what = unsubscribing.offered(queued.occasion, ticket, reader, is_trusted=is_trusted)
    values |= {
        "transcript": said if is_trusted else None,
        "replies": links.replies(ticket, reader) if desk.replies else "",
        **unsubscribing.foot(queued.id, what, is_trusted=is_trusted),
    }
    letter = written(values, render=render)
    message = envelope(queued, subject=letter.subject)
    message.replace_header("From", desk.sender)
    _thread(message, ticket.number, reader, desk)
    unsubscribing.mark(message, queued.id, what)
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def written(values: Mapping[str, object], *, render: Render) -> Letter:
    """Renders the templates with these values, in the colours of the brand."""
    subject, _, text = render("mail/ticket.txt", **values).partition("\n\n")
    accent = {"accent": nearest(brand.known().accent or HOUSE, LIGHT), "accent_ink": LIGHT.ink}
    return Letter(subject, text, render("mail/ticket.html", subject=subject, **accent, **values))


def _thread(message: EmailMessage, number: int, reader: Actor, desk: _Desk) -> None:
    """Adds headers that keep the messages of a ticket in one thread, and direct replies to it."""
    message["References"] = thread_id(number)
    message["List-Id"] = f"Ticket {number} <ticket-{number}.{settings().mail_host}>"
    if desk.replies:
        message["Reply-To"] = reply_address(ReplyTo(number, reader.id), desk.replies)


def _values(queued: Queued, event: _Event, ticket: TicketDetails, reader: Actor, at: datetime) -> dict[str, object]:
    """The values of the templates. `title` and the name are empty if a stranger may have written them."""
    is_trusted = _is_trusted(event, reader)
    return {
        "occasion": queued.occasion,
        "kind": event.kind,
        "is_automatic": event.is_automatic,
        "ticket": ticket,
        "title": ticket.title if is_trusted else "",
        "actor": event.actor if is_trusted or event.is_desks else "",
        "body": event.said if is_trusted else "",
        "signature": event.signature,
        "mail_reason": event.mail_reason,
        "confirms": CONFIRMATION in available(ticket, reader),
        "files": event.files,
        "is_desk": is_desk(reader, ticket),
        "link": links.page(ticket, reader),
        "answer": links.answer(queued.occasion, event.id, ticket, reader, at=at) if event.is_verified else None,
        "zone": reader.zone,
    }


def thread_id(number: int) -> str:
    """The id by which mail programs keep all messages of a ticket in one thread."""
    return f"<ticket-{number}@{settings().mail_host}>"
