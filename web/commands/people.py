"""Commands about people: list, create, rename, give a role, depart, bring back, export, erase."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from web import clock
from web.commands.runner import Told, add, operator
from web.settings import settings

ROLES = ("requester", "agent", "lead", "admin")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("person", help="People. `person NAME ADDRESS` is short for `person create`.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed).add_argument("--role", choices=ROLES, default="")
    creating = add(ways, "create", create)
    creating.add_argument("name")
    creating.add_argument("identifier", nargs="*", help="e-mail, or organization login if it has no @; or both")
    creating.add_argument("--role", choices=ROLES, default="requester")
    changing = add(ways, "change", change)
    changing.add_argument("identifier", help="e-mail or organization login")
    changing.add_argument("--name", required=True)
    giving = add(ways, "role", give_role)
    giving.add_argument("identifier", help="e-mail or organization login")
    giving.add_argument("role", choices=ROLES)
    returning = add(ways, "return", bring_back)
    returning.add_argument("identifier", help="e-mail or organization login")
    leaving = add(ways, "depart", depart)
    leaving.add_argument("identifier", help="e-mail or organization login")
    only = leaving.add_mutually_exclusive_group()
    only.add_argument("--desk", action="store_true", help="the person stays as a requester")
    only.add_argument("--team", help="the person leaves this team and stays an agent")
    copying = add(ways, "export", export)
    copying.add_argument("identifier", help="e-mail or organization login")
    copying.add_argument("file", type=Path, help="the new file; must not exist")
    add(ways, "erase", erase).add_argument("identifier", help="e-mail or organization login")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All people with their addresses."""
    from web.commands import people_listing

    found = [each for each in await people_listing.people() if chosen.role in ("", each.role)]
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
    """Creates a person, and shows the link with which they set their password."""
    from web.pages.words.commands import LOGIN
    from web.people.directory import enrolling
    from web.people.permissions import Role

    addresses = [each for each in chosen.identifier if "@" in each]
    logins = [each for each in chosen.identifier if "@" not in each]
    wanted = enrolling.NewPerson(
        chosen.name, _only(addresses, "identifier"), _only(logins, "login"), role=Role(chosen.role)
    )
    at = clock.now()
    number = await enrolling.enrol(wanted, by=operator(), at=at)
    invited = await enrolling.invite(number, by=operator(), at=at)
    for login in logins:
        print(f"guichê: {LOGIN.format(login=login)}", file=sys.stderr)
    link = f"{settings().base_url}/claim/{invited.token}"
    return [{"id": number, "link": link}]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes the name of a person."""
    from web.errors import NotFound
    from web.people import accounts
    from web.people.directory import editing

    found = await accounts.find(chosen.identifier)
    if found is None:
        raise NotFound("person")
    await editing.revise(found.id, name=chosen.name, zone=found.zone, by=operator(), at=clock.now())
    return [{"id": found.id, "name": chosen.name}]


async def give_role(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes the role of a person. Somebody who is no longer an agent loses their tickets."""
    from web.people import accounts
    from web.people.permissions import Role
    from web.tickets.actions.ownership import departures

    person = await accounts.number_of("identifier", chosen.identifier)
    returned = await departures.give_role(person, Role(chosen.role), by=operator(), at=clock.now())
    return [{"id": person, "role": chosen.role, "returned": returned}]


async def depart(chosen: argparse.Namespace) -> Sequence[Told]:
    """Deactivates an account, or ends a role or team membership. Reports how many tickets returned to the queues."""
    from web.people import accounts
    from web.people.agents import teams
    from web.people.permissions import Role
    from web.tickets.actions.ownership import departures

    person, at = await accounts.number_even_if_inactive(chosen.identifier), clock.now()
    if chosen.team:
        returned = await departures.leave_team(person, await teams.team_of(chosen.team), by=operator(), at=at)
    elif chosen.desk:
        returned = await departures.give_role(person, Role.REQUESTER, by=operator(), at=at)
    else:
        returned = await departures.deactivate(person, by=operator(), at=at)
    return [{"id": person, "returned": returned}]


async def bring_back(chosen: argparse.Namespace) -> Sequence[Told]:
    """Reactivates an account in its role."""
    from web.people import accounts
    from web.people.directory import deactivation

    person = await accounts.number_even_if_inactive(chosen.identifier)
    await deactivation.reactivate(person, by=operator(), at=clock.now())
    return [{"id": person, "is_active": True}]


def _only(some: Sequence[str], field: str) -> str:
    from web.errors import Invalid

    if len(some) > 1:
        raise Invalid(field, "only_one")
    return next(iter(some), "")


async def export(chosen: argparse.Namespace) -> Sequence[Told]:
    """Exports a person's data as a ZIP."""
    from web import audit
    from web.people import accounts
    from web.people.privacy import exports
    from web.storage import Storage

    person = await accounts.number_even_if_inactive(chosen.identifier)
    with chosen.file.open("xb") as file:
        await exports.write(file, person, storage=Storage.at(settings().storage))
    audit.note("data_export", person=None, to=person)
    return [{"id": person, "file": str(chosen.file)}]


async def erase(chosen: argparse.Namespace) -> Sequence[Told]:
    """Erases a person. Records that must be kept no longer name them."""
    from web.pages.words.privacy import ERASED
    from web.people import accounts
    from web.people.privacy import erasing

    person = await accounts.number_even_if_inactive(chosen.identifier)
    await erasing.erase(person, called=ERASED, by=operator(), at=clock.now())
    return [{"id": person, "name": ERASED}]
