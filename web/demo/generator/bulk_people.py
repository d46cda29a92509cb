"""Generated organizations, their people, and agents, without passwords."""

import random
from collections.abc import Sequence
from datetime import datetime

from web.demo.generator.bulk_insert import Ids, Row, Rows
from web.demo.generator.vocabulary.names import CITIES, FIRST_NAMES, KINDS, LAST_NAMES, SAINTS
from web.people.directory.search_words import sort_name
from web.people.identifiers.cnpj import check_digits
from web.people.permissions import Role, Sees
from web.text import fold, terms

AGENTS = 20

_TABLES = ("organization", "organization_word", "person", "person_word", "identity", "membership", "team_member")


def newcomers(
    homes: list[int],
    organizations: int,
    people: int,
    teams: Sequence[int],
    chance: random.Random,
    ids: Ids,
    at: datetime,
) -> Rows:
    """Further organizations, their people, and agents."""
    rows: Rows = {table: [] for table in _TABLES}
    for _ in range(organizations - len(homes)):
        rows["organization"].append(made := _organization(number := ids.next("organization")))
        rows["organization_word"] += [(word, number) for word in terms(f"{made[1]} {made[3]}")]
        homes.append(number)
    for place in range(people - 3):
        home = homes[place % len(homes)]
        number = _newcomer(rows, Role.REQUESTER, f"escola{home}.example", chance, ids, at)
        leads = 1 < place < len(homes)
        sees = Sees.ORGANIZATION if leads else Sees.OWN
        rows["membership"].append((number, home, sees, leads, leads, at))
    for place in range(AGENTS):
        number = _newcomer(rows, Role.AGENT, "guiche.example", chance, ids, at)
        rows["team_member"].append((teams[place % len(teams)], number))
    return rows


def _organization(number: int) -> Row:
    root = f"{20_000_000 + number}"
    kind, saint = (
        KINDS[number % len(KINDS)],
        SAINTS[number // len(KINDS) % len(SAINTS)],
    )
    city = CITIES[number // len(KINDS) // len(SAINTS) % len(CITIES)]
    name = f"{kind} {saint} de {city}"
    return number, name, sort_name(name), f"{root}0001{check_digits(root + '0001')}", root


def _newcomer(rows: Rows, role: Role, host: str, chance: random.Random, ids: Ids, at: datetime) -> int:
    number = ids.next("person")
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    name, address = f"{first} {last}", f"{fold(first)}.{fold(last)}{number}@{host}"
    rows["person"].append((number, name, sort_name(name), role, False, True, at))
    rows["person_word"] += [(word, number) for word in terms(f"{name} {address}")]
    rows["identity"].append((number, "email", address, at))
    return number
