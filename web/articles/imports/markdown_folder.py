"""Reads a folder of Markdown files: titles from front matter or first headings, sections from folders."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import filterfalse
from pathlib import Path, PurePosixPath

from web.articles import slugs
from web.articles.imports import front_matter, markdown_links
from web.articles.imports.found_files import FoundFiles, below
from web.articles.imports.front_matter import Values
from web.articles.imports.incoming import (
    LARGEST_TEXT,
    IncomingArticle,
    IncomingSection,
    References,
    Remark,
    Source,
    names_of,
    two_levels,
)
from web.errors import Unreadable

_EXTENSIONS = (".md", ".markdown")
_OF_FOLDER = ("_index", "readme")
"""Names of files that describe their folder; an `index` file is an article with a folder of its own."""
_NUMBERED = re.compile(r"\d+[-_. ]+")
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_YES = ("true", "yes", "1")


@dataclass
class _Reading:
    """State of reading a folder."""

    found: FoundFiles
    heads: dict[str, Values] = field(default_factory=dict)
    """The front matter of each folder."""
    source: Source = field(default_factory=Source)


def is_it(folder: Path) -> bool:
    """Whether the folder contains a Markdown file, at any depth."""
    return any(each.suffix.lower() in _EXTENSIONS for each in folder.rglob("*"))


def read(folder: Path) -> Source:
    """Reads every Markdown file below the folder by name. Raises `Unreadable` if there is none."""
    reading = _Reading(below(folder))
    texts = sorted(each for each in reading.found.paths if each.lower().endswith(_EXTENSIONS))
    if not texts:
        raise Unreadable("no_articles")
    for path in filter(_tells_of_folder, texts):
        _try(_read_head, path, reading)
    for path in filterfalse(_tells_of_folder, texts):
        _try(_read_article, path, reading)
    return reading.source


def _try(read_one: Callable[[str, _Reading], None], path: str, reading: _Reading) -> None:
    """Reads one file. If it cannot be read, that is reported, and the others are still read."""
    try:
        read_one(path, reading)
    except Unreadable as refused:
        place = f"{path}:{refused.line}" if refused.line else path
        reading.source.refused.append(Remark(place, refused.code, refused.about))


def _read_head(path: str, reading: _Reading) -> None:
    values, _, _ = front_matter.parted(_text(reading.found.folder / path))
    folder = str(PurePosixPath(path).parent)
    reading.heads[folder] = values
    text = _first_of(values, "objective", "description", "summary")
    if text and folder != ".":
        reading.source.sections.append(IncomingSection(_section(folder, reading), text))


def _read_article(path: str, reading: _Reading) -> None:
    values, body, above = front_matter.parted(_text(reading.found.folder / path))
    heading = _HEADING.match(body)
    title = values.get("title") or (heading[1] if heading else "")
    if not title:
        raise Unreadable("no_title", line=above + 1)
    if heading and heading[1] == title:
        body = body[heading.end() :]
        above += heading[0].count("\n")
    named = References()
    slug = values.get("slug") or slugs.slug_of(_plain_name(_own(path).stem))
    reading.source.articles.append(
        IncomingArticle(
            place=path,
            key=f"markdown:{slug}",
            title=title,
            body=_body(body, path, above, reading.found, named),
            section=_section_of(path, values, reading),
            objective=_first_of(values, "objective", "description", "summary"),
            slug=slug,
            lang=values.get("lang") or "pt-BR",
            audience=values.get("audience") or "",
            is_featured=values.get("featured", "").lower() in _YES,
            is_draft=values.get("draft", "").lower() in _YES,
            written_on=_day(values, path),
            files=tuple(named.files),
            links=tuple(named.links),
            remarks=tuple(named.remarks),
        )
    )


def _body(body: str, path: str, above: int, found: FoundFiles, named: References) -> str:
    beside = str(PurePosixPath(path).parent)

    def target(address: str, is_picture: bool) -> str:
        if address.startswith("#") or (not is_picture and markdown_links.is_elsewhere(address)):
            return address
        file = found.named(address, beside="" if beside == "." else beside)
        if file and file.lower().endswith(_EXTENSIONS):
            return named.article(file) + address[len(address.partition("#")[0]) :]
        if file:
            return named.file(file)
        if is_picture or not address.startswith("/"):
            code = "picture_elsewhere" if markdown_links.is_elsewhere(address) else "no_file"
            named.remarks.append(Remark(path, code, address.partition("?")[0]))
        return address

    try:
        return markdown_links.rewritten(body, target).strip()
    except Unreadable as refused:
        raise Unreadable(refused.code, line=above + refused.line, about=refused.about) from None


def _section_of(path: str, values: Values, reading: _Reading) -> tuple[str, ...]:
    if said := _first_of(values, "section", "category"):
        return two_levels(names_of(said))
    return _section(str(_own(path).parent), reading)


def _own(path: str) -> PurePosixPath:
    """The path that identifies an article: its file, or its own folder."""
    own = PurePosixPath(path)
    return own.parent if own.stem.lower() == "index" and own.parent.name else own


def _section(folder: str, reading: _Reading) -> tuple[str, ...]:
    """The section: each folder on the way, by its title or name."""
    names = []
    for each in reversed([PurePosixPath(folder), *PurePosixPath(folder).parents]):
        if each.name:
            said = reading.heads.get(str(each), {}).get("title")
            names.append(said or _plain_name(each.name).replace("-", " ").capitalize())
    return two_levels(names)


def _tells_of_folder(path: str) -> bool:
    return PurePosixPath(path).stem.lower() in _OF_FOLDER


def _plain_name(name: str) -> str:
    """The name without the number that sorts it."""
    return _NUMBERED.sub("", name, count=1) or name


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_TEXT * 4:
        raise Unreadable("too_long")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None
    return text.replace("\r\n", "\n")


def _day(values: Values, path: str) -> date | None:
    said = _first_of(values, "reviewed", "lastmod", "date")
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        raise Unreadable("bad_date", line=1, about=said) from None


def _first_of(values: Values, *names: str) -> str:
    return next((values[name] for name in names if values.get(name)), "")
