"""Where a message about a ticket leads its reader: its page, an answer without signing in, a reply by mail."""

from datetime import datetime, timedelta

from web.mail.signatures import Answer, answer_token
from web.notifications.rules import Notification
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.chats import is_chat
from web.tickets.life.moves import CONFIRMATION, FOLLOW_UP, OBJECTION, RATING, REPLY, available
from web.tickets.life.rights import is_desk, speaks_for_requester
from web.tickets.record.ticket import TicketDetails

ANSWERS_LAST = timedelta(days=30)

_WITH_ANSWERS = (Notification.SOLUTION, Notification.SURVEY, Notification.TRANSCRIPT)
_ANSWERS = (CONFIRMATION, OBJECTION, RATING)


def page(ticket: TicketDetails, reader: Actor) -> str:
    """For agents, at what is new since they looked."""
    place = "/desk/tickets" if reader.is_agent else "/chat" if is_chat(ticket) else "/tickets"
    return f"{settings().base_url}{place}/{ticket.number}{'#unseen' if reader.is_agent else ''}"


def answer(occasion: str | None, event: int, ticket: TicketDetails, reader: Actor, *, at: datetime) -> str | None:
    """The address that answers without signing in, for people who speak for the requester, until they have rated."""
    if occasion not in _WITH_ANSWERS or not speaks_for_requester(reader, ticket):
        return None
    asked = {*_ANSWERS} - ({RATING} if ticket.rating else set())
    if not asked.intersection(available(ticket, reader)):
        return None
    until = int((at + ANSWERS_LAST).timestamp())
    return f"{settings().base_url}/answers/{answer_token(Answer(ticket.number, reader.id, event, until))}"


def replies(ticket: TicketDetails, reader: Actor) -> str:
    """What a mail of theirs becomes: words to the requester, a reply, a new ticket; empty where it is not taken."""
    if REPLY.is_open(ticket, reader):
        return "to_requester" if is_desk(reader, ticket) else "reply"
    return "new_ticket" if FOLLOW_UP.is_open(ticket, reader) else ""
