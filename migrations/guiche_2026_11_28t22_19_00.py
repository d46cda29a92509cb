"""What leads set of an organization, the e-mail domain by which people join it, and invitations on paper."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-28T22:19:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Organizations set by page"

INVITATION = """
CREATE TABLE IF NOT EXISTS paper_invitation (
    id {serial}, organization INTEGER NOT NULL REFERENCES organization, salt VARCHAR(64) NOT NULL,
    code_hash VARCHAR(64) NOT NULL UNIQUE, form_key VARCHAR(64) UNIQUE, made_by INTEGER NOT NULL REFERENCES person,
    made_at {time} NOT NULL, ends_at {time} NOT NULL, taken_by INTEGER REFERENCES person, taken_at {time}
)
"""
INDEXES = (
    "CREATE UNIQUE INDEX IF NOT EXISTS organization_domain ON organization (domain)",
    "CREATE INDEX IF NOT EXISTS organization_team ON organization (team, name)",
    "CREATE INDEX IF NOT EXISTS paper_invitation_organization ON paper_invitation (organization, ends_at)",
)


async def create() -> None:
    await add_column("organization", "team", "INTEGER REFERENCES team")
    await add_column("organization", "domain", "VARCHAR(253)")
    await add_column("organization", "is_active", "BOOLEAN NOT NULL DEFAULT true")
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    await database().run_ddl(INVITATION.format(serial=serial, time=time))
    for index in INDEXES:
        await database().run_ddl(index)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
