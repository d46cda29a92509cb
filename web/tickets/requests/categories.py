"""Categories and topics of requests, and what they decide about a new ticket."""

from dataclasses import dataclass

from web.database import Row, fetch, read_json
from web.errors import Invalid
from web.people import memberships
from web.people.organizations import OrganizationName
from web.settings import settings


async def category_names() -> list[tuple[int, str]]:
    """Id and name of the active categories, in their order on screen."""
    rows = await fetch("SELECT id, name FROM category WHERE is_active ORDER BY position, name")
    return [(row["id"], row["name"]) for row in rows]


@dataclass(frozen=True)
class Placement:
    """Where a request leads: its category's workflow, queue and approval, and its requester's organizations."""

    workflow: str
    team: int | None
    needs_approval: bool
    homes: list[OrganizationName]


async def place(category: int | None, topic: int | None, *, requester: int) -> Placement:
    """Raises `Invalid` for a category that is not offered and for a topic that is not of it."""
    rows = await fetch(
        "SELECT category.id, category.workflow, category.team, category.needs_approval, (SELECT topic.id FROM topic "
        "WHERE topic.id = {} AND topic.category = category.id AND topic.is_active) AS topic, "
        "{} AS homes "
        "FROM (SELECT 1 AS one) one LEFT JOIN category ON category.id = {} AND category.is_active",
        topic,
        memberships.homes_in_sql(requester),
        category,
    )
    found = rows[0]
    if category is not None and found["id"] is None:
        raise Invalid("category", "unknown")
    if topic is not None and found["topic"] is None:
        raise Invalid("topic", "not_of_category")
    return Placement(
        workflow=found["workflow"] or settings().preset,
        team=found["team"],
        needs_approval=bool(found["needs_approval"]),
        homes=read_json(OrganizationName, found["homes"]),
    )


async def still_offered(category: int | None, topic: int | None) -> tuple[int | None, int | None]:
    """The category and the topic, each None when it is not offered any more."""
    rows = await fetch(
        "SELECT category.id, topic.id AS topic FROM category "
        "LEFT JOIN topic ON topic.id = {} AND topic.category = category.id AND topic.is_active "
        "WHERE category.id = {} AND category.is_active",
        topic,
        category,
    )
    return (rows[0]["id"], rows[0]["topic"]) if rows else (None, None)


async def categories() -> list[Row]:
    """Active categories with their active topics, one row for each pair, in their order on screen."""
    return await fetch(
        "SELECT category.id, category.name, category.workflow, category.needs_approval, category.team, "
        "topic.id AS topic, topic.name AS topic_name FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.is_active "
        "WHERE category.is_active ORDER BY category.position, category.name, topic.position, topic.name"
    )
