"""The files of imported articles: read, checked, and stored once with a number."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from web.articles.files import media_type, save_file
from web.articles.markdown import FILES
from web.database import fetch_column
from web.errors import Unreadable
from web.files import LARGEST_FILE, clean_name, refusal
from web.people.permissions import Actor
from web.storage import HEAD, Storage, pieces_of

_PIECE = 2**18


@dataclass(frozen=True)
class FileRead:
    """A file as it was found."""

    path: Path
    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class FileKept:
    """A stored file."""

    address: str
    is_picture: bool


async def read(folder: Path, path: str) -> FileRead:
    """Reads a file. Raises `Unreadable` if it is empty, too large, a program, or missing."""
    return await asyncio.to_thread(_read, folder, path)


def _read(folder: Path, path: str) -> FileRead:
    at, digest, head = folder / path, hashlib.sha256(), b""
    name = clean_name(at.name)
    try:
        if at.is_symlink() or not at.resolve().is_relative_to(folder.resolve()):
            raise Unreadable("no_file", about=path)
        size = at.stat().st_size
        if size > LARGEST_FILE:
            raise Unreadable("file_too_large", about=path)
        with at.open("rb") as opened:
            while piece := opened.read(_PIECE):
                digest.update(piece)
                head = head or piece[:HEAD]
    except OSError:
        raise Unreadable("no_file", about=path) from None
    if code := refusal(head, name, size):
        raise Unreadable(f"file_{code}", about=path)
    return FileRead(at, name, digest.hexdigest(), size, media_type(head, name))


async def store(file: FileRead, one: asyncio.Lock, *, storage: Storage, by: Actor, at: datetime) -> FileKept:
    """Stores a file once for the same content and name. `one` makes statements for several files run one at a time."""
    async with one:
        known = await _number(file)
    if not (known and await storage.exists(file.sha256)):
        with file.path.open("rb") as opened:
            stored = await storage.receive(pieces_of(opened), limit=LARGEST_FILE)
        file = replace(file, sha256=stored.sha256, size=stored.size)
    async with one:
        number = await _number(file) or await save_file(
            file.name, file.media_type, file.size, file.sha256, by=by, at=at
        )
    return FileKept(f"{FILES}{number}/{quote(file.name)}", file.media_type.startswith("image/"))


async def _number(file: FileRead) -> int | None:
    known = "SELECT min(id) AS id FROM article_file WHERE sha256 = {} AND name = {}"
    return (await fetch_column(int, known, file.sha256, file.name))[0]
