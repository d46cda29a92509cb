"""When agents were last shown a ticket, apart from when they last had it open."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-30T09:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What of a ticket was read"


async def add() -> None:
    await add_column("visit", "read_at", "TIMESTAMPTZ")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(add)
    return manager
