"""Readers' comments below an article, held until an agent shows, hides or answers them or opens a ticket."""

import re
from dataclasses import dataclass
from datetime import datetime

from web.articles import reading
from web.articles.tables import ArticleComment
from web.articles.writing import check_author
from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid, NotFromHere, refuse
from web.people import accounts
from web.people.identifiers.addresses import is_address
from web.people.permissions import Actor
from web.people.throttle import Limit, spend
from web.sql import Condition
from web.text import clean_text, is_blank, too_long, wrong_name
from web.tickets.life.states import Channel
from web.tickets.record.events import MoveResult
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

LONGEST = 5_000
LONGEST_NAME = 100
SHOWN = 20
"""How many comments are shown below an article."""
PAGE = 25
STATES = ("held", "shown", "hidden")
FROM_ONE = Limit("comments-network", tries=30, seconds=120)
AT_ONE = Limit("comments-article", tries=15, seconds=120)
"""The rate limit for one article from all networks."""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class NewComment:
    """A comment as typed; only agents see the address."""

    name: str
    email: str
    text: str


@dataclass(frozen=True)
class Comment:
    """A comment as readers see it."""

    name: str
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class DeskComment:
    """A comment as agents see it, in any state."""

    id: int
    slug: str
    title: str
    name: str
    email: str
    text: str
    at: datetime
    state: str
    answer: str
    ticket: int | None


async def write(
    slug: str, comment: NewComment, *, key: str | None, network: str, by: Actor | None, at: datetime
) -> None:
    """Holds a comment for the agents, once for each form. Raises `Invalid`, `NotFound` and `Throttled`."""
    article = await reading.number_at(slug, by=by, at=at)
    text, address = clean_text(comment.text).strip(), accounts.normal(comment.email)
    refuse(_wrong(comment, address, text))
    await spend(FROM_ONE, network, at=at)
    await spend(AT_ONE, str(article), at=at)
    await execute(_WRITTEN, article, comment.name, address, text, at, key)


_WRITTEN = (
    "INSERT INTO article_comment (article, name, email, text, at, form_key) VALUES ({}, {}, {}, {}, {}, {}) "
    "ON CONFLICT (form_key) DO NOTHING"
)


def _wrong(comment: NewComment, address: str, text: str) -> dict[str, str | None]:
    return {
        "name": wrong_name(comment.name, longest=LONGEST_NAME),
        "email": None if is_address(address) else "not_an_address" if address else "missing",
        "comment": _wrong_text(text),
    }


def _wrong_text(text: str) -> str | None:
    if is_blank(text):
        return "missing"
    return too_long(text, LONGEST) or ("only_links" if is_blank(_LINK.sub("", text)) else None)


async def shown(article: int) -> list[Comment]:
    """The shown comments, latest first."""
    return await fetch_as(
        Comment,
        "SELECT name, text, at, answer, answered_at FROM article_comment "
        f"WHERE article = {{}} AND state = 'shown' ORDER BY at DESC, id DESC LIMIT {SHOWN}",
        article,
    )


async def listed(state: str, *, after: int | None, by: Actor) -> tuple[list[DeskComment], int | None]:
    """A page of comments in a state, latest first, after the one given, and where the next page begins."""
    check_author(by)
    place = "(SELECT c.at, c.id FROM article_comment c WHERE c.id = {})"
    past = Condition(f"(comment.at, comment.id) < {place}", (after,)) if after else Condition("1 = 1")
    wanted = Condition("comment.state = {}", (state,)) & past
    rows = await fetch_as(
        DeskComment, f"{_HELD} WHERE {{}} ORDER BY comment.at DESC, comment.id DESC LIMIT {PAGE + 1}", wanted
    )
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


async def find(number: int, *, by: Actor) -> DeskComment:
    """Returns the comment. Raises `NotFound`."""
    check_author(by)
    return existing(await fetch_as(DeskComment, f"{_HELD} WHERE comment.id = {{}}", number), "comment")


_HELD = (
    "SELECT comment.id, article.slug, article.title, comment.name, comment.email, comment.text, comment.at, "
    "comment.state, comment.answer, ticket.id AS ticket FROM article_comment comment "
    "JOIN article ON article.id = comment.article LEFT JOIN ticket ON ticket.id = comment.ticket"
)


async def show(number: int, *, answer: str = "", by: Actor, at: datetime) -> None:
    """Shows the comment to readers, with an agent's answer. Raises `Invalid` and `NotFound`."""
    await find(number, by=by)
    answer = clean_text(answer).strip()
    refuse({"answer": too_long(answer, LONGEST)})
    answered = (answer, by.id, at) if answer else ("", None, None)
    changed = (
        "UPDATE article_comment SET state = 'shown', answer = {}, answered_by = {}, answered_at = {} WHERE id = {}"
    )
    await execute(changed, *answered, number)


async def hide(number: int, *, by: Actor) -> None:
    """Hides the comment. Raises `NotFound`."""
    await find(number, by=by)
    await ArticleComment.update({ArticleComment.state: "hidden"}).where(ArticleComment.id == number)


async def open_ticket(number: int, category: int | None, topic: int | None, *, by: Actor, at: datetime) -> MoveResult:
    """Opens a ticket for the author of the comment, who is answered there; the comment is hidden.

    Raises `Invalid`, `NotFound`, and `NotFromHere` if it became a ticket already.
    """
    async with within():
        comment = await find(number, by=by)
        if not await fetch_column(int, _TAKEN, number):
            raise NotFromHere("comment")
        made = await _opened(comment, category, topic, by=by, at=at)
        await ArticleComment.update({ArticleComment.ticket: made.ticket}).where(ArticleComment.id == number)
    return made


_TAKEN = "UPDATE article_comment SET state = 'hidden' WHERE id = {} AND ticket IS NULL RETURNING id"


async def _opened(
    comment: DeskComment, category: int | None, topic: int | None, *, by: Actor, at: datetime
) -> MoveResult:
    """Opens the ticket. Errors concern the category, because that is the only field of the form."""
    wanted = Request(
        title=comment.title,
        description=comment.text,
        category=category,
        topic=topic,
        requester=await accounts.find_or_create(comment.email, at=at),
        channel=Channel.FORM,
    )
    try:
        return await submission.open_ticket(wanted, by=by, at=at)
    except Invalid as error:
        raise error if "category" in error.fields else Invalid("category", "asks_more") from error
