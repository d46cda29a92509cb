"""Words as search compares them: without case, accents or Portuguese plurals, the same on every database."""

import functools
import re
import unicodedata

_WORD = re.compile(r"[0-9a-z]+")

_PLURALS = (
    ("oes", "ao"),
    ("aes", "ao"),
    ("aos", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("ois", "ol"),
    ("uis", "ul"),
    ("ns", "m"),
    ("res", "r"),
    ("zes", "z"),
    ("les", "l"),
    ("s", ""),
)
"""Endings on folded words, longest first; `-is` of boletins and fósseis is left to the general rules.

A stemmer of the Snowball family was tried first: it needs the accents that people leave out when they search
(instalação and instalacoes get different stems), so plurals are folded here, on words already without accents.
"""


def fold(text: str) -> str:
    """Lower case, without accents: Instalação -> instalacao."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@functools.lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """A folded word without its plural ending; short words and numbers stay."""
    if len(word) < 4 or word.isdecimal():
        return word
    for ending, singular_ending in _PLURALS:
        if word.endswith(ending):
            return word[: -len(ending)] + singular_ending
    return word


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces, and marks without a shape."""
    return not any(c.isprintable() and not c.isspace() for c in text)


def terms(text: str) -> list[str]:
    """The words of a text as the index keeps them, in order."""
    return [singular(word) for word in _WORD.findall(fold(text))]
