"""The first tables: people, tickets, messages out, and the index that search reads."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-22T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "First tables"

FIRST_TICKET = 10_000

TABLES = """
CREATE TABLE IF NOT EXISTS person (
    id {serial}, name VARCHAR(200) NOT NULL, role VARCHAR(20) NOT NULL, is_robot BOOLEAN NOT NULL,
    password VARCHAR(200), is_active BOOLEAN NOT NULL, created_at {time} NOT NULL
);
CREATE TABLE IF NOT EXISTS identity (
    id {serial}, person INTEGER NOT NULL REFERENCES person, kind VARCHAR(10) NOT NULL,
    value VARCHAR(254) NOT NULL UNIQUE, verified_at {time}
);
CREATE INDEX IF NOT EXISTS identity_person ON identity (person);
CREATE TABLE IF NOT EXISTS organization (
    id {serial}, name VARCHAR(200) NOT NULL, cnpj VARCHAR(14) NOT NULL UNIQUE, root VARCHAR(8) NOT NULL
);
CREATE INDEX IF NOT EXISTS organization_root ON organization (root);
CREATE TABLE IF NOT EXISTS membership (
    id {serial}, person INTEGER NOT NULL REFERENCES person, organization INTEGER NOT NULL REFERENCES organization,
    sees VARCHAR(20) NOT NULL, approves BOOLEAN NOT NULL, manages BOOLEAN NOT NULL, confirmed_at {time},
    UNIQUE (person, organization)
);
CREATE INDEX IF NOT EXISTS membership_organization ON membership (organization);
CREATE TABLE IF NOT EXISTS team (
    id {serial}, name VARCHAR(100) NOT NULL, tier INTEGER NOT NULL, is_confidential BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS team_member (
    id {serial}, team INTEGER NOT NULL REFERENCES team, person INTEGER NOT NULL REFERENCES person,
    UNIQUE (person, team)
);
CREATE TABLE IF NOT EXISTS session (
    id {serial}, token_hash VARCHAR(64) NOT NULL UNIQUE, person INTEGER NOT NULL REFERENCES person,
    started_at {time} NOT NULL, seen_at {time} NOT NULL, ends_at {time} NOT NULL,
    browser VARCHAR(200) NOT NULL, network VARCHAR(50) NOT NULL
);
CREATE INDEX IF NOT EXISTS session_person ON session (person);
CREATE INDEX IF NOT EXISTS session_ends ON session (ends_at);
CREATE TABLE IF NOT EXISTS link_request (
    id {serial}, purpose VARCHAR(20) NOT NULL, identifier VARCHAR(254) NOT NULL, name VARCHAR(200) NOT NULL,
    cnpj VARCHAR(14) NOT NULL, asked_at {time} NOT NULL
);
CREATE TABLE IF NOT EXISTS one_time_link (
    id {serial}, token_hash VARCHAR(64) UNIQUE, purpose VARCHAR(20) NOT NULL, person INTEGER REFERENCES person,
    address VARCHAR(254) NOT NULL, name VARCHAR(200) NOT NULL, cnpj VARCHAR(14) NOT NULL,
    made_at {time} NOT NULL, ends_at {time} NOT NULL
);
CREATE INDEX IF NOT EXISTS one_time_link_address ON one_time_link (address);
CREATE TABLE IF NOT EXISTS bucket (
    key VARCHAR(120) NOT NULL PRIMARY KEY, level DOUBLE PRECISION NOT NULL, filled_at DOUBLE PRECISION NOT NULL,
    is_refused BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS kept_form (
    id {serial}, token_hash VARCHAR(64) NOT NULL UNIQUE, person INTEGER NOT NULL REFERENCES person,
    address VARCHAR(500) NOT NULL, fields TEXT NOT NULL, kept_at {time} NOT NULL
);
CREATE TABLE IF NOT EXISTS category (
    id {serial}, name VARCHAR(100) NOT NULL, workflow VARCHAR(40) NOT NULL, team INTEGER REFERENCES team,
    needs_approval BOOLEAN NOT NULL, position INTEGER NOT NULL, is_active BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS topic (
    id {serial}, category INTEGER NOT NULL REFERENCES category, name VARCHAR(100) NOT NULL,
    position INTEGER NOT NULL, is_active BOOLEAN NOT NULL
);
CREATE INDEX IF NOT EXISTS topic_category ON topic (category);
CREATE TABLE IF NOT EXISTS ticket (
    id {bigserial}, title VARCHAR(200) NOT NULL,
    category INTEGER REFERENCES category, topic INTEGER REFERENCES topic, priority VARCHAR(10) NOT NULL,
    author INTEGER NOT NULL REFERENCES person, requester INTEGER NOT NULL REFERENCES person,
    primary_contact INTEGER NOT NULL REFERENCES person, organization INTEGER REFERENCES organization,
    team INTEGER REFERENCES team, assignee INTEGER REFERENCES person, channel VARCHAR(10) NOT NULL,
    status VARCHAR(10) NOT NULL, wait VARCHAR(10), wait_until {time}, resolution VARCHAR(20),
    workflow VARCHAR(40) NOT NULL, is_answered BOOLEAN NOT NULL, created_at {time} NOT NULL, submitted_at {time},
    updated_at {time} NOT NULL, resolved_at {time}, closed_at {time}, wakes_at {time}
);
CREATE INDEX IF NOT EXISTS ticket_requester ON ticket (requester, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_organization ON ticket (organization, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_updated ON ticket (updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_status ON ticket (status, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_draft ON ticket (author, updated_at DESC, id DESC) WHERE status = 'draft';
CREATE INDEX IF NOT EXISTS ticket_assignee ON ticket (assignee, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_team ON ticket (team, updated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS ticket_wakes ON ticket (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS message (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, kind VARCHAR(10) NOT NULL,
    author INTEGER NOT NULL REFERENCES person, body TEXT NOT NULL, at {time} NOT NULL,
    is_resolution BOOLEAN NOT NULL
);
CREATE INDEX IF NOT EXISTS message_ticket ON message (ticket, id);
CREATE TABLE IF NOT EXISTS attachment (
    id {bigserial}, message BIGINT REFERENCES message, person INTEGER NOT NULL REFERENCES person,
    name VARCHAR(150) NOT NULL, media_type VARCHAR(100) NOT NULL, size BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL, at {time} NOT NULL
);
CREATE INDEX IF NOT EXISTS attachment_message ON attachment (message);
CREATE INDEX IF NOT EXISTS attachment_sha256 ON attachment (sha256);
CREATE INDEX IF NOT EXISTS attachment_pending ON attachment (person, at) WHERE message IS NULL;
CREATE TABLE IF NOT EXISTS event (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, kind VARCHAR(20) NOT NULL,
    actor INTEGER NOT NULL REFERENCES person, at {time} NOT NULL, audience VARCHAR(10) NOT NULL,
    data TEXT NOT NULL, message BIGINT REFERENCES message, cause BIGINT, key VARCHAR(64), announced_at {time}
);
CREATE INDEX IF NOT EXISTS event_ticket ON event (ticket, id);
CREATE INDEX IF NOT EXISTS event_message ON event (message);
CREATE UNIQUE INDEX IF NOT EXISTS event_key ON event (actor, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_unannounced ON event (id) WHERE announced_at IS NULL;
CREATE TABLE IF NOT EXISTS participant (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, person INTEGER NOT NULL REFERENCES person,
    address VARCHAR(254) NOT NULL, added_by INTEGER NOT NULL REFERENCES person, at {time} NOT NULL,
    UNIQUE (ticket, person)
);
CREATE INDEX IF NOT EXISTS participant_person ON participant (person, ticket);
CREATE TABLE IF NOT EXISTS link (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, other BIGINT NOT NULL REFERENCES ticket,
    kind VARCHAR(20) NOT NULL, at {time} NOT NULL, UNIQUE (ticket, other, kind)
);
CREATE INDEX IF NOT EXISTS link_other ON link (other);
CREATE TABLE IF NOT EXISTS approval (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, decided_by INTEGER REFERENCES person,
    is_approved BOOLEAN, reason TEXT, at {time}
);
CREATE INDEX IF NOT EXISTS approval_ticket ON approval (ticket);
CREATE TABLE IF NOT EXISTS rating (
    id {bigserial}, ticket BIGINT NOT NULL REFERENCES ticket, person INTEGER NOT NULL REFERENCES person,
    service INTEGER NOT NULL CHECK (service BETWEEN 1 AND 5), quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),
    comment TEXT NOT NULL, at {time} NOT NULL, edited_at {time}
);
CREATE INDEX IF NOT EXISTS rating_ticket ON rating (ticket);
CREATE TABLE IF NOT EXISTS outgoing (
    id {serial}, recipient VARCHAR(254) NOT NULL, subject VARCHAR(300) NOT NULL, body TEXT NOT NULL,
    made_at {time} NOT NULL, sent_at {time}, attempts INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS outgoing_unsent ON outgoing (id) WHERE sent_at IS NULL;
"""

SQLITE_ONLY = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS ticket_search
    USING fts5 (title, body, notes, scope, tokenize = 'ascii', prefix = '2 3 4', detail = 'column');
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'ticket', {FIRST_TICKET} WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'ticket');
"""

POSTGRES_ONLY = f"""
CREATE TABLE IF NOT EXISTS ticket_search (ticket BIGINT PRIMARY KEY, document TSVECTOR NOT NULL);
CREATE INDEX IF NOT EXISTS ticket_search_document ON ticket_search USING gin (document);
SELECT setval('ticket_id_seq', GREATEST((SELECT last_value FROM ticket_id_seq), {FIRST_TICKET}));
"""

SYSTEM_PERSON = """
INSERT INTO person (id, name, role, is_robot, is_active, created_at)
    SELECT 1, 'Guichê', 'system', true, true, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = 1);
"""


async def create_tables() -> None:
    types = {
        "serial": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY"),
        "bigserial": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY"),
        "time": "TIMESTAMPTZ",
    }
    own = dialect(
        sqlite=SQLITE_ONLY + SYSTEM_PERSON.replace("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP || '.000000+00:00'"),
        postgres=POSTGRES_ONLY + SYSTEM_PERSON + "SELECT setval('person_id_seq', 1);",
    )
    for statement in (TABLES.format(**types) + own).split(";"):
        if statement.strip():
            await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create_tables)
    return manager
