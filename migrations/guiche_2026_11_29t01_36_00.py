"""Replies that wait to be sent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-29T01:36:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Held replies"

TABLE = """
CREATE TABLE IF NOT EXISTS held_reply (
    id {number}, ticket BIGINT NOT NULL REFERENCES ticket, person INTEGER NOT NULL REFERENCES person,
    noun VARCHAR(20) NOT NULL, typed TEXT NOT NULL, seen BIGINT NOT NULL, key VARCHAR(64),
    held_at {time} NOT NULL, due_at {time} NOT NULL, kept_back_at {time}, why VARCHAR(40) NOT NULL DEFAULT ''
)
"""
INDEXES = (
    "CREATE INDEX IF NOT EXISTS held_reply_ticket ON held_reply (ticket)",
    "CREATE UNIQUE INDEX IF NOT EXISTS held_reply_key ON held_reply (person, key)",
    "CREATE INDEX IF NOT EXISTS held_reply_waiting ON held_reply (due_at) WHERE kept_back_at IS NULL",
    "CREATE INDEX IF NOT EXISTS attachment_held ON attachment (held) WHERE held IS NOT NULL",
)


async def create() -> None:
    number = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    await database().run_ddl(TABLE.format(number=number, time=time))
    await add_column("attachment", "held", "BIGINT")
    await add_column("person", "holds_replies", "BOOLEAN NOT NULL DEFAULT false")
    for statement in INDEXES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
