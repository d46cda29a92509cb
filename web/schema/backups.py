"""Backups of an SQLite database: making one, and checking one."""

import contextlib
import sqlite3
from pathlib import Path

from web.database import database
from web.engines.sqlite import SQLite
from web.errors import BadSetting

_LOGGED = b"\x02\x02"
"""Bytes 18 and 19 of a file whose last changes may be in a log beside it (sqlite.org/fileformat)."""


def make(file: Path) -> None:
    """Makes a copy while others write. Raises `BadSetting` on failure."""
    engine = database()
    if not isinstance(engine, SQLite):
        raise BadSetting("backup copies SQLite only: for PostgreSQL use pg_dump")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{engine.path}?mode=ro", uri=True)) as original:
            original.execute("VACUUM INTO ?", [str(file)])
    except sqlite3.Error as error:
        raise BadSetting(f"{file} can't be written ({error})") from None


def faults(file: Path) -> list[str]:
    """The faults of a copy, a line each; empty if it can replace the original."""
    try:
        with file.open("rb") as opened_file:
            head = opened_file.read(20)
    except OSError as error:
        return [f"{file} can't be read ({error.strerror})"]
    if not head.startswith(b"SQLite format 3\0"):
        return [f"{file} is no SQLite database"]
    if head[18:20] == _LOGGED and not file.with_name(f"{file.name}-wal").exists():
        return [f"{file} was copied without its log: the last changes are missing. Use `python -m web backup`"]
    return _damage(file)


def _damage(file: Path) -> list[str]:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
            lost = [
                f"{table}: a row names one that is missing" for table, *_ in copy.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.Error as error:
        return [f"{file} is damaged ({error})"]
    return [line for line in found if line != "ok"] + lost
