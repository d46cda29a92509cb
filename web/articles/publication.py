"""Publication of articles: publishing a version from an instant on, requesting a review, retirement."""

from dataclasses import dataclass
from datetime import date, datetime

from web.articles.personal_data import marks_in
from web.articles.search import words
from web.articles.search.words import Indexed
from web.articles.tables import Article
from web.articles.writing import State, check_author, check_publisher, lock, sort_title
from web.database import execute, existing, fetch_as, within
from web.errors import Invalid, NotFromHere
from web.people.permissions import Actor
from web.tickets.sla import settings_queries


@dataclass(frozen=True)
class _Version:
    title: str
    objective: str
    body: str
    html: str


async def ask_review(article: int, *, by: Actor, at: datetime) -> None:
    """Requests a review of the newest version."""
    check_author(by)
    async with within():
        found = await lock(article)
        if found.state in ("review", "retired") or found.published == found.newest:
            raise NotFromHere("review")
        await Article.update({Article.state: "review"}).where(Article.id == article)


async def end_review(article: int, *, by: Actor, at: datetime) -> None:
    """Returns the article to its authors unchanged."""
    check_author(by)
    async with within():
        found = await lock(article)
        if found.state != "review":
            raise NotFromHere("review")
        state = "draft" if found.published is None else "published"
        await Article.update({Article.state: state}).where(Article.id == article)


async def publish(
    article: int,
    *,
    number: int | None = None,
    since: datetime | None = None,
    reviewed_on: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Publishes version `number`, or the newest, from `since` on, or from now.

    Raises `NotFound` for a missing version, and `Invalid` if a published article would be hidden until then, or if
    personal data is still marked.
    """
    check_publisher(by)
    async with within():
        await settings_queries.lock()
        found = await lock(article)
        wanted = await _version(article, number or found.newest)
        if marks_in(f"{wanted.title}\n{wanted.objective}\n{wanted.body}"):
            raise Invalid("body", "marks_left")
        begins = _begin(found, since, at)
        await execute(
            "UPDATE article SET state = 'published', published = {}, published_at = {}, title = {}, objective = {}, "
            "sort_title = {}, reviewed_on = COALESCE({}, reviewed_on), updated_at = {} WHERE id = {}",
            *(number or found.newest, begins, wanted.title, wanted.objective, sort_title(wanted.title)),
            *(reviewed_on, at, article),
        )
        await words.index(article, Indexed(wanted.title, wanted.objective, wanted.html))


async def confirm(article: int, reviewed_on: date, *, by: Actor, at: datetime) -> None:
    """Confirms that somebody reviewed the article on that day."""
    check_author(by)
    async with within():
        await lock(article)
        await Article.update({Article.reviewed_on: reviewed_on}).where(Article.id == article)


async def retire(article: int, *, by: Actor, at: datetime) -> None:
    """Retires the article. Its versions stay, and `publish` restores it."""
    check_publisher(by)
    async with within():
        await settings_queries.lock()
        found = await lock(article)
        if found.state == "retired":
            raise NotFromHere("retirement")
        await Article.update({Article.state: "retired", Article.is_featured: False}).where(Article.id == article)
        await words.forget(article)


async def _version(article: int, number: int) -> _Version:
    wanted = "SELECT title, objective, body, html FROM article_version WHERE article = {} AND number = {}"
    return existing(await fetch_as(_Version, wanted, article, number), "version")


def _begin(found: State, since: datetime | None, at: datetime) -> datetime:
    """The instant of publication. A published article keeps its own."""
    is_shown = found.state in ("published", "review") and found.published_at is not None and found.published_at <= at
    if is_shown and since is not None and since > at:
        raise Invalid("since", "already_shown")
    return found.published_at if is_shown and found.published_at else since or at
