"""Reads a multipart body part by part and streams its files into the storage."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, cast

from multipart import MultipartError, PushMultipartParser  # type: ignore[import-untyped]

from web.errors import Throttled
from web.files import clean_name, refusal
from web.http.received import (
    BadBody,
    Body,
    Fields,
    FormText,
    Incoming,
    ReceivedFile,
    RefusedFile,
    chunks,
)
from web.storage import HEAD, Storage, StorageError, Stored, TooLarge
from web.text import clean_text

Admission = Callable[[Fields], Awaitable[bool]]
"""Whether files may be stored with these fields. Raises `Throttled` beyond the daily quota."""


class Part(Protocol):
    """The headers of a part, as `multipart.MultipartSegment` gives them."""

    name: str
    filename: str | None
    content_type: str | None

    def header(self, name: str, default: str) -> str: ...


Event = Part | bytes | None
Events = AsyncIterator[Event]
"""For each part its headers, its bytes as they come, and None."""

MAX_TOTAL = 300 * 2**20
_MOST_PARTS = 2_000
"""The most parts. Ten files are accepted, and each other one is named in a refusal."""
_LONGEST_HEADER = 2**16


@dataclass
class Multipart:
    """Handles the parts: texts become fields, files go to the storage."""

    storage: Storage | None
    admit: Admission
    max_file: int
    max_files: int
    text: FormText
    body: Body = field(init=False)
    admitted: bool | None = None

    def __post_init__(self) -> None:
        self.body = Body(self.text.fields)

    async def read(self, events: Events) -> Body:
        try:
            async for event in events:
                part, content = cast("Part", event), _Content(events)
                if part.filename is None:
                    await self._read_text(part.name.encode(), content)
                elif part.filename or await _is_chosen(part, content):
                    name = clean_name(part.filename, part.content_type or "")
                    await self._read_file(clean_text(part.name), name, content)
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
                self.body.has_unread_files = True
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


async def _is_chosen(part: Part, content: "_Content") -> bool:
    """Whether a part without a file name is a file: browsers send an empty part when none was chosen.

    A name of backslashes alone is lost when the name is read as the path of an old browser.
    """
    return not part.header("Content-Disposition", "").endswith('filename=""') or not await content.is_empty()


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
    """The bytes of one part; a reader that stops early lets the next continue."""

    events: Events
    is_over: bool = False
    ahead: bytes = b""
    """Bytes that were read ahead."""

    async def is_empty(self) -> bool:
        self.ahead = await anext(self, b"")
        return not self.ahead

    async def __anext__(self) -> bytes:
        if self.ahead:
            ahead, self.ahead = self.ahead, b""
            return ahead
        chunk = None if self.is_over else cast("bytes | None", await anext(self.events))
        if chunk is None:
            self.is_over = True
            raise StopAsyncIteration
        return chunk

    async def skip(self) -> None:
        async for _ in self:
            pass


async def _vetted(content: _Content, name: str) -> AsyncIterator[bytes]:
    """Passes the bytes on if the first of them and the name show an accepted file."""
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


async def events_of(request: Incoming, boundary: str) -> AsyncGenerator[Event, None]:
    total = 0
    try:
        parser = PushMultipartParser(boundary, max_segment_count=_MOST_PARTS, max_header_size=_LONGEST_HEADER)
        async for chunk in chunks(request):
            total += len(chunk)
            if total > MAX_TOTAL:
                raise _Truncated
            for event in parser.parse(chunk):
                yield event
        parser.close()
    except MultipartError as error:
        raise BadBody("malformed") from error
