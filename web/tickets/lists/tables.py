"""Open tickets, unsent replies and saved views of agents, as rows."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person, Team
from web.tickets.tables import Ticket


class Visit(Table, tablename="visit"):
    """When an agent last had the ticket open; only the latest of each are kept."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    ticket = ForeignKey(Ticket, null=False)
    at = Timestamptz()
    left_at = Timestamptz(null=True, default=None)
    """When they closed it, as far as that is known."""


class Unsent(Table, tablename="unsent"):
    """What an agent has begun to write on a ticket, under the noun of the form it stands in."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    ticket = ForeignKey(Ticket, null=False)
    noun = Varchar(length=20)
    body = Text()
    at = Timestamptz()


class SavedView(Table, tablename="saved_view"):
    """A list of the desk by its address; its maker's own unless shared with a team."""

    id: Serial
    name = Varchar(length=60)
    person = ForeignKey(Person, null=False)
    team = ForeignKey(Team, null=True, default=None)
    query = Varchar(length=500)


class ListLook(Table, tablename="list_look"):
    """How somebody wants a list of the desk to look."""

    id: Serial
    person = ForeignKey(Person, null=False)
    list = Varchar(length=12)
    columns = Varchar(length=300)
    """In their order, with commas between them; empty for the usual ones."""
    is_roomy = Boolean(default=False)
    """Of all their lists at once."""
