"""Links in messages that unsubscribe without signing in, by the same functions as the pages of people signed in."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.errors import NotFound
from web.mail.signatures import read_unsubscription
from web.notifications import preferences
from web.notifications.preferences import Subscription
from web.people import actors
from web.people.permissions import Actor
from web.tickets.actions import participants
from web.tickets.life.moves import PARTICIPATION
from web.tickets.record.ticket import TicketDetails, find_ticket


@dataclass(frozen=True)
class Subscriber:
    """The reader of a message, and what its link unsubscribes them from."""

    reader: Actor
    what: Subscription
    number: int
    """The ticket that the message was about."""
    wanted: str
    copied: TicketDetails | None
    """The ticket, if the link is about its copy and they are in it still."""

    @property
    def is_over(self) -> bool:
        """Whether they do not get such messages any more."""
        if self.what is Subscription.COPY:
            return self.copied is None
        return self.wanted == preferences.without(self.wanted, self.what)


@dataclass(frozen=True)
class _Sent:
    """A message to somebody who still has its address."""

    person: int
    ticket: int
    wanted: str


async def find(token: str) -> Subscriber:
    """Reads a link. Raises `NotFound` if it is forged, or if its message or its reader's address is gone."""
    wish = read_unsubscription(token)
    sent = await fetch_as(_Sent, _SENT, wish.message) if wish else []
    reader = await actors.of_person(sent[0].person) if sent else None
    if wish is None or reader is None:
        raise NotFound("unsubscription")
    copied = await _copied(sent[0].ticket, reader) if wish.what is Subscription.COPY else None
    return Subscriber(reader, wish.what, sent[0].ticket, sent[0].wanted, copied)


_SENT = """
SELECT outgoing.person, event.ticket, person.mail AS wanted
FROM outgoing JOIN event ON event.id = outgoing.event JOIN person ON person.id = outgoing.person
JOIN identity ON identity.person = outgoing.person AND identity.value = outgoing.recipient
WHERE outgoing.id = {}
"""


async def _copied(number: int, reader: Actor) -> TicketDetails | None:
    try:
        ticket = await find_ticket(number, by=reader)
    except NotFound:
        return None
    is_in_copy = reader.id in ticket.participants and PARTICIPATION.is_open(ticket, reader)
    return ticket if is_in_copy else None


async def unsubscribe(found: Subscriber, *, at: datetime) -> None:
    """Does nothing the second time, because mail programs may repeat it."""
    if found.copied is not None:
        await participants.remove(found.copied, found.reader.id, by=found.reader, at=at)
    elif not found.is_over:
        await preferences.choose(found.reader, preferences.without(found.wanted, found.what))
