"""What each command does. Each imports what it needs once the settings are known to be good."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from web.clock import set_now
from web.errors import BadSetting, Invalid, NotFound, OutOfDate
from web.settings import settings
from web.storage import StorageError


def carried_out(command: Callable[[], int | None]) -> int:
    """The command's status; 2 for a setting or a state of things the operator must mend first, told in one line."""
    try:
        _close(settings().var)
        return command() or 0
    except (BadSetting, OutOfDate) as error:
        return _refuse(str(error))
    except StorageError as error:
        return _refuse(f"GUICHE_STORAGE: {error}")
    except NotFound as error:
        return _refuse(f"{error.noun}: {error.code}")
    except Invalid as error:
        return _refuse(f"{error.field}: {error.code}")


def run(chosen: argparse.Namespace) -> int:
    """Pages and worker together, with the demonstration on an empty database."""
    from web.demo.start import first_start
    from web.serving import serve

    _believe_settings_now()
    asyncio.run(_storage())
    print(asyncio.run(first_start()), flush=True)
    return serve(works=True)


def web(chosen: argparse.Namespace) -> int:
    """Pages only; an empty database stays empty."""
    from web import processes
    from web.serving import refuse_taken_port, serve, serve_from

    if chosen.workers < 1:
        raise BadSetting(f"--workers must be at least 1, not {chosen.workers}")
    refuse_taken_port()
    if refused := processes.apart(lambda: carried_out(_check_and_hint)):
        return refused
    together = chosen.workers > 1 or chosen.timers
    return serve_from(chosen.workers, timers=chosen.timers) if together else serve()


def worker(chosen: argparse.Namespace) -> int:
    """The worker only."""
    from web.jobs import work

    _check()
    asyncio.run(work())
    return 0


def migrate(chosen: argparse.Namespace) -> int:
    asyncio.run(_migrate())
    return 0


def reindex(chosen: argparse.Namespace) -> int:
    """Makes the index of search anew, page by page; one that was stopped goes on where it was."""
    asyncio.run(_reindex())
    return 0


def backup(chosen: argparse.Namespace) -> int:
    """A whole copy of the SQLite database, made while it is used."""
    from web.schema import copies

    copies.make(chosen.file)
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Tells in a line each what is wrong with the database in use, or with a copy of one; 1 where anything is."""
    from web.schema import copies

    faults = copies.faults(chosen.file) if chosen.file else asyncio.run(_faults())
    print("\n".join(faults) or "ok")
    return 1 if faults else 0


def restored(chosen: argparse.Namespace) -> int:
    """After putting a backup back: leaves out the ticket numbers that may have been given since it was made."""
    asyncio.run(_skip_numbers())
    return 0


def fill(chosen: argparse.Namespace) -> int:
    """Many invented tickets, for measuring."""
    from web.demo.generator import bulk

    _believe_settings_now()
    asyncio.run(
        bulk.fill(
            tickets=chosen.tickets,
            organizations=chosen.organizations,
            people=chosen.people,
            messages=chosen.messages,
            seed=chosen.seed,
            overdue=chosen.overdue,
        )
    )
    return 0


def person(chosen: argparse.Namespace) -> int:
    """A new person, and the link with which they make their password."""
    print(asyncio.run(_enrol(chosen)))
    return 0


def depart(chosen: argparse.Namespace) -> int:
    """Somebody goes: the account is shut, or only a role or a team ends; what they hold returns to its queue."""
    print(f"tickets de volta à fila: {asyncio.run(_depart(chosen))}")
    return 0


def key(chosen: argparse.Namespace) -> int:
    """A new key for a robot, who is made if need be; it is shown this once."""
    number, token = asyncio.run(_issue(chosen))
    print(f"chave {number}: {token}")
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """A robot's key opens nothing any more."""
    asyncio.run(_revoke(chosen.number))
    return 0


def _close(var: Path) -> None:
    """To other users of the machine: links that open, hashes and people's files are in there."""
    os.umask(0o077)
    if var.is_dir():
        var.chmod(0o700)


def _believe_settings_now() -> None:
    instant = settings().now
    if instant is not None:
        set_now(instant)


def _check() -> None:
    asyncio.run(_checked())


def _check_and_hint() -> None:
    """What to do next, where the database is empty."""
    _check()
    if hint := asyncio.run(_hint()):
        print(hint, flush=True)


async def _checked() -> None:
    from web import database
    from web.schema import version

    await _storage()
    async with database.opened():
        await version.check()


async def _storage() -> None:
    from web.storage import Storage

    await Storage.at(settings().storage).ready()


async def _hint() -> str:
    from web import database
    from web.demo.sign_ins import hint_on_empty

    async with database.opened():
        return await hint_on_empty()


async def _enrol(chosen: argparse.Namespace) -> str:
    """The address of a link for a password, to be handed over."""
    from web import clock, database
    from web.people import accounts, one_time_links
    from web.people.one_time_links import Purpose
    from web.people.permissions import Role

    async with database.opened():
        number = await accounts.create(chosen.name, chosen.identifier, role=Role(chosen.role), at=clock.now())
        token = await one_time_links.make(
            Purpose.PASSWORD, chosen.identifier[0], person=number, name=chosen.name, at=clock.now()
        )
    return f"{settings().base_url}/claim/{token}"


async def _depart(chosen: argparse.Namespace) -> int:
    """How many tickets returned."""
    from web import clock, database
    from web.people import accounts, memberships
    from web.tickets.actions.ownership import departures

    async with database.opened():
        person = await accounts.number_even_if_shut(chosen.identifier)
        if chosen.team:
            return await departures.leave_team(person, await memberships.team_of(chosen.team), at=clock.now())
        if chosen.desk:
            return await departures.leave_desk(person, at=clock.now())
        return await departures.deactivate(person, at=clock.now())


async def _issue(chosen: argparse.Namespace) -> tuple[int, str]:
    from web import clock, database
    from web.people import keys
    from web.people.permissions import Scope

    lasts = timedelta(days=chosen.days) if chosen.days else None
    async with database.opened():
        return await keys.issue(
            chosen.robot, name=chosen.name, scopes=map(Scope, chosen.scope), lasts=lasts, at=clock.now()
        )


async def _revoke(number: int) -> None:
    from web import clock, database
    from web.people import keys

    async with database.opened():
        await keys.revoke(number, at=clock.now())


async def _migrate() -> None:
    from web import database
    from web.schema import migration

    async with database.opened():
        await migration.migrate()


async def _reindex() -> None:
    from web import database
    from web.schema import version
    from web.tickets.record import reindexing

    async with database.opened():
        await version.check()
        await reindexing.start()
        while await reindexing.run_page():
            pass


async def _faults() -> list[str]:
    from web import database
    from web.schema import readiness, version
    from web.storage import Storage

    async with database.opened():
        await version.check()
        return await readiness.faults(Storage.at(settings().storage))


async def _skip_numbers() -> None:
    from web import database
    from web.schema import migration

    async with database.opened():
        await migration.skip_numbers()


def _refuse(text: str) -> int:
    print(f"guichê: {text}", file=sys.stderr)
    return 2
