"""The database itself refuses a ticket whose columns contradict its status."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, fetch
from web.engines.sqlite import SQLite

ID = "2026-11-28T15:17:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tickets that agree with their status"

OVER = "{row}status IN ('resolved', 'closed')"

RULES = {
    "ticket_agrees_wait": "({row}wait IS NOT NULL) = ({row}status = 'waiting')",
    "ticket_agrees_wait_until": "({row}wait_until IS NOT NULL) = (COALESCE({row}wait, '') = 'until')",
    "ticket_agrees_resolution": f"({{row}}resolution IS NOT NULL) = ({OVER})",
    "ticket_agrees_resolved_at": f"({{row}}resolved_at IS NOT NULL AND {OVER}) "
    "OR ({row}resolved_at IS NULL AND {row}status <> 'resolved')",
    "ticket_agrees_closed_at": "({row}closed_at IS NOT NULL) = ({row}status = 'closed')",
    "ticket_agrees_offered_to": "{row}offered_to IS NULL OR {row}assignee IS NULL",
}
"""By name: what holds for every row."""

COLUMNS = "status, wait, wait_until, resolution, resolved_at, closed_at, offered_to, assignee"

CORRECTIONS = (
    "UPDATE ticket SET wait = NULL WHERE wait IS NOT NULL AND status <> 'waiting'",
    "UPDATE ticket SET wait = 'team' WHERE wait IS NULL AND status = 'waiting'",
    "UPDATE ticket SET wait_until = NULL WHERE wait_until IS NOT NULL AND COALESCE(wait, '') <> 'until'",
    "UPDATE ticket SET wait_until = COALESCE(lapses_at, updated_at) WHERE wait_until IS NULL AND wait = 'until'",
    "UPDATE ticket SET resolution = NULL WHERE resolution IS NOT NULL AND status NOT IN ('resolved', 'closed')",
    "UPDATE ticket SET resolution = 'communicated' WHERE resolution IS NULL AND status IN ('resolved', 'closed')",
    "UPDATE ticket SET resolved_at = NULL WHERE resolved_at IS NOT NULL AND status NOT IN ('resolved', 'closed')",
    "UPDATE ticket SET resolved_at = updated_at WHERE resolved_at IS NULL AND status = 'resolved'",
    "UPDATE ticket SET closed_at = NULL WHERE closed_at IS NOT NULL AND status <> 'closed'",
    "UPDATE ticket SET closed_at = updated_at WHERE closed_at IS NULL AND status = 'closed'",
    "UPDATE ticket SET offered_to = NULL WHERE offered_to IS NOT NULL AND assignee IS NOT NULL",
)


async def create() -> None:
    for statement in CORRECTIONS:
        await fetch(statement)
    if isinstance(database(), SQLite):
        await _triggers()
    else:
        await _constraints()


async def _constraints() -> None:
    for name, rule in RULES.items():
        await database().run_ddl(f"ALTER TABLE ticket DROP CONSTRAINT IF EXISTS {name}")
        await database().run_ddl(f"ALTER TABLE ticket ADD CONSTRAINT {name} CHECK ({rule.format(row='')})")


async def _triggers() -> None:
    """SQLite adds no constraint to a table that exists. Triggers refuse the same rows and rewrite no table."""
    refusals = " ".join(
        f"SELECT RAISE(ABORT, '{name}') WHERE NOT ({rule.format(row='NEW.')});" for name, rule in RULES.items()
    )
    for name, event in (("insert", "INSERT"), ("update", f"UPDATE OF {COLUMNS}")):
        await database().run_ddl(
            f"CREATE TRIGGER IF NOT EXISTS ticket_agrees_{name} BEFORE {event} ON ticket BEGIN {refusals} END"
        )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
