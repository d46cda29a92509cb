"""Runs a command with the database open; reports refusals in one line, and results as plain text or JSON."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from web.errors import BadSetting, DeskError, Invalid, NotMigrated, OutOfDate
from web.settings import settings
from web.storage import StorageError
from web.text import clean_text, one_line

if TYPE_CHECKING:
    from web.people.permissions import Actor

V = TypeVar("V")

Told = Mapping[str, object]
"""A result of a command: values by name, in order."""

Act = Callable[[argparse.Namespace], Awaitable[Sequence[Told]]]
"""Carries out a command, and returns its results."""


class Partial(list[Told]):
    """Results of a command that refused a part of what it was given; the exit status says so."""


class Lines(str):
    """An argument that may have several lines."""


def read(parser: argparse.ArgumentParser, asked: Sequence[str]) -> argparse.Namespace:
    """Reads the arguments of a command. Text is taken as forms take it; what is not UTF-8 is refused."""
    chosen = parser.parse_args(asked)
    for name, value in vars(chosen).items():
        try:
            setattr(chosen, name, _as_forms(value))
        except UnicodeEncodeError:
            parser.error(f"argument {name}: not UTF-8: {value}")
    return chosen


def _as_forms(value: object) -> object:
    if isinstance(value, list):
        return list(map(_as_forms, value))
    if not isinstance(value, str):
        return value
    typed = clean_text(value.encode().decode())
    return typed if isinstance(value, Lines) else one_line(typed)


def carried_out(command: Callable[[], int | None]) -> int:
    """The exit status of a command; 2 if it was refused or cannot run as things are, which is told in one line."""
    try:
        _close(settings().var)
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        return command() or 0
    except BrokenPipeError:  # the reader closed the pipe, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except NotMigrated:
        return _refuse(_migrate_first())
    except (BadSetting, OutOfDate) as error:
        return _refuse(str(error))
    except OSError as error:
        if error.filename is None:
            raise
        return _refuse(f"{error.filename}: {error.strerror}")
    except StorageError as error:
        return _refuse(f"GUICHE_STORAGE: {error}")
    except Invalid as error:
        return _refuse(f"{error.field}: {error.code}{_in_words(error)}")
    except DeskError as error:
        return _refuse(f"{error.noun}: {error.code}: {_refused(error)}")


def add(ways: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, act: Act) -> argparse.ArgumentParser:
    """Adds a command; its help is the docstring of the function."""
    parser = described(ways, name, act)
    add_json(parser)
    parser.set_defaults(command=partial(_told, act))
    return parser


def described(
    ways: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, of: Callable[..., object]
) -> argparse.ArgumentParser:
    """Adds a command whose help is the first line of the docstring, in the list and above its own options."""
    line = (of.__doc__ or "").splitlines()[0]
    return ways.add_parser(name, help=line, description=line)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def whole(least: int, most: int = 2**31 - 1) -> Callable[[str], int]:
    """The type of an argument that is a whole number in these bounds."""

    def read(text: str) -> int:
        if not (least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"not from {least} to {most}: {text}")
        return int(text)

    read.__name__ = "number"
    return read


def operator() -> "Actor":
    """The actor of commands: the system's person, with an administrator's rights."""
    from web.people.permissions import SYSTEM, Role

    return replace(SYSTEM, role=Role.ADMIN)


def in_database(act: Callable[[], Awaitable[V]]) -> V:
    """Runs a coroutine with the database open.

    Raises `OutOfDate` if its tables are older than the program, and `BadSetting` if it stops answering.
    """
    return asyncio.run(_in_database(act))


async def _in_database(act: Callable[[], Awaitable[V]]) -> V:
    from web import database
    from web.schema import version

    try:
        async with database.opened():
            await version.check()
            return await act()
    except database.BUSY as error:
        raise BadSetting(f"DATABASE_URL: the database doesn't answer ({error})") from None


def _told(act: Act, chosen: argparse.Namespace) -> int:
    rows = in_database(partial(act, chosen))
    tell(chosen, rows)
    return 1 if isinstance(rows, Partial) else 0


def tell(chosen: argparse.Namespace, rows: Sequence[Told]) -> None:
    """Prints results as JSON, or plainly, one a line."""
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("\t".join(map(_plain, row.values())))


def _plain(value: object) -> str:
    """A value on one line, without separators of columns."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return "" if value is None else " ".join(str(value).split())


def _in_words(refused: Invalid) -> str:
    """The sentence of a refusal, as pages have it if commands have none."""
    from web.pages.words import commands
    from web.pages.words.article_imports import WHY
    from web.pages.words.refusals.wording import REFUSALS, refusal

    if refused.code in commands.REFUSED:
        return f": {commands.REFUSED[refused.code]}"
    if refused.code in REFUSALS:
        return f": {refusal(refused.code, [refused.field])}"
    return f": {WHY[refused.code].format(about=refused.field)}" if refused.code in WHY else ""


def _refused(error: DeskError) -> str:
    from web.pages.words.commands import REFUSED

    return REFUSED[error.code]


def _migrate_first() -> str:
    from web.pages.words.commands import MIGRATE_FIRST

    return MIGRATE_FIRST


def _close(var: Path) -> None:
    """Closes the folder to other users of the machine, because it holds links, hashes and people's files."""
    os.umask(0o077)
    if var.is_dir():
        var.chmod(0o700)


def _refuse(text: str) -> int:
    print(f"guichê: {text}", file=sys.stderr)
    return 2
