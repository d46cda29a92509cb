"""The JSON that the public API of another help desk gave, page by page, with its files beside it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from web.articles.imports.found_files import FoundFiles
from web.articles.imports.html_markdown import markdown_of
from web.articles.imports.incoming import IncomingArticle, Named, Remark
from web.errors import Unreadable

LARGEST = 100 * 2**20
"""Bytes of one file."""

Json = Mapping[str, object]

_OBJECTIVE = re.compile(r"[*_]{0,2}Objeti(?:vo|ve)[*_]{0,2}\s*:[*_]{0,2}\s*([^\n]{10,300})(?:\n+|\Z)", re.IGNORECASE)
_OPENED = ("http", "https", "mailto", "tel")


@dataclass(frozen=True)
class Page:
    """One file: what it holds, and what it is called in a report."""

    name: str
    content: object


def pages(path: Path) -> list[Page]:
    """Of the file, or of each file in the folder. Raises `Unreadable`."""
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    return [Page(each.name, _content(each)) for each in files if not each.is_symlink()]


def _content(path: Path) -> object:
    if path.stat().st_size > LARGEST:
        raise Unreadable("file_too_large", about=path.name)
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable("not_json", about=path.name) from None


def items(page: object, name: str) -> Iterator[Json]:
    """The objects in the list of that name."""
    found = page.get(name) if isinstance(page, dict) else None
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def text(item: Json, *names: str) -> str:
    """The first of these values that is a text."""
    return next((value.strip() for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def number(item: Json, name: str) -> int:
    """0 where it has none."""
    value = item.get(name)
    return value if isinstance(value, int) else int(value) if isinstance(value, str) and value.isdecimal() else 0


@dataclass(frozen=True)
class Finding:
    """Finds what the HTML of one article names: files beside the JSON, other articles, addresses to open."""

    place: str
    found: FoundFiles
    named: Named
    article_at: Callable[[str], str]
    """The key of an article that comes as well, by its address."""

    def file(self, address: str) -> str:
        """Our address of a picture or another file; what was not kept is remarked on where it is a picture's."""
        path = self.found.of_address(address) if address and not address.startswith("data:") else None
        return self.named.file(path) if path and not path.lower().endswith(".json") else ""

    def picture(self, address: str) -> str:
        found = self.file(address)
        if not found:
            about = "data:" if address.startswith("data:") else address.partition("?")[0][:200]
            self.named.remarks.append(Remark(self.place, "picture_elsewhere", about))
        return found

    def link(self, address: str) -> str:
        """To an article that comes as well, or as it is; nowhere for what would act or is within the old place."""
        if key := self.article_at(address):
            return self.named.article(key)
        try:
            scheme = urlsplit(address.strip()).scheme.lower()
        except ValueError:
            return ""
        return quote(address.strip(), safe=":/?#@!$&'*+,;=%~-._") if scheme in _OPENED else ""


def with_html(article: IncomingArticle, html: str, finding: Finding, *, below: str = "") -> IncomingArticle:
    """The article with its text, and what stands `below` it; with what is remarkable about it."""
    named = finding.named
    body, acts = markdown_of(html, finding)
    if acts:
        named.remarks.append(Remark(article.place, "left_out"))
    objective, body = _parted(body)
    return replace(
        article,
        objective=objective,
        body="\n\n".join(filter(None, (body, below))),
        files=tuple(named.files),
        links=tuple(named.links),
        remarks=tuple(named.remarks),
    )


def _parted(body: str) -> tuple[str, str]:
    """A first line that says the objective, and the rest."""
    found = _OBJECTIVE.match(body)
    return (found[1].strip(" *_"), body[found.end() :].strip()) if found else ("", body)


def day(said: str) -> date | None:
    """Of an instant as APIs write it."""
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
