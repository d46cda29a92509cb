"""The slugs of articles and sections, and redirects from old ones."""

import itertools
import re

from web.database import execute, fetch_column
from web.errors import Invalid
from web.sql import literal
from web.text import fold, too_long

LONGEST = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OURS = {"sections", "channels", "files", "feed", "search"}
"""Slugs that collide with other pages below /help."""


def slug_of(title: str) -> str:
    """Folded words with hyphens; never one of the reserved slugs."""
    words = "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:LONGEST].strip("-")
    return f"{words}-1" if words in _OURS else words or "1"


def wrong_slug(slug: str) -> str | None:
    """The code of the error in a slug."""
    if code := too_long(slug, LONGEST):
        return code
    return None if _SLUG.fullmatch(slug) and slug not in _OURS else "bad_slug"


async def free_slug(table: str, title: str) -> str:
    """A free slug, made from the title."""
    wanted = slug_of(title)
    taken = await _begun_like(table, wanted)
    tries = (f"{wanted[: LONGEST - 6].strip('-')}-{count}" for count in itertools.count(2))
    return wanted if wanted not in taken else next(each for each in tries if each not in taken)


async def refuse_taken(table: str, slug: str, *, of: int = 0) -> None:
    """Raises `Invalid` if another article or section has the slug or had it."""
    if code := wrong_slug(slug):
        raise Invalid("slug", code)
    has = f"SELECT id FROM {table} WHERE slug = {{}} AND id <> {{}}"
    had = " UNION SELECT article FROM article_slug WHERE slug = {} AND article <> {}" if table == "article" else ""
    if await fetch_column(int, has + had, *(slug, of) * (2 if had else 1)):
        raise Invalid("slug", "in_use")


async def keep_old(slug: str, *, of: int) -> None:
    """Keeps an old slug of an article as a redirect."""
    kept = "INSERT INTO article_slug (slug, article) VALUES ({}, {}) ON CONFLICT (slug) DO UPDATE SET article = {}"
    await execute(kept, slug, of, of)


async def moved_to(slug: str) -> int | None:
    """The article that had this slug."""
    found = await fetch_column(int, "SELECT article FROM article_slug WHERE slug = {}", slug)
    return found[0] if found else None


async def brought_from(key: str) -> int | None:
    """The article that was imported under this key."""
    found = await fetch_column(int, "SELECT article FROM article_origin WHERE key = {}", key)
    return found[0] if found else None


async def _begun_like(table: str, wanted: str) -> set[str]:
    start = wanted[: LONGEST - 6]
    begun = "SELECT slug FROM {} WHERE slug >= {{}} AND slug < {{}}"
    tables = [table, "article_slug"] if table == "article" else [table]
    literal(table)
    some = " UNION ".join(begun.format(each) for each in tables)
    return set(await fetch_column(str, some, *(start, f"{start}{{") * len(tables)))
