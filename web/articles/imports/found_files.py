"""Finds the files that an imported text refers to, only below its own folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from web.errors import Unreadable

MOST = 50_000
"""The most files below one folder."""


@dataclass(frozen=True)
class FoundFiles:
    """The files below a folder by their relative paths, without hidden ones and links."""

    folder: Path
    paths: frozenset[str]
    by_ending: dict[str, str]
    """The files by the last parts of their paths, in lower case; an ambiguous ending finds none."""

    def named(self, address: str, *, beside: str) -> str | None:
        """The file that a text in the folder `beside` refers to."""
        parts = _split(address.replace("\\", "/"))
        if parts is None or parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        wanted = os.path.normpath(path.lstrip("/") if path.startswith("/") else f"{beside}/{path}").lstrip("/")
        return wanted if wanted in self.paths else None

    def of_address(self, address: str) -> str | None:
        """A local copy of the file at this address, found by the longest matching end of its path."""
        parts = _split(address)
        names = [each for each in unquote(parts.path).lower().split("/") if each] if parts else []
        endings = (between.join(names[begin:]) for begin in range(len(names)) for between in "/-_")
        return next((self.by_ending[each] for each in endings if each in self.by_ending), None)


def below(folder: Path) -> FoundFiles:
    """Lists the files. Raises `Unreadable` if there are too many."""
    paths = sorted(_paths(folder))
    endings: dict[str, str] = {}
    for path in paths:
        for ending in _endings(path):
            endings[ending] = "" if ending in endings else path
    return FoundFiles(folder, frozenset(paths), {ending: path for ending, path in endings.items() if path})


def _paths(folder: Path) -> Iterator[str]:
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in files:
            path = Path(place) / name
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MOST:
                raise Unreadable("too_many_files")
            yield path.relative_to(folder).as_posix()


def _endings(path: str) -> Iterator[str]:
    parts = path.lower().split("/")
    yield from ("/".join(parts[begin:]) for begin in range(len(parts)))
    stem, _, extension = parts[-1].rpartition(".")
    if stem and extension:
        yield stem


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None
