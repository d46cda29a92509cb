"""Links found by their person, organizations by their name."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T22:42:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Links by person, organizations by name"

INDEXES = """
CREATE INDEX IF NOT EXISTS one_time_link_person ON one_time_link (person);
CREATE INDEX IF NOT EXISTS organization_name ON organization (name)
"""


async def create() -> None:
    for statement in INDEXES.split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
