"""Corrects the spelling of a query without results: wrong, missing or extra letters, and joined words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.articles.search.queries import MOST_WORDS, QueryWord
from web.articles.search.words import rests, sound
from web.articles.visibility import readable_by
from web.database import fetch_as
from web.people.permissions import Actor
from web.sql import values

_SHORTEST_PIECE = 2


@dataclass(frozen=True)
class _Near:
    """A term that occurs in a readable article."""

    word: str
    shown: str
    articles: int


async def nearest(question: Sequence[QueryWord], *, by: Actor | None, at: datetime) -> str:
    """The corrected query, in words of readable articles; empty if there is none."""
    looked = question[:MOST_WORDS]
    tries = {rest for each in looked for rest in (*rests(each.text), *_pieces(each.text))}
    if not tries:
        return ""
    own = {word for each in looked for word in (each.text, *each.all_words)}
    found = await fetch_as(_Near, _NEAR, values(tries), values(tries | own), readable_by(by, at))
    near = {each.word: each for each in found}
    meant = [_meant(each, near) for each in looked]
    return " ".join(meant) if meant != [each.text for each in looked] else ""


_NEAR = (
    "SELECT t.word, t.shown, t.articles FROM (SELECT word FROM article_typo WHERE rest IN ({}) UNION "
    "SELECT word FROM article_term WHERE word IN ({})) near JOIN article_term t ON t.word = near.word "
    "WHERE t.articles > 0 AND (SELECT 1 FROM article_word w CROSS JOIN article "
    "WHERE w.word = t.word AND article.id = w.article AND {} LIMIT 1) = 1"
)
"""With EXISTS instead of the last condition, PostgreSQL would join all words of all articles first."""


def _meant(asked: QueryWord, near: Mapping[str, _Near]) -> str:
    """The word itself if articles have it; else the nearest term, the more frequent of equals; else two words."""
    if asked.text in near or any(word in near for word in asked.all_words):
        return asked.text
    allowed = 1 if len(asked.text) < 7 else 2
    some = [(_apart_by(asked.text, each.word), -each.articles, each.shown) for each in near.values()]
    close = sorted(each for each in some if each[0] <= allowed)
    return close[0][2] if close else _in_two(asked.text, near) or asked.text


def _apart_by(one: str, other: str) -> int:
    """The edit distance; words that sound alike have distance one."""
    return 1 if sound(one) == sound(other) else distance(one, other)


def _in_two(text: str, near: Mapping[str, _Near]) -> str:
    pairs = [(near[text[:at]], near[text[at:]]) for at in _cuts(text) if text[:at] in near and text[at:] in near]
    best = max(pairs, key=lambda pair: min(each.articles for each in pair), default=None)
    return f"{best[0].shown} {best[1].shown}" if best else ""


def _pieces(text: str) -> list[str]:
    return [piece for at in _cuts(text) for piece in (text[:at], text[at:])] if text.isalpha() else []


def _cuts(text: str) -> range:
    return range(_SHORTEST_PIECE, len(text) - _SHORTEST_PIECE + 1) if len(text) <= 30 else range(0)


def distance(one: str, other: str) -> int:
    """The optimal string alignment distance: letters changed, added, removed or swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
