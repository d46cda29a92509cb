"""Sites that may embed pages, and unlisted sites that tried."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from web.brand.brand import known
from web.database import execute, fetch_as
from web.errors import Throttled
from web.people import throttle
from web.people.throttle import Limit

MOST = 50
LONGEST = 200
MOST_REFUSED = 20
"""How many of the latest attempts are kept."""
REFUSED_FROM_ONE = Limit("embed-refused", tries=10, seconds=60)

_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*|::1", re.ASCII)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True)
class RefusedSite:
    """An unlisted site, and when it last tried."""

    origin: str
    at: datetime


def origin_of(address: str) -> str | None:
    """The origin of an address (RFC 6454), https or localhost; None for any other."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not is_safe or "@" in parts.netloc or not _HOST.fullmatch(host) or len(address) > LONGEST:
        return None
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + ("" if port in (None, _USUAL[parts.scheme]) else f":{port}")


def read_origins(typed: str) -> tuple[list[str], list[str]]:
    """Parses one origin a line. Returns the origins, and the wrong lines; an address with a path is wrong."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    found = {line: origin_of(line) for line in lines}
    wrong = [line for line, origin in found.items() if origin is None or urlsplit(line).path not in ("", "/")]
    return list(dict.fromkeys(found[line] or "" for line in lines if line not in wrong)), wrong


def is_listed(origin: str | None) -> bool:
    return origin is not None and origin in known().origins


async def note_refused(origin: str, *, network: str, at: datetime) -> None:
    """Records an unlisted site that embeds a page, which its browser refuses. The network is rate limited."""
    with suppress(Throttled):
        await throttle.spend(REFUSED_FROM_ONE, network, at=at)
        await execute(
            "INSERT INTO embed_refusal (origin, at) VALUES ({}, {}) "
            "ON CONFLICT (origin) DO UPDATE SET at = excluded.at",
            *(origin, at),
        )
        latest = f"SELECT id FROM embed_refusal ORDER BY at DESC LIMIT {MOST_REFUSED}"
        await execute(f"DELETE FROM embed_refusal WHERE id NOT IN ({latest})")


async def refused() -> list[RefusedSite]:
    """The recorded sites that are still unlisted, latest first."""
    found = await fetch_as(RefusedSite, f"SELECT origin, at FROM embed_refusal ORDER BY at DESC LIMIT {MOST_REFUSED}")
    return [each for each in found if not is_listed(each.origin)]
