"""Mailboxes as administrators set them, and mail that came in, as rows; the raw message lies in the storage."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Team
from web.tickets.tables import Category, Message, Ticket


class Mailbox(Table, tablename="mailbox"):
    """One address of the desk: where its mail is read, and where it is sent. A side without a host is not used."""

    id: Serial
    address = Varchar(length=254, unique=True)
    name = Varchar(length=100)
    """As which it sends."""
    is_active = Boolean(default=True)
    login = Varchar(length=40, default="")
    """The operator's command that prints access tokens, by name; empty where passwords are used."""
    imap_host = Varchar(length=255, default="")
    imap_port = Integer(default=993)
    imap_tls = Varchar(length=10, default="tls")
    """`tls`, `starttls` or `none`."""
    imap_user = Varchar(length=254, default="")
    imap_secret = Text(default="")
    """Sealed, as that of the other side."""
    folder = Varchar(length=200, default="INBOX")
    smtp_host = Varchar(length=255, default="")
    smtp_port = Integer(default=587)
    smtp_tls = Varchar(length=10, default="starttls")
    smtp_user = Varchar(length=254, default="")
    smtp_secret = Text(default="")
    team = ForeignKey(Team, null=True, default=None)
    """Whose queue a new ticket waits in; that of its category where none is set."""
    category = ForeignKey(Category, null=True, default=None)
    strangers = Varchar(length=10, default="ticket")
    """What becomes of mail from somebody unknown: `ticket`, `parked` or `refused`."""
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that made it, which may be sent twice."""


class MailboxFault(Table, tablename="mailbox_fault"):
    """A fault of one side of a mailbox; there is no row while it works."""

    id: Serial
    mailbox = ForeignKey(Mailbox, null=False)
    side = Varchar(length=4)
    """`imap` or `smtp`."""
    code = Varchar(length=20)
    """Empty where it was set otherwise since, and not tried again."""
    since = Timestamptz()
    told_at = Timestamptz(null=True, default=None)
    """When the administrators were told."""


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
    mailbox = ForeignKey(Mailbox, null=True, default=None)
    """Through which it came; none where it came by the operator's own settings or the pipe."""
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
    html = Text(default="")
    """What shows as it was meant what the message says; empty where the text shows as much."""
    filed_at = Timestamptz(null=True, default=None)
