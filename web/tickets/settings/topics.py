"""Topic settings for leads. What a topic says overrides its category."""

from dataclasses import asdict, dataclass
from datetime import datetime

from web.database import existing, fetch_as, fetch_column, transaction, within
from web.errors import Invalid, NotPermitted, refuse
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.text import wrong_name
from web.tickets.life.states import Priority
from web.tickets.settings import ordering
from web.tickets.settings.categories import LONGEST_NAME, category, team_error
from web.tickets.settings.ordering import Where
from web.tickets.sla import settings_queries
from web.tickets.tables import Topic


@dataclass(frozen=True)
class TopicInput:
    """A topic as a lead enters it; None means as its category."""

    name: str
    team: int | None = None
    priority: Priority | None = None
    needs_approval: bool = False
    is_active: bool = True


@dataclass(frozen=True)
class TopicShown:
    """A topic with the name of its team."""

    id: int
    category: int
    name: str
    team: int | None
    team_name: str | None
    priority: str | None
    needs_approval: bool
    is_active: bool


async def topics(category: int | None = None) -> list[TopicShown]:
    """The topics of one category, or of all, in the order of the form; retired ones last."""
    of = "" if category is None else f"WHERE topic.category = {category}"
    return await fetch_as(
        TopicShown, f"{_TOPICS} {of} ORDER BY topic.is_active DESC, topic.position, topic.name, topic.id"
    )


async def save_topic(
    wanted: TopicInput, *, of: int, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Creates a topic of a category, or changes number `number` of it.

    Raises `Overtaken` when the log of the topic went past `seen`.
    """
    _check_lead(by)
    async with within():
        await settings_queries.lock()
        found = await category(of)
        before = await _topic(number, of) if number is not None else None
        if before:
            await refuse_overtaken(Kind.TOPIC, before.id, seen)
        refuse(await _wrong(wanted, of, number))
        if number is None:
            row = Topic(**asdict(wanted), category=of, position=await ordering.last("topic", f"category = {of}"))
            await row.save()
            number = int(row.id)
        else:
            columns = {getattr(Topic, name): value for name, value in asdict(wanted).items()}
            await Topic.update(columns).where(Topic.id == number)
        told = _told(before) if before else None
        name = f"{found.name} / {wanted.name}"
        await record_change(Kind.TOPIC, number, name, told, _told(await _topic(number, of)), by=by.id, at=at)


async def remove(number: int, *, of: int, by: Actor, at: datetime) -> None:
    """Deletes a topic without tickets. Raises `Invalid` for one in use, which can only be retired."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found, home = await _topic(number, of), await category(of)
        for table, code in (("ticket", "topic_in_use"), ("field", "topic_has_fields")):
            if await fetch_column(int, f"SELECT 1 AS one FROM {table} WHERE topic = {{}} LIMIT 1", number):
                raise Invalid("topic", code)
        await Topic.delete().where(Topic.id == number)
        name = f"{home.name} / {found.name}"
        await record_change(Kind.TOPIC, number, name, _told(found), None, by=by.id, at=at)


async def move(number: int, *, of: int, to: Where, by: Actor, at: datetime) -> None:
    """Moves the topic within its category."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found, home = await _topic(number, of), await category(of)
        if places := await ordering.move("topic", number, to=to, of=f"category = {of}"):
            name = f"{home.name} / {found.name}"
            await record_change(Kind.TOPIC, number, name, *places, by=by.id, at=at)


def _check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("settings")


async def _topic(number: int, of: int) -> TopicShown:
    sought = f"{_TOPICS} WHERE topic.id = {{}} AND topic.category = {{}}"
    return existing(await fetch_as(TopicShown, sought, number, of), "topic")


async def _wrong(wanted: TopicInput, of: int, number: int | None) -> dict[str, str | None]:
    named = "SELECT id FROM topic WHERE category = {} AND name = {} AND id <> {}"
    taken = await fetch_column(int, named, of, wanted.name, number or 0)
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME) or ("in_use" if taken else None),
        "team": await team_error(wanted.team),
    }


def _told(found: TopicShown) -> Values:
    return {
        "name": found.name,
        "team": found.team_name,
        "priority": found.priority,
        "needs_approval": found.needs_approval,
        "is_active": found.is_active,
    }


_TOPICS = """
SELECT topic.id, topic.category, topic.name, topic.team, team.name AS team_name, topic.priority, topic.needs_approval,
       topic.is_active
FROM topic LEFT JOIN team ON team.id = topic.team
"""
