"""Links with which the domain of an organization is proved by who runs its mail."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T02:37:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Proofs of domains"


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS domain_proof (id {serial}, token_hash VARCHAR(64) NOT NULL UNIQUE, "
        "organization INTEGER NOT NULL REFERENCES organization, domain VARCHAR(253) NOT NULL, "
        "person INTEGER NOT NULL REFERENCES person, made_at TIMESTAMPTZ NOT NULL, ends_at TIMESTAMPTZ NOT NULL)"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
