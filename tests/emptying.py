"""Empties every table between tests, children before parents."""

from web.database import SQLite, database, transaction
from web.notices.tables import Outgoing
from web.people import tables as people
from web.tickets import tables as tickets

MADE_AT_FIRST = (" person", " calendar")
"""Tables whose first row is made by a migration: time's own person, the calendar everybody starts with."""


OFFICE_HOURS = (
    "UPDATE calendar SET name = 'Horário comercial', zone = 'America/Sao_Paulo', state = NULL, week = '["
    + "[[32400, 64800]], " * 5
    + "[], []]' WHERE id = 1"
)
"""As the migration made it."""


async def empty() -> None:
    names = [table._meta.tablename for table in (*people.TABLES, *tickets.TABLES, Outgoing)]
    statements = [f"DELETE FROM {name}" for name in ("ticket_search", *_children_first(names))]
    async with transaction():
        for statement in statements:
            await database().run_ddl(statement + (" WHERE id <> 1" if statement.endswith(MADE_AT_FIRST) else ""))
        await database().run_ddl(OFFICE_HOURS)


async def unsynced() -> None:
    """Nothing that a test writes has to outlive a power cut."""
    engine = database()
    if isinstance(engine, SQLite):
        await (await engine.writer()).execute("PRAGMA synchronous = OFF")


def _children_first(names: list[str]) -> list[str]:
    first = [
        *("visit", "unsent", "tag", "remark", "saved_view", "canned"),
        "attachment",
        "event",
        "participant",
        "link",
        "approval",
        "rating",
        "message",
        "ticket",
        "topic",
        "closure",
        "target",
        "category",
        "calendar",
    ]
    first += ["api_key", "session", "one_time_link", "kept_form", "membership", "team_member", "identity", "person"]
    return [*first, *(name for name in names if name not in first)]
