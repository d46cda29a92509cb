"""How an agent's lists look: the columns of each, and whether the rows of all of them have more room."""

from collections.abc import Sequence

from web.database import execute, transaction
from web.people.permissions import Actor


async def save_look(view: str, columns: Sequence[str], *, is_roomy: bool, by: Actor) -> None:
    async with transaction():
        await execute(
            "INSERT INTO list_look (person, list, columns, is_roomy) VALUES ({}, {}, {}, {}) "
            "ON CONFLICT (person, list) DO UPDATE SET columns = excluded.columns",
            *(by.id, view, ",".join(columns), is_roomy),
        )
        await execute("UPDATE list_look SET is_roomy = {} WHERE person = {}", is_roomy, by.id)
