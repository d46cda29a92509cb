"""The words of a workflow for the desk."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T22:48:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Words of the desk"


async def create() -> None:
    await add_column("workflow_version", "desk_labels", "TEXT NOT NULL DEFAULT '{}'")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
