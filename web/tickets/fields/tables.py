"""Fields of categories, and what tickets have in them, as rows."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Varchar
from piccolo.table import Table

from web.tickets.tables import Category, Ticket, Topic


class Field(Table, tablename="field"):
    """Something that is asked about the tickets of a category, or of one topic of it. Never deleted once in use."""

    id: Serial
    category = ForeignKey(Category, null=False)
    topic = ForeignKey(Topic, null=True, default=None)
    kind = Varchar(length=10)
    label = Varchar(length=100)
    help = Varchar(length=300)
    options = Text()
    """One a line."""
    requester_submission = Varchar(length=10)
    """Whether it is asked of the requester who opens a ticket: `no`, `optional` or `required`. So the two below."""
    agent_submission = Varchar(length=10)
    agent_resolution = Varchar(length=10)
    is_public = Boolean(default=True)
    """The requester's side reads it; otherwise nobody but agents ever does."""
    is_active = Boolean(default=True)
    position = Integer(default=0)
    version = Integer(default=0)
    """The number of its last change in the log of settings: by the greatest each process notices a change."""


class FieldValue(Table, tablename="field_value"):
    """What a ticket has in a field: one row, but of several options one row each."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    field = ForeignKey(Field, null=False)
    value = Text()
    """Canonical, as its kind has it."""
    sort = Varchar(length=100)
    """Text that puts values of the kind in order."""
