"""Saves the text and the place of an article together, and records the change in the log of settings.

The text has a history of its own, its versions. The log holds its place, its audience and its publication.
"""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from web.articles import slugs
from web.articles.authoring.article_versions import authored_article
from web.articles.personal_data import unmarked
from web.articles.writing import ArticlePlace, ArticleText, checked, keep_version, place_article
from web.database import dialect, existing, fetch_as, within
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sql import Fragment
from web.tickets.sla import settings_queries


class Step(Protocol):
    """A step of `publication`."""

    def __call__(self, article: int, /, *, by: Actor, at: datetime) -> Awaitable[None]: ...


@dataclass(frozen=True)
class Seen:
    """What the sender of a form had seen: the newest version, and the last change in the log."""

    version: int | None
    change: int | None


async def save_article(
    article: int,
    text: ArticleText,
    place: ArticlePlace | None,
    *,
    seen: Seen,
    then: Step | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Saves the next version and the place, if they changed, and takes the step `then`, if any.

    Raises `Overtaken` after changes by others, `Invalid`, `NotFound`, `NotPermitted`.
    """
    html = await checked(text)
    async with _told(article, by=by, at=at):
        wanted = await _with_slug(article, text.title, place) if place else None
        await keep_version(article, text, html, seen=seen.version, by=by, at=at)
        if wanted:
            await refuse_overtaken(Kind.ARTICLE, article, seen.change)
            await place_article(article, wanted, by=by, at=at)
        if then:
            await then(article, by=by, at=at)


async def _with_slug(article: int, title: str, place: ArticlePlace) -> ArticlePlace:
    """Until it is published, the slug follows the title, unless an author typed another."""
    found = await authored_article(article)
    is_own = place.slug not in ("", found.slug) or not found.slug.startswith(slugs.slug_of(unmarked(found.title)))
    if found.published is not None or is_own or found.title == title:
        return place
    return replace(place, slug=await slugs.free_slug("article", unmarked(title)))


async def take(step: Step, article: int, *, by: Actor, at: datetime) -> None:
    """Takes a step of the publication without a new version."""
    async with _told(article, by=by, at=at):
        await step(article, by=by, at=at)


@asynccontextmanager
async def _told(article: int, *, by: Actor, at: datetime) -> AsyncIterator[None]:
    """Records in the log what a change makes of the article's place and publication."""
    async with within():
        await settings_queries.lock()
        before = await _facts(article)
        yield
        after = await _facts(article)
        title = unmarked(after.title)
        await record_change(Kind.ARTICLE, article, title, _values(before), _values(after), by=by.id, at=at)


@dataclass(frozen=True)
class _Facts:
    title: str
    section: str
    slug: str
    audience: str
    organizations: str | None
    is_featured: bool
    state: str
    published: int | None
    published_at: datetime | None
    reviewed_on: str | None


async def _facts(article: int) -> _Facts:
    names = dialect(sqlite="group_concat(o.name, ', ')", postgres="string_agg(o.name, ', ' ORDER BY o.name)")
    return existing(await fetch_as(_Facts, _FACTS, Fragment(names), article), "article")


_FACTS = (
    "SELECT article.title, s.name AS section, article.slug, article.audience, "
    "(SELECT {} FROM article_organization ao JOIN organization o ON o.id = ao.organization "
    "WHERE ao.article = article.id) AS organizations, article.is_featured, article.state, article.published, "
    "article.published_at, CAST(article.reviewed_on AS TEXT) AS reviewed_on "
    "FROM article JOIN help_section s ON s.id = article.section WHERE article.id = {}"
)


def _values(facts: _Facts) -> Values:
    return {
        "section": facts.section,
        "slug": facts.slug,
        "article_audience": facts.audience,
        "organizations": facts.organizations or "",
        "is_featured": facts.is_featured,
        "article_state": facts.state,
        "version": facts.published,
        "shown_since": facts.published_at.isoformat() if facts.published_at else None,
        "reviewed_on": facts.reviewed_on,
    }
