"""Writes an imported article in one transaction: its version, place, publication and origin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from web.articles import publication, sections, writing
from web.articles.imports.files import FileKept
from web.articles.imports.incoming import IncomingArticle, IncomingSection
from web.articles.imports.planning import Planned
from web.articles.sections import SectionInput
from web.articles.writing import ArticlePlace, ArticleText
from web.database import execute, within
from web.errors import refuse
from web.people.permissions import Actor
from web.tickets.sla import settings_queries

_TARGET = re.compile(r"(!?)\[([^\[\]\n]*)\]\(import-(file|article):(\d{1,6})(#[^()\s]*)?\)")
_LEFT = re.compile(r"import-(file|article):(\d{1,6})")


@dataclass
class Sections:
    """The sections by path; missing ones are created when first needed."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)

    async def read(self, incoming: Sequence[IncomingSection]) -> None:
        """Remembers the settings of sections that may have to be created."""
        for each in await sections.sections():
            above = (each.parent_name,) if each.parent_name else ()
            self.numbers[*above, each.name] = each.id
        self.texts |= {each.path: each.text for each in incoming}

    async def number(self, path: tuple[str, ...], *, by: Actor, at: datetime) -> int | None:
        """The number of the section; None if no path is given. Raises `Invalid`."""
        if not path:
            return None
        if path not in self.numbers:
            parent = await self.number(path[:-1], by=by, at=at)
            wanted = SectionInput(path[-1], self.texts.get(path, ""), parent)
            self.numbers[path] = await sections.save_section(wanted, by=by, at=at)
        return self.numbers[path]


def with_addresses(body: str, kept: Mapping[int, FileKept], articles: Mapping[int, str]) -> str:
    """The text with its addresses filled in. What could not be imported stays as text without a link."""

    def link(found: re.Match[str]) -> str:
        mark, shown, kind, number, part = found.groups("")
        if kind == "article":
            known = articles.get(int(number))
            return f"[{shown}]({known}{part})" if known else shown
        file = kept.get(int(number))
        return f"{mark if file and file.is_picture else ''}[{shown}]({file.address})" if file else shown

    def address(found: re.Match[str]) -> str:
        """The address of a link definition, or of a link around a picture."""
        file = kept.get(int(found[2])) if found[1] == "file" else None
        return file.address if file else articles.get(int(found[2]), "#") if found[1] == "article" else "#"

    return _LEFT.sub(address, _TARGET.sub(link, body))


async def rehearse(article: IncomingArticle, path: tuple[str, ...]) -> None:
    """Checks whether the article could be written. Raises `Invalid`."""
    refuse({"section": None if path else "missing"})
    await writing.checked(ArticleText(article.title, article.objective, article.body))


async def write(
    planned: Planned, text: ArticleText, place: ArticlePlace, digest: str, *, by: Actor, at: datetime
) -> None:
    """Writes a new article, or the next version of it. Raises `Invalid`, and `Overtaken` after a concurrent change."""
    article, origin = planned.article, planned.origin
    async with within():
        await settings_queries.lock()
        if origin:
            number, version = (
                origin.article,
                await writing.write_version(origin.article, text, seen=origin.version, by=by, at=at),
            )
            await writing.place_article(number, place, by=by, at=at)
        else:
            number, version = await writing.write_article(text, place, by=by, at=at), 1
        if not article.is_draft:
            await publication.publish(
                number, since=_since(article.written_on, at), reviewed_on=article.written_on, by=by, at=at
            )
        await execute(_ORIGIN, article.key, number, digest, version, number, digest, version)


_ORIGIN = (
    "INSERT INTO article_origin (key, article, digest, version) VALUES ({}, {}, {}, {}) "
    "ON CONFLICT (key) DO UPDATE SET article = {}, digest = {}, version = {}"
)


def _since(day: date | None, at: datetime) -> datetime:
    """The publication time: when it was last changed in the source, so that our own newest articles stay newest."""
    return min(datetime.combine(day, time(12), UTC), at) if day else at
