"""Undoes merges of accounts: what moved goes back, what came since stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid
from web.people.directory import search_words
from web.people.directory.changing import lock
from web.people.merging.references import MOVED, Reference
from web.people.merging.tables import AccountMerge, MergedRow
from web.people.permissions import Actor, Role
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, record_change

UNDOABLE = timedelta(days=30)
SWEPT_AT_ONCE = 1000


@dataclass(frozen=True)
class Merge:
    """A merge, as the pages of both accounts show it."""

    id: int
    merged: int
    merged_name: str
    remaining: int
    remaining_name: str
    role: str
    by: str
    at: datetime

    @property
    def undoable_until(self) -> datetime:
        return self.at + UNDOABLE

    def may_be_undone(self, by: Actor, at: datetime) -> bool:
        """Leads may undo it, and administrators that of an administrator; nobody that of their own account."""
        is_ones_own = by.id in (self.merged, self.remaining)
        may = by.is_admin or (by.is_lead and self.role != Role.ADMIN)
        return may and not is_ones_own and at < self.undoable_until


async def merges(person: int) -> list[Merge]:
    """The merges in effect of this account, into it or into another one, newest first."""
    return await fetch_as(Merge, f"{_MERGES} AND a.id IN ({_OF_PERSON}) {_LAST}", person, person)


_MERGES = (
    "SELECT a.id, a.merged, old.name AS merged_name, a.remaining, kept.name AS remaining_name, kept.role, "
    "who.name AS by, a.at FROM account_merge a JOIN person old ON old.id = a.merged "
    "JOIN person kept ON kept.id = a.remaining JOIN person who ON who.id = a.person WHERE a.parted_at IS NULL"
)
_OF_PERSON = (
    "SELECT id FROM account_merge WHERE remaining = {} UNION "
    "SELECT id FROM account_merge WHERE merged = {} AND parted_at IS NULL"
)
_LAST = "ORDER BY a.id DESC LIMIT 20"


async def part(number: int, *, by: Actor, at: datetime) -> Merge:
    """Gives the merged account `number` back what it had. Raises `NotFound`, and `Invalid` if that is not allowed."""
    async with within():
        merge = await _merge_of(number, by=by, at=at)
        await AccountMerge.update({AccountMerge.parted_by: by.id, AccountMerge.parted_at: at}).where(
            AccountMerge.id == merge.id
        )
        for place, column, table, back in _ways_back(merge):
            await execute(
                f"UPDATE {table} SET {column} = {back} "
                f"AND id IN (SELECT number FROM merged_row WHERE merge = {merge.id} AND place = '{place}')"
            )
        await _take_back(merge)
        await MergedRow.delete().where(MergedRow.merge == merge.id)
        await search_words.index_people([merge.merged, merge.remaining])
        before = {"merged": Personal(merge.merged_name, merge.merged)}
        name = Personal(merge.remaining_name, merge.remaining)
        await record_change(Kind.MERGE, merge.id, name, before, None, by=by.id, at=at)
    audit.note("account_parting", person=by.id, to=merge.remaining, merged=merge.merged)
    return merge


async def _merge_of(number: int, *, by: Actor, at: datetime) -> Merge:
    """Locks both accounts, the lower number first."""
    found = await fetch_as(Merge, f"{_MERGES} AND a.merged = {{}} {_LAST}", number)
    for each in sorted((found[0].merged, found[0].remaining)) if found else ():
        await lock(each)
    merge = existing(await fetch_as(Merge, f"{_MERGES} AND a.merged = {{}} {_LAST}", number), "merge")
    if not merge.may_be_undone(by, at):
        raise Invalid("merge", "no_longer_parted")
    if await fetch_column(int, _WENT_ON, merge.remaining):
        raise Invalid("merge", "merged_since")
    return merge


_WENT_ON = "SELECT id FROM account_merge WHERE merged = {} AND parted_at IS NULL"
"""The remaining account was merged into a third one; that merge must be undone first."""


def _ways_back(merge: Merge) -> Iterator[tuple[str, str, str, str]]:
    """Yields place, column, table, and the rest of the statement.

    Only rows that still reference the account go back.
    """
    places: dict[str, Reference] = {each.place: each for each in MOVED}
    for place, each in places.items():
        yield place, each.column, each.table, f"{merge.merged} WHERE {each.column} = {merge.remaining}"
    still = f"person = {merge.remaining}"
    noted = f"merge = {merge.id} AND place = 'membership.sees' AND number = membership.id"
    same = f"o.person = {merge.merged} AND o.organization = membership.organization"
    given = f"(SELECT o.sees FROM membership o WHERE {same})"
    was = f"(SELECT was FROM merged_row WHERE {noted})"
    yield "membership.sees", "sees", "membership", f"{was} WHERE {still} AND sees = {given}"
    yield "membership.approves", "approves", "membership", f"false WHERE {still}"
    yield "membership.manages", "manages", "membership", f"false WHERE {still}"
    yield "membership.confirmed_at", "confirmed_at", "membership", f"NULL WHERE {still}"


async def _take_back(merge: Merge) -> None:
    """Removes a password or zone that was given, unless it was changed since, and reactivates the merged account."""
    for column, given in (("password", "gave_password"), ("zone", "gave_zone")):
        back = _TAKEN_BACK.format(column=column, given=given)
        await execute(back, merge.remaining, merge.merged, merge.id)
    await execute(
        "UPDATE person SET is_active = (SELECT was_active FROM account_merge WHERE id = {}) WHERE id = {}",
        *(merge.id, merge.merged),
    )


_TAKEN_BACK = (
    "UPDATE person SET {column} = NULL WHERE id = {{}} "
    "AND {column} = (SELECT old.{column} FROM person old WHERE old.id = {{}}) "
    "AND EXISTS (SELECT 1 FROM account_merge a WHERE a.id = {{}} AND {given})"
)


async def sweep(at: datetime) -> None:
    """Deletes records of moved rows once the merge cannot be undone any more."""
    over = "SELECT id FROM merged_row WHERE merge IN (SELECT id FROM account_merge WHERE at < {})"
    await execute(f"DELETE FROM merged_row WHERE id IN ({over} LIMIT {SWEPT_AT_ONCE})", at - UNDOABLE)
