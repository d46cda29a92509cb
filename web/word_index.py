"""Words kept in a table of their own, so that what they stand in is found by them and by their beginnings."""

from collections.abc import Iterable, Sequence

from web.sql import ALWAYS, NEVER, Condition
from web.text import singular, sought

_MOST_WORDS = 8


def found_by(text: str, *, column: str, table: str, subject: str) -> Condition:
    """Whether `column` is a subject for which the table has every word of the text, or a word that begins like it.

    A single letter is a beginning only where it comes last. A text without a word finds nothing.
    """
    words = sought(text)[:_MOST_WORDS]
    found = ALWAYS if words else NEVER
    for forms in words:
        some = _any_of(forms, is_last=forms == words[-1])
        found &= Condition(f"{column} IN (SELECT {subject} FROM {table} WHERE {some.text})", some.values)
    return found


def _any_of(forms: Sequence[str], *, is_last: bool) -> Condition:
    some = NEVER
    for form in _with_singulars(forms):
        begins = is_last or len(form) > 1
        some |= (
            Condition("word >= {} AND word < {}", (form, f"{form}{{")) if begins else Condition("word = {}", (form,))
        )
    return some


def _with_singulars(forms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(each for form in forms for each in (form, singular(form))))
