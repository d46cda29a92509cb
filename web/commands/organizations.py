"""Commands about organizations: list, create, change."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from web import clock
from web.commands import lookup
from web.commands.runner import Told, add, operator

if TYPE_CHECKING:
    from web.people.organizations import OrganizationShown


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("organization", help="Organizations: schools and companies.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    creating, changing = add(ways, "create", create), add(ways, "change", change)
    creating.add_argument("name")
    creating.add_argument("cnpj", help="with or without mask")
    creating.add_argument("--branch", action="store_true", help="a branch of an organization with the same CNPJ root")
    changing.add_argument("cnpj")
    changing.add_argument("--name")
    changing.add_argument("--to", metavar="CNPJ", help="its new CNPJ")
    for one in (creating, changing):
        one.add_argument("--calendar", help="the name of its calendar; empty for the default")
        one.add_argument("--team", help="the team of its tickets whose category has none; empty for the common queue")
    only = changing.add_mutually_exclusive_group()
    only.add_argument("--retired", action="store_true", help="no new tickets and members")
    only.add_argument("--restored", action="store_true", help="new tickets and members again")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All organizations."""
    from web.people import organizations

    return [_told(each) for each in await organizations.everyone()]


async def create(chosen: argparse.Namespace) -> Sequence[Told]:
    """A new organization."""
    from web.people import organizations
    from web.people.identifiers import cnpj
    from web.people.organizations import OrganizationInput

    calendar, team = await lookup.calendar(chosen.calendar, None), await lookup.team(chosen.team, None)
    wanted = OrganizationInput(chosen.name, chosen.cnpj, calendar, team)
    root = cnpj.root(cnpj.parse(chosen.cnpj)) if chosen.branch else ""
    made = await organizations.create(wanted, known_root=root, by=operator(), at=clock.now())
    return [_told(await organizations.organization(made))]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes name, CNPJ, calendar and team of an organization; retires or restores it."""
    from web.people import organizations
    from web.people.organizations import OrganizationInput

    found, by, at = await _organization(chosen.cnpj), operator(), clock.now()
    calendar = await lookup.calendar(chosen.calendar, found.calendar)
    team = await lookup.team(chosen.team, found.team)
    wanted = OrganizationInput(
        lookup.given(chosen.name, found.name), lookup.given(chosen.to, found.cnpj), calendar, team
    )
    await organizations.change(found.id, wanted, by=by, at=at)
    if chosen.retired or chosen.restored:
        await organizations.set_active(found.id, is_active=chosen.restored, by=by, at=at)
    return [_told(await organizations.organization(found.id))]


def _told(found: "OrganizationShown") -> Told:
    return {
        "id": found.id,
        "name": found.name,
        "cnpj": found.cnpj,
        "calendar": found.calendar_name,
        "team": found.team_name,
        "domain": found.domain,
        "is_active": found.is_active,
    }


async def _organization(typed: str) -> "OrganizationShown":
    from web.errors import NotFound
    from web.people import organizations
    from web.people.identifiers import cnpj

    found = await organizations.by_cnpj(cnpj.parse(typed))
    if found is None:
        raise NotFound("organization")
    return await organizations.organization(found.id)
