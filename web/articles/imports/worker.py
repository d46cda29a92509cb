"""Imports articles one at a time. An interrupted import starts over and duplicates nothing."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from web.articles.imports import files, planning, writing
from web.articles.imports.files import FileKept, FileRead
from web.articles.imports.incoming import IncomingArticle, Remark, Source, names_of, two_levels
from web.articles.imports.planning import CHANGED, CREATED, REFUSED, SAME, Planned
from web.articles.imports.writing import Sections, with_addresses
from web.articles.writing import ArticlePlace, ArticleText, check_publisher
from web.errors import Invalid, Unreadable
from web.people.permissions import Actor
from web.storage import Storage

Clock = Callable[[], datetime]

_AT_ONCE = 8
"""How many articles' files are read and stored at a time."""


@dataclass(frozen=True)
class Outcome:
    """The result for an article, real or rehearsed, with remarks or the reason for a refusal."""

    place: str
    title: str
    outcome: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class ImportDefaults:
    """Defaults for articles that say nothing else."""

    audience: str = "agents"
    section: str = ""
    is_dry: bool = False


@dataclass(frozen=True)
class _Work:
    folder: Path
    wishes: ImportDefaults
    storage: Storage
    by: Actor
    now: Clock
    addresses: dict[str, str]
    sections: Sections = field(default_factory=Sections)
    one: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True)
class _Prepared:
    """An article that is ready to be written; `outcome` is set if there is nothing to write."""

    planned: Planned
    digest: str
    outcome: str
    remarks: tuple[Remark, ...]
    kept: dict[int, FileKept]


async def bring(
    source: Source, folder: Path, wishes: ImportDefaults, *, storage: Storage, by: Actor, now: Clock
) -> AsyncGenerator[Outcome, None]:
    """Yields the outcome of each article; refused ones come first.

    Each is written in its own transaction. An article imported again becomes a new version, if it changed.
    """
    check_publisher(by)
    made = planning.plan(source.articles, await planning.known())
    for remark in (*source.refused, *made.refused):
        yield Outcome(remark.place, "", REFUSED, (remark,))
    work = _Work(folder, wishes, storage, by, now, made.addresses)
    await work.sections.read(source.sections)
    for begin in range(0, len(made.articles), _AT_ONCE):
        some = made.articles[begin : begin + _AT_ONCE]
        for prepared in await asyncio.gather(*(_prepared(each, work) for each in some)):
            yield await _outcome(prepared, work)


async def _prepared(planned: Planned, work: _Work) -> _Prepared:
    """Reads the files of an article, and stores them if it is going to be written."""
    article = planned.article
    found, remarks = await _files(article, work.folder)
    digest = _digest(planned, found, work.wishes)
    outcome, code = _decided(planned, digest)
    if code:
        return _Prepared(planned, digest, outcome, (Remark(article.place, code),), {})
    if outcome == SAME or work.wishes.is_dry:
        return _Prepared(planned, digest, outcome, (*article.remarks, *remarks), {})
    keep = partial(files.store, one=work.one, storage=work.storage, by=work.by, at=work.now())
    kept = await asyncio.gather(*map(keep, found.values()))
    return _Prepared(planned, digest, outcome, (*article.remarks, *remarks), dict(zip(found, kept, strict=True)))


def _decided(planned: Planned, digest: str) -> tuple[str, str]:
    """The outcome, and the code of a refusal. An article that was changed here since is not overwritten."""
    origin = planned.origin
    if origin is None:
        return CREATED, ""
    if origin.digest == digest:
        return SAME, ""
    if origin.is_retired or origin.newest > origin.version:
        return REFUSED, "retired_here" if origin.is_retired else "edited_here"
    return CHANGED, ""


async def _outcome(prepared: _Prepared, work: _Work) -> Outcome:
    article, outcome, remarks = prepared.planned.article, prepared.outcome, prepared.remarks
    try:
        if outcome in (CREATED, CHANGED):
            await _write(prepared, work)
    except Invalid as refused:
        outcome, remarks = REFUSED, (*remarks, Remark(article.place, str(refused.code), refused.field))
    return Outcome(article.place, article.title, outcome, remarks)


async def _files(article: IncomingArticle, folder: Path) -> tuple[dict[int, FileRead], list[Remark]]:
    """The files that can be stored, by number; remarks on the others."""
    found, remarks = dict[int, FileRead](), list[Remark]()
    for number, path in enumerate(article.files):
        try:
            found[number] = await files.read(folder, path)
        except Unreadable as refused:
            remarks.append(Remark(article.place, refused.code, refused.about))
    return found, remarks


async def _write(prepared: _Prepared, work: _Work) -> None:
    """Writes the article; a rehearsal only checks whether it could. Raises `Invalid`."""
    at, article = work.now(), prepared.planned.article
    path = article.section or two_levels(names_of(work.wishes.section))
    if work.wishes.is_dry:
        await writing.rehearse(article, path)
        return
    section = await work.sections.number(path, by=work.by, at=at)
    known = {number: work.addresses[key] for number, key in enumerate(article.links) if key in work.addresses}
    addresses = {number: f"/help/{slug}" for number, slug in known.items()}
    text = ArticleText(article.title, article.objective, with_addresses(article.body, prepared.kept, addresses))
    audience = article.audience or work.wishes.audience
    place = ArticlePlace(section, prepared.planned.slug, audience, is_featured=article.is_featured, lang=article.lang)
    await writing.write(prepared.planned, text, place, prepared.digest, by=work.by, at=at)


def _digest(planned: Planned, found: dict[int, FileRead], wishes: ImportDefaults) -> str:
    """A hash of everything read of an article and of its files."""
    article = planned.article
    told = {**asdict(article), "place": "", "remarks": (), "written_on": str(article.written_on)}
    told |= {"files": [each.sha256 for each in found.values()], "slug": planned.slug}
    told |= {"audience": article.audience or wishes.audience, "section": article.section or wishes.section}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
