"""Unpacks an uploaded archive into a folder: nothing is written outside it, and its size is limited."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from web.errors import Unreadable

MOST = 50_000
LARGEST = 2 * 2**30
"""The most bytes after unpacking."""
_PIECE = 2**18
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP, perhaps a broken one."""
    with path.open("rb") as opened:
        return opened.read(2) == b"PK" or zipfile.is_zipfile(path)


def unpacked(path: Path, folder: Path) -> Path:
    """The folder of the articles: `folder`, or the only one inside it. A file that is no ZIP is treated as JSON.

    Raises `Unreadable`.
    """
    if not is_archive(path):
        path.rename(folder / "articles.json")
        return folder
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack(archive, folder)
    except _BROKEN:
        raise Unreadable("bad_zip") from None
    return _top(folder)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    files = [each for each in archive.infolist() if not each.is_dir()]
    if len(files) > MOST:
        raise Unreadable("too_many_files")
    left = LARGEST
    for each in files:
        parts = [part for part in PurePosixPath(each.filename.replace("\\", "/")).parts if part.strip("./")]
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(each) as packed, target.open("wb") as out:
            left = _copy(packed, out, left)


def _copy(packed: IO[bytes], out: IO[bytes], left: int) -> int:
    """Copies a file. Returns how many bytes may still follow."""
    while piece := packed.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise Unreadable("unpacked_too_large")
        out.write(piece)
    return left


def _top(folder: Path) -> Path:
    """Skips a folder that contains all others, because it is no section."""
    inside = [each for each in folder.iterdir() if not each.name.startswith((".", "__MACOSX"))]
    if len(inside) == 1 and inside[0].is_dir() and not any(each.suffix == ".md" for each in inside[0].iterdir()):
        return inside[0]
    return folder
