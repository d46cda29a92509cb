"""Movidesk's knowledge base from its API: lists of articles, and single ones with their HTML.

`GET /public/v1/kb/article` lists them as `items`; `GET /public/v1/article/:id` gives a whole one.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from web.articles.imports.found_files import below
from web.articles.imports.incoming import IncomingArticle, References, Remark, Source, names_of, two_levels
from web.articles.imports.json_files import Finding, Json, Page, day, items, number, text, with_html
from web.errors import Unreadable

_PUBLISHED = 1
_AT = re.compile(r"/article/(\d{1,18})\b")
_HTML = ("contentHtml", "contenthtml", "content", "html")


def is_it(pages: list[Page]) -> bool:
    return any(True for page in pages for _ in _items(page.content))


def read(pages: list[Page], folder: Path) -> Source:
    """Reads the articles. A whole article wins over its item in a list. Authors and requesters are not read."""
    found, source = below(folder), Source()
    whole: dict[int, tuple[str, Json]] = {}
    for page in pages:
        for item in _items(page.content):
            if number(item, "id") not in whole or text(item, *_HTML):
                whole[number(item, "id")] = (f"{page.name}: {number(item, 'id')}", item)
    keys = set(map(_key, whole))
    for place, item in whole.values():
        finding = Finding(place, found, References(), lambda address: key if (key := key_at(address)) in keys else "")
        try:
            source.articles.append(_article(item, place, finding))
        except Unreadable as refused:
            source.refused.append(Remark(place, refused.code, refused.about))
    return source


def _items(content: object) -> Iterator[Json]:
    """Yields the items of a page: one article, a list, or a list under a name."""
    if isinstance(content, list):
        yield from (each for each in content if isinstance(each, dict) and _is_article(each))
    elif isinstance(content, dict):
        some = [*items(content, "items"), *items(content, "value")]
        yield from (each for each in some or [content] if _is_article(each))


def _is_article(item: Json) -> bool:
    return bool(number(item, "id")) and "title" in item and ("articleStatus" in item or bool(text(item, *_HTML)))


def _article(item: Json, place: str, finding: Finding) -> IncomingArticle:
    title = text(item, "title")
    if not title:
        raise Unreadable("no_title")
    if not (html := text(item, *_HTML)):
        raise Unreadable("no_text")
    article = IncomingArticle(
        place=place,
        key=_key(number(item, "id")),
        title=title,
        body="",
        section=_section(item),
        is_draft=number(item, "articleStatus") != _PUBLISHED,
        written_on=day(text(item, "updatedDate", "createdDate")),
    )
    return with_html(article, html, finding)


def _section(item: Json) -> tuple[str, ...]:
    """The section by the first category, given as a name or as an object."""
    found = item.get("categories") or item.get("category") or ()
    first = found[0] if isinstance(found, list) and found else found
    name = text(first, "name", "description", "title") if isinstance(first, dict) else first
    return two_levels(names_of(name)) if isinstance(name, str) else ()


def key_at(address: str) -> str:
    """The key of the article at this address; empty for any other."""
    found = _AT.search(address)
    return _key(int(found[1])) if found else ""


def _key(article: int) -> str:
    return f"movidesk:{article}"
