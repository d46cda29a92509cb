"""Imports of people and organizations, and their lines."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T22:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Imports of people"

TABLES = """
CREATE TABLE IF NOT EXISTS people_import (
    id {number}, person INTEGER NOT NULL REFERENCES person, name VARCHAR(300) NOT NULL, sha256 VARCHAR(64) NOT NULL,
    size BIGINT NOT NULL, made_at {time} NOT NULL, form_key VARCHAR(64),
    state VARCHAR(10) NOT NULL DEFAULT 'matching', sample TEXT NOT NULL, header SMALLINT NOT NULL,
    columns TEXT NOT NULL, invites BOOLEAN NOT NULL DEFAULT false, run INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, organizations INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, same INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0, claimed_until {time}, finished_at {time},
    error VARCHAR(30) NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS people_import_form_key ON people_import (form_key);
CREATE INDEX IF NOT EXISTS people_import_running ON people_import (id) WHERE state IN ('checking', 'importing');
CREATE INDEX IF NOT EXISTS people_import_sha256 ON people_import (sha256);
CREATE TABLE IF NOT EXISTS people_import_line (
    id {big_number}, people_import INTEGER NOT NULL REFERENCES people_import, line INTEGER NOT NULL,
    outcome VARCHAR(12) NOT NULL, name VARCHAR(200) NOT NULL, address VARCHAR(254) NOT NULL, reasons TEXT NOT NULL,
    invites BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS people_import_line_listed ON people_import_line (people_import, outcome, line);
CREATE INDEX IF NOT EXISTS people_import_line_address ON people_import_line (address);
CREATE INDEX IF NOT EXISTS people_import_line_invites ON people_import_line (id) WHERE invites
"""


async def create() -> None:
    kinds = dialect(
        sqlite={"number": "INTEGER PRIMARY KEY AUTOINCREMENT", "big_number": "INTEGER PRIMARY KEY AUTOINCREMENT"},
        postgres={"number": "SERIAL PRIMARY KEY", "big_number": "BIGSERIAL PRIMARY KEY"},
    )
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES.format(**kinds, time=time).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
