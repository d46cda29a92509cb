"""The example setup for an empty installation: teams, categories with topics, a calendar, targets."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from web.business_time.calendars import Interval
from web.business_time.durations import Unit
from web.database import fetch_column
from web.errors import Invalid
from web.people.agents.teams import team_of
from web.people.permissions import Actor
from web.settings import settings
from web.sql import ALWAYS, Condition
from web.tickets.life.states import Priority
from web.tickets.settings.categories import CategoryInput, save_category
from web.tickets.settings.teams import TeamInput, save_team
from web.tickets.settings.topics import TopicInput, save_topic
from web.tickets.sla.impact import apply_change
from web.tickets.sla.settings import promise, save_calendar
from web.tickets.sla.settings_rules import CalendarInput, TargetInput
from web.tickets.sla.targets import Promise


@dataclass(frozen=True)
class ExampleTeam:
    """A team. Its first member is the administrator who uses the example."""

    name: str
    tier: int


@dataclass(frozen=True)
class ExampleCategory:
    """A category. Its team is one of the example's, by name."""

    name: str
    team: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class ExampleTarget:
    """A target in business hours."""

    priority: Priority
    first_response: int
    resolution: int


@dataclass(frozen=True)
class ExampleCalendar:
    """Opening hours from Monday to Friday."""

    name: str
    zone: str
    hours: tuple[Interval, ...]


@dataclass(frozen=True)
class Example:
    """The whole example, as in `example.toml`."""

    teams: tuple[ExampleTeam, ...]
    categories: tuple[ExampleCategory, ...]
    calendar: ExampleCalendar
    targets: tuple[ExampleTarget, ...]


@cache
def example() -> Example:
    return msgspec.convert(tomllib.loads(Path(__file__).with_suffix(".toml").read_text()), Example)


async def use_example(*, by: Actor, at: datetime) -> None:
    """Creates the example. Raises `Invalid` once a team or a category exists."""
    await apply_change(_fill, by=by, at=at)


async def _fill(*, by: Actor, at: datetime) -> Condition:
    calendar = await _calendar(by, at)
    if await fetch_column(int, "SELECT 1 AS one FROM team UNION ALL SELECT 1 FROM category LIMIT 1"):
        raise Invalid("example", "set_up_already")
    for team in example().teams:
        await save_team(TeamInput(team.name, team.tier, False, calendar, frozenset((by.id,))), by=by, at=at)
    for category in example().categories:
        await _add(category, by, at)
    for wanted in _promises(calendar):
        await promise(wanted, by=by, at=at)
    return ALWAYS


async def _calendar(by: Actor, at: datetime) -> int:
    """Sets the default calendar to the opening hours of the example. Returns its number."""
    (first,) = await fetch_column(int, "SELECT min(id) FROM calendar")
    wanted = example().calendar
    week = ((wanted.hours,) * 5) + ((), ())
    await save_calendar(CalendarInput(wanted.name, wanted.zone, week), number=first, by=by, at=at)
    return first


async def _add(wanted: ExampleCategory, by: Actor, at: datetime) -> None:
    team = await team_of(wanted.team)
    await save_category(CategoryInput(wanted.name, settings().preset, team), by=by, at=at)
    (number,) = await fetch_column(int, "SELECT id FROM category WHERE name = {}", wanted.name)
    for topic in wanted.topics:
        await save_topic(TopicInput(topic), of=number, by=by, at=at)


def _promises(calendar: int) -> list[TargetInput]:
    return [
        TargetInput(kind, amount, Unit.BUSINESS_HOURS, calendar, each.priority)
        for each in example().targets
        for kind, amount in ((Promise.FIRST_RESPONSE, each.first_response), (Promise.RESOLUTION, each.resolution))
    ]
