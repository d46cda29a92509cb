"""Categories and topics of requests, and what they decide about a new ticket."""

from dataclasses import dataclass

from web.database import fetch_as, read_json
from web.errors import Invalid
from web.people import memberships
from web.people.organizations import OrganizationName
from web.settings import settings


@dataclass(frozen=True)
class CategoryName:
    """A category by id and name."""

    id: int
    name: str


@dataclass(frozen=True)
class CategoryTopic:
    """An active category with one of its active topics, or with none."""

    id: int
    name: str
    topic: int | None
    topic_name: str | None


async def category_names() -> list[tuple[int, str]]:
    """Id and name of the active categories, in their order on screen."""
    sought = "SELECT id, name FROM category WHERE is_active ORDER BY position, name"
    return [(each.id, each.name) for each in await fetch_as(CategoryName, sought)]


async def categories() -> list[CategoryTopic]:
    """One row for each pair of category and topic, in their order on screen."""
    return await fetch_as(
        CategoryTopic,
        "SELECT category.id, category.name, topic.id AS topic, topic.name AS topic_name FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.is_active "
        "WHERE category.is_active ORDER BY category.position, category.name, topic.position, topic.name",
    )


@dataclass(frozen=True)
class Placement:
    """Where a request leads: its category's workflow, queue and approval, and its requester's organizations."""

    workflow: str
    team: int | None
    needs_approval: bool
    homes: list[OrganizationName]


@dataclass(frozen=True)
class _Offer:
    """A category as far as it is offered: all but `homes` is empty when it is not. `topic` is empty unless offered."""

    id: int | None
    workflow: str | None
    team: int | None
    needs_approval: bool | None
    topic: int | None
    homes: str
    """Organizations of the requester, as JSON."""


async def place(category: int | None, topic: int | None, *, requester: int) -> Placement:
    """Raises `Invalid` for a category that is not offered and for a topic that is not of it."""
    [found] = await fetch_as(_Offer, _OFFER, topic, memberships.homes_in_sql(requester), category)
    if category is not None and found.id is None:
        raise Invalid("category", "unknown")
    if topic is not None and found.topic is None:
        raise Invalid("topic", "not_of_category")
    homes = read_json(OrganizationName, found.homes)
    return Placement(found.workflow or settings().preset, found.team, bool(found.needs_approval), homes)


_OFFER = (
    "SELECT category.id, category.workflow, category.team, category.needs_approval, (SELECT topic.id FROM topic "
    "WHERE topic.id = {} AND topic.category = category.id AND topic.is_active) AS topic, {} AS homes "
    "FROM (SELECT 1 AS one) one LEFT JOIN category ON category.id = {} AND category.is_active"
)


@dataclass(frozen=True)
class _Offered:
    """A category and a topic that are offered."""

    id: int
    topic: int | None


async def still_offered(category: int | None, topic: int | None) -> tuple[int | None, int | None]:
    """The category and the topic, each None when it is not offered any more."""
    found = await fetch_as(
        _Offered,
        "SELECT category.id, topic.id AS topic FROM category "
        "LEFT JOIN topic ON topic.id = {} AND topic.category = category.id AND topic.is_active "
        "WHERE category.id = {} AND category.is_active",
        topic,
        category,
    )
    return (found[0].id, found[0].topic) if found else (None, None)
