"""Where one learns more of categories and topics."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T22:57:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Help links of the request form"


async def create() -> None:
    await add_column("place", "category_help", "VARCHAR(200) NOT NULL DEFAULT ''")
    await add_column("place", "topic_help", "VARCHAR(200) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
