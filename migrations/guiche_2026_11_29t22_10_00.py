"""Small pictures of stored ones, by the content that they show."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T22:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Thumbnails"


async def create() -> None:
    await database().run_ddl(
        "CREATE TABLE IF NOT EXISTS thumbnail (original VARCHAR(64) PRIMARY KEY, sha256 VARCHAR(64), size BIGINT)"
    )
    await database().run_ddl("CREATE INDEX IF NOT EXISTS thumbnail_sha256 ON thumbnail (sha256)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
