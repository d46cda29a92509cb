"""People whom a mail named in copy, until somebody adds or dismisses them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T06:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Proposed copies"


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS proposed_copy (id {serial}, ticket BIGINT NOT NULL REFERENCES ticket, "
        "address VARCHAR(254) NOT NULL, is_unproven BOOLEAN NOT NULL DEFAULT false, at TIMESTAMPTZ NOT NULL, "
        "settled_at TIMESTAMPTZ, UNIQUE (ticket, address))"
    )
    await database().run_ddl("CREATE INDEX IF NOT EXISTS proposed_copy_address ON proposed_copy (address)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
