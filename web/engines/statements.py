"""Facts about a statement that both engines need before it is sent."""

from collections.abc import Sequence
from contextvars import ContextVar

from piccolo.querystring import QueryString

Found = tuple[Sequence[str], Sequence[Sequence[object]]]
"""What a statement found: the names of its columns, and its rows."""

queries_made: ContextVar[list[str] | None] = ContextVar("queries_made", default=None)
"""When set to a list, every statement sent is noted in it: tests and the bench count with this."""

_READING = ("select", "with")
_OF_ROWS = (*_READING, "insert", "update", "delete")
_LASTING = ("advisory_lock", "set_config", "setseed")
"""Parts of the names of functions whose effect outlives the transaction they are called in."""


def note(querystring: QueryString) -> None:
    noted = queries_made.get()
    if noted is not None:
        noted.append(querystring.compile_string()[0])


def only_reads(statement: str) -> bool:
    return statement.lstrip()[:6].lower().startswith(_READING)


def leaves_its_session_clean(statement: str) -> bool:
    """Whether it touches rows alone; in doubt it does not."""
    text = statement.lower()
    return text.lstrip().startswith(_OF_ROWS) and not any(name in text for name in _LASTING)
