"""Articles that agents can insert into replies, and those that they did insert."""

import re
from dataclasses import dataclass
from datetime import datetime

from web.articles.search.ranking import Found, ranked
from web.articles.visibility import readable_by
from web.database import execute, fetch_as
from web.errors import Invalid
from web.people import actors
from web.settings import settings
from web.sql import values
from web.tickets.record.ticket import TicketDetails

_OFFERED = 8
_MOST = 20
"""The most articles of one reply that are counted."""
_LINK = re.compile(r"/help/([a-z0-9-]{1,80})(?![a-z0-9/-])")


@dataclass(frozen=True)
class OfferedArticle:
    """An article that the requester can open."""

    id: int
    title: str
    section_name: str
    address: str

    @property
    def in_reply(self) -> str:
        return f"{self.title}\n{self.address}"


async def offered(text: str, ticket: TicketDetails, *, at: datetime) -> list[OfferedArticle]:
    """The search results that the requester may read, because other links would not help them."""
    reader = await actors.of_person(ticket.requester)
    found = await ranked(text, by=reader, at=at, some=True)
    return [_offered(each) for each in found[:_OFFERED]]


async def offered_one(article: int | None, ticket: TicketDetails, *, at: datetime) -> OfferedArticle:
    """Returns the article. Raises `Invalid` if the requester may not read it."""
    reader = await actors.of_person(ticket.requester)
    found = await fetch_as(_Row, _ONE, article or 0, readable_by(reader, at))
    if not found:
        raise Invalid("article", "unknown")
    return _offered(found[0])


@dataclass(frozen=True)
class _Row:
    id: int
    slug: str
    title: str
    section_name: str


_ONE = (
    "SELECT article.id, article.slug, article.title, s.name AS section_name FROM article "
    "JOIN help_section s ON s.id = article.section WHERE article.id = {} AND {}"
)


def _offered(row: _Row | Found) -> OfferedArticle:
    return OfferedArticle(row.id, row.title, row.section_name, address_of(row.slug))


def address_of(slug: str) -> str:
    """The address of an article in a reply."""
    return f"{settings().base_url}/help/{slug}"


async def note_inserted(ticket: int, body: str, *, at: datetime) -> None:
    """Records the articles that a reply links, each once for a ticket. Call it when the reply is sent."""
    ours = f"{settings().base_url}/help/"
    slugs = {found[1] for found in _LINK.finditer(body)} if ours in body else set()
    if slugs:
        await execute(_INSERTED, ticket, at, values(sorted(slugs)[:_MOST]), ticket)


_INSERTED = (
    "INSERT INTO article_use (article, ticket, kind, at) SELECT article.id, {}, 'inserted', {} FROM article "
    "WHERE article.slug IN ({}) AND NOT EXISTS (SELECT 1 FROM article_use u WHERE u.ticket = {} "
    "AND u.article = article.id AND u.kind = 'inserted')"
)
