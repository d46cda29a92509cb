"""The jobs of the worker, and how often each is due."""

import asyncio
import functools
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage

from web import clock, database
from web.api.v1 import responses
from web.brand import brand
from web.clock import Job
from web.engines import changes
from web.imports.articles import worker as bringing
from web.imports.articles.uploads import IMPORTS as ARTICLE_IMPORTS
from web.imports.people import invitations
from web.imports.people import uploads as people_imports
from web.imports.people import worker as importing
from web.kiosks import visits
from web.live.topics import is_of_ticket
from web.mail.incoming import filing
from web.mail.incoming.sandbox import Reader
from web.mail.mailboxes import faults
from web.mail.mailboxes.servers import SMTP_PORTS, of_url
from web.mail.mailboxes.watching import Watchers
from web.mail.outgoing.compose import composer
from web.mail.outgoing.senders import Senders
from web.mail.outgoing.smtp import Sender
from web.notifications import announcing, link_requests, notices, outbox
from web.pages.desk.ticket.sending import send_held
from web.pages.shell import render
from web.pages.words.confirmations import MAIL_SENT
from web.pages.words.privacy import ERASED
from web.pages.words.settings.mailboxes import FAULTS
from web.people import kept_forms, one_time_links, sessions, throttle
from web.people.identifiers import desk_addresses
from web.people.merging import unmerge
from web.people.onboarding import domain_verification
from web.people.privacy import exports, retention, text_erasure
from web.processes import forked
from web.processes.priority import go_after_pages
from web.schema import contents, heartbeat
from web.settings import settings
from web.storage import Storage
from web.tickets.actions import approvals, timers
from web.tickets.actions.held_replies import sending
from web.tickets.fields import catalog
from web.tickets.lists import presence
from web.tickets.record import reindexing
from web.tickets.record.attachments import forget_unnamed_thumbnails, forget_unsent
from web.tickets.settings import workflows
from web.webhooks import deliveries
from web.webhooks.delivery_worker import DeliveryWorker

EVERY = timedelta(seconds=1)
MAILBOXES_EVERY = timedelta(seconds=0.5)
ORPHANS_KEPT = timedelta(hours=24)


async def work() -> None:
    """Runs the jobs until told to stop."""
    go_after_pages()
    stopped = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    returned = clock.running([forked.return_memory, database.rest], every=forked.RETURNED_EVERY)
    async with database.opened(), returned, working(Storage.at(settings().storage)):
        await stopped.wait()


@asynccontextmanager
async def working(storage: Storage, *, prints: bool = False) -> AsyncIterator[None]:
    """Runs the jobs as long as the block lasts, and reports that the worker is alive."""
    watchers, happened, queued = Watchers(storage, clock.now), asyncio.Event(), asyncio.Event()
    async with (
        aclosing(watchers),
        clock.running([heartbeat.beat], every=heartbeat.EVERY),
        clock.running(jobs(storage), every=EVERY),
        clock.running([functools.partial(_hear, happened)], every=EVERY),
        clock.running(announcing_jobs(queued), every=EVERY, called=happened),
        clock.running(telling_jobs(), every=EVERY),
        clock.running(filing_jobs(storage), every=EVERY),
        clock.running(sending_jobs(prints=prints), every=EVERY, called=queued),
        clock.running([watchers.watch], every=MAILBOXES_EVERY),
        clock.running(webhook_jobs(), every=EVERY),
        clock.running(import_jobs(storage), every=EVERY),
    ):
        yield


def jobs(storage: Storage) -> list[Job]:
    """The regular jobs. Each is safe to run twice and in two processes."""
    return _after_people(
        _renew_settings,
        timers.run_due,
        reindexing.run_due,
        functools.partial(exports.run_due, storage=storage),
        _every(timedelta(minutes=1), approvals.overrule_unheard),
        functools.partial(text_erasure.run_due, called=ERASED),
        _every(timedelta(minutes=10), functools.partial(retention.empty_due, called=ERASED)),
        *(_every(timedelta(minutes=10), each.sweep) for each in _SWEPT),
        _every(timedelta(hours=1), functools.partial(_sweep_files, storage)),
    )


def announcing_jobs(queued: asyncio.Event) -> list[Job]:
    """Announces events in a loop of their own, without delays; `queued` is set once messages are queued."""

    async def announce(at: datetime) -> None:
        if await announcing.announce(at, also=deliveries.queue):
            queued.set()

    return _after_people(announce)


def telling_jobs() -> list[Job]:
    """Answers requests for links in a loop of their own, so that notices to many do not delay them."""
    text = render.mail_texts()
    return _after_people(
        desk_addresses.renew,
        brand.renew,
        functools.partial(sending.run_due, make=send_held),
        functools.partial(link_requests.answer_link_requests, render=text),
        _every(timedelta(minutes=1), functools.partial(faults.tell, render=text, say=FAULTS)),
    )


def filing_jobs(storage: Storage) -> list[Job]:
    """Files mail in a loop of its own, because ten thousand mails take minutes."""
    return _after_people(functools.partial(filing.file_arrived, storage=storage, reader=Reader()))


def sending_jobs(*, prints: bool = False) -> list[Job]:
    """Sends messages in a loop of its own, because a mail server may be slow."""
    senders = Senders(_delivery(prints=prints), clock.now)
    compose = composer(render.mail_texts())
    return _after_people(functools.partial(outbox.deliver, by=senders.send, compose=compose, now=clock.now))


def webhook_jobs() -> list[Job]:
    """Delivers webhooks in a loop of their own, because a receiver may be slow."""
    return _after_people(DeliveryWorker(responses.ticket, render.mail_texts()).deliver)


def import_jobs(storage: Storage) -> list[Job]:
    """Runs imports in a loop of their own, because each may take a minute."""
    invite = functools.partial(invitations.invite, render=render.mail_texts())
    bring = functools.partial(bringing.run_due, storage=storage, now=clock.now)
    return _after_people(functools.partial(importing.run_due, storage=storage, now=clock.now), invite, bring)


_SWEPT = (
    sessions,
    one_time_links,
    kept_forms,
    throttle,
    presence,
    deliveries,
    notices,
    outbox,
    unmerge,
    domain_verification,
    exports,
    people_imports,
    ARTICLE_IMPORTS,
    visits,
)
"""Modules that delete their own expired rows."""


async def _hear(happened: asyncio.Event, at: datetime) -> None:
    """Sets `happened` on events until the connection is lost; without it, events are polled."""
    async with aclosing(changes.of(database.database())) as told:
        async for topics in told:
            if any(map(is_of_ticket, topics or ())):
                happened.set()


async def _renew_settings(at: datetime) -> None:
    await workflows.renew()
    await catalog.renew()


def _after_people(*jobs: Job) -> list[Job]:
    return [functools.partial(_waiting, job) for job in jobs]


async def _waiting(job: Job, at: datetime) -> None:
    with database.after_people():
        await job(at)


def _delivery(*, prints: bool) -> outbox.Delivery:
    """Without a mail server, messages go to the outbox folder, and links to the terminal."""
    if server := settings().smtp:
        return Sender(of_url(server, SMTP_PORTS)).send
    keep = outbox.to_folder(settings().var / "outbox")

    async def deliver(message: EmailMessage) -> None:
        await keep(message)
        if prints and not message.is_multipart():
            recipient, subject, body = message["To"], message["Subject"], message.get_content()
            print(MAIL_SENT.format(recipient=recipient, subject=subject, body=body), flush=True)  # noqa: T201

    return deliver


async def _sweep_files(storage: Storage, at: datetime) -> None:
    """Deletes unsent files, and stored contents that no row references."""
    await forget_unsent(before=at - ORPHANS_KEPT)
    await forget_unnamed_thumbnails()
    await storage.sweep(older_than=at - ORPHANS_KEPT, is_known=contents.known)


def _every(pause: timedelta, job: Job) -> Job:
    """Runs the job at most once in each pause."""
    last: list[datetime] = []

    async def seldom(at: datetime) -> None:
        if not last or at - last[-1] >= pause:
            last[:] = [at]
            await job(at)

    return seldom
