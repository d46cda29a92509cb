"""The addresses of the desk and whether it can send mail, refreshed by each process every two seconds."""

from dataclasses import dataclass
from datetime import datetime

from web.database import FAILURES, fetch_as
from web.settings import settings


@dataclass
class _Known:
    """What is set by page."""

    addresses: frozenset[str] = frozenset()
    is_sending: bool = False


@dataclass(frozen=True)
class _Row:
    address: str
    is_sending: bool


_known = _Known()


def known() -> frozenset[str]:
    """The operator's address and that of each mailbox, active or not. Makes no statement."""
    return _known.addresses | {settings().sender}


def sends_mail() -> bool:
    """Whether messages can be sent, by the operator's server or by an active mailbox. Makes no statement."""
    return bool(settings().smtp) or _known.is_sending


async def renew(at: datetime | None = None) -> None:
    """Refreshes the addresses. While the database does not answer, the last known ones are kept."""
    try:
        rows = await fetch_as(_Row, "SELECT address, is_active AND smtp_host <> '' AS is_sending FROM mailbox")
    except FAILURES:
        return
    _known.addresses = frozenset(each.address for each in rows)
    _known.is_sending = any(each.is_sending for each in rows)
