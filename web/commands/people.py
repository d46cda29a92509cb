"""Commands about people: list, create, rename, see off."""

import argparse
from collections.abc import Sequence

from web import clock
from web.commands.carrying_out import Told, add
from web.settings import settings

ROLES = ("requester", "agent", "lead", "admin")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("person", help="People. `person NAME ADDRESS` is short for `person create`.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed).add_argument("--role", choices=ROLES, default="")
    creating = add(ways, "create", create)
    creating.add_argument("name")
    creating.add_argument("identifier", nargs="*", help="e-mail or organization login")
    creating.add_argument("--role", choices=ROLES, default="requester")
    changing = add(ways, "change", change)
    changing.add_argument("identifier", help="e-mail or organization login")
    changing.add_argument("--name", required=True)
    leaving = add(ways, "depart", depart)
    leaving.add_argument("identifier", help="e-mail or organization login")
    only = leaving.add_mutually_exclusive_group()
    only.add_argument("--desk", action="store_true", help="they stay as a requester")
    only.add_argument("--team", help="they leave this team and stay at the desk")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """Everybody, with their addresses."""
    from web.commands import registers

    found = [each for each in await registers.people() if chosen.role in ("", each.role)]
    return [
        {
            "id": each.id,
            "name": each.name,
            "role": each.role,
            "is_active": each.is_active,
            "addresses": each.addresses.split("\n") if each.addresses else [],
        }
        for each in found
    ]


async def create(chosen: argparse.Namespace) -> Sequence[Told]:
    """A new person, and the link with which they make their password."""
    from web.people import accounts, one_time_links
    from web.people.one_time_links import Purpose
    from web.people.permissions import Role

    at = clock.now()
    number = await accounts.create(chosen.name, chosen.identifier, role=Role(chosen.role), at=at)
    token = await one_time_links.make(Purpose.PASSWORD, chosen.identifier[0], person=number, name=chosen.name, at=at)
    link = f"{settings().base_url}/claim/{token}"
    return [{"id": number, "link": link} if chosen.json else {"link": link}]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """What a person is called."""
    from web.errors import NotFound
    from web.people import accounts
    from web.people.permissions import Actor

    found = await accounts.find(chosen.identifier)
    if found is None:
        raise NotFound("person")
    await accounts.rename(Actor(id=found.id, name=found.name), name=chosen.name)
    return [{"id": found.id, "name": chosen.name}]


async def depart(chosen: argparse.Namespace) -> Sequence[Told]:
    """Shuts an account, or ends a role or a place in a team; how many tickets returned to their queues."""
    from web.people import accounts, memberships
    from web.tickets.actions.ownership import departures

    person, at = await accounts.number_even_if_shut(chosen.identifier), clock.now()
    if chosen.team:
        returned = await departures.leave_team(person, await memberships.team_of(chosen.team), at=at)
    elif chosen.desk:
        returned = await departures.leave_desk(person, at=at)
    else:
        returned = await departures.deactivate(person, at=at)
    return [{"id": person, "returned": returned}]
