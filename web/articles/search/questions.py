"""What somebody asks, as words of the index: each word of theirs with whatever else will do for it."""

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from web.database import fetch_as
from web.sql import Fragment, values
from web.text import fold, singular, sought

LONGEST = 200
"""Letters of a question."""
MOST_WORDS = 10
_MOST_BEGUN = 12
"""Words that begin like what is still being typed."""

WHOLE, BEGUN, ALIKE = 1.0, 0.6, 0.7
"""What a word counts for: as it was asked for, as one that begins so, as a synonym."""
_WORTH = {"whole": WHOLE, "begun": BEGUN, "alike": ALIKE}


@dataclass(frozen=True)
class Asked:
    """One word of a question: what will do for it, and how much each counts; `rarity` grows as fewer have it."""

    text: str
    words: dict[str, float]
    articles: int
    rarity: float


@dataclass(frozen=True)
class _Term:
    place: int
    word: str
    articles: int
    kind: str


async def asked(text: str) -> list[Asked]:
    """The words of a question, without those that every sentence has; the last one may be unfinished."""
    forms = _meant(sought(text[:LONGEST]))[:MOST_WORDS]
    if not forms:
        return []
    parts = [part for place, each in enumerate(forms) for part in _lookup(place, each, each is forms[-1])]
    found = await fetch_as(_Term, " UNION ALL ".join("{}" for _ in parts), *parts)
    most = max((each.articles for each in found), default=1)
    own = ([each for each in found if each.place == place] for place in range(len(forms)))
    return [_asked(each[0], some, most) for each, some in zip(forms, own, strict=True)]


@functools.cache
def unsaid() -> frozenset[str]:
    """Folded words that tell nothing of what is asked."""
    return frozenset(fold(Path(__file__).with_name("unsaid.txt").read_text(encoding="utf-8")).split())


def _meant(forms: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without the words that tell nothing; a question of nothing else keeps them."""
    kept = [each for each in forms if each[0] not in unsaid()]
    return kept or forms


def _lookup(place: int, forms: Sequence[str], is_last: bool) -> Iterator[Fragment]:
    whole = list(dict.fromkeys(each for form in forms for each in (form, singular(form))))
    known = f"SELECT {place} AS place, word, articles, 'whole' AS kind FROM article_term WHERE word IN ({{}})"
    yield Fragment(f"{known} AND articles > 0", (values(whole),))
    yield Fragment(
        f"SELECT {place} AS place, other.word, t.articles, 'alike' AS kind FROM article_synonym_word mine "
        "JOIN article_synonym_word other ON other.synonym = mine.synonym AND other.word <> mine.word "
        "JOIN article_term t ON t.word = other.word WHERE mine.word IN ({}) AND t.articles > 0",
        (values(whole),),
    )
    if is_last and len(forms[0]) > 1:
        yield Fragment(
            f"SELECT * FROM (SELECT {place} AS place, word, articles, 'begun' AS kind FROM article_term "
            f"WHERE word >= {{}} AND word < {{}} AND articles > 0 ORDER BY articles DESC LIMIT {_MOST_BEGUN}) begun",
            (forms[0], f"{forms[0]}{{"),
        )


def _asked(text: str, found: Sequence[_Term], most: int) -> Asked:
    words: dict[str, float] = {}
    for each in found:
        words[each.word] = max(words.get(each.word, 0), _WORTH[each.kind])
    own = [each.articles for each in found if each.kind == "whole"] or [each.articles for each in found]
    total = sum(own)
    return Asked(text, words, total, 1 + math.log((most + 1) / (total + 1)) if total < most else 1.0)
