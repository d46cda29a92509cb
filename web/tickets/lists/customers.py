"""Notes about a customer, a person or an organization, and their satisfaction."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.life.states import Customer
from web.tickets.visibility import visible_to

MOST_REMARKS = 50
RATED_AMONG = 1000
"""How many of the latest ratings are counted."""
_LATEST = 3


@dataclass(frozen=True)
class RemarkOf:
    """A remark and its author."""

    body: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Satisfaction:
    """The number of ratings, and the sums of their scores."""

    ratings: int
    service: int
    quality: int


@dataclass(frozen=True)
class RatingOf:
    """What a customer thought of a ticket: two scores from 1 to 5."""

    number: int
    title: str
    service: int
    quality: int


def latest_ratings(requester: int, *, by: Actor) -> Fragment:
    """The last ratings by this person on tickets that `by` may see: one `RatingOf` a row."""
    return Fragment(
        "SELECT recent.id AS number, recent.title, rating.service, rating.quality FROM "
        "(SELECT ticket.id, ticket.title FROM ticket WHERE ticket.requester = {} AND {} "
        f"ORDER BY ticket.updated_at DESC, ticket.id DESC LIMIT {RATED_AMONG}) recent "
        f"JOIN rating ON rating.ticket = recent.id ORDER BY rating.at DESC, rating.id DESC LIMIT {_LATEST}",
        (requester, visible_to(by)),
    )


async def remarks_about(customer: Customer, number: int) -> list[RemarkOf]:
    """The remarks about a customer, newest first."""
    return await fetch_as(
        RemarkOf,
        "SELECT remark.body, person.name AS author, remark.at FROM remark JOIN person ON person.id = remark.author "
        f"WHERE remark.{customer} = {{}} ORDER BY remark.id DESC LIMIT {MOST_REMARKS}",
        number,
    )


async def satisfaction(customer: Customer, number: int, *, by: Actor) -> Satisfaction:
    """The satisfaction with a customer's tickets that `by` may see."""
    column = "requester" if customer == "person" else "organization"
    found = await fetch_as(Satisfaction, _SATISFACTION.format(column), number, visible_to(by))
    return found[0]


_SATISFACTION = (
    "SELECT count(*) AS ratings, COALESCE(sum(r.service), 0) AS service, COALESCE(sum(r.quality), 0) AS quality "
    "FROM (SELECT ticket.id FROM ticket WHERE ticket.{} = {{}} AND {{}} "
    f"ORDER BY ticket.updated_at DESC, ticket.id DESC LIMIT {RATED_AMONG}) recent "
    "JOIN rating r ON r.ticket = recent.id"
)
