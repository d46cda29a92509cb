"""Pictures and other files that authors put into articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from web.articles.markdown import FILES
from web.articles.writing import check_author
from web.database import execute, fetch_as, fetch_column, within
from web.errors import Invalid
from web.people.permissions import Actor
from web.sql import literals
from web.text import one_line

_LISTED = 60
_FRESH = timedelta(days=1)
"""How long a file that no version uses yet is offered to its sender."""


@dataclass(frozen=True)
class ArticleFile:
    """A file that texts can use."""

    id: int
    name: str
    media_type: str
    size: int

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def address(self) -> str:
        return f"{FILES}{self.id}/{quote(self.name)}"

    def in_text(self, words: str = "") -> str:
        """The Markdown for using the file; `words` describe a picture, or are the text of a link."""
        label = one_line(words) or self.name
        plain = label.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"{'!' * self.is_picture}[{plain}]({self.address})"


async def take(uploads: Sequence[int], words: str, *, by: Actor, at: datetime) -> list[ArticleFile]:
    """Turns uploads of the author into files of articles. Raises `Invalid` if a picture has no description."""
    check_author(by)
    own = f"id IN ({literals(uploads) or 'NULL'}) AND person = {{}} AND message IS NULL"
    async with within():
        sent = await fetch_as(ArticleFile, f"SELECT id, name, media_type, size FROM attachment WHERE {own}", by.id)
        if not sent:
            raise Invalid("files", "missing")
        if any(each.is_picture for each in sent) and not one_line(words):
            raise Invalid("alt", "missing_alt")
        made = await fetch_column(
            int,
            "INSERT INTO article_file (name, media_type, size, sha256, person, at) "
            f"SELECT name, media_type, size, sha256, person, {{}} FROM attachment WHERE {own} ORDER BY id RETURNING id",
            at,
            by.id,
        )
        await execute(f"DELETE FROM attachment WHERE {own}", by.id)
    kept = f"SELECT id, name, media_type, size FROM article_file WHERE id IN ({literals(made)}) ORDER BY id"
    return await fetch_as(ArticleFile, kept)


async def files_of(article: int | None, *, by: Actor, at: datetime) -> list[ArticleFile]:
    """The files that versions of the article use, and the author's own unused ones, newest first."""
    return await fetch_as(ArticleFile, _FILES, article or 0, by.id, at - _FRESH)


_FILES = (
    "SELECT f.id, f.name, f.media_type, f.size FROM article_file f WHERE f.id IN (SELECT vf.file "
    "FROM article_version_file vf JOIN article_version v ON v.id = vf.version WHERE v.article = {} "
    "UNION SELECT own.id FROM article_file own WHERE own.person = {} AND own.at > {} "
    "AND NOT EXISTS (SELECT 1 FROM article_version_file vf WHERE vf.file = own.id)) "
    f"ORDER BY f.id DESC LIMIT {_LISTED}"
)
