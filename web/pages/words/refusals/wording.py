"""Why something was refused, by the code of the reason: a field, a file, a ticket of a selection."""

from collections.abc import Sequence

from web.http.received import RefusedFile
from web.pages.words.refusals import articles, files, people, settings, tickets, values

REFUSALS = values.REFUSALS | people.REFUSALS | tickets.REFUSALS | settings.REFUSALS | files.REFUSALS | articles.REFUSALS


def refusal(code: str, about: Sequence[str] = ()) -> str:
    """`about`: what was typed that the refusal speaks of."""
    named = ", ".join(each if len(each) <= _LONGEST_QUOTE else f"{each[:_LONGEST_QUOTE]}…" for each in about[:5])
    return REFUSALS.get(code, "Confira este campo.").replace("{about}", named)


_LONGEST_QUOTE = 60


def file_refusal(file: RefusedFile) -> str:
    """Why a file was turned away, by its name."""
    code = "too_many_files" if file.code == "too_many" else file.code
    return REFUSALS[code].format(name=file.name)


BULK = {
    "not_found": "não foi encontrado",
    "not_permitted": "não está liberado para você",
    "not_from_here": "está em outra situação, e isto já não cabe",
}
"""Why a ticket of a selection stayed as it was."""
