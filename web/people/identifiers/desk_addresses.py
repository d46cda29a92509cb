"""The addresses of the desk, and whether it sends, as this process knows: renewed within two seconds of a change."""

from dataclasses import dataclass
from datetime import datetime

from web.database import FAILURES, fetch_as
from web.settings import settings


@dataclass
class _Known:
    """Of mailboxes that are set by page."""

    addresses: frozenset[str] = frozenset()
    is_sending: bool = False


@dataclass(frozen=True)
class _Row:
    address: str
    is_sending: bool


_known = _Known()


def known() -> frozenset[str]:
    """Without a statement: the operator's address, and that of each mailbox, in use or not."""
    return _known.addresses | {settings().sender}


def sends_mail() -> bool:
    """Without a statement: whether a message leaves, by the operator's server or by a mailbox in use."""
    return bool(settings().smtp) or _known.is_sending


async def renew(at: datetime | None = None) -> None:
    """While the database does not answer, the known ones hold."""
    try:
        rows = await fetch_as(_Row, "SELECT address, is_active AND smtp_host <> '' AS is_sending FROM mailbox")
    except FAILURES:
        return
    _known.addresses = frozenset(each.address for each in rows)
    _known.is_sending = any(each.is_sending for each in rows)
