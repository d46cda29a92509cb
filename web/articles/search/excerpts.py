"""The piece of an article that speaks of what was asked, with its words marked."""

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
"""Letters of an article that are read for it."""
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True)
class Piece:
    """A run of text, which is one of the words asked for or is not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class _Shown:
    id: int
    html: str


async def excerpts(articles: Sequence[int], words: Set[str]) -> dict[int, list[Piece]]:
    """Of each of these articles."""
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
    """Around the first of the words; the beginning where none of them stands there."""
    first = next((found.start() for found in _WORD.finditer(text) if _is_one(found[0], words)), 0)
    begin = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _BEFORE else 0
    end = len(text) if len(text) <= begin + _LONGEST else text.rfind(" ", begin, begin + _LONGEST)
    cut = text[begin : end if end > begin else begin + _LONGEST]
    return list(marked(f"{'… ' * (begin > 0)}{cut}{' …' * (begin + len(cut) < len(text))}", words))


def marked(text: str, words: Set[str]) -> Iterator[Piece]:
    """The text in pieces, so that a page can mark the words."""
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
