"""Serves the pages over HTTP, from this process or several."""

import asyncio
import resource
import signal
import socket
from functools import partial
from importlib import import_module

import uvicorn

from web import jobs
from web.app import served
from web.errors import BadSetting
from web.live.hub import HUB
from web.pages.words.confirmations import SERVING
from web.processes import forked
from web.settings import settings

OPEN_FILES = 65_536
"""The limit if the system sets none."""
GRACE = 30
"""Seconds that running requests have to finish after the server is told to stop."""


def refuse_taken_port() -> None:
    """Raises `BadSetting` if another program listens at the address."""
    _bound().close()


def serve(*, works: bool = False) -> int:
    """Serves from this process, and with `works` runs the worker, until told to stop. Returns the status."""
    bound = _bound()
    return _answer(_loaded(works=works), bound)


def serve_from(workers: int, *, timers: bool) -> int:
    """Serves from so many processes, and with `timers` one more for the worker."""
    works = [partial(_answer_beside_others, _loaded())] * workers + [_do_what_falls_due] * timers
    forked.supervise(works)
    return 0


def _loaded(*, works: bool = False) -> uvicorn.Config:
    """Imports everything before forking, so that all processes share it."""
    forked.spare_memory()
    config = uvicorn.Config(
        served(works=works),
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    config.load()
    config.get_loop_factory()
    import_module("anyio._backends._asyncio")  # Litestar's, at its start
    print(SERVING.format(address=settings().base_url), flush=True)  # noqa: T201
    return config


def _answer_beside_others(config: uvicorn.Config) -> int:
    """Each process has a socket, which share connections evenly; at a common one, a single process takes a burst."""
    return _answer(config, _bound(reuse_port=True))


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the streams first, because they never end by themselves; then running requests are waited for."""
        HUB.end_all()
        await super().shutdown(sockets)


def _allow_many_connections() -> None:
    """Raises the limit of open files to the maximum that the system allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES if most == resource.RLIM_INFINITY else most, most))


def _answer(config: uvicorn.Config, bound: socket.socket) -> int:
    _allow_many_connections()
    server = _Server(config)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: None)  # uvicorn raises it once more when all is finished: then it is no failure
    server.run([bound])
    return 0 if server.started else 2


def _do_what_falls_due() -> int:
    asyncio.run(jobs.work())
    return 0


def _bound(*, reuse_port: bool = False) -> socket.socket:
    """A socket bound to the configured address. The server listens once it can answer."""
    host, port = settings().host, settings().port
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if reuse_port:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise BadSetting(f"HOST and PORT: {host}:{port} can't be used ({error.strerror})") from None
    return bound
