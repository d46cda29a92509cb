"""What changes tells of itself: ids alone, to the processes whose pages are open."""

from typing import NamedTuple

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect
from web.engines.sqlite import SQLite

ID = "2026-11-29T06:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Changes are told to open pages"


class Telling(NamedTuple):
    """A topic is a letter and the number in a column of the row; an upper-case letter is for the desk alone."""

    letter: str
    column: str
    table: str
    on: str
    when: str = ""


CHANGES = ("INSERT", "UPDATE", "DELETE")

TELLINGS = (
    Telling("t", "ticket", "event", "INSERT", "NEW.audience = 'public'"),
    Telling("T", "ticket", "event", "INSERT", "NEW.audience <> 'public'"),
    Telling("n", "person", "notice", "INSERT"),
    Telling("n", "person", "notice", "UPDATE OF read_at", "OLD.read_at IS NULL"),
    Telling("W", "ticket", "visit", "INSERT"),
    Telling("W", "ticket", "visit", "UPDATE", "(OLD.left_at IS NULL) <> (NEW.left_at IS NULL) OR {lapsed}"),
    *(
        Telling(letter, "ticket", "unsent", on, f"{row}.noun {compared} 'replies'")
        for letter, compared in (("w", "="), ("W", "<>"))
        for on, row in zip(CHANGES, ("NEW", "NEW", "OLD"), strict=True)
    ),
    Telling("s", "id", "session", "DELETE"),
    Telling("p", "id", "person", "UPDATE OF is_active, role"),
    *(Telling("p", "person", table, on) for table in ("membership", "team_member") for on in CHANGES),
    Telling("v", "ticket", "participant", "DELETE"),
    Telling("v", "id", "ticket", "UPDATE OF requester, author, organization, team", "{moved}"),
    Telling("v", "id", "ticket", "UPDATE OF status", "OLD.status = 'approval' AND NEW.status <> 'approval'"),
    Telling("r", "id", "organization", "UPDATE OF root"),
    Telling("r", "id", "team", "UPDATE OF is_confidential"),
    Telling("r", "id", "team", "INSERT", "NEW.is_confidential"),
)

LAPSED = (
    "julianday(NEW.at) - julianday(OLD.at) > 60.0 / 86400",
    "NEW.at - OLD.at > INTERVAL '60 seconds'",
)
"""Who was last seen longer ago than that had gone."""

MOVED = ("requester", "author", "organization", "team")

KEPT = 5_000
"""Changes that SQLite keeps for processes which have not read them."""

POSTGRES = """
CREATE OR REPLACE FUNCTION live_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('live', TG_ARGV[0] || (to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1]));
    RETURN NULL;
END $$
"""

SQLITE = (
    "CREATE TABLE IF NOT EXISTS live_change (id INTEGER PRIMARY KEY, topic TEXT NOT NULL)",
    "CREATE TRIGGER IF NOT EXISTS live_change_kept AFTER INSERT ON live_change "
    f"BEGIN DELETE FROM live_change WHERE id <= NEW.id - {KEPT}; END",
)


async def create() -> None:
    await add_column("visit", "left_at", "TIMESTAMPTZ")
    is_sqlite = isinstance(database(), SQLite)
    for statement in SQLITE if is_sqlite else (POSTGRES,):
        await database().run_ddl(statement)
    for place, telling in enumerate(TELLINGS):
        for statement in (_sqlite if is_sqlite else _postgres)(f"live_{telling.table}_{place}", telling):
            await database().run_ddl(statement)


def _sqlite(name: str, telling: Telling) -> tuple[str, ...]:
    row = "OLD" if telling.on == "DELETE" else "NEW"
    when = f"WHEN {_condition(telling)}" if telling.when else ""
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {telling.on} ON {telling.table} {when} "
        f"BEGIN INSERT INTO live_change (topic) VALUES ('{telling.letter}' || {row}.{telling.column}); END",
    )


def _postgres(name: str, telling: Telling) -> tuple[str, ...]:
    when = f"WHEN ({_condition(telling)})" if telling.when else ""
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {telling.table}",
        f"CREATE TRIGGER {name} AFTER {telling.on} ON {telling.table} FOR EACH ROW {when} "
        f"EXECUTE FUNCTION live_change('{telling.letter}', '{telling.column}')",
    )


def _condition(telling: Telling) -> str:
    differs = dialect(sqlite="IS NOT", postgres="IS DISTINCT FROM")
    moved = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in MOVED)
    return telling.when.format(lapsed=dialect(sqlite=LAPSED[0], postgres=LAPSED[1]), moved=moved)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
