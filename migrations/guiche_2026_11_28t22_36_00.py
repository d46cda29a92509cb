"""Folders of replies made ready, and whose they are."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T22:36:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Folders and readers of canned replies"


async def create() -> None:
    await add_column("canned", "folder", "VARCHAR(60) NOT NULL DEFAULT ''")
    await add_column("canned", "owner", "INTEGER REFERENCES person")
    await add_column("canned", "readers", "INTEGER REFERENCES team")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
