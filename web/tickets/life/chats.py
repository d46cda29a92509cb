"""When a chat is to be attended: the order in which the desk finds those that are open."""

from datetime import datetime, timedelta

from web.tickets.life.states import Channel, Status, TicketState

LATER = timedelta(days=36_500)
"""The customer's turn: behind every chat that waits for the desk."""

OPEN = (Status.NEW, Status.OPEN)


def is_chat(ticket: TicketState) -> bool:
    """Whether its requester began it as a chat. What an agent writes down of one elsewhere is a record."""
    return ticket.channel is Channel.CHAT and ticket.author == ticket.requester


def attend_at(
    ticket: TicketState, *, was: datetime | None, is_said: bool, is_desks: bool, at: datetime
) -> datetime | None:
    """Of the ticket as it is now; `is_said` where a public message was just written, `is_desks` where by the desk.

    Further lines of a customer who waits do not put them back.
    """
    if not is_chat(ticket) or ticket.status not in OPEN:
        return None
    if is_said and is_desks:
        return at + LATER
    return at if was is None or (is_said and was > at) else was
