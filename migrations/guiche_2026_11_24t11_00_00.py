"""Keys of robots, and the indexes along which robots find their work."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-24T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of robots"

STATEMENTS = """
CREATE TABLE IF NOT EXISTS api_key (
    id {serial}, person INTEGER NOT NULL REFERENCES person, name VARCHAR(100) NOT NULL,
    token_hash VARCHAR(64) NOT NULL UNIQUE, scopes VARCHAR(200) NOT NULL, made_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ, used_at TIMESTAMPTZ, revoked_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS api_key_person ON api_key (person);
CREATE INDEX IF NOT EXISTS ticket_queue ON ticket (
    team, (CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END), id
) WHERE assignee IS NULL AND status IN ('new', 'open');
CREATE INDEX IF NOT EXISTS ticket_held ON ticket (assignee, id) WHERE status IN ('open', 'waiting');
"""


async def create_keys() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    for statement in STATEMENTS.format(serial=serial).split(";"):
        if statement.strip():
            await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create_keys)
    return manager
