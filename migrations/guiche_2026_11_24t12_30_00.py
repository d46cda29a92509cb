"""Who of the desk asked a customer's organization for leave to go on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-24T12:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Approvals asked for by the desk"


async def create() -> None:
    await add_column("ticket", "approval_asked_by", "INTEGER REFERENCES person")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
