"""Parses a search query into words of the index, with their other forms and synonyms."""

import functools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from web.database import fetch_as
from web.sql import Fragment, values
from web.text import fold, singular, sought

LONGEST = 200
"""The most characters of a query."""
MOST_WORDS = 10
MOST_TOGETHER = 4
"""The most words of a synonym, such as nota fiscal."""
_MOST_BEGUN = 12
"""The most words that complete a word still being typed."""

WHOLE, BEGUN, ALIKE = 1.0, 0.6, 0.7
"""The weight of a match: the exact word, a completion or a word of the same stem, a synonym."""
_WORTH = {"whole": WHOLE, "begun": BEGUN, "akin": BEGUN}
_SHORTEST_STEM = 4
_ENDING = re.compile(
    r"(amentos?|imentos?|ac(ao|oes)|ic(ao|oes)|[aei]ndo|[aei]ram|[aei]mos|ad[ao]s?|id[ao]s?|[aei]r|ei|ou|eu|iu|[ae]m|[aeo]s?)$"
)
"""Endings of folded Portuguese words: anexo, anexar and anexados share the stem anex."""
_TOGETHER = -1
"""Stands for the position of several words that have a synonym together."""


@dataclass(frozen=True)
class QueryWord:
    """A word of the query with the terms that match it, and their weights; `rarity` is higher for rarer words."""

    text: str
    words: dict[str, float]
    phrases: list[tuple[str, ...]]
    """Synonyms of several words: an article must have all words of one."""
    articles: int
    rarity: float

    @property
    def all_words(self) -> set[str]:
        return {*self.words, *(word for phrase in self.phrases for word in phrase)}


@dataclass(frozen=True)
class _Term:
    place: int
    word: str
    articles: int
    kind: str
    """For a synonym of several words of the query, those words."""


async def asked(text: str) -> list[QueryWord]:
    """The words of a query without stop words; the last one may be unfinished."""
    forms = meant(text[:LONGEST])[:MOST_WORDS]
    if not forms:
        return []
    together = _together([singular(each[0]) for each in forms])
    parts = [part for place, each in enumerate(forms) for part in _lookup(place, each, each is forms[-1])]
    parts += [_alike(_TOGETHER, list(together))] if together else []
    found = await fetch_as(_Term, " UNION ALL ".join("{}" for _ in parts), *parts)
    own = [
        _as_asked(each[0], [term for term in found if term.place == place or place in together.get(term.kind, ())])
        for place, each in enumerate(forms)
    ]
    most = max((term.articles for some in own for term in some), default=1)
    return [_asked(each[0], some, most) for each, some in zip(forms, own, strict=True)]


def _as_asked(word: str, found: list[_Term]) -> list[_Term]:
    """The terms found for a word. Those of its stem only count where there is no other."""
    told = [each for each in found if each.kind != "akin"]
    return told or [each for each in found if stem(each.word) == stem(word)]


def stem(word: str) -> str:
    """The word without its ending; whole where too little would be left."""
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= _SHORTEST_STEM else word


def _together(words: Sequence[str]) -> dict[str, set[int]]:
    """Runs of words of the query that may have a synonym together, and their positions."""
    found: dict[str, set[int]] = {}
    for count in range(2, MOST_TOGETHER + 1):
        for begin in range(len(words) - count + 1):
            found.setdefault(" ".join(words[begin : begin + count]), set()).update(range(begin, begin + count))
    return found


@functools.cache
def stop_words() -> frozenset[str]:
    """Folded words without meaning for a search."""
    return frozenset(fold(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8")).split())


def meant(text: str) -> list[tuple[str, ...]]:
    """Its words without stop words; a query of stop words keeps them."""
    forms = sought(text)
    kept = [each for each in forms if each[0] not in stop_words()]
    return kept or forms


def _lookup(place: int, forms: Sequence[str], is_last: bool) -> Iterator[Fragment]:
    whole = list(dict.fromkeys(each for form in forms for each in (form, singular(form))))
    known = f"SELECT {place} AS place, word, articles, 'whole' AS kind FROM article_term WHERE word IN ({{}})"
    yield Fragment(f"{known} AND articles > 0", (values(whole),))
    yield _alike(place, whole)
    yield _beginning(place, stem(forms[0]), "akin")
    if is_last and len(forms[0]) > 1:
        yield _beginning(place, forms[0], "begun")


def _beginning(place: int, letters: str, kind: str) -> Fragment:
    return Fragment(
        f"SELECT * FROM (SELECT {place} AS place, word, articles, '{kind}' AS kind FROM article_term "
        f"WHERE word >= {{}} AND word < {{}} AND articles > 0 ORDER BY articles DESC LIMIT {_MOST_BEGUN}) {kind}",
        (letters, f"{letters}{{"),
    )


def _alike(place: int, some: Sequence[str]) -> Fragment:
    """The synonyms of words. Whether an article has one of several words is only known when searching."""
    kind = "mine.word" if place == _TOGETHER else "'alike'"
    return Fragment(
        f"SELECT {place} AS place, other.word, COALESCE(t.articles, 0) AS articles, {kind} AS kind "
        "FROM article_synonym_word mine JOIN article_synonym_word other "
        "ON other.synonym = mine.synonym AND other.word <> mine.word LEFT JOIN article_term t ON t.word = other.word "
        "WHERE mine.word IN ({}) AND (t.articles > 0 OR other.word LIKE '% %')",
        (values(some),),
    )


def _asked(text: str, found: Sequence[_Term], most: int) -> QueryWord:
    words: dict[str, float] = {}
    phrases = [tuple(each.word.split()) for each in found if " " in each.word]
    for each in found:
        if " " not in each.word:
            words[each.word] = max(words.get(each.word, 0), _WORTH.get(each.kind, ALIKE))
    own = [each.articles for each in found if each.kind == "whole"] or [each.articles for each in found]
    total = sum(own)
    return QueryWord(text, words, phrases, total, 1 + math.log((most + 1) / (total + 1)) if total < most else 1.0)
