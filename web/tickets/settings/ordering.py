"""The order in which categories, topics and fields are offered."""

from web.database import execute, fetch_column
from web.settings_log.recording import Values
from web.sql import literal, literals


async def last(table: str, of: str = "1 = 1") -> int:
    """The position after all others of the table that meet `of`, a condition."""
    return (await fetch_column(int, f"SELECT COALESCE(max(position) + 1, 0) AS place FROM {table} WHERE {of}"))[0]


async def move(
    table: str, number: int, *, up: bool, of: str = "1 = 1", name: str = "name"
) -> tuple[Values, Values] | None:
    """Swaps a row with its neighbour among the rows of `of`.

    Returns its positions before and after; None at the end.
    """
    order = f"SELECT id FROM {table} WHERE {of} ORDER BY is_active DESC, position, {name}, id"
    numbers = await fetch_column(int, order)
    old = numbers.index(number)
    new = old - 1 if up else old + 1
    if not 0 <= new < len(numbers):
        return None
    numbers[old], numbers[new] = numbers[new], numbers[old]
    places = " ".join(f"WHEN {literal(each)} THEN {place}" for place, each in enumerate(numbers))
    await execute(f"UPDATE {table} SET position = CASE id {places} END WHERE id IN ({literals(numbers)})")
    return {"position": old + 1}, {"position": new + 1}
