"""Tables of mailboxes and of incoming mail. The raw message is in the file storage."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Team
from web.tickets.tables import Category, Message, Ticket


class Mailbox(Table, tablename="mailbox"):
    """An address of the desk: where its mail is fetched, and where it is sent. A side without a host is not used."""

    id: Serial
    address = Varchar(length=254, unique=True)
    name = Varchar(length=100)
    """The name of the sender."""
    is_active = Boolean(default=True)
    login = Varchar(length=40, default="")
    """The name of the operator's command that prints access tokens; empty if passwords are used."""
    imap_host = Varchar(length=255, default="")
    imap_port = Integer(default=993)
    imap_tls = Varchar(length=10, default="tls")
    """`tls`, `starttls` or `none`."""
    imap_user = Varchar(length=254, default="")
    imap_secret = Text(default="")
    """Encrypted, like the one of the other side."""
    folder = Varchar(length=200, default="INBOX")
    smtp_host = Varchar(length=255, default="")
    smtp_port = Integer(default=587)
    smtp_tls = Varchar(length=10, default="starttls")
    smtp_user = Varchar(length=254, default="")
    smtp_secret = Text(default="")
    team = ForeignKey(Team, null=True, default=None)
    """The team of new tickets; without one, that of their category."""
    category = ForeignKey(Category, null=True, default=None)
    strangers = Varchar(length=10, default="ticket")
    """What mail of unknown senders becomes: `ticket`, `parked` or `refused`."""
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""


class MailboxFault(Table, tablename="mailbox_fault"):
    """A fault of one side of a mailbox; there is no row while it works."""

    id: Serial
    mailbox = ForeignKey(Mailbox, null=False)
    side = Varchar(length=4)
    """`imap` or `smtp`."""
    code = Varchar(length=20)
    """Empty if the settings changed since and were not tried yet."""
    since = Timestamptz()
    told_at = Timestamptz(null=True, default=None)
    """When the administrators were notified."""


class MailboxLease(Table, tablename="mailbox_lease"):
    """Until when one worker alone fetches from a mailbox."""

    id: Serial
    name = Varchar(length=200, unique=True)
    until = Timestamptz()


class InboundMail(Table, tablename="inbound_mail"):
    """A mail as it arrived. It is committed before the server is told that it was seen."""

    id: BigSerial
    sha256 = Varchar(length=64)
    """The hash of the raw message, and its name in the storage."""
    size = BigInt()
    received_at = Timestamptz()
    mailbox = ForeignKey(Mailbox, null=True, default=None)
    """The mailbox it came through; empty for the operator's settings and for the pipe."""
    state = Varchar(length=10, default="new")
    """`new`, `filed` as a message or ticket, `ignored` as automatic, or `parked` in quarantine for an administrator."""
    reason = Varchar(length=30, default="")
    sender = Varchar(length=254, default="")
    subject = Varchar(length=300, default="")
    fingerprint = Varchar(length=64, null=True, default=None)
    """A hash of its content and author, which copies of the same mail share."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    message = ForeignKey(Message, null=True, default=None)
    """The message that it became: a reply, or the opening of a ticket."""
    is_unproven = Boolean(default=False)
    """Whether the sender is unverified."""
    html = Text(default="")
    """The sanitized HTML of the message; empty if the text shows as much."""
    filed_at = Timestamptz(null=True, default=None)
