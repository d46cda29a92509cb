"""Sends each message through the mailbox of its address, and records faults."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr

from web.mail.mailboxes import faults, lookup
from web.mail.mailboxes.lookup import Mailbox
from web.mail.mailboxes.servers import Fault
from web.mail.outgoing.smtp import Sender
from web.notifications.outbox import Delivery

RESTS_AFTER_FAULT = timedelta(seconds=30)
"""The pause of a mailbox after a fault, so that the account is not locked and other mail is not delayed."""

LOOKS_AGAIN = timedelta(minutes=1)
"""The interval between checks whether a fault noted by another worker is over."""


@dataclass
class _Way:
    """A connection through one mailbox, as it is set now."""

    mailbox: Mailbox
    sender: Sender
    well_until: datetime | None = None
    """Until when no other worker can have noted a lasting fault, because it sent since its last one."""
    fault: Fault | None = None
    rests_until: datetime | None = None


@dataclass
class Senders:
    """Senders by mailbox. `otherwise` sends messages without a mailbox that was set by page."""

    otherwise: Delivery
    now: Callable[[], datetime]
    _ways: dict[int, _Way] = field(default_factory=dict)

    async def send(self, message: EmailMessage) -> None:
        """Sends a message. Raises what a `Delivery` raises."""
        own = await lookup.sending(parseaddr(message["From"])[1])
        mailboxes = [own] if own else await lookup.defaults()
        if mailboxes:
            await self._by_one(mailboxes, message)
        else:
            await self.otherwise(message)

    async def _by_one(self, mailboxes: list[Mailbox], message: EmailMessage) -> None:
        """Sends through the first mailbox that works."""
        *others, last = mailboxes
        for mailbox in others:
            with suppress(Fault):
                await self._by(mailbox, message)
                return
        await self._by(last, message)

    async def _by(self, mailbox: Mailbox, message: EmailMessage) -> None:
        assert mailbox.id is not None
        message.replace_header("From", mailbox.sender)
        number, way = mailbox.id, self._way(mailbox, mailbox.id)
        if way.fault and way.rests_until and self.now() < way.rests_until:
            raise Fault(way.fault.code, str(way.fault))
        try:
            await way.sender.send(message)
        except Fault as fault:
            way.well_until, way.fault, way.rests_until = None, fault, self.now() + RESTS_AFTER_FAULT
            await faults.note(number, "smtp", fault.code, at=self.now())
            raise
        if way.well_until is None or way.well_until < self.now():
            await faults.clear(number, "smtp", at=self.now())
            way.well_until = self.now() + LOOKS_AGAIN

    def _way(self, mailbox: Mailbox, number: int) -> _Way:
        """The open connection, unless the settings of the mailbox changed."""
        way = self._ways.get(number)
        if way is None or way.mailbox != mailbox:
            if way is not None:
                way.sender.close()
            way = self._ways[number] = _Way(mailbox, Sender(mailbox.smtp))
        return way
