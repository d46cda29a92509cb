"""The people of the demonstration: two schools and a desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from web.demo import catalog
from web.people import accounts, actors, memberships, organizations
from web.people.passwords import hashing
from web.people.permissions import Actor, Role, Sees

AURORA = ("Colégio Aurora", "11222333000181")
HORIZONTE = ("Escola Horizonte", "12ABC34501DE35")

PEOPLE = (
    ("Ana Prado", "ana@aurora.example", Role.REQUESTER),
    ("Rui Alves", "rui@aurora.example", Role.REQUESTER),
    ("Caio Lima", "caio@horizonte.example", Role.REQUESTER),
    ("Bia Nunes", "bia@guiche.example", Role.AGENT),
    ("Davi Reis", "davi@guiche.example", Role.AGENT),
    ("Lia Castro", "lia@guiche.example", Role.LEAD),
    ("Ivo Braga", "admin@guiche.example", Role.ADMIN),
)

TEAMS = {
    "Atendimento": ("bia", "lia"),
    "Financeiro": ("bia", "lia"),
    "Integrações": ("davi",),
    "Ouvidoria": ("lia",),
}
"""Who works in which."""


@dataclass(frozen=True)
class Cast:
    """Everybody of the demonstration, ready to act."""

    ana: Actor
    rui: Actor
    caio: Actor
    bia: Actor
    davi: Actor
    lia: Actor
    admin: Actor


async def enrol(password: str | None, *, at: datetime) -> Cast:
    """People, organizations, teams and categories, on an empty database."""
    aurora, horizonte = [await organizations.insert(*each) for each in (AURORA, HORIZONTE)]
    kept = await hashing.hashed(password) if password else None
    ids = {
        address.split("@")[0]: await accounts.insert(name, [address], role=role, password=kept, at=at)
        for name, address, role in PEOPLE
    }
    await _join(ids, aurora, horizonte, at=at)
    await catalog.add_teams({team: [ids[each] for each in members] for team, members in TEAMS.items()})
    await catalog.add_categories()
    return Cast(**{name: await _actor(number) for name, number in ids.items()})


async def _join(people: Mapping[str, int], aurora: int, horizonte: int, *, at: datetime) -> None:
    await memberships.add(people["ana"], aurora, sees=Sees.ORGANIZATION, approves=True, manages=True, at=at)
    await memberships.add(people["rui"], aurora, sees=Sees.OWN, at=at)
    await memberships.add(people["caio"], horizonte, sees=Sees.ORGANIZATION, at=at)


async def _actor(number: int) -> Actor:
    actor = await actors.of_person(number)
    assert actor is not None
    return actor
