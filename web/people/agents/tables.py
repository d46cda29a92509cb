"""When agents are away, as rows."""

from piccolo.columns import ForeignKey, Serial, Timestamptz
from piccolo.table import Table

from web.people.tables import Person


class Absence(Table, tablename="absence"):
    """When an agent is away, and who stands in; over by itself once `ends_at` has come. One a person."""

    id: Serial
    person = ForeignKey(Person, null=False)
    begins_at = Timestamptz()
    ends_at = Timestamptz()
    stand_in = ForeignKey(Person, null=False)
