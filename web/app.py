"""Joins everything: the pages, the worker's jobs, and their beginning and end."""

import functools
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.response.base import Response

from web import clock, database
from web.api.v1 import problems
from web.api.v1.routes import API
from web.api.v1.schema import SCHEMA
from web.clock import Job
from web.demo.sign_ins import is_demonstration
from web.http.audit_trail import AuditTrail
from web.http.downloads import UNCOMPRESSED
from web.http.shield import Shield, check
from web.notifications import outbox as notices
from web.pages.routes import ROUTES
from web.pages.shell import render
from web.pages.shell.assets import Assets
from web.pages.shell.errors import refused
from web.pages.shell.session import SessionMiddleware
from web.pages.words.notices import MAIL_SENT
from web.people import kept_forms, one_time_links, sessions, throttle
from web.schema import secret, version
from web.settings import settings
from web.storage import Storage
from web.tickets.actions import timers
from web.tickets.lists import presence
from web.tickets.record.attachments import forget_unsent, known_hashes

EVERY = timedelta(seconds=1)
ORPHANS_KEPT = timedelta(hours=24)


def application(*, works: bool = False) -> Litestar:
    """The portal; with `works`, the worker's loop runs beside the pages."""
    assets = Assets()
    return Litestar(
        route_handlers=[*ROUTES, API],
        include_in_schema=False,
        before_request=check,
        middleware=[SessionMiddleware(), AuditTrail()],
        exception_handlers={Exception: _refused},
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=4, minimum_size=1000, exclude_opt_key=UNCOMPRESSED
        ),
        lifespan=[_lifespan(works=works)],
        state=State({"environment": render.environment(assets), "assets": assets}),
        openapi_config=SCHEMA,
        request_max_body_size=None,
        logging_config=None,
    )


def served(*, works: bool = False) -> Shield:
    """What the server runs: the portal behind its stylesheet and script."""
    portal = application(works=works)
    assets: Assets = portal.state.assets
    return Shield(assets.in_front_of(portal))


def jobs(storage: Storage, *, prints: bool = False) -> list[Job]:
    """What falls due from time to time; each is safe to run twice and in two processes."""
    mail = render.environment()

    def text(template: str, **values: Any) -> str:
        return mail.get_template(template).render(**values)

    return [
        timers.run_due,
        functools.partial(notices.answer_link_requests, render=text),
        functools.partial(notices.deliver, by=_delivery(prints=prints)),
        *(_every(timedelta(minutes=10), each.sweep) for each in _SWEPT),
        _every(timedelta(hours=1), functools.partial(_sweep_files, storage)),
    ]


_SWEPT = (sessions, one_time_links, kept_forms, throttle, presence)
"""Each forgets its own rows that are over."""


def _refused(request: Request, error: Exception) -> Response[Any]:  # type: ignore[type-arg]
    """In the language of whoever asks: a page for people, a problem for robots."""
    return (problems.refused if request.url.path.startswith("/api/v1/") else refused)(request, error)


def _lifespan(*, works: bool) -> Any:
    @asynccontextmanager
    async def lifespan(portal: Litestar) -> AsyncIterator[None]:
        async with database.opened():
            await version.check()
            await secret.register()
            demo = portal.state.environment.globals["demo"] = await is_demonstration()
            portal.state.storage = Storage.at(settings().storage)
            await portal.state.storage.ready()
            gc.collect()
            gc.freeze()  # what a start leaves behind stays: no later collection walks it again
            if not works:
                yield
                return
            async with clock.running(jobs(portal.state.storage, prints=demo), every=EVERY):
                yield

    return lifespan


def _delivery(*, prints: bool) -> notices.Delivery:
    """Until a mail server is set, messages go to the outbox folder, and in a demonstration to the terminal."""
    keep = notices.to_folder(settings().var / "outbox")

    def deliver(message: EmailMessage) -> None:
        keep(message)
        if prints:
            recipient, subject, body = message["To"], message["Subject"], message.get_content()
            print(MAIL_SENT.format(recipient=recipient, subject=subject, body=body), flush=True)  # noqa: T201

    return deliver


async def _sweep_files(storage: Storage, at: datetime) -> None:
    """Files of people who never sent their message, and contents that no attachment has."""
    await forget_unsent(before=at - ORPHANS_KEPT)
    await storage.sweep(older_than=at - ORPHANS_KEPT, is_known=known_hashes)


def _every(pause: timedelta, job: Job) -> Job:
    """The job, at most once in each pause."""
    last: list[datetime] = []

    async def seldom(at: datetime) -> None:
        if not last or at - last[-1] >= pause:
            last[:] = [at]
            await job(at)

    return seldom
