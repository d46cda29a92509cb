"""The table of skipped first steps."""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class PassedStep(Table, tablename="passed_step"):
    """A first step that administrators skipped."""

    step = Varchar(length=20, primary_key=True)
    person = ForeignKey(Person, null=False)
    at = Timestamptz()
