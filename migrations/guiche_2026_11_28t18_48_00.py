"""Workflows that leads shaped, every version of each."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T18:48:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Versions of workflows"

TABLES = """
CREATE TABLE IF NOT EXISTS workflow_version (
    id {serial}, category INTEGER NOT NULL REFERENCES category, name VARCHAR(40) NOT NULL,
    preset VARCHAR(40) NOT NULL, rules TEXT NOT NULL, timers TEXT NOT NULL, labels TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person, at TIMESTAMPTZ NOT NULL, is_current BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS workflow_version_current ON workflow_version (name) WHERE is_current;
CREATE INDEX IF NOT EXISTS workflow_version_category ON workflow_version (category, id DESC)
"""


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    for statement in TABLES.format(serial=serial).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
