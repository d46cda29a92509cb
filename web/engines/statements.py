"""Facts about a statement that both engines need."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any, Protocol

Found = tuple[Sequence[str], Sequence[Sequence[object]]]
"""The result of a statement: the names of its columns, and its rows."""


class Statement(Protocol):
    """One of ours (`Fragment`), or of Piccolo's (`QueryString`)."""

    def compile_string(self, engine_type: str = ...) -> tuple[str, list[Any]]: ...


queries_made: ContextVar[list[str] | None] = ContextVar("queries_made", default=None)
"""If set to a list, every statement is appended to it. Tests and the bench count with this."""

_READING = ("select", "with")
_OF_ROWS = (*_READING, "insert", "update", "delete")
_LASTING = ("advisory_lock", "set_config", "setseed")
"""Parts of the names of functions whose effect outlives their transaction."""


def note(statement: Statement) -> None:
    noted = queries_made.get()
    if noted is not None:
        noted.append(statement.compile_string()[0])


def only_reads(statement: str) -> bool:
    return statement.lstrip()[:6].lower().startswith(_READING)


def leaves_its_session_clean(statement: str) -> bool:
    """Whether it only touches rows. In doubt the answer is no."""
    text = statement.lower()
    return text.lstrip().startswith(_OF_ROWS) and not any(name in text for name in _LASTING)
