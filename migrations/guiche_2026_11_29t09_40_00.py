"""How many chats an agent attends at a time, and by which sound they are called."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-29T09:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Ceiling and sound of chats"


async def create() -> None:
    await add_column("place", "chat_ceiling", "INTEGER")
    await add_column("person", "chat_sound", "VARCHAR(10) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
