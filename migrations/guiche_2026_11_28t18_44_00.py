"""First steps that an administrator has passed over."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T18:44:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Passed steps"


async def create() -> None:
    await database().run_ddl(
        "CREATE TABLE IF NOT EXISTS passed_step (step VARCHAR(20) PRIMARY KEY, "
        "person INTEGER NOT NULL REFERENCES person (id), "
        f"at {dialect(sqlite='TIMESTAMP', postgres='TIMESTAMPTZ')} NOT NULL)"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
