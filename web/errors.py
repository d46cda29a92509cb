"""Errors of the desk as codes; words and status codes belong to the pages."""

from collections.abc import Mapping


class DeskError(Exception):
    """A refusal with a code that the pages translate."""

    code = "refused"

    def __init__(self, noun: str = "") -> None:
        super().__init__(noun or self.code)
        self.noun = noun


class NotFound(DeskError):
    """The thing does not exist, or the person may not know of it: both look the same."""

    code = "not_found"


class NotPermitted(DeskError):
    """The person sees the thing but may not do this to it."""

    code = "not_permitted"


class NotFromHere(DeskError):
    """The move exists, but not from the ticket's present status or under its workflow."""

    code = "not_from_here"


class Overtaken(DeskError):
    """Somebody changed the ticket or the setting after the page was shown."""

    code = "overtaken"


class Invalid(DeskError):
    """Values break rules of the desk: `fields` has the code for each field; `field` and `code` are the first."""

    def __init__(self, field: str, code: str, **others: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.fields = {field: code, **others}


def refuse(fields: Mapping[str, str | None]) -> None:
    """Raises `Invalid` with all fields that have a code, if any has."""
    wrong = {field: code for field, code in fields.items() if code}
    if wrong:
        first = next(iter(wrong))
        raise Invalid(first, wrong.pop(first), **wrong)


class Throttled(DeskError):
    """Too many tries; `wait` is the number of seconds until the next one is allowed."""

    code = "throttled"

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait


class BadSetting(Exception):
    """A setting from the environment is wrong; the text is one line for the operator."""


class OutOfDate(Exception):
    """The tables are older than the program."""


class NotMigrated(OutOfDate):
    """The database has no tables yet, or old ones; `migrate` updates them."""


class Unreadable(Exception):
    """An uploaded file is refused, completely or in part; `line` and `about` say where and what, if known."""

    def __init__(self, code: str, *, line: int = 0, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.about = about
