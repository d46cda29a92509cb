"""Conversations: which category attends chats, and whose turn each chat is."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-29T06:17:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Chats are tickets that are answered at once"

INDEXES = (
    "CREATE INDEX IF NOT EXISTS ticket_attend ON ticket (attend_at, id) WHERE attend_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS ticket_attended_by ON ticket (assignee) WHERE attend_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS ticket_chat_of ON ticket (requester, id) WHERE channel = 'chat'",
)


async def create() -> None:
    await add_column("place", "chat", "INTEGER")
    await add_column("ticket", "attend_at", "TIMESTAMPTZ")
    for statement in INDEXES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
