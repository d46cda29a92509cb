"""JSON pages of the public API of another help desk, with files beside them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from web.articles.imports.found_files import FoundFiles
from web.articles.imports.html_markdown import markdown_of
from web.articles.imports.incoming import IncomingArticle, References, Remark
from web.errors import Unreadable

LARGEST = 100 * 2**20
"""The most bytes of one file."""

Json = Mapping[str, object]

_OBJECTIVE = re.compile(r"[*_]{0,2}Objeti(?:vo|ve)[*_]{0,2}\s*:[*_]{0,2}\s*([^\n]{10,300})(?:\n+|\Z)", re.IGNORECASE)
_OPENED = ("http", "https", "mailto", "tel")


@dataclass(frozen=True)
class Page:
    """A JSON file: its contents, and its name in reports."""

    name: str
    content: object


def pages(path: Path) -> list[Page]:
    """Reads the file, or each file in the folder. Raises `Unreadable`."""
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
    """Yields the objects in the list of that name."""
    found = page.get(name) if isinstance(page, dict) else None
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def text(item: Json, *names: str) -> str:
    """The first of these values that is a text."""
    return next((value.strip() for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def number(item: Json, name: str) -> int:
    """The number, or 0 if there is none."""
    value = item.get(name)
    return value if isinstance(value, int) else int(value) if isinstance(value, str) and value.isdecimal() else 0


@dataclass(frozen=True)
class Finding:
    """Resolves what the HTML of an article refers to: local files, other articles, addresses."""

    place: str
    found: FoundFiles
    named: References
    article_at: Callable[[str], str]
    """Returns the key of another imported article by its address."""

    def file(self, address: str) -> str:
        """The local address of a picture or another file. A missing picture adds a remark."""
        path = self.found.of_address(address) if address and not address.startswith("data:") else None
        return self.named.file(path) if path and not path.lower().endswith(".json") else ""

    def picture(self, address: str) -> str:
        found = self.file(address)
        if not found:
            about = "data:" if address.startswith("data:") else address.partition("?")[0][:200]
            self.named.remarks.append(Remark(self.place, "picture_elsewhere", about))
        return found

    def link(self, address: str) -> str:
        """The address of another imported article, or the same one; empty for scripts and pages of the old site."""
        if key := self.article_at(address):
            return self.named.article(key)
        try:
            scheme = urlsplit(address.strip()).scheme.lower()
        except ValueError:
            return ""
        return quote(address.strip(), safe=":/?#@!$&'*+,;=%~-._") if scheme in _OPENED else ""


def with_html(article: IncomingArticle, html: str, finding: Finding, *, below: str = "") -> IncomingArticle:
    """The article with its text, the text `below` it, and remarks."""
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
    """The objective, if the first line is one, and the rest."""
    found = _OBJECTIVE.match(body)
    return (found[1].strip(" *_"), body[found.end() :].strip()) if found else ("", body)


def day(said: str) -> date | None:
    """The day of an instant in an API."""
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
