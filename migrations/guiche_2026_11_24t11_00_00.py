"""Keys of robots and the indexes along which they find their work; what reports are made from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect, fetch

ID = "2026-11-24T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of robots and reports"

STATEMENTS = """
CREATE TABLE IF NOT EXISTS api_key (
    id {serial}, person INTEGER NOT NULL REFERENCES person, name VARCHAR(100) NOT NULL,
    token_hash VARCHAR(64) NOT NULL UNIQUE, scopes VARCHAR(200) NOT NULL, made_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ, used_at TIMESTAMPTZ, revoked_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS api_key_person ON api_key (person);
CREATE INDEX IF NOT EXISTS ticket_held ON ticket (assignee, id) WHERE status IN ('open', 'waiting');
CREATE INDEX IF NOT EXISTS ticket_submitted ON ticket (submitted_at);
CREATE INDEX IF NOT EXISTS event_reopened ON event (ticket) WHERE data LIKE '%"from": "resolved", "to": "open"%';
"""

ANSWERED = """
UPDATE ticket SET answered_at = (
    SELECT min(message.at) FROM message JOIN person ON person.id = message.author
    WHERE message.ticket = ticket.id AND message.kind = 'reply' AND person.role <> 'requester'
    AND person.id <> ticket.requester
) WHERE is_answered AND answered_at IS NULL
"""


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    for statement in STATEMENTS.format(serial=serial).split(";"):
        if statement.strip():
            await database().run_ddl(statement)
    await add_column("ticket", "answered_at", "TIMESTAMPTZ")
    await fetch(ANSWERED)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
