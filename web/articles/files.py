"""Pictures, videos and other files of articles, readable by everybody who can read an article that uses them."""

import re
from dataclasses import dataclass
from datetime import datetime

from web.articles.tables import ArticleFile as FileRow
from web.articles.visibility import readable_by
from web.articles.writing import check_author
from web.database import existing, fetch_as
from web.errors import NotFound
from web.files import kind_of
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition

_VIDEOS = (
    (re.compile(rb".{4}ftyp", re.DOTALL), ".mp4", "video/mp4"),
    (re.compile(rb"\x1a\x45\xdf\xa3"), ".webm", "video/webm"),
    (re.compile(rb"OggS"), ".ogv", "video/ogg"),
)


@dataclass(frozen=True)
class ArticleFile:
    """A file with its name in the storage; `is_public` means that anybody may read it."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    is_public: bool


async def article_file(number: int, *, by: Actor | None, at: datetime) -> ArticleFile:
    """Finds a file that the shown version of a readable article uses; agents see all. Raises `NotFound`."""
    if not 0 < number < 2**31:
        raise NotFound("file")
    seen = ALWAYS if by is not None and by.is_agent else _named_in(readable_by(by, at))
    return existing(await fetch_as(ArticleFile, _FILE, _named_in(readable_by(None, at)), number, seen), "file")


_FILE = (
    "SELECT f.id, f.name, f.media_type, f.size, f.sha256, f.at, {} AS is_public FROM article_file f "
    "WHERE f.id = {} AND {}"
)


def _named_in(readable: Condition) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM article_version_file vf JOIN article_version v ON v.id = vf.version "
        "JOIN article ON article.id = v.article AND article.published = v.number "
        f"WHERE vf.file = f.id AND {readable.text})",
        readable.values,
    )


def media_type(head: bytes, name: str) -> str:
    """The media type by the first bytes and the name: a picture or a video, else a download."""
    for signature, ending, kind in _VIDEOS:
        if signature.match(head) and name.casefold().endswith(ending):
            return kind
    return kind_of(head, name).media_type


def is_shown(media_type: str) -> bool:
    """Whether browsers show it in the page."""
    return media_type.startswith(("image/", "video/"))


async def save_file(name: str, media_type: str, size: int, sha256: str, *, by: Actor, at: datetime) -> int:
    """Saves a received file. Returns its number."""
    check_author(by)
    row = FileRow(name=name, media_type=media_type, size=size, sha256=sha256, person=by.id, at=at)
    await row.save()
    return int(row.id)
