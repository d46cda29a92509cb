"""What a list reads of an unassigned ticket is in the index that it walks along."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-12-01T12:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Wider indexes of unassigned tickets"

INDEXES = """
DROP INDEX IF EXISTS ticket_queue;
CREATE INDEX ticket_queue ON ticket (team, status, updated_at DESC, id DESC, offered_to, assignee)
    WHERE assignee IS NULL;
DROP INDEX IF EXISTS ticket_unassigned;
CREATE INDEX ticket_unassigned ON ticket (
    status, updated_at DESC, id DESC, team, requester, author, submitted_at, assignee
) WHERE assignee IS NULL
"""


async def create() -> None:
    for statement in INDEXES.split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
