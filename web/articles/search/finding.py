"""Searches articles for readers: ranked results with excerpts, and a spelling correction."""

from dataclasses import dataclass, field
from datetime import datetime

from web.articles.search.excerpts import Piece, excerpts, marked
from web.articles.search.queries import QueryWord, asked
from web.articles.search.ranking import Found, answers
from web.articles.search.spelling import nearest
from web.people.permissions import Actor

PAGE = 12


@dataclass(frozen=True)
class Hit:
    """A search result, with its title and excerpt highlighted."""

    slug: str
    title: list[Piece]
    section: str
    excerpt: list[Piece]


@dataclass(frozen=True)
class Results:
    """The results; `meant` is the corrected query, if it replaces the one asked."""

    hits: list[Hit] = field(default_factory=list)
    meant: str = ""
    has_all: bool = True
    """Whether articles have all the words; otherwise those with some are shown."""


async def find(text: str, *, by: Actor | None, at: datetime, limit: int = PAGE) -> Results:
    """Searches with a constant number of statements, and at most twice as many with a correction."""
    question = await asked(text)
    if all(each.all_words for each in question):
        found = await answers(question, by=by, at=at)
        if _has_all(found, question):
            return await _results(found[:limit], question)
        return await _nearest(question, found, limit, by=by, at=at)
    return await _nearest(question, None, limit, by=by, at=at)


async def _nearest(
    question: list[QueryWord], found: list[Found] | None, limit: int, *, by: Actor | None, at: datetime
) -> Results:
    """The results of the query or of its correction, whichever matches more words; without `found` they are searched.

    If a word is unknown, no article has all words of the query, so that articles with all words of the correction are
    better.
    """
    meant = await nearest(question, by=by, at=at)
    other = await asked(meant) if meant else []
    better = await answers(other, by=by, at=at)
    if found is None and _has_all(better, other) and len(other) >= len(question):
        return await _results(better[:limit], other, meant=meant)
    found = await answers(question, by=by, at=at) if found is None else found
    if better and better[0].covered > max((each.covered for each in found), default=0):
        return await _results(better[:limit], other, meant=meant)
    return await _results(found[:limit], question)


def _has_all(found: list[Found], question: list[QueryWord]) -> bool:
    return bool(question) and any(each.covered == len(question) for each in found)


async def _results(found: list[Found], question: list[QueryWord], *, meant: str = "") -> Results:
    words = {word for each in question for word in each.all_words}
    pieces = await excerpts([each.id for each in found], words)
    hits = [
        Hit(each.slug, list(marked(each.title, words)), each.section_name, pieces.get(each.id, [])) for each in found
    ]
    return Results(hits, meant, _has_all(found, question))
