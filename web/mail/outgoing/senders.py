"""Sends each message by the mailbox whose address it comes from; what is wrong with that is noted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from web.mail.mailboxes import faults, known
from web.mail.mailboxes.known import Mailbox
from web.mail.mailboxes.servers import Fault
from web.mail.outgoing.smtp import Sender
from web.notifications.outbox import Delivery


@dataclass
class Senders:
    """`otherwise` takes what no mailbox set by page sends."""

    otherwise: Delivery
    now: Callable[[], datetime]
    _senders: dict[int, tuple[Mailbox, Sender]] = field(default_factory=dict)
    _well: set[int] = field(default_factory=set)
    """Mailboxes that sent since their last fault."""

    async def send(self, message: EmailMessage) -> None:
        """Raises what a `Delivery` raises."""
        mailbox = await known.sending(parseaddr(message["From"])[1])
        if mailbox is None and (mailbox := await known.default()):
            message.replace_header("From", mailbox.sender)
        if mailbox is None or mailbox.id is None:
            await self.otherwise(message)
        else:
            await self._by(mailbox, mailbox.id, message)

    async def _by(self, mailbox: Mailbox, number: int, message: EmailMessage) -> None:
        try:
            await self._sender(mailbox, number).send(message)
        except Fault as fault:
            self._well.discard(number)
            await faults.note(number, "smtp", fault.code, at=self.now())
            raise
        if number not in self._well:
            await faults.clear(number, "smtp")
            self._well.add(number)

    def _sender(self, mailbox: Mailbox, number: int) -> Sender:
        """The one that is open, unless it is set otherwise by now."""
        known_as, sender = self._senders.get(number, (None, None))
        if sender is None or known_as != mailbox:
            if sender is not None:
                sender.close()
            sender = Sender(mailbox.smtp)
            self._senders[number] = mailbox, sender
        return sender
