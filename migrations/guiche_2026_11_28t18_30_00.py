"""When a worker was last alive."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Heartbeat of the worker"


async def create() -> None:
    instant = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS worker_heartbeat (id INTEGER PRIMARY KEY, at {instant} NOT NULL)"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
