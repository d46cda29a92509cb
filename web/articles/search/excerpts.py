"""Excerpts of articles around the words of a query, with these highlighted."""

import functools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from web.articles.markdown import plain
from web.database import fetch_as
from web.sql import values
from web.text import terms

_BEFORE, _LONGEST = 60, 200
_READ = 30_000
"""How many characters of an article are searched for the excerpt."""
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True)
class Piece:
    """A run of text, which is a word of the query or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class _Shown:
    id: int
    html: str


async def excerpts(articles: Sequence[int], words: Set[str]) -> dict[int, list[Piece]]:
    """The excerpt of each of these articles."""
    if not articles:
        return {}
    found = await fetch_as(
        _Shown,
        f"SELECT article.id, substr(v.html, 1, {_READ}) AS html FROM article JOIN article_version v "
        "ON v.article = article.id AND v.number = article.published WHERE article.id IN ({})",
        values(articles),
    )
    return {each.id: excerpt(" ".join(plain(each.html).split()), words) for each in found}


def excerpt(text: str, words: Set[str]) -> list[Piece]:
    """The text around the first match, or its beginning without one."""
    first = next((found.start() for found in _WORD.finditer(text) if _is_one(found[0], words)), 0)
    begin = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _BEFORE else 0
    end = len(text) if len(text) <= begin + _LONGEST else text.rfind(" ", begin, begin + _LONGEST)
    cut = text[begin : end if end > begin else begin + _LONGEST]
    return list(marked(f"{'… ' * (begin > 0)}{cut}{' …' * (begin + len(cut) < len(text))}", words))


def marked(text: str, words: Set[str]) -> Iterator[Piece]:
    """The text in pieces, so that a page can highlight the matches."""
    last = 0
    for found in _WORD.finditer(text):
        if _is_one(found[0], words):
            if found.start() > last:
                yield Piece(text[last : found.start()])
            yield Piece(found[0], is_marked=True)
            last = found.end()
    if last < len(text):
        yield Piece(text[last:])


def _is_one(word: str, words: Set[str]) -> bool:
    return not words.isdisjoint(_terms(word))


@functools.lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms(word))
