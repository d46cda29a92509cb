"""Drafts made from a solved ticket: the request and its solution, with personal data marked."""

from dataclasses import dataclass
from datetime import datetime

from web.articles import slugs
from web.articles.personal_data import marked, unmarked
from web.articles.sections import sections
from web.articles.writing import LONGEST_TITLE, ArticlePlace, ArticleText, check_author, write_article
from web.database import fetch_as, fetch_column
from web.errors import Invalid, NotFromHere, NotPermitted
from web.people.permissions import Actor
from web.text import fold
from web.tickets.life.states import UNSOLVED, Status
from web.tickets.record.ticket import TicketDetails

_OF_THE_DESK = "(SELECT role FROM person WHERE person.id = m.author) <> 'requester'"
_LONGEST = 50_000
"""The most characters of the request and of the solution."""


@dataclass(frozen=True)
class Headings:
    """The headings of the two parts."""

    problem: str
    solution: str


@dataclass(frozen=True)
class _Said:
    """The request of a ticket and its solution."""

    problem: str | None
    solution: str | None


async def may_begin(ticket: TicketDetails, *, by: Actor) -> bool:
    """Whether `by` may make a draft, which all agents can read, from this ticket."""
    return by.is_agent and _is_solved(ticket) and not await _is_reserved(ticket)


async def begin(ticket: TicketDetails, headings: Headings, *, by: Actor, at: datetime, key: str | None = None) -> int:
    """Creates the draft. Returns its number, which is the same if the form is sent again.

    Raises `NotFromHere` for an unsolved ticket, `NotPermitted` for one that not every agent may read, `Invalid` if
    there is no section yet.
    """
    check_author(by)
    if not _is_solved(ticket):
        raise NotFromHere("article")
    if await _is_reserved(ticket):
        raise NotPermitted("article")
    said = (await fetch_as(_Said, _SAID, ticket.number))[0]
    people = await fetch_column(str, _NAMES, *(ticket.number,) * 4)
    organizations = [ticket.organization_name] if ticket.organization_name else []
    parts = ((headings.problem, said.problem), (headings.solution, said.solution))
    body = "\n\n".join(f"## {head}\n\n{marked((text or '')[:_LONGEST], people, organizations)}" for head, text in parts)
    title = marked(ticket.title, people, organizations)
    text = ArticleText(title[:LONGEST_TITLE], "", body)
    slug = await slugs.free_slug("article", unmarked(title))
    place = ArticlePlace(await _section(ticket), slug, audience="agents")
    return await write_article(text, place, ticket=ticket.number, key=key, by=by, at=at)


async def _is_reserved(ticket: TicketDetails) -> bool:
    """Whether only its own team may read it."""
    confidential = "SELECT id FROM team WHERE id = {} AND is_confidential"
    return ticket.team is not None and bool(await fetch_column(int, confidential, ticket.team))


_SAID = f"""
SELECT (SELECT body FROM message m WHERE m.ticket = ticket.id AND m.kind <> 'note' ORDER BY m.id LIMIT 1) AS problem,
       (SELECT body FROM message m WHERE m.ticket = ticket.id AND m.kind <> 'note' AND (m.is_resolution
        OR {_OF_THE_DESK}) ORDER BY m.is_resolution DESC, m.id DESC LIMIT 1) AS solution
FROM ticket WHERE ticket.id = {{}}
"""

_NAMES = """
SELECT name FROM person WHERE role <> 'system' AND id IN (
  SELECT author FROM message WHERE ticket = {} UNION SELECT person FROM participant WHERE ticket = {}
  UNION SELECT requester FROM ticket WHERE id = {} UNION SELECT primary_contact FROM ticket WHERE id = {})
ORDER BY id
"""


def _is_solved(ticket: TicketDetails) -> bool:
    return ticket.status in (Status.RESOLVED, Status.CLOSED) and ticket.resolution not in UNSOLVED


async def _section(ticket: TicketDetails) -> int:
    """The section named like the ticket's category, or else the first one."""
    known = await sections()
    if not known:
        raise Invalid("section", "no_sections")
    alike = [each.id for each in known if fold(each.name) == fold(ticket.category_name or "")]
    return [*alike, known[0].id][0]
