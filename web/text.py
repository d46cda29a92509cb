"""Words as search compares them: without case, accents or Portuguese plurals, the same on every database."""

import functools
import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[0-9a-z]+")

_ENDINGS = (
    ("oes", "ao"),
    ("aes", "ao"),
    ("aos", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("ois", "ol"),
    ("uis", "ul"),
    ("is", "el"),
    ("il", "el"),
    ("ns", "m"),
    ("s", ""),
)
"""Endings of folded words and what they become, the first that fits; `-il` and `-el` share their plurals.

A stemmer of the Snowball family was tried first: it needs the accents that people leave out when they search
(instalação and instalacoes get different stems), so plurals are folded here, on words already without accents.
"""

_MUTE = re.compile(r"(?<=[rlzsn])e$")
"""Of a plural (professores) and of words that end so anyway (bimestre)."""

_ALIKE = {"pais": "pai", "paises": "pai", "mais": "mais", "dois": "dois", "seis": "seis", "depois": "depois"}

_LONGEST = 100
"""Letters; a longer run is no word."""


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """What somebody typed, as it is kept: in NFC, with LF, and without other control characters than tabs."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", "".join(_stream_safe(text)))


def _stream_safe(text: str) -> Iterator[str]:
    """At most 30 marks on a letter (UAX #15): a longer row takes the square of its length to normalise."""
    row = 0
    for char in text:
        row = row + 1 if unicodedata.category(char).startswith("M") else 0
        if row <= 30:
            yield char


def fold(text: str) -> str:
    """Lower case, without accents: Instalação -> instalacao."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@functools.lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """What a folded word and its plural have in common; short words and numbers stay."""
    if word in _ALIKE:
        return _ALIKE[word]
    if len(word) < 4 or word.isdecimal():
        return word
    for ending, common in _ENDINGS:
        if word.endswith(ending):
            word = word[: -len(ending)] + common
            break
    return _MUTE.sub("", word)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces, and marks without a shape."""
    return not any(c.isprintable() and not c.isspace() for c in text)


def terms(text: str) -> list[str]:
    """The words of a text as the index keeps them, in order."""
    return [singular(word) for word in _WORD.findall(fold(text)) if len(word) <= _LONGEST]
