"""The index along which wishes for a link are taken back from whoever leaves."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T01:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of wishes for a link by person"


async def create() -> None:
    await database().run_ddl(
        "CREATE INDEX IF NOT EXISTS link_request_person ON link_request (person) WHERE person IS NOT NULL"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
