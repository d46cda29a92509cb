"""The log of settings, which the database keeps from being changed, and the index of its words."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect
from web.engines.sqlite import SQLite

ID = "2026-11-28T18:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Log of settings"

TABLES = """
CREATE TABLE IF NOT EXISTS setting_change (
    id {serial}, kind VARCHAR(20) NOT NULL, subject BIGINT NOT NULL, name VARCHAR(300) NOT NULL,
    before TEXT, after TEXT, person INTEGER NOT NULL REFERENCES person, at TIMESTAMPTZ NOT NULL
);
CREATE INDEX IF NOT EXISTS setting_change_kind ON setting_change (kind, id DESC);
CREATE INDEX IF NOT EXISTS setting_change_person ON setting_change (person, id DESC);
CREATE TABLE IF NOT EXISTS setting_word (
    word VARCHAR(100) {by_byte} NOT NULL, change BIGINT NOT NULL, PRIMARY KEY (word, change)
)
"""

SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS setting_change_no_{event} BEFORE {event} ON setting_change "
    "BEGIN SELECT RAISE(ABORT, 'the log of settings is never changed'); END"
    for event in ("update", "delete")
)

POSTGRES = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log of settings is never changed' USING ERRCODE = 'check_violation'; END $$",
    "DROP TRIGGER IF EXISTS setting_change_kept ON setting_change",
    "CREATE TRIGGER setting_change_kept BEFORE UPDATE OR DELETE ON setting_change "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
)


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    by_byte = dialect(sqlite="", postgres='COLLATE "C"')
    for statement in TABLES.format(serial=serial, by_byte=by_byte).split(";"):
        await database().run_ddl(statement)
    for statement in SQLITE if isinstance(database(), SQLite) else POSTGRES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
