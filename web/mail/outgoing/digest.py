"""Composes one message about everything that happened while an agent's team was closed."""

from datetime import datetime
from email.message import EmailMessage

from web.errors import NotFound
from web.mail.outgoing import unsubscribing
from web.notifications.outbox import CLAIMED_FOR, Queued, Render, envelope
from web.notifications.preferences import Subscription
from web.notifications.quiet_hours import HeldMessage, gather
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.record.ticket import find_ticket

MOST = 50
"""The most lines of one message; the newest are kept."""


async def digest(queued: Queued, reader: Actor, *, render: Render, at: datetime) -> EmailMessage | None:
    """Returns None if the reader may no longer see any of it."""
    held = await gather(reader.id, at, until=at + CLAIMED_FOR)
    items = [line for each in held[-MOST:] if (line := await _line(each, reader, render))]
    if not items:
        return None
    more = max(0, len(held) - MOST)
    values = {"items": items, "count": len(items) + more, "more": more, "choices": unsubscribing.choices()}
    subject, _, text = render("mail/digest.txt", **values).partition("\n\n")
    message = envelope(queued, subject=subject)
    unsubscribing.mark(message, queued.id, Subscription.ALL)
    message.set_content(text)
    return message


async def _line(held: HeldMessage, reader: Actor, render: Render) -> dict[str, object] | None:
    try:
        ticket = await find_ticket(held.ticket, by=reader)
    except NotFound:
        return None
    told = {
        "occasion": held.occasion,
        "kind": held.kind,
        "is_automatic": held.is_automatic,
        "actor": held.actor,
        "body": "",
    }
    said = render("mail/digest_line.txt", **told, ticket=ticket, mail_reason="")
    link = f"{settings().base_url}/desk/tickets/{ticket.number}#unseen"
    return {"ticket": ticket, "said": said.strip(), "link": link}
