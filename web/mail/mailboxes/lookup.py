"""Finds mailboxes for the worker: those of the operator first, then those set by page. Nothing is cached."""

from dataclasses import dataclass, replace
from email.utils import formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from web.database import columns_of, fetch_as
from web.encryption import unseal
from web.errors import NotFound
from web.mail.mailboxes import servers
from web.mail.mailboxes.servers import IMAP_PORTS, Server
from web.settings import settings


@dataclass(frozen=True)
class Mailbox:
    """A mailbox with its secrets. `id` is None for the operator's."""

    id: int | None
    address: str
    name: str
    imap: Server
    folder: str
    smtp: Server

    @property
    def sender(self) -> str:
        """The value of the From header."""
        return formataddr((self.name, self.address))

    @property
    def label(self) -> str:
        """A name without secrets, for logs and leases."""
        return f"{self.imap.user}@{self.imap.host}:{self.imap.port}/{self.folder}"[:200]


@dataclass(frozen=True)
class _Row:
    id: int
    address: str
    name: str
    login: str
    imap_host: str
    imap_port: int
    imap_tls: str
    imap_user: str
    imap_secret: str
    folder: str
    smtp_host: str
    smtp_port: int
    smtp_tls: str
    smtp_user: str
    smtp_secret: str


_ACTIVE = f"SELECT {', '.join(f'mailbox.{each}' for each in columns_of(_Row))} FROM mailbox WHERE is_active AND "


async def reading() -> list[Mailbox]:
    """The mailboxes to fetch from."""
    rows = await fetch_as(_Row, _ACTIVE + "imap_host <> '' ORDER BY id")
    return [*_of_the_operator(), *map(_opened, rows)]


async def sending(address: str) -> Mailbox | None:
    """The mailbox that sends messages of this address; None if the operator's settings send them."""
    return _first(await fetch_as(_Row, _ACTIVE + "smtp_host <> '' AND address = {}", address))


async def defaults() -> list[Mailbox]:
    """The mailboxes for messages without one of their own: the first, or the next ones while it fails.

    Empty when the operator named a server.
    """
    if settings().smtp:
        return []
    return list(map(_opened, await fetch_as(_Row, _ACTIVE + "smtp_host <> '' ORDER BY id LIMIT 10")))


async def default() -> Mailbox | None:
    return next(iter(await defaults()), None)


async def of_ticket(number: int) -> Mailbox | None:
    """The mailbox that a ticket came through, while it is active; else the default one."""
    found = await fetch_as(_Row, _ACTIVE + f"id = ({_CAME_BY})", number)
    return _first(found) or await default()


async def of_number(number: int | None) -> Mailbox | None:
    """The mailbox of this number, while it is active; else the default one."""
    return _first(await fetch_as(_Row, _ACTIVE + "id = {}", number)) or await default()


_CAME_BY = (
    "SELECT inbound_mail.mailbox FROM inbound_mail WHERE inbound_mail.ticket = {} "
    "AND inbound_mail.mailbox IS NOT NULL ORDER BY inbound_mail.filed_at LIMIT 1"
)


async def one(number: int) -> Mailbox:
    """The mailbox of this number, active or not. Raises `NotFound`."""
    found = _first(await fetch_as(_Row, f"SELECT {', '.join(columns_of(_Row))} FROM mailbox WHERE id = {{}}", number))
    if found is None:
        raise NotFound("mailbox")
    return found


def _first(rows: list[_Row]) -> Mailbox | None:
    return _opened(rows[0]) if rows else None


def _opened(row: _Row) -> Mailbox:
    imap = Server(row.imap_host, row.imap_port, row.imap_tls, row.imap_user, _unsealed(row.imap_secret), row.login)
    smtp = Server(row.smtp_host, row.smtp_port, row.smtp_tls, row.smtp_user, _unsealed(row.smtp_secret), row.login)
    return Mailbox(row.id, row.address, row.name, imap, row.folder, smtp)


def _unsealed(secret: str) -> str | None:
    return unseal(secret) if secret else ""


def _of_the_operator() -> list[Mailbox]:
    name, address = parseaddr(settings().mail_from)
    own = Mailbox(None, address, name, Server(), "", Server())
    return [
        replace(own, imap=servers.of_url(url, IMAP_PORTS), folder=unquote(urlsplit(url).path.strip("/")) or "INBOX")
        for url in settings().mailboxes
    ]
