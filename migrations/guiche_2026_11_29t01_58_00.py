"""From where articles were brought in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T01:58:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Origins of articles"

TABLE = """
CREATE TABLE IF NOT EXISTS article_origin (
    key VARCHAR(200) NOT NULL PRIMARY KEY, article INTEGER NOT NULL REFERENCES article,
    digest VARCHAR(64) NOT NULL, version INTEGER NOT NULL
)
"""


async def create() -> None:
    await database().run_ddl(TABLE)
    await database().run_ddl("CREATE INDEX IF NOT EXISTS article_origin_article ON article_origin (article)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
