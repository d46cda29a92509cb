"""Lists all articles for scripts."""

from dataclasses import dataclass

from web.database import fetch_as


@dataclass(frozen=True)
class ListedArticle:
    """An article and its section."""

    id: int
    slug: str
    title: str
    section: str
    state: str
    audience: str


async def articles() -> list[ListedArticle]:
    """All articles by their addresses."""
    return await fetch_as(
        ListedArticle,
        "SELECT a.id, a.slug, a.title, s.name AS section, a.state, a.audience "
        "FROM article a JOIN help_section s ON s.id = a.section ORDER BY a.slug",
    )
