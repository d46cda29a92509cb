"""Zendesk Guide from its Help Center API: categories, sections, articles, attachments, user segments.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from web.articles.imports.found_files import FoundFiles, below
from web.articles.imports.incoming import IncomingArticle, IncomingSection, References, Remark, Source
from web.articles.imports.json_files import Finding, Json, Page, day, items, number, text, with_html
from web.errors import Unreadable

_LANGUAGES = {"pt": "pt-BR", "en": "en", "es": "es"}
_AT = re.compile(r"/articles/(\d{1,18})\b")


@dataclass(frozen=True)
class _Known:
    """All objects by id."""

    categories: Mapping[int, Json]
    sections: Mapping[int, Json]
    segments: Mapping[int, Json]
    attachments: Mapping[int, list[Json]]
    """The attachments by the id of their article."""
    articles: frozenset[str]
    """The keys of all articles."""
    found: FoundFiles


def is_it(pages: list[Page]) -> bool:
    return any(isinstance(each.content, dict) and isinstance(each.content.get("articles"), list) for each in pages)


def read(pages: list[Page], folder: Path) -> Source:
    """Reads the articles without authors, votes and comments, which are personal data."""
    known = _known(pages, below(folder))
    source = Source(sections=list(_sections(known)))
    seen: set[int] = set()
    for page in pages:
        for item in items(page.content, "articles"):
            place = f"{page.name}: {number(item, 'id')}"
            if number(item, "id") in seen:
                continue
            seen.add(number(item, "id"))
            try:
                source.articles.append(_article(item, place, known))
            except Unreadable as refused:
                source.refused.append(Remark(place, refused.code, refused.about))
    return source


def _known(pages: list[Page], found: FoundFiles) -> _Known:
    def by_id(name: str) -> dict[int, Json]:
        return {number(each, "id"): each for page in pages for each in items(page.content, name)}

    attachments: dict[int, list[Json]] = {}
    for each in by_id("article_attachments").values():
        attachments.setdefault(number(each, "article_id"), []).append(each)
    articles = frozenset(map(_key, by_id("articles")))
    return _Known(by_id("categories"), by_id("sections"), by_id("user_segments"), attachments, articles, found)


def _sections(known: _Known) -> Iterator[IncomingSection]:
    """Yields the sections in their order, each below its category."""
    for category in _in_order(known.categories):
        yield IncomingSection((text(category, "name"),), text(category, "description")[:300])
    for section in _in_order(known.sections):
        yield IncomingSection(_path(number(section, "id"), known), text(section, "description")[:300])


def _in_order(some: Mapping[int, Json]) -> list[Json]:
    return sorted(some.values(), key=lambda each: number(each, "position"))


def _path(section: int, known: _Known) -> tuple[str, ...]:
    """The names of the category and of the section; sections between them are left out."""
    found = known.sections.get(section)
    if not found:
        return ()
    category = known.categories.get(number(found, "category_id"))
    above = (text(category, "name"),) if category else ()
    return tuple(filter(None, (*above, text(found, "name"))))


def _article(item: Json, place: str, known: _Known) -> IncomingArticle:
    title = text(item, "title", "name")
    if not title:
        raise Unreadable("no_title")
    finding = Finding(place, known.found, References(), lambda address: _known_key(address, known))
    article = IncomingArticle(
        place=place,
        key=_key(number(item, "id")),
        title=title,
        body="",
        section=_path(number(item, "section_id"), known),
        lang=_LANGUAGES.get(text(item, "locale", "source_locale")[:2].lower(), "pt-BR"),
        audience=_audience(item, known),
        is_featured=item.get("promoted") is True,
        is_draft=item.get("draft") is True,
        written_on=day(text(item, "edited_at", "updated_at")),
    )
    return with_html(article, text(item, "body"), finding, below=_downloads(item, known, finding))


def _audience(item: Json, known: _Known) -> str:
    """The audience. An unknown or restricted segment becomes agents only, so that nothing is shown by mistake."""
    if item.get("user_segment_id") is None:
        return "everybody"
    segment = known.segments.get(number(item, "user_segment_id"), {})
    is_of_all = text(segment, "user_type") == "signed_in_users" and not any(segment.get(name) for name in _OF_SOME)
    return "signed_in" if is_of_all else "agents"


_OF_SOME = ("group_ids", "organization_ids", "tags", "or_tags", "added_user_ids")


def _downloads(item: Json, known: _Known, finding: Finding) -> str:
    """Links to the attachments, for below the text."""
    lines = []
    for each in known.attachments.get(number(item, "id"), ()):
        name = text(each, "display_file_name", "file_name")
        if each.get("inline") is True or not name:
            continue
        target = finding.file(text(each, "content_url")) or finding.file(f"{number(each, 'id')}/{name}")
        if target:
            lines.append(f"- [{re.sub(r'[][]', ' ', name)}]({target})")
        else:
            finding.named.remarks.append(Remark(finding.place, "no_file", name))
    return "\n".join(lines)


def _known_key(address: str, known: _Known) -> str:
    key = key_at(address)
    return key if key in known.articles else ""


def key_at(address: str) -> str:
    """The key of the article at this address; empty for any other."""
    found = _AT.search(address)
    return _key(int(found[1])) if found else ""


def _key(article: int) -> str:
    return f"zendesk:{article}"
