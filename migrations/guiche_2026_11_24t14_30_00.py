"""Two filters of the desk at once, answered within one index."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-24T14:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Pairs of filters on the desk"

FILTERS = ("topic", "assignee", "category", "team", "priority")
SECOND = ("priority", "channel", "category", "team", "assignee")
"""What may be asked for beside the filter that an index walks along."""


async def create() -> None:
    for name in FILTERS:
        columns = ", ".join([name, "status", "updated_at DESC", "id DESC", *(each for each in SECOND if each != name)])
        await database().run_ddl(f"CREATE INDEX IF NOT EXISTS ticket_by_{name} ON ticket ({columns})")
        await database().run_ddl(f"DROP INDEX IF EXISTS ticket_{name}_status")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
