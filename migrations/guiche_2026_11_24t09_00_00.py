"""Indexes for lists by status and by number."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-24T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Lists by status and by number"

INDEXES = """
CREATE INDEX IF NOT EXISTS ticket_organization_status ON ticket (organization, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_requester_status ON ticket (requester, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_organization_number ON ticket (organization, id DESC);
CREATE INDEX IF NOT EXISTS ticket_requester_number ON ticket (requester, id DESC);
"""


async def create_indexes() -> None:
    for statement in INDEXES.split(";"):
        if statement.strip():
            await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create_indexes)
    return manager
