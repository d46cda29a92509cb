"""Who made a robot's key, by which form, and who revoked it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-24T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Makers of keys"


async def create() -> None:
    await add_column("api_key", "made_by", "INTEGER REFERENCES person")
    await add_column("api_key", "revoked_by", "INTEGER REFERENCES person")
    await add_column("api_key", "form_key", "VARCHAR(64)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
