"""What may be asked for and by whom: categories with their topics, and the organization a request belongs to."""

from web.database import Row, fetch
from web.errors import Invalid


async def category_names() -> list[tuple[int, str]]:
    """Of the categories on offer, in the order people should read them."""
    rows = await fetch("SELECT id, name FROM category WHERE is_active ORDER BY position, name")
    return [(row["id"], row["name"]) for row in rows]


async def find_category(number: int | None) -> Row | None:
    """Its workflow, team and whether it needs approval; raises `Invalid` for one that is not offered."""
    if number is None:
        return None
    rows = await fetch("SELECT workflow, team, needs_approval FROM category WHERE id = {} AND is_active", number)
    if not rows:
        raise Invalid("category", "unknown")
    return rows[0]


async def refuse_stray(topic: int, *, of: int | None) -> None:
    """Raises `Invalid` for a topic that is not of this category."""
    if not await fetch("SELECT 1 AS found FROM topic WHERE id = {} AND category = {} AND is_active", topic, of or 0):
        raise Invalid("topic", "not_of_category")


async def still_offered(category: int | None, topic: int | None) -> tuple[int | None, int | None]:
    """The two as far as a new request may still name them."""
    rows = await fetch(
        "SELECT category.id, topic.id AS topic FROM category "
        "LEFT JOIN topic ON topic.id = {} AND topic.category = category.id AND topic.is_active "
        "WHERE category.id = {} AND category.is_active",
        topic,
        category,
    )
    return (rows[0]["id"], rows[0]["topic"]) if rows else (None, None)


async def home_of(person: int) -> int | None:
    """The organization a person's ticket belongs to when they are of just one."""
    rows = await fetch(
        "SELECT organization FROM membership WHERE person = {} AND confirmed_at IS NOT NULL LIMIT 2", person
    )
    return int(rows[0]["organization"]) if len(rows) == 1 else None


async def categories() -> list[Row]:
    """Active categories with their active topics, one row for each pair, in the order people should read them."""
    return await fetch(
        "SELECT category.id, category.name, category.workflow, category.needs_approval, category.team, "
        "topic.id AS topic, topic.name AS topic_name FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.is_active "
        "WHERE category.is_active ORDER BY category.position, category.name, topic.position, topic.name"
    )
