"""Dates that open where the calendar is closed; tickets that ended without a solution are judged no more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, fetch

ID = "2026-11-28T16:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Dates that open, tickets not judged"


async def create() -> None:
    await add_column("closure", "opens", "BOOLEAN NOT NULL DEFAULT false")
    await fetch(
        "UPDATE ticket SET outcome = NULL, solve_seconds = NULL WHERE outcome IS NOT NULL "
        "AND resolution IN ('cancelled', 'refused', 'merged', 'spam', 'unknown_sender')"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
