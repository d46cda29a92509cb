"""Accounts that were merged, what moved with them, and the indexes along which it is found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T22:37:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Merged accounts"

TABLES = """
CREATE TABLE IF NOT EXISTS account_merge (
    id {number}, merged INTEGER NOT NULL REFERENCES person, remaining INTEGER NOT NULL REFERENCES person,
    was_active BOOLEAN NOT NULL, gave_password BOOLEAN NOT NULL, gave_zone BOOLEAN NOT NULL,
    person INTEGER NOT NULL REFERENCES person, at {time} NOT NULL, parted_by INTEGER REFERENCES person, parted_at {time}
);
CREATE INDEX IF NOT EXISTS account_merge_remaining ON account_merge (remaining);
CREATE UNIQUE INDEX IF NOT EXISTS account_merge_merged ON account_merge (merged) WHERE parted_at IS NULL;
CREATE INDEX IF NOT EXISTS account_merge_at ON account_merge (at);
CREATE TABLE IF NOT EXISTS merged_row (
    id {big_number}, merge INTEGER NOT NULL REFERENCES account_merge, place VARCHAR(40) NOT NULL,
    number BIGINT NOT NULL, was VARCHAR(40)
);
CREATE INDEX IF NOT EXISTS merged_row_merge ON merged_row (merge, place, number);
CREATE INDEX IF NOT EXISTS message_author ON message (author);
CREATE INDEX IF NOT EXISTS ticket_registered ON ticket (author) WHERE author <> requester;
CREATE INDEX IF NOT EXISTS ticket_contact ON ticket (primary_contact) WHERE primary_contact <> requester
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
