"""Kiosks, their visits, and the codes by which tickets are followed, as rows."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Organization, Person, Team
from web.tickets.tables import Category, Ticket


class Kiosk(Table, tablename="kiosk"):
    """A terminal or tablet of the lobby, as administrators set it, and the device that it is bound to."""

    id: Serial
    name = Varchar(length=100)
    """Where it stands."""
    organization = ForeignKey(Organization, null=True, default=None)
    """Whose lobby it is: what is asked there is of this organization."""
    team = ForeignKey(Team, null=True, default=None)
    """Whom it calls, and whose queue its tickets wait in; that of their category where none is set."""
    words = Varchar(length=300, default="")
    """Its words of welcome."""
    is_accessible = Boolean(default=False)
    """Whether it begins with larger letters and more contrast."""
    link_hash = Varchar(length=64, null=True, default=None)
    """Of the link that binds a device, until it is used."""
    link_ends_at = Timestamptz(null=True, default=None)
    binding = Integer(default=0)
    """Counts the devices it was bound to: tokens of an earlier one mean nothing."""
    token_hash = Varchar(length=64, null=True, default=None)
    """Of the device's token; empty while it is bound to none."""
    next_hash = Varchar(length=64, null=True, default=None)
    """Of the token that is to follow, which the device may not have got."""
    turned_at = Timestamptz(null=True, default=None)
    """When that one was given, or else the present one taken up."""
    seen_at = Timestamptz(null=True, default=None)
    retired_at = Timestamptz(null=True, default=None)
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that made it, which may be sent twice."""


class KioskCategory(Table, tablename="kiosk_category"):
    """A category that a kiosk offers; one without any offers all that go straight to a queue."""

    id: Serial
    kiosk = ForeignKey(Kiosk, null=False)
    category = ForeignKey(Category, null=False)


class KioskVisit(Table, tablename="kiosk_visit"):
    """Somebody at a kiosk, or anybody who follows one ticket by its code: the short session of a browser."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    kiosk = ForeignKey(Kiosk, null=True, default=None)
    person = ForeignKey(Person, null=False)
    """Made for this visit, or the requester of the ticket that is followed."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The one that was opened, or is followed."""
    code = Text(default="")
    """Of the ticket opened in it, sealed, for the receipt; it goes with the visit."""
    ends_at = Timestamptz()


class FollowCode(Table, tablename="follow_code"):
    """By which a ticket is followed without signing in, as long as it is of the person who was made for it."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False, unique=True)
    person = ForeignKey(Person, null=False)
    code_hash = Varchar(length=64)
    claim_hash = Varchar(length=64, null=True, default=None)
    """Hash of the link by which the owner of the address takes the ticket."""
    claim_ends_at = Timestamptz(null=True, default=None)
    address = Varchar(length=254, default="")
    """Where the link went; nothing says that it is the asker's."""
