"""Checks that all nodes have the same secret; otherwise each refuses the other's forms."""

import hashlib
import hmac
import logging

from piccolo.columns import Serial, Varchar
from piccolo.table import Table

from web.database import execute, fetch_column
from web.errors import BadSetting
from web.settings import SHORTEST_SECRET, settings

log = logging.getLogger("guiche.start")


class NodeSecret(Table, tablename="node_secret"):
    """Its one row identifies the secret of the node that was started last."""

    id: Serial
    mark = Varchar(length=64)


async def register() -> None:
    """Registers this node's secret at its start. Warns if it was another one before, or is short."""
    if len(settings().secret.encode()) < SHORTEST_SECRET:
        log.warning("GUICHE_SECRET is shorter than %s bytes: whoever guesses it can forge forms", SHORTEST_SECRET)
    kept = await _kept()
    if kept and kept != _mark():
        log.warning("GUICHE_SECRET is not that of the node started before: all nodes need the same one")
    if kept != _mark():
        await execute(
            "INSERT INTO node_secret (id, mark) VALUES (1, {}) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark",
            _mark(),
        )


async def check() -> None:
    """Raises `BadSetting` if another node was started with another secret after this one."""
    if await _kept() not in ("", _mark()):
        raise BadSetting("GUICHE_SECRET is not that of the node started last")


async def _kept() -> str:
    marks = await fetch_column(str, "SELECT mark FROM node_secret WHERE id = 1")
    return marks[0] if marks else ""


def _mark() -> str:
    """A value that tells two secrets apart without revealing them."""
    return hmac.new(settings().secret.encode(), b"mark of the secret", hashlib.sha256).hexdigest()
