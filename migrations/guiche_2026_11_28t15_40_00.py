"""Search finds more: its index has one shape on both databases, and is filled anew by the worker.

Nothing is found by words until the worker, or `python -m web reindex`, has come to it, the newest tickets first.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect, fetch

ID = "2026-11-28T15:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Search by names, files and any way of writing"

REINDEXING = """
CREATE TABLE IF NOT EXISTS reindexing (
    id {serial}, person INTEGER REFERENCES person, organization INTEGER REFERENCES organization, below BIGINT
)
"""

SQLITE = """
DROP TABLE IF EXISTS ticket_search;
CREATE VIRTUAL TABLE ticket_search
    USING fts5 (title, body, notes, scope, status, tokenize = 'ascii', prefix = '2 3 4', detail = 'column')
"""

POSTGRES = """
DROP TABLE IF EXISTS ticket_search;
CREATE TABLE ticket_search (
    rowid BIGINT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, notes TEXT NOT NULL,
    scope TEXT NOT NULL, status TEXT NOT NULL,
    document TSVECTOR NOT NULL GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(
        title || ' ' || body || replace(' ' || notes, ' ', ' /') || replace(' ' || scope, ' ', ' @') || ' =' || status,
        ' '), ''))) STORED
);
CREATE INDEX IF NOT EXISTS ticket_search_words ON ticket_search USING gin (document)
"""
"""A sign before a word tells that it is of the notes, the scope or the status."""


async def create_index() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    own = dialect(sqlite=SQLITE, postgres=POSTGRES)
    for statement in (REINDEXING.format(serial=serial) + ";" + own).split(";"):
        await database().run_ddl(statement)
    if await fetch("SELECT 1 AS one FROM ticket LIMIT 1") and not await fetch("SELECT 1 AS one FROM reindexing"):
        await fetch("INSERT INTO reindexing (below) VALUES (NULL)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create_index)
    return manager
