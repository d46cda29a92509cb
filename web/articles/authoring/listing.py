"""The list of articles for authors: latest changes first, filtered by state, section, audience and title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.sql import ALWAYS, Condition, Fragment, bounded_count, literals
from web.text import fold

PAGE = 25
COUNTED = 1000
"""Counts stop here."""
STATES = ("draft", "review", "published", "retired")
_MOST_WORDS = 8


@dataclass(frozen=True)
class ArticleFilter:
    """The filter in the list's address; `after` is the last article of the previous page."""

    words: str = ""
    state: str = ""
    section: int | None = None
    audience: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Listed:
    """An article of the list; if `newest` is above `published`, readers do not have the newest version yet."""

    id: int
    title: str
    slug: str
    section_name: str
    audience: str
    state: str
    published: int | None
    published_at: datetime | None
    newest: int
    author_name: str
    updated_at: datetime
    total: int


@dataclass(frozen=True)
class Articles:
    """One page; `total` is None past `COUNTED`, `next` is where the following one begins."""

    rows: list[Listed]
    total: int | None
    next: int | None


async def articles(wanted: ArticleFilter) -> Articles:
    """A page in one statement: each state is scanned along its own index, no further than a page."""
    narrowed = _narrowed(wanted)
    states = [wanted.state] if wanted.state else list(STATES)
    rows = await fetch_as(Listed, _ARTICLES, _count(states, narrowed), _walks(states, narrowed, wanted.after))
    total = rows[0].total if rows else 0
    is_cut = len(rows) > PAGE
    return Articles(rows[:PAGE], total if total <= COUNTED else None, rows[PAGE - 1].id if is_cut else None)


_ORDER = "ORDER BY article.updated_at DESC, article.id DESC"
_ARTICLES = (
    "SELECT article.id, COALESCE(v.title, article.title) AS title, article.slug, s.name AS section_name, "
    "article.audience, article.state, article.published, article.published_at, "
    "v.number AS newest, p.name AS author_name, article.updated_at, {} AS total "
    "FROM article JOIN help_section s ON s.id = article.section "
    "JOIN article_version v ON v.article = article.id AND v.number = "
    "(SELECT max(number) FROM article_version n WHERE n.article = article.id) "
    f"JOIN person p ON p.id = v.author WHERE article.id IN ({{}}) {_ORDER} LIMIT {PAGE + 1}"
)


def _narrowed(wanted: ArticleFilter) -> Condition:
    found = ALWAYS
    if wanted.section is not None:
        found &= Condition(
            "article.section IN (SELECT id FROM help_section WHERE id = {} OR parent = {})",
            (wanted.section, wanted.section),
        )
    if wanted.audience:
        found &= Condition("article.audience = {}", (wanted.audience,))
    for word in fold(wanted.words).split()[:_MOST_WORDS]:
        found &= Condition("article.sort_title LIKE {} ESCAPE '!'", (f"%{_plain(word)}%",))
    return found


def _plain(word: str) -> str:
    """Escapes a text for a pattern."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _walks(states: Sequence[str], narrowed: Condition, after: int | None) -> Fragment:
    """The ids of a page's worth of each state, after the last article of the previous page."""
    if after is not None:
        last = "(SELECT last.updated_at, last.id FROM article last WHERE last.id = {})"
        narrowed &= Condition(f"(article.updated_at, article.id) < {last}", (after,))
    walk = f"SELECT id FROM (SELECT article.id FROM article WHERE article.state = {{}} AND {{}} {_ORDER} {_LIMIT}) walk"
    return Fragment(" UNION ALL ".join(walk for _ in states), tuple(each for one in states for each in (one, narrowed)))


_LIMIT = f"LIMIT {PAGE + 1}"


def _count(states: Sequence[str], narrowed: Condition) -> Fragment:
    """A count of all matches, at most `COUNTED` + 1."""
    some = Condition(f"article.state IN ({literals(states)})") & narrowed
    return Fragment(bounded_count("article WHERE {}", COUNTED), (some,))
