"""Reads a help centre from files in a process of its own, so that hostile files are refused."""

from pathlib import Path
from typing import cast

from web.articles.imports import json_files, markdown_folder, movidesk, zendesk
from web.articles.imports.incoming import Source
from web.errors import Unreadable
from web.processes.limited import Died, Limits, once

LIMITS = Limits(cpu=120, memory=2 * 2**30, patience=300)


async def read(path: Path, wanted: str = "") -> Source:
    """Reads the folder or file. Raises `Unreadable`, with the code `too_costly` if it crashed the process."""
    try:
        return cast("Source", await once(answer, LIMITS, str(path), wanted))
    except Died:
        raise Unreadable("too_costly") from None


def answer(path: str, wanted: str) -> Source | Unreadable:
    """The call in the other process."""
    try:
        return read_at(Path(path), wanted)
    except Unreadable as refused:
        return refused


def read_at(path: Path, wanted: str = "") -> Source:
    """Detects the format if none is given. Raises `Unreadable`."""
    if not path.exists():
        raise Unreadable("nothing_there", about=path.name)
    if wanted == "markdown" or (not wanted and path.is_dir() and markdown_folder.is_it(path)):
        return markdown_folder.read(path)
    pages = json_files.pages(path)
    folder = path if path.is_dir() else path.parent
    if wanted in ("", "zendesk") and zendesk.is_it(pages):
        return zendesk.read(pages, folder)
    if wanted in ("", "movidesk") and movidesk.is_it(pages):
        return movidesk.read(pages, folder)
    raise Unreadable("no_articles", about=path.name)
