"""What the desk filters by, each along an index of its own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-24T13:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Channels and topics on the desk"

INDEXES = """
CREATE INDEX IF NOT EXISTS ticket_channel_status ON ticket (channel, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_topic_status ON ticket (topic, status, updated_at DESC, id DESC)
"""


async def create() -> None:
    for statement in INDEXES.split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
