"""The agents' desk: who was offered a ticket, who looks at it, what is being written, tags, views, canned replies."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-24T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The agents' desk"

TABLES = """
CREATE TABLE IF NOT EXISTS visit (
    id {bigserial}, person INTEGER NOT NULL REFERENCES person, ticket BIGINT NOT NULL REFERENCES ticket,
    at {time} NOT NULL, UNIQUE (person, ticket)
);
CREATE INDEX IF NOT EXISTS visit_ticket ON visit (ticket, at);
CREATE INDEX IF NOT EXISTS visit_recent ON visit (person, at DESC);
CREATE TABLE IF NOT EXISTS unsent (
    id {bigserial}, person INTEGER NOT NULL REFERENCES person, ticket BIGINT NOT NULL REFERENCES ticket,
    noun VARCHAR(20) NOT NULL, body TEXT NOT NULL, at {time} NOT NULL, UNIQUE (person, ticket, noun)
);
CREATE INDEX IF NOT EXISTS unsent_at ON unsent (at);
CREATE TABLE IF NOT EXISTS tag (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, name VARCHAR(40) NOT NULL, UNIQUE (ticket, name)
);
CREATE INDEX IF NOT EXISTS tag_name ON tag (name, ticket);
CREATE TABLE IF NOT EXISTS remark (
    id {serial}, person INTEGER REFERENCES person, organization INTEGER REFERENCES organization,
    body TEXT NOT NULL, author INTEGER NOT NULL REFERENCES person, at {time} NOT NULL
);
CREATE INDEX IF NOT EXISTS remark_person ON remark (person, id);
CREATE INDEX IF NOT EXISTS remark_organization ON remark (organization, id);
CREATE TABLE IF NOT EXISTS saved_view (
    id {serial}, name VARCHAR(60) NOT NULL, person INTEGER NOT NULL REFERENCES person,
    team INTEGER REFERENCES team, query VARCHAR(500) NOT NULL
);
CREATE INDEX IF NOT EXISTS saved_view_person ON saved_view (person);
CREATE INDEX IF NOT EXISTS saved_view_team ON saved_view (team);
CREATE TABLE IF NOT EXISTS canned (
    id {serial}, name VARCHAR(60) NOT NULL, body TEXT NOT NULL, is_note BOOLEAN NOT NULL, takes BOOLEAN NOT NULL,
    priority VARCHAR(10), team INTEGER REFERENCES team, tag VARCHAR(40) NOT NULL, ends VARCHAR(10) NOT NULL
);
CREATE INDEX IF NOT EXISTS ticket_team_status ON ticket (team, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_assignee_status ON ticket (assignee, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_category_status ON ticket (category, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_priority_status ON ticket (priority, status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_queue ON ticket (team, status, updated_at DESC, id DESC) WHERE assignee IS NULL;
CREATE INDEX IF NOT EXISTS ticket_unassigned ON ticket (status, updated_at DESC, id DESC) WHERE assignee IS NULL;
CREATE INDEX IF NOT EXISTS ticket_offered ON ticket (offered_to, status, updated_at DESC, id DESC)
    WHERE offered_to IS NOT NULL
"""


async def _create() -> None:
    types = {
        "serial": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY"),
        "bigserial": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY"),
        "time": "TIMESTAMPTZ",
    }
    await add_column("ticket", "offered_to", "INTEGER REFERENCES person")
    for statement in TABLES.format(**types).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(_create)
    return manager
