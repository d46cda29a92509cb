"""Exports the help centre as a ZIP of Markdown files, which `imports` reads back. Sections are folders, in order."""

import re
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from urllib.parse import quote

from anyio.to_thread import run_sync

from web.articles.markdown import FILES
from web.articles.sections import Section, sections
from web.articles.writing import check_publisher
from web.database import fetch_as
from web.people.permissions import Actor
from web.sql import literals
from web.storage import Storage

_AT_ONCE = 200
_FILE = re.compile(rf"{FILES}([0-9]{{1,9}})/[^\s()<>\"]+")


@dataclass(frozen=True)
class _Written:
    """An article as readers see it, or its newest version if it is unpublished."""

    id: int
    slug: str
    section: int
    title: str
    objective: str
    body: str
    lang: str
    audience: str
    is_featured: bool
    is_shown: bool
    reviewed_on: str | None


@dataclass(frozen=True)
class _File:
    id: int
    name: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"files/{self.sha256[:12]}/{self.name}"


async def write(file: IO[bytes], *, storage: Storage, by: Actor, at: datetime) -> int:
    """Writes the ZIP piece by piece, without retired articles. Returns how many articles it has.

    An article for certain organizations is exported for agents only; an import has to set its audience again.
    """
    check_publisher(by)
    count, named = 0, dict[int, _File]()
    folders = _folders(await sections(retired=True))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, section in folders.values():
            archive.writestr(f"{folder}/_index.md", _head({"title": section.name, "description": section.text}))
        async for each in _articles(at):
            files = await _files_of(each.body)
            named |= files
            folder = folders[each.section][0]
            archive.writestr(f"{folder}/{each.slug}.md", _text(each, files, "../" * (folder.count("/") + 1)))
            count += 1
        for kept in named.values():
            if await storage.exists(kept.sha256):
                with archive.open(kept.path, "w", force_zip64=True) as out:
                    async for piece in storage.read(kept.sha256, 0, kept.size):
                        await run_sync(out.write, piece)
    return count


def _folders(known: list[Section]) -> dict[int, tuple[str, Section]]:
    """The folder of each section; numbers before the names keep their order."""
    made: dict[int, tuple[str, Section]] = {}
    for place, each in enumerate(known, 1):
        above = f"{made[each.parent][0]}/" if each.parent in made else ""
        made[each.id] = (f"{above}{place:03}-{each.slug}", each)
    return made


async def _articles(at: datetime) -> AsyncIterator[_Written]:
    last = 0
    while rows := await fetch_as(_Written, _ARTICLES, at, last):
        for each in rows:
            yield each
        last = rows[-1].id


_ARTICLES = f"""
SELECT article.id, article.slug, article.section, v.title, v.objective, v.body, article.lang, article.audience,
       article.is_featured, article.published IS NOT NULL AND article.published_at <= {{}} AS is_shown,
       CAST(article.reviewed_on AS TEXT) AS reviewed_on
FROM article JOIN article_version v ON v.article = article.id AND v.number = COALESCE(article.published,
  (SELECT max(newest.number) FROM article_version newest WHERE newest.article = article.id))
WHERE article.id > {{}} AND article.state <> 'retired' ORDER BY article.id LIMIT {_AT_ONCE}
"""


async def _files_of(body: str) -> dict[int, _File]:
    numbers = sorted({int(number) for number in _FILE.findall(body)})
    if not numbers:
        return {}
    found = await fetch_as(_File, f"SELECT id, name, size, sha256 FROM article_file WHERE id IN ({literals(numbers)})")
    return {each.id: each for each in found}


def _text(each: _Written, files: Mapping[int, _File], up: str) -> str:
    head = {
        "title": each.title,
        "slug": each.slug,
        "objective": each.objective,
        "lang": each.lang,
        "audience": "agents" if each.audience == "organizations" else each.audience,
        "featured": "true" if each.is_featured else "",
        "draft": "" if each.is_shown else "true",
        "reviewed": each.reviewed_on or "",
    }
    return f"{_head(head)}\n{_FILE.sub(lambda found: _beside(found, files, up), each.body)}\n"


def _beside(found: re.Match[str], files: Mapping[int, _File], up: str) -> str:
    known = files.get(int(found[1]))
    return f"{up}{quote(known.path)}" if known else found[0]


def _head(values: Mapping[str, str]) -> str:
    lines = (f'{name}: "{value}"\n' for name, value in values.items() if value)
    return f"---\n{''.join(lines)}---\n"
