"""Indexes along which an erasure finds what it removes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T23:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for erasures"

INDEXES = (
    "CREATE INDEX IF NOT EXISTS account_merge_of ON account_merge (merged)",
    "CREATE INDEX IF NOT EXISTS kept_form_person ON kept_form (person)",
    "CREATE INDEX IF NOT EXISTS link_request_identifier ON link_request (identifier)",
    "CREATE INDEX IF NOT EXISTS unsent_ticket ON unsent (ticket)",
    "CREATE INDEX IF NOT EXISTS erasure_request_done ON erasure_request (person) WHERE done_at IS NOT NULL",
)


async def create() -> None:
    for statement in INDEXES:
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
