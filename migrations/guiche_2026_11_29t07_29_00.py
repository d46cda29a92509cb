"""Other sites that may show pages of ours in a frame, and those that tried."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-29T07:29:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Embedding"


async def create() -> None:
    await add_column("place", "origins", "TEXT NOT NULL DEFAULT '[]'")
    short = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS embed_refusal (id {short}, origin VARCHAR(200) NOT NULL, at {time} NOT NULL)"
    )
    await database().run_ddl("CREATE UNIQUE INDEX IF NOT EXISTS embed_refusal_origin ON embed_refusal (origin)")
    await database().run_ddl("CREATE INDEX IF NOT EXISTS embed_refusal_at ON embed_refusal (at)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
