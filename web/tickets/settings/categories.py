"""Category settings for leads: what each decides about its requests, who may use it, and its position in the form."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from web.database import execute, existing, fetch_as, fetch_column, transaction
from web.errors import Invalid, NotPermitted, refuse
from web.people.agents.teams import is_active_team
from web.people.permissions import Actor
from web.settings import PRESETS
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sql import NEVER, Condition
from web.text import wrong_name
from web.tickets.life.states import Priority
from web.tickets.settings import ordering
from web.tickets.settings.ordering import Where
from web.tickets.sla import settings_queries
from web.tickets.tables import Category, CategoryOrganization

LONGEST_NAME = 100


class Audience(StrEnum):
    """Who may use a category; agents may use every one."""

    EVERYBODY = "everybody"
    ORGANIZATIONS = "organizations"
    AGENTS = "agents"


@dataclass(frozen=True)
class CategoryInput:
    """A category as a lead enters it. Without a calendar, the calendar of its team applies."""

    name: str
    workflow: str
    team: int | None = None
    calendar: int | None = None
    priority: Priority | None = None
    needs_approval: bool = False
    audience: Audience | None = Audience.EVERYBODY
    is_active: bool = True


@dataclass(frozen=True)
class CategoryShown:
    """A category with the names behind its ids."""

    id: int
    name: str
    workflow: str
    team: int | None
    team_name: str | None
    calendar: int | None
    calendar_name: str | None
    priority: str | None
    needs_approval: bool
    audience: str
    is_active: bool


@dataclass(frozen=True)
class Chosen:
    """An organization that may use a category."""

    id: int
    name: str


async def categories() -> list[CategoryShown]:
    """All categories in the order of the form, retired ones last."""
    return await fetch_as(
        CategoryShown, f"{_CATEGORIES} ORDER BY category.is_active DESC, category.position, category.name, category.id"
    )


async def category(number: int) -> CategoryShown:
    """Returns the category. Raises `NotFound`."""
    return existing(await fetch_as(CategoryShown, f"{_CATEGORIES} WHERE category.id = {{}}", number), "category")


async def organizations(number: int) -> list[Chosen]:
    """The organizations that may use a category whose audience is `organizations`."""
    return await fetch_as(
        Chosen,
        "SELECT organization.id, organization.name FROM category_organization chosen "
        "JOIN organization ON organization.id = chosen.organization "
        "WHERE chosen.category = {} ORDER BY organization.sort_name, organization.id",
        number,
    )


async def save_category(
    wanted: CategoryInput, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Creates a category, or changes number `number`. It is a `Change` whose impact can be previewed.

    Its tickets keep their team, priority and workflow; only the calendar applies to them too. Raises `Overtaken` when
    the log of the category is newer than `seen`.
    """
    await settings_queries.lock()
    found = await category(number) if number is not None else None
    if found:
        await refuse_overtaken(Kind.CATEGORY, found.id, seen)
    refuse(await _wrong(wanted, number))
    before = _told(found) if found else None
    if number is None:
        row = Category(**asdict(wanted), position=await ordering.last("category"))
        await row.save()
        number = int(row.id)
    else:
        columns = {getattr(Category, name): value for name, value in asdict(wanted).items()}
        await Category.update(columns).where(Category.id == number)
    after = await category(number)
    await record_change(Kind.CATEGORY, number, wanted.name, before, _told(after), by=by.id, at=at)
    moves = found is not None and found.calendar != after.calendar
    return Condition("ticket.category = {}", (number,)) if moves else NEVER


async def remove(number: int, *, by: Actor, at: datetime) -> None:
    """Deletes a category without tickets. Raises `Invalid` for one in use, which can only be retired."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found = await category(number)
        await _refuse_in_use(number)
        for table in ("field", "topic", "category_organization", "workflow_version"):
            await execute(f"DELETE FROM {table} WHERE category = {{}}", number)
        await Category.delete().where(Category.id == number)
        await record_change(Kind.CATEGORY, number, found.name, _told(found), None, by=by.id, at=at)


async def _refuse_in_use(number: int) -> None:
    used = "SELECT 1 AS one FROM {} WHERE category = {{}} LIMIT 1"
    statements = [used.format("ticket"), used.format("target"), _HAS_VALUES]
    if any([await fetch_column(int, each, number) for each in statements]):
        raise Invalid("category", "category_in_use")


_HAS_VALUES = (
    "SELECT 1 AS one FROM field_value JOIN field ON field.id = field_value.field WHERE field.category = {} LIMIT 1"
)
"""Whether a ticket that once had the category has a value in one of its fields."""


async def move(number: int, *, to: Where, by: Actor, at: datetime) -> None:
    """Moves the category within the form."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found = await category(number)
        if places := await ordering.move("category", number, to=to):
            await record_change(Kind.CATEGORY, number, found.name, *places, by=by.id, at=at)


async def choose(number: int, organization: int, *, may: bool, by: Actor, at: datetime) -> None:
    """Sets whether an organization may use a category whose audience is `organizations`."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found, before = await category(number), await organizations(number)
        if may and organization not in {each.id for each in before}:
            await CategoryOrganization(category=number, organization=organization).save()
        if not may:
            await execute(_NO_LONGER, number, organization)
        old, new = (_names(each) for each in (before, await organizations(number)))
        await record_change(Kind.CATEGORY, number, found.name, old, new, by=by.id, at=at)


_NO_LONGER = "DELETE FROM category_organization WHERE category = {} AND organization = {}"


def _check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("settings")


async def _wrong(wanted: CategoryInput, number: int | None) -> dict[str, str | None]:
    taken = await fetch_column(int, "SELECT id FROM category WHERE name = {} AND id <> {}", wanted.name, number or 0)
    calendars = {None, *(each.id for each in await settings_queries.calendars())}
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME) or ("in_use" if taken else None),
        "workflow": None if wanted.workflow in await workflow_names(number) else "unknown",
        "team": await team_error(wanted.team),
        "calendar": None if wanted.calendar in calendars else "unknown",
        "audience": None if wanted.audience else "unknown",
    }


async def workflow_names(number: int | None) -> list[str]:
    """The workflows that a category may have: the presets, and those that leads customized for it."""
    shaped = "SELECT name FROM workflow_version WHERE category = {} AND is_current ORDER BY name"
    return [*PRESETS, *await fetch_column(str, shaped, number or 0)]


async def team_error(team: int | None) -> str | None:
    """The code of the error in a team. Requests begin in an active team, or without one in the common queue."""
    return None if team is None or await is_active_team(team) else "unknown"


def _told(found: CategoryShown) -> Values:
    return {
        "name": found.name,
        "workflow": found.workflow,
        "team": found.team_name,
        "calendar": found.calendar_name,
        "priority": found.priority,
        "needs_approval": found.needs_approval,
        "audience": found.audience,
        "is_active": found.is_active,
    }


def _names(chosen: list[Chosen]) -> Values:
    return {"organizations": [each.name for each in chosen]}


_CATEGORIES = """
SELECT category.id, category.name, category.workflow, category.team, team.name AS team_name, category.calendar,
       calendar.name AS calendar_name, category.priority, category.needs_approval, category.audience, category.is_active
FROM category LEFT JOIN team ON team.id = category.team LEFT JOIN calendar ON calendar.id = category.calendar
"""
