"""The order in which categories, topics and fields are offered."""

from typing import Literal

from web.database import execute, fetch_column
from web.settings_log.recording import Values
from web.sql import literal, literals


async def last(table: str, of: str = "1 = 1") -> int:
    """The position after all others of the table that meet `of`, a condition."""
    return (await fetch_column(int, f"SELECT COALESCE(max(position) + 1, 0) AS place FROM {table} WHERE {of}"))[0]


Where = Literal["up", "down"] | int | None
"""One place up or down, or to a place counted from 1, past the end the last; None stays."""


async def move(
    table: str, number: int, *, to: Where, of: str = "1 = 1", name: str = "name"
) -> tuple[Values, Values] | None:
    """Moves a row among the rows of `of`. Returns its positions before and after; None if it stays."""
    order = f"SELECT id FROM {table} WHERE {of} ORDER BY is_active DESC, position, {name}, id"
    numbers = await fetch_column(int, order)
    old = numbers.index(number)
    new = old - 1 if to == "up" else old + 1 if to == "down" else old if to is None else to - 1
    new = min(max(new, 0), len(numbers) - 1)
    if new == old:
        return None
    numbers.insert(new, numbers.pop(old))
    places = " ".join(f"WHEN {literal(each)} THEN {place}" for place, each in enumerate(numbers))
    await execute(f"UPDATE {table} SET position = CASE id {places} END WHERE id IN ({literals(numbers)})")
    return {"position": old + 1}, {"position": new + 1}
