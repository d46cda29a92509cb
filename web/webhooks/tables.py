"""Webhooks and their deliveries, as rows."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person
from web.tickets.tables import Event


class Webhook(Table, tablename="webhook"):
    """One address of another system, and the events it is told of."""

    id: Serial
    address = Varchar(length=500)
    events = Varchar(length=500)
    """Nouns, separated by spaces."""
    salt = Varchar(length=64)
    """What its secret is made from; the secret itself is kept nowhere."""
    owner = ForeignKey(Person, null=False)
    """The administrator who saved it last: it is told of what they see."""
    is_on = Boolean(default=True)
    disabled_at = Timestamptz(null=True, default=None)
    """When it was switched off because nobody answered."""
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that made it, which may be sent twice."""
    made_at = Timestamptz()


class WebhookDelivery(Table, tablename="webhook_delivery"):
    """One event on its way to one address. The body is written at each try, with the rights of that moment."""

    id: BigSerial
    webhook = ForeignKey(Webhook, null=False)
    event = ForeignKey(Event, null=True, default=None)
    """Empty for a test."""
    noun = Varchar(length=30)
    at = Timestamptz()
    """When the event happened."""
    queued_at = Timestamptz()
    """When it was queued, or queued again by hand."""
    due_at = Timestamptz()
    state = Varchar(length=10, default="waiting")
    """`waiting`, `delivered`, `failed` for good, or `dropped` where nobody was to be told any more."""
    attempts = Integer(default=0)
    tried_at = Timestamptz(null=True, default=None)
    status = SmallInt(null=True, default=None)
    """Of the answer to the last try."""
    answer = Text(default="")
    """How the body of that answer begins."""
    error = Varchar(length=20, default="")
    """Why there was no answer, or nothing was sent."""
