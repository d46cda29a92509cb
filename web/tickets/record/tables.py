"""Tables of canned replies and of held replies."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.permissions import Actor
from web.people.tables import Person, Team
from web.sql import Condition, literals, values
from web.tickets.tables import Ticket


class Canned(Table, tablename="canned"):
    """A canned reply; a macro if it also moves the ticket.

    Every agent may use it, unless `owner` or `readers` restrict it.
    """

    id: Serial
    name = Varchar(length=60)
    body = Text()
    is_note = Boolean(default=False)
    takes = Boolean(default=False)
    priority = Varchar(length=10, null=True, default=None)
    team = ForeignKey(Team, null=True, default=None)
    tag = Varchar(length=40)
    ends = Varchar(length=10)
    """`question` waits for the requester, `solution` resolves; empty leaves the status as it is."""
    folder = Varchar(length=60, default="")
    owner = ForeignKey(Person, null=True, default=None)
    readers = ForeignKey(Team, null=True, default=None)


class HeldReply(Table, tablename="held_reply"):
    """A held reply: a form of the ticket's page as it was typed, whose move is made when it is due."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    person = ForeignKey(Person, null=False)
    """The agent in whose name it is sent."""
    noun = Varchar(length=20)
    """The noun of its form."""
    typed = Text()
    """JSON: lists of texts by field name. Its attachments reference this row."""
    seen = BigInt()
    """The ticket's newest event when it was written. It is not sent if others wrote later."""
    key = Varchar(length=64, null=True, default=None)
    """The one-time key of its form, which its move gets as well."""
    held_at = Timestamptz()
    due_at = Timestamptz()
    kept_back_at = Timestamptz(null=True, default=None)
    """When it turned out that it cannot be sent; its author has to decide."""
    why = Varchar(length=40, default="")


MOVES_OF_CANNED = (
    "CASE WHEN takes THEN 'take ' ELSE '' END || CASE WHEN priority IS NOT NULL THEN 'classification ' ELSE '' END || "
    "CASE WHEN tag <> '' THEN 'tags ' ELSE '' END || CASE WHEN team IS NOT NULL THEN 'assignment ' ELSE '' END || "
    "CASE WHEN ends <> '' THEN ends WHEN trim(body) = '' THEN '' WHEN is_note THEN 'note' ELSE 'reply' END"
)
"""The nouns of its moves; a single "reply" is a canned reply, anything else a macro."""


def usable_by(person: Actor) -> Condition:
    """Which canned replies an agent may use: everybody's, their own, and those of their teams."""
    theirs = "((owner IS NULL OR owner = {}) AND (readers IS NULL OR readers IN ({})))"
    return Condition(theirs, (person.id, values(sorted(person.teams))))


def kept_by(person: Actor, *, owner: int | None) -> Condition:
    """The canned replies of an owner, or the shared ones except those of confidential teams the person is not in."""
    if owner is not None:
        return Condition("canned.owner = {}", (owner,))
    shut_out = f" AND COALESCE(canned.readers, 0) NOT IN ({literals(sorted(person.shut_out))})"
    return Condition(f"canned.owner IS NULL{shut_out if person.shut_out else ''}")
