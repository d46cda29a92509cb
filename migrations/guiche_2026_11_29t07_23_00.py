"""What older changes of the log of settings say of people stands apart from it, as that of newer ones."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database
from web.engines.sqlite import SQLite
from web.settings_log import older

ID = "2026-11-29T07:23:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Personal texts of older changes of settings"

OPENED = {
    True: "DROP TRIGGER IF EXISTS setting_change_no_update",
    False: "DROP TRIGGER IF EXISTS setting_change_kept ON setting_change",
}
KEPT = {
    True: "CREATE TRIGGER IF NOT EXISTS setting_change_no_update BEFORE UPDATE ON setting_change "
    "BEGIN SELECT RAISE(ABORT, 'the log of settings is never changed'); END",
    False: "CREATE TRIGGER setting_change_kept BEFORE UPDATE OR DELETE ON setting_change "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
}
"""By whether it is SQLite."""


async def separate() -> None:
    """The one time that the log is changed."""
    is_sqlite = isinstance(database(), SQLite)
    await database().run_ddl(OPENED[is_sqlite])
    try:
        await older.separate()
    finally:
        await database().run_ddl(KEPT[is_sqlite])


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(separate)
    return manager
