"""Indexes along which authors learn what readers say, and find their own files."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T03:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of what readers say of articles"

INDEXES = (
    "CREATE INDEX IF NOT EXISTS article_use_at ON article_use (at, kind, article)",
    "CREATE INDEX IF NOT EXISTS article_file_person ON article_file (person, at)",
    "CREATE INDEX IF NOT EXISTS article_served_badly ON article (id) "
    "WHERE published IS NOT NULL AND state <> 'retired' AND no > yes",
)


async def create() -> None:
    for statement in INDEXES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
