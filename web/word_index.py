"""An index of words in a table of its own, to find rows by words and their beginnings."""

from collections.abc import Iterable, Iterator, Sequence

from web.sql import ALWAYS, NEVER, Condition
from web.text import singular, sought

_MOST_WORDS = 8


def found_by(text: str, *, column: str, table: str, subject: str) -> Condition:
    """Whether `column` is a subject for which the table has every word of the text, or one that begins with it.

    A single letter is a prefix only as the last word. A text without words finds nothing.
    """
    words = sought(text)[:_MOST_WORDS]
    found = ALWAYS if words else NEVER
    for forms in words:
        ranges = list(_ranges(forms, is_last=forms == words[-1]))
        some = " UNION ALL ".join(f"SELECT {subject} FROM {table} WHERE {each.text}" for each in ranges)
        found &= Condition(f"{column} IN ({some})", tuple(value for each in ranges for value in each.values))
    return found


def _ranges(forms: Sequence[str], *, is_last: bool) -> Iterator[Condition]:
    """One index range each, because an OR of ranges would scan the whole index."""
    for form in _with_singulars(forms):
        begins = is_last or len(form) > 1
        yield (
            Condition("word >= {} AND word < {}", (form, f"{form}{{")) if begins else Condition("word = {}", (form,))
        )


def _with_singulars(forms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(each for form in forms for each in (form, singular(form))))
