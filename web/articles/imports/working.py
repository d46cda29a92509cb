"""Brings in what was read, an article at a time: whoever dies in the middle begins anew, and nothing is made twice."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from web.articles.imports import files, planning, writing
from web.articles.imports.files import FileRead
from web.articles.imports.incoming import IncomingArticle, Remark, Source, Unreadable, names_of, two_levels
from web.articles.imports.planning import CHANGED, CREATED, REFUSED, SAME, Planned
from web.articles.imports.writing import Sections, with_addresses
from web.articles.rendering import rendered
from web.articles.writing import ArticlePlace, ArticleText, check_publisher
from web.errors import Invalid
from web.people.permissions import Actor
from web.storage import Storage

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What became of an article, or would; with what is remarkable about it, or why it is refused."""

    place: str
    title: str
    outcome: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Wishes:
    """What holds where an article does not say otherwise."""

    audience: str = "agents"
    section: str = ""
    is_dry: bool = False


@dataclass(frozen=True)
class _Work:
    folder: Path
    wishes: Wishes
    storage: Storage
    by: Actor
    now: Clock
    addresses: dict[str, str]
    sections: Sections = field(default_factory=Sections)


async def bring(
    source: Source, folder: Path, wishes: Wishes, *, storage: Storage, by: Actor, now: Clock
) -> AsyncIterator[Outcome]:
    """What became of each article, one after another; those that were refused at once come first.

    Each is written in a transaction of its own. Brought again, it is the same, or another version of it.
    """
    check_publisher(by)
    made = planning.plan(source.articles, await planning.known())
    for remark in (*source.refused, *made.refused):
        yield Outcome(remark.place, "", REFUSED, (remark,))
    work = _Work(folder, wishes, storage, by, now, made.addresses)
    if not wishes.is_dry:
        await work.sections.read(source.sections)
    for planned in made.articles:
        yield await _outcome(planned, work)


async def _outcome(planned: Planned, work: _Work) -> Outcome:
    article = planned.article
    try:
        found, remarks = await _files(article, work.folder)
        outcome = await _brought(planned, found, work)
    except Unreadable as refused:
        remarks, outcome = [Remark(article.place, refused.code, refused.about)], REFUSED
    except Invalid as refused:
        remarks, outcome = [Remark(article.place, refused.code, refused.field)], REFUSED
    return Outcome(article.place, article.title, outcome, (*article.remarks, *remarks))


async def _files(article: IncomingArticle, folder: Path) -> tuple[dict[int, FileRead], list[Remark]]:
    """Those that can be taken, by their numbers; the others are remarked on."""
    found, remarks = dict[int, FileRead](), list[Remark]()
    for number, path in enumerate(article.files):
        try:
            found[number] = await files.read(folder, path)
        except Unreadable as refused:
            remarks.append(Remark(article.place, refused.code, refused.about))
    return found, remarks


async def _brought(planned: Planned, found: dict[int, FileRead], work: _Work) -> str:
    """Raises `Invalid`, or `Unreadable` for one that was changed here since."""
    digest = _digest(planned, found, work.wishes)
    if planned.origin and planned.origin.digest == digest:
        return SAME
    if planned.origin and planned.origin.is_retired:
        raise Unreadable("retired_here")
    if planned.origin and planned.origin.newest > planned.origin.version:
        raise Unreadable("edited_here")
    if work.wishes.is_dry:
        await rendered(planned.article.body)
    else:
        await _write(planned, found, digest, work)
    return CHANGED if planned.origin else CREATED


async def _write(planned: Planned, found: dict[int, FileRead], digest: str, work: _Work) -> None:
    at, article = work.now(), planned.article
    names = work.wishes.section
    section = await work.sections.number(article.section or two_levels(names_of(names)), by=work.by, at=at)
    kept = {number: await files.keep(each, storage=work.storage, by=work.by, at=at) for number, each in found.items()}
    known = {number: work.addresses[key] for number, key in enumerate(article.links) if key in work.addresses}
    addresses = {number: f"/help/{slug}" for number, slug in known.items()}
    text = ArticleText(article.title, article.objective, with_addresses(article.body, kept, addresses))
    place = ArticlePlace(
        section,
        planned.slug,
        article.audience or work.wishes.audience,
        is_featured=article.is_featured,
        lang=article.lang,
    )
    await writing.write(planned, text, place, digest, by=work.by, at=at)


def _digest(planned: Planned, found: dict[int, FileRead], wishes: Wishes) -> str:
    """Of all that was read of an article, and of what it names."""
    article = planned.article
    told = {**asdict(article), "place": "", "remarks": (), "written_on": str(article.written_on)}
    told |= {"files": [each.sha256 for each in found.values()], "slug": planned.slug}
    told |= {"audience": article.audience or wishes.audience, "section": article.section or wishes.section}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
