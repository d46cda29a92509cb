"""Serves a stored file: whole, in part, or as unchanged (304)."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Protocol

from litestar import Response
from litestar.datastructures import Headers
from litestar.response import Stream

from web.files import Kind, content_disposition
from web.storage import Storage, StorageError

UNCOMPRESSED = "uncompressed"
"""The key of a route's `opt` that turns off Litestar's compression."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_TAG = re.compile(r'"[^"]*"')


class Asking(Protocol):
    """A request for a file, whoever sent it."""

    @property
    def method(self) -> str: ...
    @property
    def headers(self) -> Headers: ...


async def download(
    request: Asking,
    *,
    storage: Storage,
    sha256: str,
    size: int,
    name: str,
    kind: Kind,
    modified: datetime,
) -> Response[bytes] | Stream:
    """The response to GET and HEAD by RFC 9110. Raises `StorageError` when the content is missing or cut.

    Compression would remove length and ranges, and cost 40 times the processor time: give the application
    `CompressionConfig(..., exclude_opt_key=UNCOMPRESSED)` and the route `opt={UNCOMPRESSED: True}`.
    """
    headers = _headers(sha256, name, kind, modified)
    if _holds(request, headers["ETag"], modified):
        return Response(b"", status_code=304, headers=headers)
    if await storage.size_of(sha256) != size:
        raise StorageError(f"no content {sha256} of {size} bytes")
    part = _part(request, headers, size)
    if part is not None and not part:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(b"", status_code=416, headers=headers, media_type=kind.media_type)
    if part:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    span = part or range(size)
    headers["Content-Length"] = str(len(span))
    if request.method == "HEAD":
        return Response(b"", headers=headers, media_type=kind.media_type)
    content = storage.read(sha256, span.start, span.stop)
    return Stream(content, status_code=206 if part else 200, headers=headers, media_type=kind.media_type)


def _headers(sha256: str, name: str, kind: Kind, modified: datetime) -> dict[str, str]:
    return {
        "ETag": f'"{sha256}"',
        "Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True),
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": content_disposition(name, kind.inline),
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def _holds(request: Asking, tag: str, modified: datetime) -> bool:
    """Whether the browser has this content already; entity tags take precedence over the date."""
    if (tags := request.headers.get("if-none-match")) is not None:
        return tags.strip() == "*" or tag in _TAG.findall(tags)
    since = _instant(request.headers.get("if-modified-since", ""))
    return since is not None and modified.replace(microsecond=0) <= since


def _part(request: Asking, headers: dict[str, str], size: int) -> range | None:
    """The requested range, empty if it cannot be satisfied; None for the whole file.

    Several ranges at once get the whole file, and so does a range of content that has changed since.
    """
    asked = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    held = request.headers.get("if-range", headers["ETag"])
    if request.method != "GET" or not asked or held not in (headers["ETag"], headers["Last-Modified"]):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _instant(date: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
