"""Whose account an address is to be added to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T19:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Addresses added to an account"


async def add() -> None:
    await add_column("link_request", "person", "INTEGER")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(add)
    return manager
