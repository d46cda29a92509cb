"""Builds the application: pages, API, and their startup and shutdown."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial

from jinja2 import Environment
from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.plugins.base import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.response.base import Response

from web import clock, database
from web.api.v1 import problems
from web.api.v1.routes import API
from web.api.v1.schema import SCHEMA
from web.articles import statistics
from web.brand import brand
from web.demo.sign_ins import is_demonstration
from web.http.audit_trail import AuditTrail
from web.http.downloads import UNCOMPRESSED
from web.http.security import Shield, check
from web.jobs import working
from web.live.hub import HUB
from web.live.listening import listening
from web.pages.routes.site_map import ROUTES
from web.pages.shell import render
from web.pages.shell.assets.bundle import Assets
from web.pages.shell.errors import refused
from web.pages.shell.form_intake import note_unread
from web.pages.shell.session import SessionMiddleware
from web.people.identifiers import desk_addresses
from web.processes import forked
from web.schema import secret, version
from web.settings import settings
from web.storage import Storage
from web.tickets.record import reindexing


def application(*, works: bool = False) -> Litestar:
    """The application; with `works`, the worker's loop runs beside the pages."""
    assets = Assets()
    return _Portal(
        route_handlers=[*ROUTES, API],
        include_in_schema=False,
        before_request=check,
        middleware=[SessionMiddleware(), AuditTrail()],
        after_exception=[note_unread],
        exception_handlers={Exception: _refused},
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=3, minimum_size=1000, exclude_opt_key=UNCOMPRESSED
        ),
        lifespan=[partial(_running, works=works)],
        state=State({"environment": render.environment(assets), "assets": assets}),
        openapi_config=SCHEMA,
        request_max_body_size=None,
        logging_config=None,
    )


class _Portal(Litestar):
    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        """Litestar's plugins without pydantic's, which is not used here and takes 8 MB and a tenth of a second."""
        return [*plugins, MsgspecDIPlugin()]


def served(*, works: bool = False) -> Shield:
    """The ASGI application with its static files.

    Page processes compile every template at their start, and share them. With `works` there is one process only: it
    starts a third sooner and compiles templates when they are first used.
    """
    portal = application(works=works)
    assets: Assets = portal.state.assets
    if not works:
        _compile_all(portal.state.environment)
    return Shield(assets.in_front_of(portal))


def _compile_all(templates: Environment) -> None:
    for name in templates.list_templates():
        templates.get_template(name)


def _refused(request: Request, error: Exception) -> Response[problems.Problem] | Response[str]:  # type: ignore[type-arg]
    """An error page for people, a problem document for robots."""
    return (problems.refused if request.url.path.startswith("/api/v1/") else refused)(request, error)


_KNOWN = (brand.renew, desk_addresses.renew, reindexing.renew)
"""Data that each process caches, so that pages need no statement for it."""


@asynccontextmanager
async def _running(portal: Litestar, *, works: bool) -> AsyncIterator[None]:
    async with database.opened():
        await version.check()
        await secret.register()
        demo = portal.state.environment.globals["demo"] = await is_demonstration()
        portal.state.storage = Storage.at(settings().storage)
        await portal.state.storage.ready()
        for renew in _KNOWN:
            await renew()
        gc.collect()
        gc.freeze()  # no later collection walks what the start leaves behind
        work = working(portal.state.storage, prints=demo) if works else nullcontext()
        renewed = clock.running(_KNOWN, every=brand.RENEWED_EVERY)
        returned = clock.running([forked.return_memory, database.rest], every=forked.RETURNED_EVERY)
        async with statistics.counted(clock.now), renewed, returned, work, listening(HUB):
            yield
