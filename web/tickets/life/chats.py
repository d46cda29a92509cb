"""The order in which the desk attends open chats."""

from datetime import datetime, timedelta

from web.tickets.life.states import Channel, Status, TicketState

LATER = timedelta(days=36_500)
"""Sorts a chat in which it is the customer's turn behind every chat that waits for the desk."""

OPEN = (Status.NEW, Status.OPEN)


def is_chat(ticket: TicketState) -> bool:
    """Whether its requester began it as a chat. What an agent records about a chat elsewhere is not one."""
    return ticket.channel is Channel.CHAT and ticket.author == ticket.requester


def attend_at(
    ticket: TicketState, *, was: datetime | None, is_said: bool, is_desks: bool, at: datetime
) -> datetime | None:
    """Since when the customer of the chat waits for the desk; None when the ticket is no open chat.

    `is_said` means that a public message was just written, `is_desks` that the desk wrote it. Further lines of a
    waiting customer do not move them back in the queue.
    """
    if not is_chat(ticket) or ticket.status not in OPEN:
        return None
    if is_said and is_desks:
        return at + LATER
    return at if was is None or (is_said and was > at) else was
