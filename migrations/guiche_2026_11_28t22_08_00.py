"""The signature of agents, and when they are away."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-28T22:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Signatures and absences"

TABLES = """
CREATE TABLE IF NOT EXISTS absence (
    id {number}, person INTEGER NOT NULL REFERENCES person, begins_at {instant} NOT NULL, ends_at {instant} NOT NULL,
    stand_in INTEGER NOT NULL REFERENCES person
);
CREATE UNIQUE INDEX IF NOT EXISTS absence_person ON absence (person);
CREATE INDEX IF NOT EXISTS absence_ends_at ON absence (ends_at)
"""


async def create() -> None:
    await add_column("person", "signature", "VARCHAR(500) NOT NULL DEFAULT ''")
    number = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    instant = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES.format(number=number, instant=instant).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
