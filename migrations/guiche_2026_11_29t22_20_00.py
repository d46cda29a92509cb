"""Visits tell that they end, or last longer, to the pages that are open in them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T22:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Visits are told to open pages"

ENDINGS = (
    ("UPDATE OF ends_at", "NEW", "WHEN (OLD.ends_at <> NEW.ends_at)"),
    ("DELETE", "OLD", ""),
)


async def create() -> None:
    for place, (on, row, when) in enumerate(ENDINGS):
        name = f"live_kiosk_visit_{place}"
        for statement in dialect(sqlite=_sqlite, postgres=_postgres)(name, on, row, when):
            await database().run_ddl(statement)


def _sqlite(name: str, on: str, row: str, when: str) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {on} ON kiosk_visit {when} "
        f"BEGIN INSERT INTO live_change (topic) VALUES ('k' || {row}.id); END",
    )


def _postgres(name: str, on: str, row: str, when: str) -> tuple[str, ...]:
    return (
        f"DROP TRIGGER IF EXISTS {name} ON kiosk_visit",
        f"CREATE TRIGGER {name} AFTER {on} ON kiosk_visit FOR EACH ROW {when} EXECUTE FUNCTION live_change('k', 'id')",
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
