"""Tables of notices on pages, and of outgoing messages."""

from piccolo.columns import BigSerial, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person
from web.tickets.tables import Event, Ticket


class Notice(Table, tablename="notice"):
    """A notice for one person about an event or a faulty setting."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    event = ForeignKey(Event, null=True, default=None)
    ticket = ForeignKey(Ticket, null=True, default=None)
    setting = Integer(null=True, default=None)
    """The id of a mailbox, a webhook, a kiosk or an organization, depending on the notification."""
    name = Varchar(length=300, default="")
    """The name of the setting."""
    occasion = Varchar(length=20)
    at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)


class Outgoing(Table, tablename="outgoing"):
    """A message to one address.

    A message about an event is composed when it is sent, with the rights of that moment. A message with a link has its
    body here until it is sent, because the link opens for a day.
    """

    id: Serial
    recipient = Varchar(length=254)
    subject = Varchar(length=300)
    body = Text()
    made_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    attempts = Integer(default=0)
    event = ForeignKey(Event, null=True, default=None)
    person = ForeignKey(Person, null=True, default=None)
    occasion = Varchar(length=20, null=True, default=None)
    urgency = SmallInt(default=0)
    """Lower is sent first: 0 links, 1 what people wait for, 2 notices to many, 3 what waits for an opening."""
    due_at = Timestamptz(null=True, default=None)
    """When it is due, or is retried after a failure."""
    state = Varchar(length=10, default="waiting")
    error = Varchar(length=300, default="")
    """The server's answer to the last try."""
    message_id = Varchar(length=200, default="")
    mailbox = Integer(null=True, default=None)
    """The mailbox that sends it, if its ticket does not decide that."""
