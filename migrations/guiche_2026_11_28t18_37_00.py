"""What categories and topics decide about a request, and who may use a category."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-28T18:37:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Categories set by page"

AUDIENCE = """
CREATE TABLE IF NOT EXISTS category_organization (
    id {serial}, category INTEGER NOT NULL REFERENCES category, organization INTEGER NOT NULL REFERENCES organization,
    UNIQUE (category, organization)
)
"""


async def create() -> None:
    await add_column("category", "calendar", "INTEGER")
    await add_column("category", "priority", "VARCHAR(10)")
    await add_column("category", "audience", "VARCHAR(20) NOT NULL DEFAULT 'everybody'")
    await add_column("topic", "team", "INTEGER REFERENCES team")
    await add_column("topic", "priority", "VARCHAR(10)")
    await add_column("topic", "needs_approval", "BOOLEAN NOT NULL DEFAULT false")
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    await database().run_ddl(AUDIENCE.format(serial=serial))


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
