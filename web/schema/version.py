"""Whether the tables match this version of the program, without loading the migration tool."""

from piccolo.apps.migrations.tables import Migration

from web.errors import NotMigrated
from web.settings import ROOT


async def check() -> None:
    """Raises `NotMigrated` when a migration is missing."""
    made = await Migration.get_migrations_which_ran(app_name="web") if await Migration.table_exists() else []
    if written() - set(made):
        raise NotMigrated("the database is older than this version: run `python -m web migrate`")


def written() -> set[str]:
    """The id of each migration, from the name of its file."""
    return {_id(path.stem) for path in (ROOT / "migrations").glob("guiche_*.py")}


def _id(name: str) -> str:
    """2026-11-22T09:00:00:000000 for guiche_2026_11_22t09_00_00."""
    day, _, time = name.removeprefix("guiche_").partition("t")
    return f"{day.replace('_', '-')}T{time.replace('_', ':')}:000000"
