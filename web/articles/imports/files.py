"""The files that articles name: looked at, kept in the storage once, and given a number to be named by."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from web.articles.imports.incoming import Unreadable
from web.articles.markdown import FILES
from web.database import fetch_column
from web.files import Kind, clean_name, kind_of, refusal
from web.people.permissions import Actor
from web.storage import HEAD, Storage

LARGEST = 100 * 2**20
"""Bytes of one file."""
_PIECE = 2**18


@dataclass(frozen=True)
class FileRead:
    """A file as it lies there."""

    path: Path
    name: str
    sha256: str
    size: int
    kind: Kind


@dataclass(frozen=True)
class FileKept:
    """A file as texts name it."""

    address: str
    is_picture: bool


async def read(folder: Path, path: str) -> FileRead:
    """Raises `Unreadable` where it is empty, too large, a program, or gone."""
    return await asyncio.to_thread(_read, folder, path)


def _read(folder: Path, path: str) -> FileRead:
    at, digest, head = folder / path, hashlib.sha256(), b""
    name = clean_name(at.name)
    try:
        if at.is_symlink() or not at.resolve().is_relative_to(folder.resolve()):
            raise Unreadable("no_file", about=path)
        size = at.stat().st_size
        if size > LARGEST:
            raise Unreadable("file_too_large", about=path)
        with at.open("rb") as opened:
            while piece := opened.read(_PIECE):
                digest.update(piece)
                head = head or piece[:HEAD]
    except OSError:
        raise Unreadable("no_file", about=path) from None
    if code := refusal(head, name, size):
        raise Unreadable(f"file_{code}", about=path)
    return FileRead(at, name, digest.hexdigest(), size, kind_of(head, name))


async def keep(file: FileRead, *, storage: Storage, by: Actor, at: datetime) -> FileKept:
    """The same for the same content under the same name."""
    known = await fetch_column(int, _KNOWN, file.sha256, file.name)
    if not (known and await storage.exists(file.sha256)):
        stored = await storage.receive(_pieces(file.path), limit=LARGEST)
        if stored.sha256 != file.sha256:
            raise Unreadable("no_file", about=file.name)
    columns = (file.name, file.kind.media_type, file.size, file.sha256, by.id, at)
    number = (known or await fetch_column(int, _KEPT, *columns))[0]
    return FileKept(f"{FILES}{number}/{quote(file.name)}", file.kind.inline)


_KNOWN = "SELECT id FROM article_file WHERE sha256 = {} AND name = {} ORDER BY id LIMIT 1"
_KEPT = (
    "INSERT INTO article_file (name, media_type, size, sha256, person, at) VALUES ({}, {}, {}, {}, {}, {}) RETURNING id"
)


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as opened:
        while piece := await asyncio.to_thread(opened.read, _PIECE):
            yield piece
