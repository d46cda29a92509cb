"""The place: name, look and ways of contact of the institution, and its pictures."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T18:19:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The place"


async def create() -> None:
    await database().run_ddl(
        "CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, "
        "name VARCHAR(80) NOT NULL, title VARCHAR(120) NOT NULL, text TEXT NOT NULL, accent VARCHAR(7) NOT NULL, "
        "channels TEXT NOT NULL, links TEXT NOT NULL, logo VARCHAR(64), icon VARCHAR(64))"
    )
    await database().run_ddl(
        "CREATE TABLE IF NOT EXISTS place_picture (sha256 VARCHAR(64) PRIMARY KEY, kind VARCHAR(4) NOT NULL, "
        f"width INTEGER NOT NULL, height INTEGER NOT NULL, content {dialect(sqlite='BLOB', postgres='BYTEA')} NOT NULL)"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
