"""Commands about organizations: list, create, rename."""

import argparse
from collections.abc import Sequence

from web import clock
from web.commands.carrying_out import Told, add, operator


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("organization", help="Organizations: schools and companies.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    creating = add(ways, "create", create)
    creating.add_argument("name")
    creating.add_argument("cnpj")
    changing = add(ways, "change", change)
    changing.add_argument("cnpj")
    changing.add_argument("--name", required=True)


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All of them."""
    from web.commands import registers

    return [vars(each) for each in await registers.organizations()]


async def create(chosen: argparse.Namespace) -> Sequence[Told]:
    """A new organization."""
    from web.people import organizations

    return [{"id": await organizations.create(chosen.name, chosen.cnpj), "name": chosen.name}]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """What an organization is called."""
    from web.errors import NotFound
    from web.people import organizations
    from web.people.identifiers import cnpj

    found = await organizations.by_cnpj(cnpj.parse(chosen.cnpj))
    if found is None:
        raise NotFound("organization")
    await organizations.rename(found, name=chosen.name, by=operator(), at=clock.now())
    return [{"id": found.id, "name": chosen.name}]
