"""Accounts that were merged, and what moved, as rows."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Serial, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class AccountMerge(Table, tablename="account_merge"):
    """One account that went into another."""

    id: Serial
    merged = ForeignKey(Person, null=False)
    """Who signs in no more."""
    remaining = ForeignKey(Person, null=False)
    was_active = Boolean()
    gave_password = Boolean()
    """The remaining one had none."""
    gave_zone = Boolean()
    person = ForeignKey(Person, null=False)
    """Who merged them."""
    at = Timestamptz()
    parted_by = ForeignKey(Person, null=True, default=None)
    parted_at = Timestamptz(null=True, default=None)


class MergedRow(Table, tablename="merged_row"):
    """A row that moved, so that the accounts can be parted."""

    id: BigSerial
    merge = ForeignKey(AccountMerge, null=False)
    place = Varchar(length=40)
    """Table and column: `ticket.requester`; of a right that became wider, `membership.sees`."""
    number = BigInt()
    """The id of the row."""
    was = Varchar(length=40, null=True, default=None)
    """What stood there, where that was not the merged account."""
