"""Steps of setting up that were passed over, as rows."""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class PassedStep(Table, tablename="passed_step"):
    """A first step that an administrator needs to be told of no more."""

    step = Varchar(length=20, primary_key=True)
    person = ForeignKey(Person, null=False)
    at = Timestamptz()
