"""Calendars, what is promised on them, and what a ticket keeps of its time."""

import json

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect, fetch

ID = "2026-11-24T09:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Calendars and deadlines"

TABLES = """
CREATE TABLE IF NOT EXISTS calendar (
    id {serial}, name VARCHAR(100) NOT NULL, zone VARCHAR(60) NOT NULL, week TEXT NOT NULL, state VARCHAR(2)
);
CREATE TABLE IF NOT EXISTS closure (
    id {serial}, calendar INTEGER REFERENCES calendar, organization INTEGER REFERENCES organization,
    first_day VARCHAR(10) NOT NULL, last_day VARCHAR(10) NOT NULL, name VARCHAR(100) NOT NULL, hours TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS closure_calendar ON closure (calendar);
CREATE INDEX IF NOT EXISTS closure_organization ON closure (organization);
CREATE TABLE IF NOT EXISTS target (
    id {serial}, promise VARCHAR(20) NOT NULL, priority VARCHAR(10), category INTEGER REFERENCES category,
    amount INTEGER NOT NULL, unit VARCHAR(20) NOT NULL, calendar INTEGER NOT NULL REFERENCES calendar,
    pauses_for_team BOOLEAN NOT NULL, warns_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS target_category ON target (category);
"""

COLUMNS = {
    "ticket": {
        "lapses_at": "TIMESTAMPTZ",
        "lapses_to": "VARCHAR(10)",
        "answer_due": "TIMESTAMPTZ",
        "solve_due": "TIMESTAMPTZ",
        "solve_left": "INTEGER",
        "due_at": "TIMESTAMPTZ",
        "soon_at": "TIMESTAMPTZ",
        "answer_seconds": "INTEGER",
        "solve_seconds": "INTEGER",
        "outcome": "VARCHAR(10)",
    },
    "team": {"calendar": "INTEGER"},
}

INDEXES = """
CREATE INDEX IF NOT EXISTS ticket_due ON ticket (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS ticket_team_due ON ticket (team, due_at) WHERE due_at IS NOT NULL;
"""

OFFICE_HOURS = [[[32400, 64800]]] * 5 + [[], []]
"""Monday to Friday, nine to six."""


async def create_tables() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    await _run(TABLES.format(serial=serial))
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            await add_column(table, name, kind)
    await _run(INDEXES)
    if not await fetch("SELECT id FROM calendar LIMIT 1"):
        await fetch(
            "INSERT INTO calendar (name, zone, week) VALUES ({}, {}, {})",
            "Horário comercial",
            "America/Sao_Paulo",
            json.dumps(OFFICE_HOURS),
        )


async def _run(statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create_tables)
    return manager
