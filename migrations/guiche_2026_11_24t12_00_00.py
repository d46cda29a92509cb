"""Along what robots work a queue: by rank, then by number."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-24T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Queues by rank"

QUEUE = """
CREATE INDEX IF NOT EXISTS ticket_queue_rank ON ticket (
    team, (CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END), id
) WHERE assignee IS NULL AND status IN ('new', 'open')
"""


async def create() -> None:
    await database().run_ddl(QUEUE)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
