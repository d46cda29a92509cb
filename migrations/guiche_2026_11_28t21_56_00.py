"""The phones of people."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T21:56:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Phones"

TABLES = """
CREATE TABLE IF NOT EXISTS phone (
    id {number}, person INTEGER NOT NULL REFERENCES person, number VARCHAR(20) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS phone_person_number ON phone (person, number)
"""


async def create() -> None:
    number = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    for statement in TABLES.format(number=number).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
