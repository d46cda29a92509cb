"""Help centres that leads bring in by page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T07:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Imports of articles"

TABLES = """
CREATE TABLE IF NOT EXISTS article_import (
    id {number}, person INTEGER NOT NULL REFERENCES person, name VARCHAR(300) NOT NULL, sha256 VARCHAR(64) NOT NULL,
    size BIGINT NOT NULL, made_at {time} NOT NULL, form_key VARCHAR(64), audience VARCHAR(15) NOT NULL DEFAULT 'agents',
    section VARCHAR(300) NOT NULL DEFAULT '', state VARCHAR(10) NOT NULL DEFAULT 'checking',
    run INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, same INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0, report TEXT NOT NULL DEFAULT '[]', claimed_until {time}, finished_at {time},
    error VARCHAR(30) NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS article_import_form_key ON article_import (form_key);
CREATE INDEX IF NOT EXISTS article_import_running ON article_import (id) WHERE state IN ('checking', 'importing');
CREATE INDEX IF NOT EXISTS article_import_sha256 ON article_import (sha256)
"""


async def create() -> None:
    number = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES.format(number=number, time=time).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
