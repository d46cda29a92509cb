"""Ranks articles for a query: those with all its words first, then those with some."""

import functools
import math
import operator
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.articles.search.queries import ALIKE, BEGUN, QueryWord, asked, stop_words
from web.articles.visibility import readable_by
from web.database import fetch_as
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, Fragment, values
from web.text import terms

_MOST_WITH_ALL = 60
"""How many articles with all words are scored: those with the highest weight of the rarest word."""
_MOST_WITH_SOME = 20
"""How many articles are scored for each word, among those with some words."""
_FEWEST = 8
_ENOUGH = 5
_RANKED = 40
"""How many of the best also have their titles compared."""


@dataclass(frozen=True)
class Found:
    """A result; `covered` words of the query are in it."""

    id: int
    slug: str
    title: str
    objective: str
    section_name: str
    reads: int
    yes: int
    no: int
    covered: int
    score: float


async def ranked(text: str, *, by: Actor | None, at: datetime, some: bool = False) -> list[Found]:
    """The best results first. With `some`, articles that lack words of the query are ranked among them."""
    return await answers(await asked(text), by=by, at=at, some=some)


async def answers(question: Sequence[QueryWord], *, by: Actor | None, at: datetime, some: bool = False) -> list[Found]:
    known = [each for each in question if each.all_words]
    if not known:
        return []
    found = await fetch_as(Found, *_statement(known, readable_by(by, at), some=some or len(known) < len(question)))
    wanted = {word for each in known for word in each.all_words}
    whole = [each for each in found if each.covered == len(question)]
    if some:
        return _sorted(found, wanted)
    if len(whole) >= _ENOUGH:
        return _sorted(whole, wanted)
    part = [each for each in found if each.covered < len(question)]
    return _sorted(whole, wanted) + sorted(_sorted(part, wanted), key=lambda each: -each.covered)


def _sorted(found: Sequence[Found], wanted: set[str]) -> list[Found]:
    first = sorted(found, key=lambda each: -_liked(each))
    return sorted(first[:_RANKED], key=lambda each: -_liked(each) * _told(each.title, wanted)) + first[_RANKED:]


def _liked(each: Found) -> float:
    """The score with a small bonus for popular and helpful articles."""
    votes = (each.yes - each.no) / (each.yes + each.no + 10)
    return each.score * (1 + 0.05 * math.log10(1 + each.reads) + 0.2 * votes)


def _told(title: str, wanted: set[str]) -> float:
    """The factor of a title: up to one and a half if it says little else than the query."""
    said = _said(title)
    return 1 + 0.5 * sum(word in wanted for word in said) / max(len(said), 1)


@functools.lru_cache(maxsize=10_000)
def _said(title: str) -> tuple[str, ...]:
    return tuple(word for word in terms(title) if word not in stop_words())


def _statement(
    known: Sequence[QueryWord], readable: Condition, *, some: bool
) -> tuple[str, Fragment, Fragment, Fragment]:
    """Without `some`, articles that lack words are searched only if too few have all."""
    whole = _union(_with_all(known, readable))
    part = Fragment("SELECT id FROM whole")
    if len(known) > 1:
        wanted = ALWAYS if some else Condition(f"(SELECT count(*) FROM whole) < {_ENOUGH}")
        part = _union([part, *_with_some(known, wanted & readable)])
    weights = [_weight(each) for each in known]
    letters = string.ascii_lowercase[: len(weights)]
    columns = ", ".join(f"({{}}) AS {letter}" for letter in letters)
    covered = " + ".join(f"CASE WHEN {letter} > 0 THEN 1 ELSE 0 END" for letter in letters)
    score = " + ".join(f"{letter} * {each.rarity:.4f}" for letter, each in zip(letters, known, strict=True))
    return (
        "WITH whole (id) AS MATERIALIZED ({}), hits (id) AS MATERIALIZED ({}), "
        f"scored AS MATERIALIZED (SELECT hits.id, {{}} FROM hits) "
        "SELECT article.id, article.slug, article.title, article.objective, s.name AS section_name, article.reads, "
        f"article.yes, article.no, {covered} AS covered, CAST({score} AS DOUBLE PRECISION) AS score FROM scored "
        "JOIN article ON article.id = scored.id JOIN help_section s ON s.id = article.section",
        whole,
        part,
        Fragment(columns, tuple(weights)),
    )


def _union(parts: Iterable[Fragment]) -> Fragment:
    some = tuple(parts)
    return Fragment(" UNION ".join("{}" for _ in some), some)


def _with_all(known: Sequence[QueryWord], readable: Condition) -> Iterator[Fragment]:
    """Searches by the rarest word; the others must match too.

    PostgreSQL would turn EXISTS into a join with all articles of each word; a subquery with LIMIT is evaluated row by
    row.
    """
    rarest = min(known, key=lambda each: each.articles)
    for each in known:
        if each is not rarest:
            own = "(SELECT 1 FROM article_word o WHERE o.article = w.article AND o.word IN ({}) LIMIT 1) = 1"
            readable &= Condition(own, (values(each.words),))
    return _most_about(rarest, readable, _MOST_WITH_ALL)


_HAS = "SELECT 1 FROM article_word o WHERE o.article = article.id AND o.word IN ({})"


def _has_all(phrase: Sequence[str]) -> Condition:
    conditions = (Condition(f"EXISTS ({_HAS})", (values([word]),)) for word in phrase)
    return functools.reduce(operator.and_, conditions)


def _with_some(known: Sequence[QueryWord], readable: Condition) -> Iterator[Fragment]:
    return (part for each in known for part in _most_about(each, readable, _MOST_WITH_SOME))


def _most_about(each: QueryWord, condition: Condition, most: int) -> Iterator[Fragment]:
    """Scans the index by weight, heaviest first; completions share the limit of a word."""
    for word, worth in each.words.items():
        limit = most if worth > BEGUN else max(most // len(each.words), _FEWEST)
        yield _about(word, condition, limit)
    for phrase in each.phrases:
        yield _about(max(phrase, key=len), condition & _has_all(phrase), _FEWEST)


def _about(word: str, condition: Condition, limit: int) -> Fragment:
    return Fragment(
        "SELECT id FROM (SELECT article.id FROM article_word w CROSS JOIN article WHERE w.word = {} "
        f"AND article.id = w.article AND {{}} ORDER BY w.weight DESC, w.article DESC LIMIT {limit}) about",
        (word, condition),
    )


def _weight(each: QueryWord) -> Fragment:
    worth = " ".join(f"WHEN {{}} THEN {factor}" for factor in each.words.values()) or "WHEN NULL THEN 0"
    whole = Fragment(
        f"(SELECT COALESCE(max(w.weight * CASE w.word {worth} ELSE 0 END), 0) FROM article_word w "
        "WHERE w.article = hits.id AND w.word IN ({}))",
        (*each.words, values(each.words)),
    )
    parts = [whole, *map(_weight_of_phrase, each.phrases)]
    return Fragment(" + ".join("{}" for _ in parts), tuple(parts))


def _weight_of_phrase(phrase: Sequence[str]) -> Fragment:
    """The weight of the lightest word, if an article has all words of the synonym."""
    return Fragment(
        f"(SELECT CASE WHEN count(*) = {len(phrase)} THEN min(w.weight) * {ALIKE} ELSE 0 END FROM article_word w "
        "WHERE w.article = hits.id AND w.word IN ({}))",
        (values(phrase),),
    )
