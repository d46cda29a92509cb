"""Commands about teams: list, create, change."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from web import clock
from web.commands import lookup
from web.commands.runner import Told, add, operator

if TYPE_CHECKING:
    from web.tickets.settings.teams import TeamInput, TeamShown


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("team", help="Teams of agents.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    creating = add(ways, "create", create)
    changing = add(ways, "change", change)
    for one in (creating, changing):
        one.add_argument("name")
        one.add_argument("--tier", type=int, choices=(1, 2), default=1 if one is creating else None)
        one.add_argument("--calendar", help="its calendar")
        one.add_argument(
            "--confidential", action=argparse.BooleanOptionalAction, help="only its members see its tickets"
        )
        one.add_argument("--member", action="append", default=[], help="an agent's e-mail or login; may be repeated")
    changing.add_argument("--to", metavar="NAME", help="its new name")
    changing.add_argument("--retired", action=argparse.BooleanOptionalAction, help="no longer offered")
    changing.add_argument("--remove", action="append", default=[], help="an agent to remove; may be repeated")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All teams, active ones first."""
    from web.tickets.settings import teams

    return [_told(each) for each in await teams.teams()]


async def create(chosen: argparse.Namespace) -> Sequence[Told]:
    """A new team."""
    from web.tickets.settings.teams import TeamInput
    from web.tickets.sla import settings_queries

    first = (await settings_queries.calendars())[0].id
    members = await _people(chosen.member)
    calendar = await lookup.calendar(chosen.calendar or None, first)
    return [await _save(TeamInput(chosen.name, chosen.tier, bool(chosen.confidential), calendar, members), None)]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes name, tier, calendar and members of a team; makes it confidential; retires or restores it."""
    from web.database import transaction
    from web.tickets.settings import teams
    from web.tickets.settings.teams import TeamInput

    found = await _team(chosen.name)
    members = frozenset(each.id for each in await teams.candidates(found.id) if each.is_member)
    wanted = TeamInput(
        lookup.given(chosen.to, found.name),
        chosen.tier or found.tier,
        found.is_confidential if chosen.confidential is None else chosen.confidential,
        await lookup.calendar(chosen.calendar or None, found.calendar),
        (members | await _people(chosen.member)) - await _people(chosen.remove),
    )
    async with transaction():
        await _save(wanted, found.id)
        if chosen.retired is not None:
            await (teams.retire if chosen.retired else teams.take_back)(found.id, by=operator(), at=clock.now())
        return [_told(await _team(wanted.name))]


async def _save(wanted: "TeamInput", number: int | None) -> Told:
    """Saves like the pages do, so that the log of settings records it."""
    from functools import partial

    from web.tickets.settings.teams import save_team
    from web.tickets.sla.impact import apply_change

    await apply_change(partial(save_team, wanted, number=number), by=operator(), at=clock.now())
    return _told(await _team(wanted.name))


def _told(team: "TeamShown") -> Told:
    return {
        "id": team.id,
        "name": team.name,
        "tier": team.tier,
        "is_confidential": team.is_confidential,
        "is_active": team.is_active,
        "calendar": team.calendar_name,
        "members": team.members,
    }


async def _team(name: str) -> "TeamShown":
    from web.errors import NotFound
    from web.tickets.settings import teams

    for each in await teams.teams():
        if each.name == name:
            return each
    raise NotFound("team")


async def _people(identifiers: Sequence[str]) -> frozenset[int]:
    from web.errors import Invalid
    from web.people import accounts

    found = {each: await accounts.find(each) for each in identifiers}
    if missing := [each for each, person in found.items() if person is None]:
        raise Invalid(missing[0], "unknown_person")
    return frozenset(person.id for person in found.values() if person)
