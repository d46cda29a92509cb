"""Sends each message by the mailbox whose address it comes from; what is wrong with that is noted."""

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
"""A wrong password tried for each message shuts an account, and a server that is silent keeps other mail waiting."""

LOOKS_AGAIN = timedelta(minutes=1)
"""At whether another worker noted a fault that is over."""


@dataclass
class _Way:
    """Out by one mailbox as it is set now."""

    mailbox: Mailbox
    sender: Sender
    well_until: datetime | None = None
    """It sent since its last fault, and no other worker can have noted one that lasts."""
    fault: Fault | None = None
    rests_until: datetime | None = None


@dataclass
class Senders:
    """`otherwise` takes what no mailbox set by page sends."""

    otherwise: Delivery
    now: Callable[[], datetime]
    _ways: dict[int, _Way] = field(default_factory=dict)

    async def send(self, message: EmailMessage) -> None:
        """Raises what a `Delivery` raises."""
        own = await lookup.sending(parseaddr(message["From"])[1])
        mailboxes = [own] if own else await lookup.defaults()
        if mailboxes:
            await self._by_one(mailboxes, message)
        else:
            await self.otherwise(message)

    async def _by_one(self, mailboxes: list[Mailbox], message: EmailMessage) -> None:
        """The next is tried where one is at fault."""
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
        """The one that is open, unless it is set otherwise by now."""
        way = self._ways.get(number)
        if way is None or way.mailbox != mailbox:
            if way is not None:
                way.sender.close()
            way = self._ways[number] = _Way(mailbox, Sender(mailbox.smtp))
        return way
