"""Tables of visits, unsent replies, saved views and list looks of agents."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person, Team
from web.tickets.tables import Ticket


class Visit(Table, tablename="visit"):
    """An agent's last visit to a ticket; only the latest visits of each agent are kept."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    ticket = ForeignKey(Ticket, null=False)
    at = Timestamptz()
    left_at = Timestamptz(null=True, default=None)
    """When they closed the page, if known."""
    read_at = Timestamptz(null=True, default=None)
    """When all of it was last shown to them. An open page is told of news, and its reader may not look at them."""


class Unsent(Table, tablename="unsent"):
    """A text that an agent began to write on a ticket, under the noun of its form."""

    id: BigSerial
    person = ForeignKey(Person, null=False)
    ticket = ForeignKey(Ticket, null=False)
    noun = Varchar(length=20)
    body = Text()
    at = Timestamptz()


class SavedView(Table, tablename="saved_view"):
    """A desk list saved by its address; private unless it is shared with a team."""

    id: Serial
    name = Varchar(length=60)
    person = ForeignKey(Person, null=False)
    team = ForeignKey(Team, null=True, default=None)
    query = Varchar(length=500)


class ListLook(Table, tablename="list_look"):
    """How an agent wants a desk list to look."""

    id: Serial
    person = ForeignKey(Person, null=False)
    list = Varchar(length=12)
    columns = Varchar(length=300)
    """The chosen columns in order, separated by commas; empty for the usual ones."""
    is_roomy = Boolean(default=False)
    """Whether rows are roomy, in all lists of the agent."""
