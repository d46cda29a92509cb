"""A received form body: clean text, files, and what was refused."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from litestar.datastructures import Headers
from litestar.exceptions import InternalServerException

from web.storage import Stored
from web.text import clean_text

Fields = dict[str, list[str]]


class Incoming(Protocol):
    """A request with a body, whoever sent it."""

    @property
    def headers(self) -> Headers: ...
    @property
    def content_type(self) -> tuple[str, dict[str, str]]: ...
    @property
    def content_length(self) -> int | None: ...
    def stream(self) -> AsyncGenerator[bytes, None]: ...


MAX_FIELDS = 200


class BodyTooLarge(Exception):
    """The text of the form exceeds its limit: 413."""


class BadBody(Exception):
    """The code is "unsupported" if it is no form (415), "malformed" if it is broken or cut short (400)."""

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
    """More than 300 MB were sent and the rest is unread: answer 413 with `Connection: close`."""
    has_unread_files: bool = False
    """Whether files were sent that this sender may not upload, or not now."""

    @property
    def has_files(self) -> bool:
        """Whether any file was sent, read or not."""
        return bool(self.files or self.refused or self.has_unread_files)


@dataclass
class FormText:
    """The fields read so far, within limits."""

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


async def chunks(request: Incoming) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except InternalServerException as gone:
        raise BadBody("malformed") from gone


def _text(raw: bytes) -> str:
    return clean_text(raw.decode(errors="replace"))
