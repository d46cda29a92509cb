"""Commands about categories: list, create, change."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from web import clock
from web.commands import lookup
from web.commands.runner import Told, add, operator
from web.settings import PRESETS, settings

if TYPE_CHECKING:
    from web.tickets.settings.categories import CategoryInput, CategoryShown
    from web.tickets.settings.topics import TopicShown

AUDIENCES = ("everybody", "organizations", "agents")
PRIORITIES = ("low", "normal", "high", "urgent")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("category", help="Categories of requests, and their topics.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    creating = add(ways, "create", create)
    changing = add(ways, "change", change)
    for one in (creating, changing):
        one.add_argument("name")
        one.add_argument("--team", help="the team of its requests; empty for the common queue")
        one.add_argument("--calendar", help="its calendar; empty for the team's")
        one.add_argument("--workflow", choices=PRESETS, default=None)
        one.add_argument("--audience", choices=AUDIENCES, default=None, help="who may use it")
        one.add_argument("--priority", choices=PRIORITIES, default=None, help="the priority of its requests")
        one.add_argument("--approval", action=argparse.BooleanOptionalAction, help="requests need an approval first")
        one.add_argument("--topic", action="append", default=[], help="a new topic of it; may be repeated")
    changing.add_argument("--to", metavar="NAME", help="its new name")
    changing.add_argument("--retired", action=argparse.BooleanOptionalAction, help="no longer offered")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All categories with their topics, retired ones last."""
    from web.tickets.settings import categories, topics

    finer = await topics.topics()
    return [_told(each, finer) for each in await categories.categories()]


async def create(chosen: argparse.Namespace) -> Sequence[Told]:
    """A new category."""
    from web.tickets.settings.categories import CategoryInput

    team, calendar = await lookup.team(chosen.team, None), await lookup.calendar(chosen.calendar, None)
    wanted = CategoryInput(chosen.name, chosen.workflow or settings().preset, team, calendar)
    return [await _save(_with_rules(wanted, chosen), None, chosen.topic)]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes name, team, calendar, workflow and rules of a category; adds topics; retires or restores it."""
    from web.tickets.life.states import Priority
    from web.tickets.settings.categories import Audience, CategoryInput

    found = await _category(chosen.name)
    kept = CategoryInput(
        found.name,
        found.workflow,
        await lookup.team(chosen.team, found.team),
        await lookup.calendar(chosen.calendar, found.calendar),
        priority=Priority(found.priority) if found.priority else None,
        needs_approval=found.needs_approval,
        audience=Audience(found.audience),
    )
    wanted = replace(
        kept,
        name=lookup.given(chosen.to, found.name),
        workflow=chosen.workflow or found.workflow,
        is_active=found.is_active if chosen.retired is None else not chosen.retired,
    )
    return [await _save(_with_rules(wanted, chosen), found.id, chosen.topic)]


def _with_rules(wanted: "CategoryInput", chosen: argparse.Namespace) -> "CategoryInput":
    """Applies the options; anything omitted stays as it is."""
    from web.tickets.life.states import Priority
    from web.tickets.settings.categories import Audience

    return replace(
        wanted,
        audience=Audience(chosen.audience) if chosen.audience else wanted.audience,
        priority=Priority(chosen.priority) if chosen.priority else wanted.priority,
        needs_approval=wanted.needs_approval if chosen.approval is None else chosen.approval,
    )


async def _save(wanted: "CategoryInput", number: int | None, names: Sequence[str]) -> Told:
    """Saves like the pages do, so that the log of settings records it: the category with its topics, or nothing."""
    from web.database import transaction
    from web.tickets.settings.categories import save_category
    from web.tickets.settings.topics import TopicInput, save_topic, topics
    from web.tickets.sla.impact import apply_change

    by, at = operator(), clock.now()
    async with transaction():
        await apply_change(partial(save_category, wanted, number=number), by=by, at=at)
        made = await _category(wanted.name)
        for name in names:
            await save_topic(TopicInput(name), of=made.id, by=by, at=at)
    return _told(made, await topics())


def _told(category: "CategoryShown", finer: "Sequence[TopicShown]") -> Told:
    return {
        "id": category.id,
        "name": category.name,
        "team": category.team_name,
        "calendar": category.calendar_name,
        "workflow": category.workflow,
        "is_active": category.is_active,
        "topics": [each.name for each in finer if each.category == category.id],
        "audience": category.audience,
        "priority": category.priority,
        "needs_approval": category.needs_approval,
    }


async def _category(name: str) -> "CategoryShown":
    from web.errors import NotFound
    from web.tickets.settings import categories

    for each in await categories.categories():
        if each.name == name:
            return each
    raise NotFound("category")
