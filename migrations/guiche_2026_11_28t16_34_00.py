"""The zone in which a person reads times, and the calendar whose zone an organization reads in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-28T16:34:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Zones of readers"


async def create() -> None:
    await add_column("person", "zone", "VARCHAR(60)")
    await add_column("organization", "calendar", "INTEGER")
    await database().run_ddl("CREATE INDEX IF NOT EXISTS organization_calendar ON organization (calendar, name)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
