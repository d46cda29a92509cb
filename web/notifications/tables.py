"""Notices on pages, and messages on their way out, as rows."""

from piccolo.columns import BigSerial, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person
from web.tickets.tables import Event, Ticket


class Notice(Table, tablename="notice"):
    """One person told of one event, or of a setting that is at fault, on their page of notices."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    event = ForeignKey(Event, null=True, default=None)
    ticket = ForeignKey(Ticket, null=True, default=None)
    setting = Integer(null=True, default=None)
    """The id of a mailbox or a webhook, as its occasion says."""
    name = Varchar(length=300, default="")
    """Of the setting."""
    occasion = Varchar(length=20)
    at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)


class Outgoing(Table, tablename="outgoing"):
    """One message to one address.

    One about an event is written when it is sent, with the rights of that moment; one with a link has its body here,
    and an empty one once it is sent: the link opens for a day.
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
    """Lower goes first: 0 links, 1 what people wait for, 2 notices to many, 3 notices that wait for an opening."""
    due_at = Timestamptz(null=True, default=None)
    """Not before; then again after each try that failed."""
    state = Varchar(length=10, default="waiting")
    error = Varchar(length=300, default="")
    """What the server answered to the last try."""
    message_id = Varchar(length=200, default="")
    mailbox = Integer(null=True, default=None)
    """By which it leaves, where its ticket does not say so."""
