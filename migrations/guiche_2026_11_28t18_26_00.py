"""Teams that are retired, and the changes of one setting in the log."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-28T18:26:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Teams set by page"


async def create() -> None:
    await add_column("team", "is_active", "BOOLEAN NOT NULL DEFAULT true")
    await database().run_ddl(
        "CREATE INDEX IF NOT EXISTS setting_change_subject ON setting_change (kind, subject, id DESC)"
    )
    await database().run_ddl("CREATE INDEX IF NOT EXISTS team_member_team ON team_member (team)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
