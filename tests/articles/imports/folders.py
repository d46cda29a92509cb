"""Folders of another help centre for a test, and the result of importing them."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.cast import NOW
from tests.client import portal
from web.articles.imports import reading, worker
from web.articles.imports.worker import ImportDefaults, Outcome
from web.database import fetch
from web.demo.cast import Cast
from web.pages.words.article_imports import why_text

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\1\1\1\0\x1b\xb6\xeeV"
    b"\0\0\0\0IEND\xaeB`\x82"
)
EVERYBODY = ImportDefaults("everybody")


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def as_json(**content: object) -> str:
    return json.dumps(content)


async def brought(people: Cast, path: Path, defaults: ImportDefaults = EVERYBODY) -> list[Outcome]:
    """Reads and imports the folder as the command does."""
    source = await reading.read(path)
    folder = path if path.is_dir() else path.parent
    work = worker.bring(source, folder, defaults, storage=portal().state.storage, by=people.lia, now=lambda: NOW)
    return [each async for each in work]


def outcomes(some: list[Outcome]) -> dict[str, str]:
    return {each.place: each.outcome for each in some}


def told(some: list[Outcome]) -> list[tuple[str, str]]:
    """The report: position and reason of each remark."""
    return [(remark.place, why_text(remark)) for each in some for remark in each.remarks]


async def articles() -> list[tuple[str, str, str, str]]:
    rows = await fetch(
        "SELECT a.slug, s.name AS section, a.state, a.audience FROM article a "
        "JOIN help_section s ON s.id = a.section ORDER BY a.slug"
    )
    return [(row["slug"], row["section"], row["state"], row["audience"]) for row in rows]


async def body_of(slug: str) -> str:
    """The body of the newest version."""
    (row,) = await fetch(
        "SELECT v.body FROM article_version v JOIN article a ON a.id = v.article WHERE a.slug = {} "
        "ORDER BY v.number DESC LIMIT 1",
        slug,
    )
    return str(row["body"])
