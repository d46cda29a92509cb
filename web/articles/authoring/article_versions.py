"""An article for its authors: its newest version, its place in the help centre, and its history of versions."""

from dataclasses import dataclass
from datetime import date, datetime

from web.database import existing, fetch_as
from web.people.permissions import Actor


@dataclass(frozen=True)
class AuthoredArticle:
    """An article with its newest version; `published` is the number of the version that readers get."""

    id: int
    slug: str
    section: int
    section_name: str
    audience: str
    is_featured: bool
    lang: str
    state: str
    published: int | None
    published_at: datetime | None
    reviewed: str | None
    """The day, in ISO 8601."""
    ticket: int | None
    reads: int
    newest: int
    title: str
    objective: str
    body: str
    html: str
    remark: str
    written_at: datetime
    author_name: str

    @property
    def reviewed_on(self) -> date | None:
        return date.fromisoformat(self.reviewed) if self.reviewed else None

    def may_be_placed(self, by: Actor) -> bool:
        """Whether `by` may move it. Once it was published, only leads may."""
        return by.is_lead or self.published is None

    @property
    def is_news(self) -> bool:
        """Whether the newest version is unpublished."""
        return self.published != self.newest or self.state == "retired"

    def is_shown(self, at: datetime) -> bool:
        """Whether readers can see a version of it now."""
        return self.state in ("published", "review") and self.published_at is not None and self.published_at <= at

    def version_shown(self, at: datetime) -> int | None:
        """The version that readers see now."""
        return self.published if self.is_shown(at) else None


@dataclass(frozen=True)
class Version:
    """A version of an article."""

    number: int
    title: str
    objective: str
    body: str
    html: str
    remark: str
    written_at: datetime
    author_name: str


@dataclass(frozen=True)
class VersionLine:
    """A version as a list shows it."""

    number: int
    title: str
    remark: str
    written_at: datetime
    author_name: str


PAGE = 50
"""How many versions a list shows."""


async def authored_article(article: int) -> AuthoredArticle:
    """Returns the article. Raises `NotFound`."""
    return existing(await fetch_as(AuthoredArticle, _AUTHORED, article), "article")


_AUTHORED = (
    "SELECT article.id, article.slug, article.section, s.name AS section_name, article.audience, article.is_featured, "
    "article.lang, article.state, article.published, article.published_at, "
    "CAST(article.reviewed_on AS TEXT) AS reviewed, article.ticket, article.reads, v.number AS newest, v.title, "
    "v.objective, v.body, v.html, v.remark, v.written_at, p.name AS author_name "
    "FROM article JOIN help_section s ON s.id = article.section "
    "JOIN article_version v ON v.article = article.id JOIN person p ON p.id = v.author "
    "WHERE article.id = {} ORDER BY v.number DESC LIMIT 1"
)


async def version(article: int, number: int) -> Version:
    """Returns the version. Raises `NotFound`."""
    return existing(await fetch_as(Version, _VERSION, article, number), "version")


_WRITTEN = (
    "v.remark, v.written_at, p.name AS author_name "
    "FROM article_version v JOIN person p ON p.id = v.author WHERE v.article = {}"
)
_VERSION = f"SELECT v.number, v.title, v.objective, v.body, v.html, {_WRITTEN} AND v.number = {{}}"


async def versions(article: int, *, below: int | None = None) -> list[VersionLine]:
    """The versions, newest first; one more than a page if there are more."""
    return await fetch_as(
        VersionLine,
        f"SELECT v.number, v.title, {_WRITTEN} AND v.number < {{}} ORDER BY v.number DESC LIMIT {PAGE + 1}",
        article,
        below or 2**31 - 1,
    )
