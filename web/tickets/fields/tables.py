"""Tables of custom fields and of their values on tickets."""

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
    """One option a line."""
    requester_submission = Varchar(length=10)
    """Whether the requester is asked for it when they open a ticket: `no`, `optional` or `required`.

    The two below alike.
    """
    agent_submission = Varchar(length=10)
    agent_resolution = Varchar(length=10)
    is_public = Boolean(default=True)
    """Whether the requester's side may read it; otherwise only agents do."""
    is_active = Boolean(default=True)
    position = Integer(default=0)
    version = Integer(default=0)
    """The number of its last change in the log of settings. Each process notices a change by the greatest of these."""


class FieldValue(Table, tablename="field_value"):
    """The value of a field on a ticket: one row, or one row for each chosen option."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    field = ForeignKey(Field, null=False)
    value = Text()
    """The canonical value, as the kind of the field defines it."""
    sort = Varchar(length=100)
    """A text by which values of the kind are sorted."""
