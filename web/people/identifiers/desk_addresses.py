"""The addresses of the desk itself, as this process knows them: renewed within two seconds of a change elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from web.database import FAILURES, fetch_column
from web.settings import settings


@dataclass
class _Known:
    """Of mailboxes that are set by page."""

    addresses: frozenset[str] = frozenset()


_known = _Known()


def known() -> frozenset[str]:
    """Without a statement: the operator's address, and that of each mailbox, in use or not."""
    return _known.addresses | {settings().sender}


async def renew(at: datetime | None = None) -> None:
    """While the database does not answer, the known ones hold."""
    try:
        _known.addresses = frozenset(await fetch_column(str, "SELECT address FROM mailbox"))
    except FAILURES:
        return
