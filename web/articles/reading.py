"""Articles for readers: by address, by section, and on the front page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from web.articles import slugs
from web.articles.sections import Section
from web.articles.visibility import readable_by
from web.database import existing, fetch_as, fetch_column
from web.people.permissions import Actor
from web.sql import Condition, Fragment, bounded_count

PAGE = 50
COUNTED = 99
"""Counts of articles stop here."""
_OFFERED = 3
"""Articles of each section on the front page."""
_LISTED = 5
"""How many featured articles, and how many of the most read ones."""
_MOST_SECTIONS = 60
"""The most sections on the front page."""


@dataclass(frozen=True)
class ArticleLink:
    """A link to an article."""

    id: int
    slug: str
    title: str
    objective: str


@dataclass(frozen=True)
class ArticlePage:
    """An article for its page; `html` is safe."""

    id: int
    slug: str
    title: str
    objective: str
    lang: str
    audience: str
    html: str
    section: int
    reviewed_on: date | None
    updated_at: datetime
    yes: int
    no: int


@dataclass(frozen=True)
class Shelf:
    """A section with some of its articles, also of those below it; `total` above `COUNTED` means more."""

    section: Section
    total: int
    articles: list[ArticleLink]
    below: list["Shelf"]


async def article_at(slug: str, *, by: Actor | None, at: datetime) -> ArticlePage:
    """Returns the article. Raises `NotFound`."""
    wanted = Condition("article.slug = {}", (slug,)) & readable_by(by, at)
    return existing(await fetch_as(ArticlePage, f"{_ARTICLE} WHERE {{}}", wanted), "article")


async def number_at(slug: str, *, by: Actor | None, at: datetime) -> int:
    """The id of the article at this address. Raises `NotFound`."""
    here = Condition("slug = {}", (slug,)) & readable_by(by, at)
    return existing(await fetch_column(int, "SELECT id FROM article WHERE {}", here), "article")


async def slug_now(old: str, *, by: Actor | None, at: datetime) -> str:
    """The present slug of an article that had this one. Raises `NotFound`, also if `by` may not read it."""
    return await _slug_of(await slugs.moved_to(old), by=by, at=at)


async def slug_brought(key: str, *, by: Actor | None, at: datetime) -> str:
    """The slug of the article that was imported under this key. Raises `NotFound`."""
    return await _slug_of(await slugs.brought_from(key), by=by, at=at)


async def _slug_of(article: int | None, *, by: Actor | None, at: datetime) -> str:
    now = Condition("article.id = {}", (article or 0,)) & readable_by(by, at)
    return existing(await fetch_column(str, "SELECT slug FROM article WHERE {}", now), "article")


async def articles_in(
    section: int, *, after: int | None = None, by: Actor | None, at: datetime
) -> tuple[list[ArticleLink], int | None]:
    """A page of a section in its order, after the article `after`, and where the next one begins."""
    place = "(SELECT a.position, a.sort_title, a.id FROM article a WHERE a.id = {})"
    past = Condition(f"(position, sort_title, id) > {place}", (after,)) if after else Condition("1 = 1")
    wanted = Condition("section = {}", (section,)) & readable_by(by, at) & past
    rows = await _first(PAGE + 1, wanted)
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


async def others_in(section: int, *, but: int, by: Actor | None, at: datetime) -> list[ArticleLink]:
    """A few others of the same section, the most read first."""
    wanted = readable_by(by, at) & Condition("section = {} AND id <> {}", (section, but))
    return await _first(_LISTED, wanted)


async def _first(most: int, wanted: Condition) -> list[ArticleLink]:
    found = f"SELECT id, slug, title, objective FROM article WHERE {{}} {_ORDER} LIMIT {most}"
    return await fetch_as(ArticleLink, found, wanted)


@dataclass(frozen=True)
class _Counted(Section):
    total: int


@dataclass(frozen=True)
class _Offered(ArticleLink):
    section: int


async def shelves(*, lang: str = "", by: Actor | None, at: datetime) -> list[Shelf]:
    """The sections with articles in that language, and the first articles of each; two statements."""
    known = await fetch_as(_Counted, _SECTIONS, _readable(by, at, lang))
    full = [each for each in known if each.total]
    offered = await _first_of([each.id for each in full[:_MOST_SECTIONS]], _readable(by, at, lang))
    made = {each.id: _shelf(each, [one for one in offered if one.section == each.id]) for each in known}
    for each in known:
        if each.parent in made and each.total:
            made[each.parent].below.append(made[each.id])
    return [_filled(made[each.id]) for each in known if each.parent is None and (each.total or made[each.id].below)]


def _shelf(found: _Counted, offered: Sequence[_Offered]) -> Shelf:
    return Shelf(found, found.total, list(offered), [])


def _filled(shelf: Shelf) -> Shelf:
    """Adds articles of the sections below it, if it has few of its own."""
    articles = [*shelf.articles, *(each for inner in shelf.below for each in inner.articles)]
    total = shelf.total + sum(inner.total for inner in shelf.below)
    return replace(shelf, total=total, articles=articles[:_OFFERED])


def _readable(by: Actor | None, at: datetime, lang: str) -> Condition:
    return readable_by(by, at) & Condition("article.lang = {}", (lang,)) if lang else readable_by(by, at)


async def _first_of(sections: Sequence[int], readable: Condition) -> list[_Offered]:
    if not sections:
        return []
    some = f"FROM article WHERE section = {{}} AND {{}} {_ORDER} LIMIT {_OFFERED}"
    whole = f"SELECT * FROM (SELECT id, slug, title, objective, section {some}) offered"
    parts = [Fragment(whole, (each, readable)) for each in sections]
    return await fetch_as(_Offered, " UNION ALL ".join("{}" for _ in parts), *parts)


@dataclass(frozen=True)
class _Chosen(ArticleLink):
    kind: str


async def chosen(*, by: Actor | None, at: datetime) -> tuple[list[ArticleLink], list[ArticleLink]]:
    """The featured and the most read articles, in one statement."""
    readable = readable_by(by, at)
    rows = await fetch_as(
        _Chosen, f"SELECT * FROM ({_FEATURED}) best UNION ALL SELECT * FROM ({_READ}) most", *[readable] * 2
    )
    first: list[ArticleLink] = [each for each in rows if each.kind == "featured"]
    known = {each.id for each in first}
    return first, [each for each in rows if each.kind == "read" and each.id not in known]


_ORDER = "ORDER BY position, sort_title, id"
_FEATURED = (
    "SELECT id, slug, title, objective, 'featured' AS kind FROM article WHERE is_featured AND {} "
    f"ORDER BY position, id LIMIT {_LISTED}"
)
_READ = (
    "SELECT id, slug, title, objective, 'read' AS kind FROM article WHERE published IS NOT NULL "
    f"AND state <> 'retired' AND reads > 0 AND {{}} ORDER BY reads DESC, id DESC LIMIT {_LISTED}"
)

_ARTICLE = (
    "SELECT article.id, article.slug, v.title, v.objective, article.lang, article.audience, v.html, article.section, "
    "article.reviewed_on, article.updated_at, article.yes, article.no FROM article "
    "JOIN article_version v ON v.article = article.id AND v.number = article.published"
)

_SECTIONS = (
    "SELECT s.id, s.name, s.slug, s.text, s.parent, up.name AS parent_name, up.slug AS parent_slug, s.position, "
    f"s.is_active, {bounded_count('article WHERE article.section = s.id AND {}', COUNTED)} AS total "
    "FROM help_section s LEFT JOIN help_section up ON up.id = s.parent "
    "WHERE s.is_active ORDER BY s.position, s.name, s.id"
)
