"""Generated organizations, their people, and agents; none of them has a password."""

import random
from collections.abc import Sequence
from datetime import datetime

from web.demo.generator.bulk_insert import Ids, Row, Rows
from web.demo.generator.vocabulary.names import CITIES, FIRST_NAMES, KINDS, LAST_NAMES, SAINTS
from web.people.identifiers.cnpj import check_digits
from web.people.permissions import Role, Sees
from web.text import fold

AGENTS = 20


def newcomers(
    homes: list[int],
    organizations: int,
    people: int,
    teams: Sequence[int],
    chance: random.Random,
    ids: Ids,
    at: datetime,
) -> Rows:
    """Organizations beside those there are, their people, and agents."""
    rows: Rows = {table: [] for table in ("organization", "person", "identity", "membership", "team_member")}
    for _ in range(organizations - len(homes)):
        rows["organization"].append(_organization(number := ids.next("organization")))
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
    return number, f"{kind} {saint} de {city}", f"{root}0001{check_digits(root + '0001')}", root


def _newcomer(rows: Rows, role: Role, host: str, chance: random.Random, ids: Ids, at: datetime) -> int:
    number = ids.next("person")
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    rows["person"].append((number, f"{first} {last}", role, False, True, at))
    rows["identity"].append((number, "email", f"{fold(first)}.{fold(last)}{number}@{host}", at))
    return number
