"""Notices on people's pages, and messages about events on their way out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-28T18:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices"

NOTICES = """
CREATE TABLE IF NOT EXISTS notice (
    id {serial}, person INTEGER NOT NULL REFERENCES person, event BIGINT NOT NULL REFERENCES event,
    ticket BIGINT NOT NULL REFERENCES ticket, occasion VARCHAR(20) NOT NULL, at {time} NOT NULL, read_at {time}
)
"""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS team_member_of_team ON team_member (team, person)",
    "CREATE UNIQUE INDEX IF NOT EXISTS notice_once ON notice (event, person)",
    "CREATE INDEX IF NOT EXISTS notice_of_person ON notice (person, id)",
    "CREATE INDEX IF NOT EXISTS notice_unread ON notice (person) WHERE read_at IS NULL",
    "CREATE INDEX IF NOT EXISTS notice_of_ticket ON notice (ticket, person) WHERE read_at IS NULL",
    "CREATE UNIQUE INDEX IF NOT EXISTS outgoing_once ON outgoing (event, person) WHERE event IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS outgoing_waiting ON outgoing (urgency, due_at, id) WHERE state = 'waiting'",
    "CREATE INDEX IF NOT EXISTS outgoing_message_id ON outgoing (message_id) WHERE message_id <> ''",
)


async def create() -> None:
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    await database().run_ddl(NOTICES.format(time=time, serial=serial))
    for name, kind in (
        ("event", "BIGINT REFERENCES event"),
        ("person", "INTEGER REFERENCES person"),
        ("occasion", "VARCHAR(20)"),
        ("urgency", "SMALLINT NOT NULL DEFAULT 0"),
        ("due_at", time),
        ("state", "VARCHAR(10) NOT NULL DEFAULT 'waiting'"),
        ("error", "VARCHAR(300) NOT NULL DEFAULT ''"),
        ("message_id", "VARCHAR(200) NOT NULL DEFAULT ''"),
    ):
        await add_column("outgoing", name, kind)
    # Nobody is told now of what happened before anybody could be told.
    await database().run_ddl("UPDATE event SET announced_at = at WHERE announced_at IS NULL")
    await database().run_ddl("UPDATE outgoing SET state = 'sent' WHERE sent_at IS NOT NULL")
    await database().run_ddl("UPDATE outgoing SET due_at = made_at WHERE due_at IS NULL")
    for index in INDEXES:
        await database().run_ddl(index)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
