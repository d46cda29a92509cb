"""Steps that a new installation needs before its first ticket is answered, and steps that were skipped."""

from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as, fetch_column
from web.errors import NotFound, NotPermitted
from web.people.permissions import SYSTEM, Actor
from web.settings import settings

STEPS = ("place", "calendar", "team", "category", "people", "mail", "help", "channels")
"""The steps in order: each unblocks the next."""
UNBLOCKS = ("team", "category")
"""Steps without which nobody can open a ticket, so that they cannot be skipped one by one."""
ALL = "all"
"""Skips all steps."""


@dataclass(frozen=True)
class _Done:
    """Whether each step is done. The operator may also have set up mail."""

    place: bool
    calendar: bool
    team: bool
    category: bool
    people: bool
    mail: bool
    help: bool
    channels: bool
    is_empty: bool


@dataclass(frozen=True)
class FirstSteps:
    """The remaining steps, and whether the example may be used."""

    missing: tuple[str, ...]
    done: tuple[str, ...]
    is_empty: bool
    """Whether there is no team and no category."""


async def first_steps() -> FirstSteps:
    """Reads the remaining steps in one statement, and skipped ones in another."""
    passed = set(await fetch_column(str, "SELECT step FROM passed_step"))
    (found,) = await fetch_as(_Done, f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in _DONE.items())}")
    done = tuple(step for step in STEPS if getattr(found, step) or (step == "mail" and settings().smtp))
    missing = () if ALL in passed else tuple(step for step in STEPS if step not in {*done, *passed})
    return FirstSteps(missing, done, found.is_empty)


async def pass_over(step: str, *, by: Actor, at: datetime) -> None:
    """Marks a step so that it is not shown again."""
    if not by.is_admin:
        raise NotPermitted("settings")
    if step not in {*STEPS, ALL} - {*UNBLOCKS}:
        raise NotFound("step")
    await execute(
        "INSERT INTO passed_step (step, person, at) VALUES ({}, {}, {}) ON CONFLICT (step) DO NOTHING", step, by.id, at
    )


_DONE = {
    "place": f"EXISTS (SELECT 1 FROM place WHERE id = 1 AND (name NOT IN ('', '{SYSTEM.name}') OR logo IS NOT NULL))",
    "calendar": "EXISTS (SELECT 1 FROM setting_change WHERE kind = 'calendar')",
    "team": (
        "EXISTS (SELECT 1 FROM team WHERE is_active AND EXISTS (SELECT 1 FROM team_member "
        "JOIN person ON person.id = team_member.person WHERE team_member.team = team.id AND person.is_active))"
    ),
    "category": "EXISTS (SELECT 1 FROM category WHERE is_active)",
    "people": "EXISTS (SELECT 1 FROM person WHERE role = 'agent' AND NOT is_robot AND is_active)",
    "mail": "EXISTS (SELECT 1 FROM mailbox WHERE is_active AND smtp_host <> '')",
    "help": "EXISTS (SELECT 1 FROM article WHERE state = 'published')",
    "channels": "EXISTS (SELECT 1 FROM place WHERE id = 1 AND channels <> '[]')",
    "is_empty": "NOT EXISTS (SELECT 1 FROM team UNION ALL SELECT 1 FROM category)",
}
