"""Reports for authors: searches without results, unhelpful articles, outdated ones, and those that agents use."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from web.articles.writing import check_author
from web.database import fetch_as
from web.people.permissions import Actor

LISTED = 20
_RECENT = timedelta(days=90)
_STALE = timedelta(days=365)
_FEWEST_VOTES = 3


@dataclass(frozen=True)
class Sought:
    """A search that found nothing the last time, and how often it was made recently."""

    words: str
    times: int


@dataclass(frozen=True)
class UnhelpfulArticle:
    """An article that readers rate as unhelpful."""

    id: int
    title: str
    yes: int
    no: int


@dataclass(frozen=True)
class Aged:
    """A published article that was not reviewed for a year; without a date it never was."""

    id: int
    title: str
    reviewed_on: date | None


@dataclass(frozen=True)
class Used:
    """How often an article was recently inserted into replies, and how often it prevented a ticket."""

    id: int
    title: str
    inserted: int
    solved: int


async def sought_in_vain(*, by: Actor, at: datetime) -> list[Sought]:
    check_author(by)
    return await fetch_as(
        Sought,
        "SELECT words, sum(times) AS times FROM help_search WHERE day >= {} GROUP BY words "
        f"HAVING min(results) = 0 ORDER BY sum(times) DESC, words LIMIT {LISTED}",
        (at - _RECENT).date(),
    )


async def served_badly(*, by: Actor) -> list[UnhelpfulArticle]:
    check_author(by)
    return await fetch_as(
        UnhelpfulArticle,
        "SELECT id, title, yes, no FROM article WHERE published IS NOT NULL AND state <> 'retired' AND no > yes "
        f"AND yes + no >= {_FEWEST_VOTES} ORDER BY no - yes DESC, id LIMIT {LISTED}",
    )


async def grown_old(*, by: Actor, at: datetime) -> list[Aged]:
    check_author(by)
    return await fetch_as(
        Aged,
        "SELECT id, title, reviewed_on FROM article WHERE published IS NOT NULL AND state <> 'retired' "
        "AND COALESCE(reviewed_on, {}) < {} AND updated_at < {} "
        f"ORDER BY reads DESC, id LIMIT {LISTED}",
        date(1970, 1, 1),
        (at - _STALE).date(),
        at - _STALE,
    )


async def used(*, by: Actor, at: datetime) -> list[Used]:
    """The articles by how many tickets they solved or prevented, most first."""
    check_author(by)
    return await fetch_as(Used, _USED, at - _RECENT)


_USED = (
    "SELECT article.id, article.title, u.inserted, u.solved FROM (SELECT article, "
    "sum(CASE WHEN kind = 'inserted' THEN 1 ELSE 0 END) AS inserted, "
    "sum(CASE WHEN kind = 'solved' THEN 1 ELSE 0 END) AS solved "
    "FROM article_use WHERE at >= {} "
    f"GROUP BY article ORDER BY count(*) DESC, article LIMIT {LISTED}) u "
    "JOIN article ON article.id = u.article ORDER BY u.inserted + u.solved DESC, article.id"
)
