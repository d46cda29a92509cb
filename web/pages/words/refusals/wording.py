"""Refusals in words by their code: of a field, a file, or a ticket of a bulk move."""

from collections.abc import Sequence

from web.http.received import RefusedFile
from web.pages.words.formats import counted
from web.pages.words.refusals import articles, files, people, settings, tickets, values
from web.text import TooLong

REFUSALS = values.REFUSALS | people.REFUSALS | tickets.REFUSALS | settings.REFUSALS | files.REFUSALS | articles.REFUSALS


def refusal(code: str, about: Sequence[str] = ()) -> str:
    """`about` is the typed text that the refusal is about."""
    if isinstance(code, TooLong):
        return values.TOO_LONG.format(longest=counted(code.longest), length=counted(code.length))
    named = ", ".join(each if len(each) <= _LONGEST_QUOTE else f"{each[:_LONGEST_QUOTE]}…" for each in about[:5])
    return REFUSALS.get(code, "Confira este campo.").replace("{about}", named)


_LONGEST_QUOTE = 60


def file_refusal(file: RefusedFile) -> str:
    """The refusal of a file, with its name."""
    code = "too_many_files" if file.code == "too_many" else file.code
    return REFUSALS[code].format(name=file.name)


BULK = {
    "not_found": "não foi encontrado",
    "not_permitted": "não está liberado para você",
    "not_from_here": "está em outra situação, e isto já não cabe",
}
"""Why a ticket of a bulk move was not changed."""
