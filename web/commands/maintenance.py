"""Maintenance commands: migration, search index, backups, and generated tickets for measuring."""

import argparse
import asyncio
from pathlib import Path

from web.commands.runner import add_json, described, in_database, tell, whole
from web.commands.serving import believe_settings_now
from web.settings import settings


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, command in (("migrate", migrate), ("reindex", reindex), ("restored", restored)):
        described(subparsers, name, command).set_defaults(command=command)
    saving = described(subparsers, "backup", backup)
    saving.set_defaults(command=backup)
    saving.add_argument("file", type=Path, help="the new file; must not exist")
    checking = described(subparsers, "check", check)
    checking.set_defaults(command=check)
    add_json(checking)
    checking.add_argument("file", type=Path, nargs="?", help="a copy of an SQLite database; default: the one in use")
    filling = described(subparsers, "demo", fill)
    filling.set_defaults(command=fill)
    for name, value in _SIZES.items():
        filling.add_argument(f"--{name}", type=whole(0), default=value)
    filling.add_argument("--overdue", type=whole(0), default=0, help="how many tickets have a timer that is due")


_SIZES = {"tickets": 10_000, "organizations": 20, "people": 200, "messages": 4, "seed": 1}
"""The default size of generated data."""


def migrate(chosen: argparse.Namespace) -> int:
    """Migrates the database."""
    asyncio.run(_migrate())
    return 0


def reindex(chosen: argparse.Namespace) -> int:
    """Rebuilds the search index page by page; an interrupted run continues."""
    in_database(_reindex)
    return 0


def backup(chosen: argparse.Namespace) -> int:
    """Makes a complete copy of the SQLite database while it is in use."""
    from web.schema import backups

    backups.make(chosen.file)
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Reports faults of the database, or of a copy, one a line; exits with 1 if there are any."""
    from web.schema import backups

    faults = backups.faults(chosen.file) if chosen.file else in_database(_faults)
    tell(chosen, [{"fault": each} for each in faults] if faults or chosen.json else [{"line": "ok"}])
    return 1 if faults else 0


def restored(chosen: argparse.Namespace) -> int:
    """After restoring a backup: skips ticket numbers that may have been used since it was made."""
    from web.schema import migration

    in_database(migration.skip_numbers)
    return 0


def fill(chosen: argparse.Namespace) -> int:
    """Creates many invented tickets, for measuring."""
    from web.demo.generator import bulk

    believe_settings_now()
    sizes = {name: getattr(chosen, name) for name in _SIZES}
    asyncio.run(bulk.fill(**sizes, overdue=chosen.overdue))
    return 0


async def _migrate() -> None:
    from web import database
    from web.schema import migration

    async with database.opened():
        await migration.migrate()


async def _reindex() -> None:
    from web.tickets.record import reindexing

    await reindexing.start()
    while await reindexing.run_page():
        pass


async def _faults() -> list[str]:
    from web.schema import readiness
    from web.storage import Storage
    from web.tickets.record import reindexing

    return [*await readiness.faults(Storage.at(settings().storage)), *await reindexing.faults()]
