"""Priority, category, topic and tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack

from web.database import fetch_as, fetch_column, within
from web.errors import Invalid
from web.text import one_line
from web.tickets.actions.properties.fields import carry
from web.tickets.fields import catalog
from web.tickets.life.consequences import Change, Subject
from web.tickets.life.moves import CLASSIFICATION, TAGS
from web.tickets.life.states import Priority, TicketState
from web.tickets.life.timeline import EventData, Json
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply
from web.tickets.tables import Tag

MOST_TAGS, LONGEST_TAG = 10, 40


async def classify(
    ticket: TicketDetails, *, priority: Priority, category: int | None, topic: int | None, **stamp: Unpack[Stamp]
) -> MoveResult:
    """Sets priority, category and topic. The ticket keeps the workflow it started with."""
    about = await _names_of(category, topic)
    data: dict[str, Json] = {
        "was": {"priority": ticket.priority, "category": ticket.category, "topic": ticket.topic},
    }
    if priority != ticket.priority:
        data["priority"] = {"from": ticket.priority, "to": priority}
    if (about.category, about.topic) != (ticket.category_name, ticket.topic_name):
        data["category"] = {
            "from": _path(ticket.category_name, ticket.topic_name),
            "to": _path(about.category, about.topic),
        }
    change = Change(subject=Subject(priority, category, topic))
    async with within():
        made = await apply(CLASSIFICATION, ticket, change=change, data=data, **stamp)
        if category != ticket.category and catalog.are_any() and not made.is_repeat:
            await carry(ticket.number, category, topic)
        return made


async def tag(ticket: TicketDetails, names: Iterable[str], **stamp: Unpack[Stamp]) -> MoveResult:
    """Replaces the ticket's tags."""
    wanted = list(dict.fromkeys(name for each in names if (name := one_line(each).casefold())))
    if len(wanted) > MOST_TAGS or any(len(name) > LONGEST_TAG for name in wanted):
        raise Invalid("tags", "too_many_tags")

    async def replace(ticket: TicketState) -> EventData:
        had = await tags_of(ticket.number)
        await Tag.delete().where(Tag.ticket == ticket.number)
        if wanted:
            await Tag.insert(*(Tag(ticket=ticket.number, name=name) for name in wanted))
        return {"was": list(had)}

    return await apply(TAGS, ticket, data={"tags": wanted}, also=replace, **stamp)


async def tags_of(ticket: int) -> list[str]:
    return await fetch_column(str, "SELECT name FROM tag WHERE ticket = {} ORDER BY name", ticket)


@dataclass(frozen=True)
class _Names:
    """The names of a category and of its topic."""

    category: str
    topic: str | None


async def _names_of(category: int | None, topic: int | None) -> _Names:
    """Returns the names. Raises `Invalid` for an unknown category, and for a topic that is not part of it."""
    rows = await fetch_as(_Names, _NAMES, topic or 0, category or 0)
    if not rows:
        raise Invalid("category", "missing" if category is None else "unknown")
    if topic is not None and rows[0].topic is None:
        raise Invalid("topic", "not_of_category")
    return rows[0]


_NAMES = (
    "SELECT category.name AS category, topic.name AS topic FROM category "
    "LEFT JOIN topic ON topic.category = category.id AND topic.id = {} WHERE category.id = {}"
)


def _path(category: str | None, topic: str | None) -> str:
    return " / ".join(name for name in (category, topic) if name)
