"""In which browsers each person has signed in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T15:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Browsers and networks that a person is known in"


async def create() -> None:
    key = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS known_browser (id {key}, "
        "person INTEGER NOT NULL REFERENCES person (id), browser VARCHAR(64) NOT NULL, "
        "network VARCHAR(50) NOT NULL, seen_at TIMESTAMPTZ NOT NULL, UNIQUE (person, browser))"
    )
    await database().run_ddl("CREATE INDEX IF NOT EXISTS known_browser_seen ON known_browser (seen_at)")
    await database().run_ddl("CREATE INDEX IF NOT EXISTS session_started ON session (started_at)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
