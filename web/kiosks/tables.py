"""Tables of kiosks, visits and follow codes."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Organization, Person, Team
from web.tickets.tables import Category, Ticket


class Kiosk(Table, tablename="kiosk"):
    """A terminal or tablet in a lobby, and the device that it is bound to."""

    id: Serial
    name = Varchar(length=100)
    """Where it stands."""
    organization = ForeignKey(Organization, null=True, default=None)
    """The organization of the lobby, which tickets opened here belong to."""
    team = ForeignKey(Team, null=True, default=None)
    """The team that is called and whose queue gets the tickets; without one, the team of their category."""
    words = Varchar(length=300, default="")
    """The welcome text."""
    is_accessible = Boolean(default=False)
    """Whether it starts with larger letters and more contrast."""
    link_hash = Varchar(length=64, null=True, default=None)
    """The hash of the link that binds a device, until it is used."""
    link_ends_at = Timestamptz(null=True, default=None)
    binding = Integer(default=0)
    """How many devices it was bound to; tokens of earlier ones are invalid."""
    token_hash = Varchar(length=64, null=True, default=None)
    """The hash of the device's token; empty while it is unbound."""
    next_hash = Varchar(length=64, null=True, default=None)
    """The hash of the next token, which the device may not have saved."""
    turned_at = Timestamptz(null=True, default=None)
    """When the next token was given, or else the present one was taken up."""
    seen_at = Timestamptz(null=True, default=None)
    retired_at = Timestamptz(null=True, default=None)
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""


class KioskCategory(Table, tablename="kiosk_category"):
    """A category that a kiosk offers; a kiosk without any offers all that need no approval."""

    id: Serial
    kiosk = ForeignKey(Kiosk, null=False)
    category = ForeignKey(Category, null=False)


class KioskVisit(Table, tablename="kiosk_visit"):
    """The short session of somebody at a kiosk, in a frame, or following one ticket by its code."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    kiosk = ForeignKey(Kiosk, null=True, default=None)
    person = ForeignKey(Person, null=False)
    """The person created for this visit, or the requester of the followed ticket."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The ticket that was opened or is followed."""
    code = Text(default="")
    """The code of the ticket opened in it, encrypted, for the receipt; deleted with the visit."""
    ends_at = Timestamptz()


class FollowCode(Table, tablename="follow_code"):
    """A code to follow a ticket without signing in, as long as the ticket belongs to the person created for it."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False, unique=True)
    person = ForeignKey(Person, null=False)
    code_hash = Varchar(length=64)
    claim_hash = Varchar(length=64, null=True, default=None)
    """The hash of the link by which the owner of the address claims the ticket."""
    claim_ends_at = Timestamptz(null=True, default=None)
    address = Varchar(length=254, default="")
    """The address that was left for answers, which is unverified."""
