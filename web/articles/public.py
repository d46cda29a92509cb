"""Lists public articles for search engines and feeds."""

from dataclasses import dataclass
from datetime import datetime

from web.articles.visibility import readable_by
from web.database import fetch_as, fetch_column

MOST = 10_000
"""The most articles in the sitemap, a fifth of what the protocol allows."""
NEWEST = 30


@dataclass(frozen=True)
class PublicArticle:
    """An article with its instants."""

    slug: str
    title: str
    objective: str
    lang: str
    published_at: datetime
    updated_at: datetime


async def newest(at: datetime, *, most: int = NEWEST) -> list[PublicArticle]:
    """The last published first."""
    return await fetch_as(
        PublicArticle,
        "SELECT article.slug, article.title, article.objective, article.lang, article.published_at, article.updated_at "
        f"FROM article WHERE {{}} ORDER BY article.published_at DESC, article.id DESC LIMIT {most}",
        readable_by(None, at),
    )


async def sections(at: datetime) -> list[str]:
    """The addresses of sections with published articles, directly or below."""
    return await fetch_column(
        str,
        "SELECT s.slug FROM help_section s WHERE s.is_active AND EXISTS (SELECT 1 FROM article "
        "JOIN help_section own ON own.id = article.section WHERE (own.id = s.id OR own.parent = s.id) AND {}) "
        "ORDER BY s.position, s.id",
        readable_by(None, at),
    )
