"""What the two engines know of a statement before it is sent."""

from contextvars import ContextVar

from piccolo.querystring import QueryString

queries_made: ContextVar[list[str] | None] = ContextVar("queries_made", default=None)
"""When set to a list, every statement sent is noted in it: tests and the bench count with this."""


def note(querystring: QueryString) -> None:
    noted = queries_made.get()
    if noted is not None:
        noted.append(querystring.compile_string()[0])


def only_reads(statement: str) -> bool:
    return statement.lstrip()[:6].lower().startswith(("select", "with"))
