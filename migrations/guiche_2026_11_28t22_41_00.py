"""Copies of people's data, requests to erase it, and the indexes by which their mail is found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T22:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Privacy"

TABLES = """
CREATE TABLE IF NOT EXISTS data_export (
    id {number}, person INTEGER NOT NULL REFERENCES person, asked_at {time} NOT NULL, due_at {time} NOT NULL,
    ready_at {time}, sha256 VARCHAR(64), size BIGINT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS data_export_person ON data_export (person);
CREATE INDEX IF NOT EXISTS data_export_sha256 ON data_export (sha256);
CREATE TABLE IF NOT EXISTS erasure_request (
    id {number}, person INTEGER NOT NULL REFERENCES person, asked_at {time} NOT NULL, due_at {time} NOT NULL,
    withdrawn_at {time}, done_at {time}, done_by INTEGER REFERENCES person
);
CREATE UNIQUE INDEX IF NOT EXISTS erasure_request_open ON erasure_request (person)
    WHERE withdrawn_at IS NULL AND done_at IS NULL;
CREATE INDEX IF NOT EXISTS erasure_request_person ON erasure_request (person);
CREATE INDEX IF NOT EXISTS data_export_waiting ON data_export (due_at, id) WHERE ready_at IS NULL;
CREATE INDEX IF NOT EXISTS data_export_ready ON data_export (ready_at);
CREATE INDEX IF NOT EXISTS inbound_mail_from ON inbound_mail (sender) WHERE sender <> '';
CREATE INDEX IF NOT EXISTS outgoing_person ON outgoing (person) WHERE person IS NOT NULL
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
