"""Commands that serve: pages, the worker, or both."""

import argparse
import asyncio

from web.clock import set_now
from web.commands.runner import carried_out, described
from web.errors import BadSetting
from web.settings import settings


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serving = described(subparsers, "web", web)
    serving.set_defaults(command=web)
    serving.add_argument("--workers", type=int, default=1, help="how many processes answer; they share memory")
    serving.add_argument("--timers", action="store_true", help="also start a process for timers, like `worker`")
    for name, command in (("run", run), ("worker", worker)):
        described(subparsers, name, command).set_defaults(command=command)


def run(chosen: argparse.Namespace) -> int:
    """Pages and worker together, with the demonstration on an empty database."""
    from web.demo.start import first_start
    from web.serving import serve

    believe_settings_now()
    asyncio.run(_storage())
    print(asyncio.run(first_start()), flush=True)
    return serve(works=True)


def web(chosen: argparse.Namespace) -> int:
    """Pages, from one process or several; an empty database stays empty."""
    from web.processes import forked
    from web.serving import refuse_taken_port, serve, serve_from

    if chosen.workers < 1:
        raise BadSetting(f"--workers must be at least 1, not {chosen.workers}")
    refuse_taken_port()
    if refused := forked.apart(lambda: carried_out(_check_and_hint)):
        return refused
    together = chosen.workers > 1 or chosen.timers
    return serve_from(chosen.workers, timers=chosen.timers) if together else serve()


def worker(chosen: argparse.Namespace) -> int:
    """The worker: sends and fetches mail, and acts on deadlines."""
    from web.jobs import work

    _check()
    asyncio.run(work())
    return 0


def believe_settings_now() -> None:
    instant = settings().now
    if instant is not None:
        set_now(instant)


def _check() -> None:
    asyncio.run(_checked())


def _check_and_hint() -> None:
    """Suggests the next step if the database is empty."""
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
