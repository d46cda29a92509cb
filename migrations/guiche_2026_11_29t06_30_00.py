"""Kiosks, visits of people at them, and codes to follow a ticket."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T06:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Kiosks"

TABLES = (
    """
CREATE TABLE IF NOT EXISTS kiosk (
    id {short}, name VARCHAR(100) NOT NULL, organization INTEGER REFERENCES organization,
    team INTEGER REFERENCES team, words VARCHAR(300) NOT NULL DEFAULT '',
    is_accessible BOOLEAN NOT NULL DEFAULT false, link_hash VARCHAR(64), link_ends_at {time},
    binding INTEGER NOT NULL DEFAULT 0, token_hash VARCHAR(64), next_hash VARCHAR(64), turned_at {time},
    seen_at {time}, retired_at {time}, form_key VARCHAR(64)
)
""",
    """
CREATE TABLE IF NOT EXISTS kiosk_category (
    id {short}, kiosk INTEGER NOT NULL REFERENCES kiosk, category INTEGER NOT NULL REFERENCES category
)
""",
    """
CREATE TABLE IF NOT EXISTS kiosk_visit (
    id {short}, token_hash VARCHAR(64) NOT NULL, kiosk INTEGER REFERENCES kiosk,
    person INTEGER NOT NULL REFERENCES person, ticket BIGINT REFERENCES ticket, code TEXT NOT NULL DEFAULT '',
    ends_at {time} NOT NULL
)
""",
    """
CREATE TABLE IF NOT EXISTS follow_code (
    id {long}, ticket BIGINT NOT NULL REFERENCES ticket, person INTEGER NOT NULL REFERENCES person,
    code_hash VARCHAR(64) NOT NULL, claim_hash VARCHAR(64), claim_ends_at {time},
    address VARCHAR(254) NOT NULL DEFAULT ''
)
""",
)
INDEXES = (
    "CREATE UNIQUE INDEX IF NOT EXISTS kiosk_form_key ON kiosk (form_key)",
    "CREATE UNIQUE INDEX IF NOT EXISTS kiosk_link ON kiosk (link_hash)",
    "CREATE UNIQUE INDEX IF NOT EXISTS kiosk_category_pair ON kiosk_category (kiosk, category)",
    "CREATE INDEX IF NOT EXISTS kiosk_category_category ON kiosk_category (category)",
    "CREATE UNIQUE INDEX IF NOT EXISTS kiosk_visit_token ON kiosk_visit (token_hash)",
    "CREATE INDEX IF NOT EXISTS kiosk_visit_kiosk ON kiosk_visit (kiosk)",
    "CREATE INDEX IF NOT EXISTS kiosk_visit_person ON kiosk_visit (person)",
    "CREATE INDEX IF NOT EXISTS kiosk_visit_ticket ON kiosk_visit (ticket)",
    "CREATE INDEX IF NOT EXISTS kiosk_visit_over ON kiosk_visit (ends_at)",
    "CREATE UNIQUE INDEX IF NOT EXISTS follow_code_ticket ON follow_code (ticket)",
    "CREATE UNIQUE INDEX IF NOT EXISTS follow_code_claim ON follow_code (claim_hash)",
    "CREATE INDEX IF NOT EXISTS follow_code_person ON follow_code (person)",
)


async def create() -> None:
    short = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    long = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES:
        await database().run_ddl(statement.format(short=short, long=long, time=time))
    for statement in INDEXES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
