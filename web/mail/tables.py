"""Mail that came in, as rows; the raw message lies in the storage."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Serial, Timestamptz, Varchar
from piccolo.table import Table

from web.tickets.tables import Message, Ticket


class MailboxLease(Table, tablename="mailbox_lease"):
    """Until when one worker alone reads a mailbox."""

    id: Serial
    name = Varchar(length=200, unique=True)
    until = Timestamptz()


class InboundMail(Table, tablename="inbound_mail"):
    """One mail as it arrived. It is kept and committed before the server is told that it may forget it."""

    id: BigSerial
    sha256 = Varchar(length=64)
    """Of the raw message: its name in the storage."""
    size = BigInt()
    received_at = Timestamptz()
    state = Varchar(length=10, default="new")
    """`new`, `filed` as a message or ticket, `ignored` as a machine's, or `parked` for a person to look at."""
    reason = Varchar(length=30, default="")
    sender = Varchar(length=254, default="")
    subject = Varchar(length=300, default="")
    fingerprint = Varchar(length=64, null=True, default=None)
    """Of what it says and who says it: the same mail in two mailboxes has one."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    message = ForeignKey(Message, null=True, default=None)
    """That it became: a reply, or the opening of a ticket."""
    is_unproven = Boolean(default=False)
    """Nobody of ours says that its sender wrote it."""
    filed_at = Timestamptz(null=True, default=None)
