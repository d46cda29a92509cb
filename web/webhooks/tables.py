"""Tables of webhooks and their deliveries."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person
from web.tickets.tables import Event


class Webhook(Table, tablename="webhook"):
    """An address of another system, and the events that it receives."""

    id: Serial
    address = Varchar(length=500)
    events = Varchar(length=500)
    """Nouns, separated by spaces."""
    salt = Varchar(length=64)
    """The salt from which its secret is derived; the secret itself is not stored."""
    owner = ForeignKey(Person, null=False)
    """The administrator who saved it last: it receives what they may see."""
    is_on = Boolean(default=True)
    disabled_at = Timestamptz(null=True, default=None)
    """When it was turned off because nobody answered."""
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""
    made_at = Timestamptz()


class WebhookDelivery(Table, tablename="webhook_delivery"):
    """A delivery of an event to an address. The body is written for each try, with the rights of that moment."""

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
    """`waiting`, `delivered`, `failed` for good, or `dropped` if nobody may receive it any more."""
    attempts = Integer(default=0)
    tried_at = Timestamptz(null=True, default=None)
    status = SmallInt(null=True, default=None)
    """The status of the last response."""
    answer = Text(default="")
    """The beginning of the last response body."""
    error = Varchar(length=20, default="")
    """Why there was no response, or nothing was sent."""
