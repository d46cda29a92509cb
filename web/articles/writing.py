"""Writes articles for authors: drafts, versions, and their place. Readers see nothing of it until publication."""

from dataclasses import dataclass
from datetime import datetime

from web.articles import slugs
from web.articles.markdown import files_in
from web.articles.personal_data import unmarked
from web.articles.rendering import rendered
from web.articles.tables import Article, ArticleOrganization, ArticleSlug
from web.database import dialect, execute, existing, fetch_as, fetch_column, within
from web.errors import NotPermitted, Overtaken, refuse
from web.people.permissions import Actor
from web.sql import Condition, literals, rows
from web.text import fold, too_long, wrong_name
from web.tickets.sla import settings_queries

LONGEST_TITLE = 200
LONGEST_OBJECTIVE = 300
LONGEST_REMARK = 300
AUDIENCES = ("everybody", "signed_in", "organizations", "agents")
LANGUAGES = ("pt-BR", "en", "es")


@dataclass(frozen=True)
class ArticleText:
    """The text of a version; `body` is Markdown."""

    title: str
    objective: str
    body: str
    remark: str = ""


@dataclass(frozen=True)
class ArticlePlace:
    """The section, slug and audience of an article. Without a slug it keeps its own, or gets one from its title."""

    section: int | None
    slug: str = ""
    audience: str = "everybody"
    organizations: frozenset[int] = frozenset()
    """The organizations of an article whose audience is `organizations`."""
    is_featured: bool = False
    lang: str = "pt-BR"


@dataclass(frozen=True)
class State:
    """An article as its rules read it, locked until the transaction ends."""

    id: int
    slug: str
    state: str
    published: int | None
    published_at: datetime | None
    newest: int


async def write_article(
    text: ArticleText,
    place: ArticlePlace,
    *,
    ticket: int | None = None,
    key: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Creates a draft. Returns its number, which is the same if the form is sent again. Raises `Invalid`."""
    check_author(by)
    html = await checked(text)
    async with within():
        await settings_queries.lock()
        if key and (made := await fetch_column(int, _BY_FORM, key, by.id)):
            return made[0]
        await _check_place(place)
        slug = place.slug or await slugs.free_slug("article", text.title)
        columns = (place.section, slug, text.title, text.objective, sort_title(text.title), by.id, ticket, key, at, at)
        article = (await fetch_column(int, _MADE, *columns))[0]
        await _set_place(article, place, slug)
        await _add_version(article, 1, text, html, by=by, at=at)
    return article


_BY_FORM = "SELECT id FROM article WHERE form_key = {} AND author = {}"
_MADE = (
    "INSERT INTO article (section, slug, title, objective, sort_title, author, ticket, form_key, made_at, updated_at) "
    "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id"
)


async def write_version(article: int, text: ArticleText, *, seen: int | None, by: Actor, at: datetime) -> int:
    """Saves the next version. Returns its number, or that of the newest version if nothing changed.

    Raises `Overtaken` if others wrote a version after number `seen`.
    """
    check_author(by)
    return await keep_version(article, text, await checked(text), seen=seen, by=by, at=at)


async def keep_version(article: int, text: ArticleText, html: str, *, seen: int | None, by: Actor, at: datetime) -> int:
    """Saves a version of a text that was rendered and checked before, outside the transaction."""
    check_author(by)
    async with within():
        found = await lock(article)
        same = Condition("title = {} AND objective = {} AND body = {}", (text.title, text.objective, text.body))
        newest = Condition("article = {} AND number = {}", (article, found.newest))
        if await fetch_column(int, "SELECT id FROM article_version WHERE {}", newest & same):
            return found.newest
        if seen is not None and seen < found.newest:
            raise Overtaken("article")
        await _add_version(article, found.newest + 1, text, html, by=by, at=at)
        if found.published is None:
            await Article.update(
                {
                    Article.title: text.title,
                    Article.objective: text.objective,
                    Article.sort_title: sort_title(text.title),
                    Article.updated_at: at,
                }
            ).where(Article.id == article)
    return found.newest + 1


async def restore_version(article: int, number: int, *, seen: int | None, by: Actor, at: datetime) -> int:
    """Makes the text of an old version the newest one. Raises `NotFound`, and as `write_version` does."""
    wanted = "SELECT title, objective, body, '' AS remark FROM article_version WHERE article = {} AND number = {}"
    old = existing(await fetch_as(ArticleText, wanted, article, number), "version")
    return await write_version(article, old, seen=seen, by=by, at=at)


async def place_article(article: int, place: ArticlePlace, *, by: Actor, at: datetime) -> None:
    """Sets place and audience. The old slug of a published article becomes a redirect. Raises `Invalid`."""
    check_author(by)
    async with within():
        await settings_queries.lock()
        found = await lock(article)
        if found.published is not None:
            check_publisher(by)
        await _check_place(place, of=article)
        slug = place.slug or found.slug
        if slug != found.slug:
            await ArticleSlug.delete().where(ArticleSlug.slug == slug)
            if found.published is not None:
                await slugs.keep_old(found.slug, of=article)
        await _set_place(article, place, slug)


async def lock(article: int) -> State:
    """Locks the article for one change at a time. Raises `NotFound`."""
    await lock_row(article)
    return existing(await fetch_as(State, _STATE, article), "article")


async def lock_row(article: int) -> None:
    """Makes other changes of the article wait for the end of the transaction."""
    locked = "SELECT id FROM article WHERE id = {}" + dialect(sqlite="", postgres=" FOR UPDATE")
    await fetch_column(int, locked, article)


_STATE = (
    "SELECT id, slug, state, published, published_at, (SELECT COALESCE(max(v.number), 0) FROM article_version v "
    "WHERE v.article = article.id) AS newest FROM article WHERE id = {}"
)


def check_author(by: Actor) -> None:
    """Raises `NotPermitted` for anybody who may not write articles."""
    if not (by.is_agent or by.is_system):
        raise NotPermitted("article")


def check_publisher(by: Actor) -> None:
    """Raises `NotPermitted` for anybody who may not publish articles."""
    if not (by.is_lead or by.is_system):
        raise NotPermitted("article")


async def checked(text: ArticleText) -> str:
    """The rendered text. Raises `Invalid`."""
    wrong = {
        "title": wrong_name(text.title, longest=LONGEST_TITLE),
        "objective": too_long(text.objective, LONGEST_OBJECTIVE),
        "remark": too_long(text.remark, LONGEST_REMARK),
    }
    refuse(wrong)
    return await rendered(text.body)


def sort_title(title: str) -> str:
    """The sort key of a title, without marked personal data."""
    return fold(unmarked(title))[:LONGEST_TITLE] or "-"


async def _add_version(article: int, number: int, text: ArticleText, html: str, *, by: Actor, at: datetime) -> None:
    columns = (article, number, text.title, text.objective, text.body, html, by.id, at, text.remark)
    version = (await fetch_column(int, _WRITTEN, *columns))[0]
    if named := literals(files_in(html)):
        some = await fetch_column(int, f"SELECT id FROM article_file WHERE id IN ({named}) ORDER BY id")
        if some:
            pairs = rows([(version, each) for each in some])
            await execute("INSERT INTO article_version_file (version, file) VALUES {}", pairs)


_WRITTEN = (
    "INSERT INTO article_version (article, number, title, objective, body, html, author, written_at, remark) "
    "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id"
)


async def _check_place(place: ArticlePlace, *, of: int = 0) -> None:
    known = await fetch_column(int, "SELECT id FROM help_section WHERE id = {} AND is_active", place.section or 0)
    wrong = {
        "section": None if known else "missing" if place.section is None else "unknown",
        "audience": None if place.audience in AUDIENCES else "unknown",
        "lang": None if place.lang in LANGUAGES else "unknown",
        "organizations": await _wrong_readers(place) if place.audience == "organizations" else None,
    }
    refuse(wrong)
    if place.slug:
        await slugs.refuse_taken("article", place.slug, of=of)


async def _wrong_readers(place: ArticlePlace) -> str | None:
    if not place.organizations:
        return "missing"
    chosen = literals(sorted(place.organizations))
    known = await fetch_column(int, f"SELECT id FROM organization WHERE id IN ({chosen})")
    return None if len(known) == len(place.organizations) else "unknown"


async def _set_place(article: int, place: ArticlePlace, slug: str) -> None:
    await Article.update(
        {
            Article.section: place.section,
            Article.slug: slug,
            Article.audience: place.audience,
            Article.is_featured: place.is_featured,
            Article.lang: place.lang,
        }
    ).where(Article.id == article)
    await _set_readers(article, place)


async def _set_readers(article: int, place: ArticlePlace) -> None:
    await ArticleOrganization.delete().where(ArticleOrganization.article == article)
    if place.audience == "organizations":
        pairs = rows([(article, each) for each in sorted(place.organizations)])
        await execute("INSERT INTO article_organization (article, organization) VALUES {}", pairs)
