"""Tables of merged accounts and of moved rows."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Serial, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class AccountMerge(Table, tablename="account_merge"):
    """A merge of one account into another."""

    id: Serial
    merged = ForeignKey(Person, null=False)
    """The account that can no longer sign in."""
    remaining = ForeignKey(Person, null=False)
    was_active = Boolean()
    gave_password = Boolean()
    """Whether the remaining account had none."""
    gave_zone = Boolean()
    person = ForeignKey(Person, null=False)
    """The person who merged them."""
    at = Timestamptz()
    parted_by = ForeignKey(Person, null=True, default=None)
    parted_at = Timestamptz(null=True, default=None)


class MergedRow(Table, tablename="merged_row"):
    """A moved row, so that the merge can be undone."""

    id: BigSerial
    merge = ForeignKey(AccountMerge, null=False)
    place = Varchar(length=40)
    """Table and column: `ticket.requester`; or `membership.sees` for a right that became wider."""
    number = BigInt()
    """The id of the row."""
    was = Varchar(length=40, null=True, default=None)
    """The old value, if it was not the merged account."""
