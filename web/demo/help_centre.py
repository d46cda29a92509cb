"""The help centre of the demonstration: articles of a supplier of schools, one of them in the preset's words."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from web.articles.imports import reading, worker
from web.articles.imports.incoming import Source
from web.articles.imports.planning import CREATED
from web.articles.imports.worker import ImportDefaults
from web.articles.search.synonyms import save_synonym
from web.people.permissions import Actor
from web.settings import settings
from web.storage import Storage

ARTICLES = Path(__file__).parent / "articles"
_REVIEWED_EVERY = timedelta(days=9)


async def write(*, storage: Storage, by: Actor, at: datetime) -> None:
    """Imports the articles, as any import does."""
    for folder in (ARTICLES / "supplier", ARTICLES / "presets" / settings().preset):
        source = _dated(await asyncio.to_thread(reading.read_at, folder), at)
        work = worker.bring(source, folder, ImportDefaults("everybody"), storage=storage, by=by, now=lambda: at)
        left = [each async for each in work if each.outcome != CREATED or each.remarks]
        assert not left, left
    for words in (ARTICLES / "synonyms.txt").read_text().splitlines():
        await save_synonym(words, by=by, at=at)


def _dated(source: Source, at: datetime) -> Source:
    """Sets review dates one after another, up to now."""
    days = [(at - place * _REVIEWED_EVERY).date() for place in range(len(source.articles))]
    dated = [replace(each, written_on=day) for each, day in zip(source.articles, days, strict=True)]
    return replace(source, articles=dated)
