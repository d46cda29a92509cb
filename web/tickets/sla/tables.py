"""Tables of calendars, closures and targets."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Varchar
from piccolo.table import Table

from web.people.tables import Organization
from web.tickets.tables import Category


class OpeningHours(Table, tablename="calendar"):
    """A calendar: its IANA zone and `week` (JSON: for each weekday, Monday first, pairs of seconds of the day)."""

    id: Serial
    name = Varchar(length=100)
    zone = Varchar(length=60)
    week = Text()
    state = Varchar(length=2, null=True, default=None)
    """The state whose holidays apply besides the national ones."""


class Closure(Table, tablename="closure"):
    """A closure of a calendar (a city's holiday) or of an organization (a school's recess).

    Days are ISO 8601, both included; `hours` is JSON like a weekday.
    """

    id: Serial
    calendar = ForeignKey(OpeningHours, null=True, default=None)
    organization = ForeignKey(Organization, null=True, default=None)
    first_day = Varchar(length=10)
    last_day = Varchar(length=10)
    name = Varchar(length=100)
    hours = Text()
    opens = Boolean(default=False)
    """Whether `hours` replace those of the calendar. Otherwise they only shorten its opening hours."""


class ServiceTarget(Table, tablename="target"):
    """The target for tickets of a priority and a category. The most specific one applies."""

    id: Serial
    promise = Varchar(length=20)
    priority = Varchar(length=10, null=True, default=None)
    category = ForeignKey(Category, null=True, default=None)
    amount = Integer()
    unit = Varchar(length=20)
    calendar = ForeignKey(OpeningHours, null=False)
    pauses_for_team = Boolean(default=False)
    warns_at = Integer(default=75)
    """Percent of the time after which a warning is sent."""
