"""Categories and topics of requests: which are offered to whom, and what they decide about a new ticket."""

from dataclasses import dataclass, replace

from web.database import columns_of, fetch_as, fetch_column, json_list, read_json
from web.errors import Invalid
from web.people import memberships
from web.people.memberships import Home
from web.people.permissions import Actor
from web.settings import settings
from web.sql import ALWAYS, Condition, values
from web.tickets.life.states import Priority
from web.tickets.lists.portal import colleagues_in_sql


@dataclass(frozen=True)
class CategoryName:
    """A category or a person, by id and name."""

    id: int
    name: str


@dataclass(frozen=True)
class CategoryTopic:
    """An active category with one of its active topics, or with none."""

    id: int
    name: str
    needs_approval: bool
    topic: int | None
    topic_name: str | None


OPEN_TO_ALL = "category.is_active AND NOT category.needs_approval AND category.audience = 'everybody'"
"""The condition for categories of mail, chats and visitors: everybody may use them, and they skip approval."""


Choices = list[tuple[int, str]]
"""Ids and names, in their order on screen."""


@dataclass(frozen=True)
class _FilterChoices:
    """Two lists in JSON."""

    categories: str
    colleagues: str


async def filter_choices(by: Actor) -> tuple[Choices, Choices]:
    """The choices of a person's list filter: categories offered to them, and colleagues whose tickets they see."""
    offered = json_list(
        columns_of(CategoryName), "SELECT id, name FROM category WHERE is_active AND {} ORDER BY position, name"
    )
    listed = f"SELECT {offered} AS categories, {{}} AS colleagues"
    [found] = await fetch_as(_FilterChoices, listed, _offered_to(by), colleagues_in_sql(by))
    categories, colleagues = (read_json(CategoryName, text) for text in (found.categories, found.colleagues))
    return [(each.id, each.name) for each in categories], [(each.id, each.name) for each in colleagues]


async def open_to_all() -> list[CategoryName]:
    return await fetch_as(CategoryName, f"SELECT id, name FROM category WHERE {OPEN_TO_ALL} ORDER BY position, name")


async def categories(by: Actor) -> list[CategoryTopic]:
    """The categories offered to a person: one row for each category and topic, in their order on screen."""
    return await fetch_as(
        CategoryTopic,
        "SELECT category.id, category.name, category.needs_approval, topic.id AS topic, topic.name AS topic_name "
        "FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.is_active "
        "WHERE category.is_active AND {} ORDER BY category.position, category.name, topic.position, topic.name",
        _offered_to(by),
    )


async def by_mail(by: Actor) -> int | None:
    """The default category of a mail: the first that its author may use and that needs no approval."""
    first = "SELECT id FROM category WHERE is_active AND NOT needs_approval AND {} ORDER BY position, name LIMIT 1"
    return next(iter(await fetch_column(int, first, _offered_to(by))), None)


@dataclass(frozen=True)
class Placement:
    """Where a request goes: the decisions of its category and topic, and its requester's organizations."""

    workflow: str
    team: int | None
    needs_approval: bool
    homes: list[Home]
    priority: Priority
    """The default priority of a new request."""

    def at(self, organization: int | None) -> "Placement":
        """Adds the organization's team, if neither category nor topic names one."""
        own = next((each.team for each in self.homes if each.id == organization), None)
        return replace(self, team=self.team or own)


@dataclass(frozen=True)
class _Offer:
    """A category that may be offered: every column except `homes` is empty if it is not.

    `topic` is empty if it is not.
    """

    id: int | None
    workflow: str | None
    team: int | None
    priority: str | None
    needs_approval: bool | None
    topic: int | None
    homes: str
    """The requester's organizations as JSON."""


async def route(category: int | None, topic: int | None, *, requester: int, by: Actor) -> Placement:
    """Decides where a request goes.

    Raises `Invalid` for a category that is not offered and for a topic of another one.
    """
    [found] = await fetch_as(_Offer, _OFFER, memberships.open_homes_in_sql(requester), category, _offered_to(by), topic)
    if category is not None and found.id is None:
        raise Invalid("category", "unknown")
    if topic is not None and found.topic is None:
        raise Invalid("topic", "not_of_category")
    priority, homes = Priority(found.priority or Priority.NORMAL), read_json(Home, found.homes)
    flow = found.workflow or settings().preset
    return Placement(flow, found.team, bool(found.needs_approval), homes, priority)


_OFFER = (
    "SELECT category.id, category.workflow, COALESCE(topic.team, category.team) AS team, "
    "COALESCE(topic.priority, category.priority) AS priority, "
    "category.needs_approval OR COALESCE(topic.needs_approval, false) AS needs_approval, topic.id AS topic, "
    "{} AS homes "
    "FROM (SELECT 1 AS one) one LEFT JOIN category ON category.id = {} AND category.is_active AND {} "
    "LEFT JOIN topic ON topic.id = {} AND topic.category = category.id AND topic.is_active"
)


@dataclass(frozen=True)
class _Offered:
    """A category and a topic that are offered."""

    id: int
    topic: int | None


async def still_offered(category: int | None, topic: int | None, *, by: Actor) -> tuple[int | None, int | None]:
    """The category and the topic; each is None when it is no longer offered."""
    found = await fetch_as(
        _Offered,
        "SELECT category.id, topic.id AS topic FROM category "
        "LEFT JOIN topic ON topic.id = {} AND topic.category = category.id AND topic.is_active "
        "WHERE category.id = {} AND category.is_active AND {}",
        topic,
        category,
        _offered_to(by),
    )
    return (found[0].id, found[0].topic) if found else (None, None)


def _offered_to(by: Actor) -> Condition:
    """The categories that a person may use: all of them if they are an agent."""
    if by.is_agent:
        return ALWAYS
    everybody = Condition("category.audience = 'everybody'")
    if not by.organizations:
        return everybody
    chosen = (
        "SELECT 1 FROM category_organization chosen WHERE chosen.category = category.id AND chosen.organization IN ({})"
    )
    theirs = f"category.audience = 'organizations' AND EXISTS ({chosen})"
    return everybody | Condition(theirs, (values(sorted(by.organizations)),))
