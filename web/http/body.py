"""Reads the body of a form, urlencoded or multipart."""

import re
from contextlib import aclosing

from anyio.to_thread import run_sync
from multipart import parse_options_header  # type: ignore[import-untyped]

from web.files import LARGEST_FILE
from web.http.multipart import MAX_TOTAL, Admission, Multipart, events_of
from web.http.received import MAX_FIELDS, BadBody, Body, BodyTooLarge, FormText, Incoming, chunks
from web.storage import Storage

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


async def read_body(
    request: Incoming,
    *,
    storage: Storage | None,
    admit: Admission,
    max_file: int = LARGEST_FILE,
    max_files: int = 10,
    max_text: int = 1_000_000,
) -> Body:
    """The fields as clean text, and the files, which are in the storage already, under clean names.

    `admit` sees the fields before the first file and decides whether files may be stored; the form's token therefore
    comes first. Without a storage no file is stored. A file of exactly `max_file` bytes is accepted. A refused one is
    named in `refused` and read to its end, so that the browser receives the response.

    Text is UTF-8 of at most `max_text` bytes, names of fields included, and is normalized to NFC, with LF, and without
    control characters except tabs. Raises `BodyTooLarge` and `BadBody`.

    Litestar itself stops at 10 MB unless the route says `request_max_body_size=None`.
    """
    if (request.content_length or 0) > MAX_TOTAL:
        return Body(truncated=True)
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    if media_type == "application/x-www-form-urlencoded":
        return await _read_urlencoded(request, FormText(max_text))
    if media_type != "multipart/form-data":
        raise BadBody("unsupported")
    form = Multipart(storage, admit, max_file, max_files, FormText(max_text))
    async with aclosing(events_of(request, options.get("boundary", ""))) as events:
        return await form.read(events)


async def _read_urlencoded(request: Incoming, text: FormText) -> Body:
    raw = bytearray()
    async for chunk in chunks(request):
        raw += chunk
        if len(raw) > 3 * (text.left + MAX_FIELDS):
            raise BodyTooLarge
    await run_sync(_split, bytes(raw), text)
    return Body(text.fields)


def _split(raw: bytes, text: FormText) -> None:
    """Splits the body in a thread, because hostile bodies take up to half a second."""
    for pair in raw.split(b"&", MAX_FIELDS):
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        name, value = _unquoted(name), _unquoted(value)
        text.take(len(name) + len(value))
        if pair:
            text.add(name, value)


def _unquoted(escaped: bytes) -> bytes:
    return _ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace(b"%", b"").decode()), escaped)
