"""Merges one account into another: rows that reference it move, and each moved row is recorded."""

from datetime import datetime

from web import audit
from web.database import execute, fetch_column, within
from web.errors import Invalid
from web.people.directory import deactivation, search_words
from web.people.directory.changing import lock
from web.people.merging.comparing import Account, compare
from web.people.merging.references import MOVED, Reference
from web.people.merging.tables import AccountMerge
from web.people.permissions import Actor
from web.settings_log.personal import Personal, Value
from web.settings_log.recording import Kind, record_change

WIDTHS = "CASE {row}.sees WHEN 'group' THEN 2 WHEN 'organization' THEN 1 ELSE 0 END"
"""How far a member sees, as a number."""


async def merge(
    one: int, other: int | None, *, keep: int | None, is_wider: bool = False, by: Actor, at: datetime
) -> int:
    """Merges two accounts. Returns the number of the one that remains.

    `is_wider` gives it the wider right in each organization that both belong to. Nobody can sign in as the other one
    any more. Raises `NotFound` and `Invalid`.
    """
    async with within():
        await _lock(one, other or 0)
        if earlier := await _earlier(one, other or 0, keep or 0):
            return earlier
        compared = await compare(one, other, by=by)
        sides = {each.id: each for each in compared.accounts}
        if keep not in sides or not sides[keep].is_active:
            raise Invalid("keep", "unknown")
        remaining = sides.pop(keep)
        (merged,) = sides.values()
        await _merge(merged, remaining, is_wider=is_wider, by=by, at=at)
    audit.note("account_merge", person=by.id, to=remaining.id, merged=merged.id)
    return remaining.id


async def _lock(one: int, other: int) -> None:
    """Locks both in the order of their numbers, so that two merges do not deadlock."""
    for number in sorted((one, other)):
        await lock(number)


async def _earlier(one: int, other: int, keep: int) -> int | None:
    """The remaining account, if these two were merged by the same form before."""
    known = await fetch_column(
        int,
        "SELECT remaining FROM account_merge WHERE remaining = {} AND merged IN ({}, {}) AND parted_at IS NULL",
        *(keep, one, other),
    )
    return known[0] if known else None


async def _merge(merged: Account, remaining: Account, *, is_wider: bool, by: Actor, at: datetime) -> None:
    number = await _begin(merged, remaining, by=by, at=at)
    if is_wider:
        await _widen(number, merged.id, remaining.id)
    for each in MOVED:
        await _move(number, each, merged.id, remaining.id)
    await _give(number, merged.id, remaining.id)
    await deactivation.revoke_access(merged.id)
    await search_words.index_people([merged.id, remaining.id])
    name = Personal(merged.name, merged.id)
    after: dict[str, Value] = {"merged": name, "tickets": merged.requested, "addresses": merged.identities}
    await record_change(Kind.MERGE, number, Personal(remaining.name, remaining.id), None, after, by=by.id, at=at)


async def _begin(merged: Account, remaining: Account, *, by: Actor, at: datetime) -> int:
    row = AccountMerge(
        merged=merged.id,
        remaining=remaining.id,
        was_active=merged.is_active,
        gave_password=merged.has_password and not remaining.has_password,
        gave_zone=False,
        person=by.id,
        at=at,
    )
    await row.save()
    return int(row.id)


async def _move(number: int, where: Reference, merged: int, remaining: int) -> None:
    """Moves the rows in two statements, however many there are."""
    moved = f"t.{where.column} = {merged}"
    if where.among:
        moved += f" AND t.id IN ({where.among.format(m=merged)})"
    if where.twin:
        same = " AND ".join(f"twin.{each} = t.{each}" for each in where.twin)
        twins = f"SELECT 1 FROM {where.table} AS twin WHERE twin.{where.column} = {remaining} AND {same}"
        moved += f" AND NOT EXISTS ({twins})"
    await execute(
        "INSERT INTO merged_row (merge, place, number) "
        f"SELECT {number}, '{where.place}', t.id FROM {where.table} AS t WHERE {moved}"
    )
    await execute(
        f"UPDATE {where.table} SET {where.column} = {remaining} WHERE {where.column} = {merged} AND id IN ({_NOTED})",
        *(number, where.place),
    )


async def _widen(number: int, merged: int, remaining: int) -> None:
    """Gives the remaining account the wider right in each organization that both belong to."""
    for column, wider in _WIDER.items():
        place = f"membership.{column}"
        await execute(
            "INSERT INTO merged_row (merge, place, number, was) "
            f"SELECT {number}, '{place}', m.id, CAST(m.{column} AS VARCHAR(40)) FROM membership m "
            "JOIN membership their ON their.organization = m.organization AND their.confirmed_at IS NOT NULL "
            f"WHERE m.person = {remaining} AND their.person = {merged} AND {wider}"
        )
        await execute(
            f"UPDATE membership SET {column} = (SELECT their.{column} FROM membership their "
            f"WHERE their.person = {merged} AND their.organization = membership.organization) WHERE id IN ({_NOTED})",
            *(number, place),
        )


_NOTED = "SELECT number FROM merged_row WHERE merge = {} AND place = {}"
_WIDER = {
    "confirmed_at": "m.confirmed_at IS NULL AND m.removed_at IS NULL",
    "sees": f"{WIDTHS.format(row='their')} > {WIDTHS.format(row='m')}",
    "approves": "their.approves AND NOT m.approves",
    "manages": "their.manages AND NOT m.manages",
}
"""Conditions under which the other account's right is the wider one, by column."""


async def _give(number: int, merged: int, remaining: int) -> None:
    """Gives the remaining account the password and the zone of the other one, if it has none."""
    await execute(
        "UPDATE account_merge SET gave_zone = (SELECT count(*) FROM person old JOIN person kept ON kept.id = {} "
        "WHERE old.id = {} AND old.zone IS NOT NULL AND kept.zone IS NULL) > 0 WHERE id = {}",
        *(remaining, merged, number),
    )
    await execute(
        "UPDATE person SET password = COALESCE(password, (SELECT old.password FROM person old WHERE old.id = {})), "
        "zone = COALESCE(zone, (SELECT old.zone FROM person old WHERE old.id = {})) WHERE id = {}",
        *(merged, merged, remaining),
    )
