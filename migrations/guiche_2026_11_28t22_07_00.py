"""Fields of categories, and the values of tickets."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T22:07:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Fields"

TABLES = """
CREATE TABLE IF NOT EXISTS field (
    id {number}, category INTEGER NOT NULL REFERENCES category, topic INTEGER REFERENCES topic,
    kind VARCHAR(10) NOT NULL, label VARCHAR(100) NOT NULL, help VARCHAR(300) NOT NULL DEFAULT '',
    options TEXT NOT NULL DEFAULT '', requester_submission VARCHAR(10) NOT NULL, agent_submission VARCHAR(10) NOT NULL,
    agent_resolution VARCHAR(10) NOT NULL, is_public BOOLEAN NOT NULL DEFAULT true,
    is_active BOOLEAN NOT NULL DEFAULT true, position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS field_version ON field (version);
CREATE INDEX IF NOT EXISTS field_of_topic ON field (topic) WHERE topic IS NOT NULL;
CREATE TABLE IF NOT EXISTS field_value (
    id {big_number}, ticket BIGINT NOT NULL REFERENCES ticket, field INTEGER NOT NULL REFERENCES field,
    value TEXT NOT NULL, sort VARCHAR(100) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS field_value_of_ticket ON field_value (ticket, field, sort);
CREATE INDEX IF NOT EXISTS field_value_sorted ON field_value (field, sort, ticket)
"""


async def create() -> None:
    kinds = dialect(
        sqlite={"number": "INTEGER PRIMARY KEY AUTOINCREMENT", "big_number": "INTEGER PRIMARY KEY AUTOINCREMENT"},
        postgres={"number": "SERIAL PRIMARY KEY", "big_number": "BIGSERIAL PRIMARY KEY"},
    )
    for statement in TABLES.format(**kinds).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
