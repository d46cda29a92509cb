"""Notices of settings at fault, which name no ticket, and the mailbox by which an answer leaves."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect, fetch_column, within

ID = "2026-11-29T01:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices of settings"

REBUILT = """
CREATE TABLE notice_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person, event BIGINT REFERENCES event,
    ticket BIGINT REFERENCES ticket, occasion VARCHAR(20) NOT NULL, at TIMESTAMPTZ NOT NULL, read_at TIMESTAMPTZ
);
INSERT INTO notice_next (id, person, event, ticket, occasion, at, read_at)
SELECT id, person, event, ticket, occasion, at, read_at FROM notice;
DROP TABLE notice;
ALTER TABLE notice_next RENAME TO notice;
CREATE UNIQUE INDEX notice_once ON notice (event, person);
CREATE INDEX notice_of_person ON notice (person, id);
CREATE INDEX notice_unread ON notice (person) WHERE read_at IS NULL;
CREATE INDEX notice_of_ticket ON notice (ticket, person) WHERE read_at IS NULL
"""
"""SQLite can't take NOT NULL from a column."""

LOOSENED = "ALTER TABLE notice ALTER COLUMN event DROP NOT NULL; ALTER TABLE notice ALTER COLUMN ticket DROP NOT NULL"


async def create() -> None:
    bound = dialect(
        sqlite="SELECT 1 AS one FROM pragma_table_info('notice') WHERE name = 'ticket' AND [notnull]",
        postgres="SELECT 1 AS one",
    )
    if await fetch_column(int, bound):
        async with within():
            for statement in dialect(sqlite=REBUILT, postgres=LOOSENED).split(";"):
                await database().run_ddl(statement)
    await add_column("notice", "setting", "INTEGER")
    await add_column("notice", "name", "VARCHAR(300) NOT NULL DEFAULT ''")
    await add_column("outgoing", "mailbox", "INTEGER")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
