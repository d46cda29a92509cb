"""The table of absences."""

from piccolo.columns import ForeignKey, Serial, Timestamptz
from piccolo.table import Table

from web.people.tables import Person


class Absence(Table, tablename="absence"):
    """The absence of an agent and its stand-in; at most one a person. It is over once `ends_at` has passed."""

    id: Serial
    person = ForeignKey(Person, null=False)
    begins_at = Timestamptz()
    ends_at = Timestamptz()
    stand_in = ForeignKey(Person, null=False)
