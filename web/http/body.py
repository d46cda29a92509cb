"""Reads the body of a form, urlencoded or multipart, and lets its files flow into the storage."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request
from litestar.exceptions import InternalServerException
from multipart import MultipartError, PushMultipartParser, parse_options_header  # type: ignore[import-untyped]

from web.errors import Throttled
from web.files import clean_name, refusal
from web.storage import HEAD, Storage, StorageError, Stored, TooLarge
from web.text import clean_text

Fields = dict[str, list[str]]
AnyRequest = Request[Any, Any, Any]
Admission = Callable[[Fields], Awaitable[bool]]
"""Whether files may be kept that come with these fields; raises `Throttled` when they are too many for today."""
Events = AsyncIterator[Any]
"""For each part a `multipart.MultipartSegment` with its headers, its bytes as they come, and None."""

MAX_FIELDS = 200
MAX_TOTAL = 300 * 2**20
_LONGEST_HEADER = 2**14

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


class BodyTooLarge(Exception):
    """The text of the form is past its limit: 413."""


class BadBody(Exception):
    """The code is "unsupported" when it is no form (415), "malformed" when it is broken or cut short (400)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ReceivedFile:
    field: str
    name: str
    stored: Stored


@dataclass(frozen=True)
class RefusedFile:
    field: str
    name: str
    code: str
    """too_large, empty, forbidden, too_many, quota or storage."""


@dataclass
class Body:
    fields: Fields = field(default_factory=dict)
    files: list[ReceivedFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    truncated: bool = False
    """There was more than 300 MB and the rest is unread: answer 413 with `Connection: close`."""


async def read_body(
    request: AnyRequest,
    *,
    storage: Storage | None,
    admit: Admission,
    max_file: int = 100 * 2**20,
    max_files: int = 10,
    max_text: int = 1_000_000,
) -> Body:
    """The fields as clean text, and the files already in the storage under clean names.

    When the first file begins, `admit` sees the fields before it and says whether any file may be kept; the
    form's token goes first, then. Without a storage no file is kept. A file of exactly `max_file` bytes is
    taken. One refused is named in `refused` and read to its end, so that the browser hears the answer.

    Text is UTF-8 of at most `max_text` bytes, names of fields included, and comes out in NFC, with LF, and
    without other control characters than tabs. Raises `BodyTooLarge` and `BadBody`.

    Litestar itself stops at 10 MB unless the route says `request_max_body_size=None`.
    """
    if (request.content_length or 0) > MAX_TOTAL:
        return Body(truncated=True)
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    if media_type == "application/x-www-form-urlencoded":
        return await _read_urlencoded(request, _Text(max_text))
    if media_type != "multipart/form-data":
        raise BadBody("unsupported")
    form = _Multipart(storage, admit, max_file, max_files, _Text(max_text))
    async with aclosing(_events(request, options.get("boundary", ""))) as events:
        return await form.read(events)


@dataclass
class _Text:
    """The fields read so far, kept from growing out of hand."""

    left: int
    fields: Fields = field(default_factory=dict)
    count: int = 0

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BodyTooLarge

    def add(self, name: bytes, value: bytes) -> None:
        self.count += 1
        if self.count > MAX_FIELDS:
            raise BadBody("malformed")
        self.fields.setdefault(_text(name), []).append(_text(value))


async def _read_urlencoded(request: AnyRequest, text: _Text) -> Body:
    raw = bytearray()
    async for chunk in _chunks(request):
        raw += chunk
        if len(raw) > 3 * (text.left + MAX_FIELDS):
            raise BodyTooLarge
    await run_sync(_split, bytes(raw), text)
    return Body(text.fields)


def _split(raw: bytes, text: _Text) -> None:
    """In a thread, for what an attacker sends takes up to half a second."""
    for pair in raw.split(b"&", MAX_FIELDS):
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        name, value = _unquoted(name), _unquoted(value)
        text.take(len(name) + len(value))
        if pair:
            text.add(name, value)


def _unquoted(escaped: bytes) -> bytes:
    return _ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace(b"%", b"").decode()), escaped)


@dataclass
class _Multipart:
    storage: Storage | None
    admit: Admission
    max_file: int
    max_files: int
    text: _Text
    body: Body = field(init=False)
    admitted: bool | None = None

    def __post_init__(self) -> None:
        self.body = Body(self.text.fields)

    async def read(self, events: Events) -> Body:
        try:
            async for part in events:
                content = _Content(events)
                if part.filename is None:
                    await self._read_text(part.name.encode(), content)
                elif part.filename:
                    await self._read_file(clean_text(part.name), clean_name(part.filename), content)
                await content.skip()
        except _Truncated:
            self.body.truncated = True
        return self.body

    async def _read_text(self, name: bytes, content: "_Content") -> None:
        raw = bytearray()
        self.text.take(len(name))
        async for chunk in content:
            self.text.take(len(chunk))
            raw += chunk
        self.text.add(name, bytes(raw))

    async def _read_file(self, field: str, name: str, content: "_Content") -> None:
        try:
            if not (storage := await self._admitted_storage()):
                return
            stored = await self._receive(storage, name, content)
        except (_Refused, TooLarge, StorageError) as refused:
            self.body.refused.append(RefusedFile(field, name, _code(refused)))
        else:
            self.body.files.append(ReceivedFile(field, name, stored))

    async def _admitted_storage(self) -> Storage | None:
        if self.storage and self.admitted is None:
            try:
                self.admitted = await self.admit(self.body.fields)
            except Throttled:
                raise _Refused("quota") from None
        return self.storage if self.admitted else None

    async def _receive(self, storage: Storage, name: str, content: "_Content") -> Stored:
        if len(self.body.files) >= self.max_files:
            raise _Refused("too_many")
        return await storage.receive(_vetted(content, name), limit=self.max_file)


class _Truncated(Exception):
    pass


class _Refused(Exception):
    pass


def _code(refused: Exception) -> str:
    match refused:
        case _Refused():
            return str(refused)
        case TooLarge():
            return "too_large"
        case _:
            return "storage"


@dataclass
class _Content(AsyncIterator[bytes]):
    """The bytes of one part; whoever leaves off in the middle lets another go on from there."""

    events: Events
    is_over: bool = False

    async def __anext__(self) -> bytes:
        chunk: bytes | None = None if self.is_over else await anext(self.events)
        if chunk is None:
            self.is_over = True
            raise StopAsyncIteration
        return chunk

    async def skip(self) -> None:
        async for _ in self:
            pass


async def _vetted(content: _Content, name: str) -> AsyncIterator[bytes]:
    """The same bytes, if the first of them and the name show a file that the desk takes."""
    head = b""
    async for chunk in content:
        head += chunk
        if len(head) >= HEAD:
            break
    if code := refusal(head, name, len(head)):
        raise _Refused(code)
    yield head
    async for chunk in content:
        yield chunk


async def _events(request: AnyRequest, boundary: str) -> AsyncGenerator[Any, None]:
    total = 0
    try:
        parser = PushMultipartParser(boundary, max_segment_count=2 * MAX_FIELDS, max_header_size=_LONGEST_HEADER)
        async for chunk in _chunks(request):
            total += len(chunk)
            if total > MAX_TOTAL:
                raise _Truncated
            for event in parser.parse(chunk):
                yield event
        parser.close()
    except MultipartError as error:
        raise BadBody("malformed") from error


async def _chunks(request: AnyRequest) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except InternalServerException as gone:
        raise BadBody("malformed") from gone


def _text(raw: bytes) -> str:
    return clean_text(raw.decode(errors="replace"))
