"""What each agent's lists look like: columns in their order, and how much room a row has."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T10:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Looks of lists"


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS list_look (id {serial}, person INTEGER NOT NULL REFERENCES person, "
        "list VARCHAR(12) NOT NULL, columns VARCHAR(300) NOT NULL, is_roomy BOOLEAN NOT NULL)"
    )
    await database().run_ddl("CREATE UNIQUE INDEX IF NOT EXISTS list_look_person ON list_look (person, list)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
