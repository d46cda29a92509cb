"""Many invented tickets, for measuring: the same ones again for the same seed and day, on either database.

The rows are those that the moves would leave, told without their checks and inserted by the thousand.
"""

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from web import database
from web.clock import now
from web.database import Row, fetch
from web.demo import cast, catalog, loading
from web.demo.loading import Ids, Rows
from web.demo.tale import Tale, tell, tell_measured
from web.demo.vocabulary import CITIES, FIRST_NAMES, KINDS, LAST_NAMES, SAINTS
from web.errors import BadSetting
from web.people.cnpj import check_digits
from web.people.permissions import Role, Sees
from web.schema import migration
from web.settings import settings
from web.text import fold
from web.tickets.life.states import Channel, Priority
from web.tickets.sla.policy import PolicyKey, policy_of
from web.tickets.sla.targets import Policy

PERIOD = timedelta(days=730)
AGENTS = 20
_BATCH = 2_000
_OF_ANA = 10
"""One in so many of her organization's tickets is certainly hers."""


async def fill(*, tickets: int, organizations: int, people: int, messages: int, seed: int) -> None:
    """Adds so many tickets of so many organizations, with a mean of `messages` in each, to the configured database."""
    began = time.monotonic()
    async with database.opened():
        await migration.migrate()
        await invent(tickets=tickets, organizations=organizations, people=people, messages=messages, seed=seed)
    seconds = time.monotonic() - began
    print(f"{tickets} tickets in {seconds:.1f} s: {tickets / seconds * 60:.0f} a minute")  # noqa: T201


async def invent(*, tickets: int, organizations: int, people: int, messages: int, seed: int) -> None:
    """The same on a database that is open and up to date."""
    end = now().replace(hour=0, minute=0, second=0, microsecond=0)
    if not await fetch("SELECT 1 AS found FROM category LIMIT 1"):
        await cast.enrol(settings().demo_password, at=end - PERIOD)
        await catalog.add_targets()
    ana = await _ana()
    chance = random.Random(seed)  # noqa: S311 - invented data
    ids = await loading.ids()
    homes = await _numbers("SELECT id FROM organization ORDER BY id LIMIT {}", organizations)
    teams = await _numbers("SELECT id FROM team WHERE NOT is_confidential ORDER BY id")
    await loading.write(
        _newcomers(homes, organizations, max(people, organizations + 3), teams, chance, ids, end - PERIOD)
    )
    desk = await _desk(homes, ana)
    for batch in _batches(desk, tickets, messages, chance, ids, end):
        await loading.write(batch)
    await loading.settle(ids.last)


@dataclass(frozen=True)
class _Desk:
    """Who may appear in a ticket, and what it may be about."""

    organizations: list[int]
    """Colégio Aurora, the first one ever made, comes first."""
    members: Mapping[int, list[Row]]
    """By organization: `person` and `address`."""
    agents: Mapping[int | None, list[int]]
    """By team; None holds all."""
    subjects: list[Row]
    """Each category with one of its topics: `id`, `name`, `workflow`, `team`, `is_confidential`, `topic`."""
    terms: Mapping[tuple[int, Priority], Policy]
    """By category and priority."""
    ana: int


async def _desk(homes: list[int], ana: int) -> _Desk:
    members, agents = defaultdict(list), defaultdict(list)
    for row in await fetch(
        "SELECT membership.organization, membership.person, min(identity.value) AS address FROM membership "
        "JOIN identity ON identity.person = membership.person WHERE membership.confirmed_at IS NOT NULL "
        "GROUP BY membership.organization, membership.person ORDER BY membership.person"
    ):
        members[row["organization"]].append(row)
    for row in await fetch("SELECT team, person FROM team_member ORDER BY person, team"):
        agents[row["team"]].append(row["person"])
        agents[None].append(row["person"])
    subjects = await fetch(
        "SELECT category.id, category.name, category.workflow, category.team, topic.id AS topic, "
        "COALESCE(team.is_confidential, false) AS is_confidential FROM category "
        "LEFT JOIN topic ON topic.category = category.id LEFT JOIN team ON team.id = category.team "
        "WHERE category.is_active ORDER BY category.id, topic.id"
    )
    terms = {
        (row["id"], priority): await policy_of(PolicyKey(row["workflow"], priority, row["id"], row["team"], None))
        for row in {row["id"]: row for row in subjects}.values()
        for priority in _PRIORITIES
    }
    return _Desk(homes, members, agents, subjects, terms, ana)


async def _ana() -> int:
    """Raises `BadSetting` where the demonstration's Ana is not known: that database is somebody's."""
    found = await _numbers("SELECT person AS id FROM identity WHERE value = 'ana@aurora.example'")
    if not found:
        raise BadSetting("DATABASE_URL names a database that is in use: measure in an empty one")
    return found[0]


async def _numbers(sql: str, *values: int) -> list[int]:
    return [row["id"] for row in await fetch(sql, *values)]


def _newcomers(
    homes: list[int],
    organizations: int,
    people: int,
    teams: Sequence[int],
    chance: random.Random,
    ids: Ids,
    at: datetime,
) -> Rows:
    """Organizations beside those there are, their people, and agents; none of them has a password."""
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


def _organization(number: int) -> tuple[Any, ...]:
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


def _batches(
    desk: _Desk, tickets: int, messages: int, chance: random.Random, ids: Ids, end: datetime
) -> Iterator[Rows]:
    instants = _instants(tickets, chance, end)
    for start in range(0, tickets, _BATCH):
        rows: Rows = {table: [] for table in ("ticket", "message", "event", "participant", "ticket_search")}
        for place in range(start, min(start + _BATCH, tickets)):
            if place == tickets - 1:
                tale = _tale(desk, 0, instants[place], chance, ids, end)
                tell_measured(tale)
            else:
                tale = _tale(desk, place, instants[place], chance, ids, end)
                tell(tale, messages)
            tale.add_to(rows)
        yield rows


def _instants(tickets: int, chance: random.Random, end: datetime) -> list[datetime]:
    """When each ticket is opened, in order: on working days mostly, between 7h and 19h in Brasília."""
    instants: list[datetime] = []
    while len(instants) < tickets:
        day = end - timedelta(days=1 + int(chance.random() * PERIOD.days))
        if day.weekday() < 5 or chance.random() < 0.1:
            instants.append(day + timedelta(hours=10 + 6 * (chance.random() + chance.random())))
    return sorted(instants)


def _tale(desk: _Desk, place: int, at: datetime, chance: random.Random, ids: Ids, end: datetime) -> Tale:
    turn, home = divmod(place, len(desk.organizations))
    organization = desk.organizations[home]
    members = desk.members[organization]
    is_hers = home == 0 and turn % _OF_ANA == 0
    requester = desk.ana if is_hers else chance.choice(members)["person"]
    subject = chance.choice(desk.subjects)
    agent = chance.choice(desk.agents.get(subject["team"]) or desk.agents[None])
    channel = chance.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]
    priority = chance.choices(_PRIORITIES, _WEIGHTS)[0]
    return Tale(
        number=ids.next("ticket"),
        ids=ids,
        chance=chance,
        end=end,
        subject=subject,
        organization=organization,
        requester=requester,
        author=agent if channel is Channel.PHONE else requester,
        agent=agent,
        channel=channel,
        priority=priority,
        terms=desk.terms[subject["id"], priority],
        colleagues=[row for row in members if row["person"] != requester],
        created_at=at,
        at=at,
        updated_at=at,
    )


_CHANNELS = (Channel.FORM, Channel.EMAIL, Channel.PHONE, Channel.WHATSAPP)
_CHANNEL_WEIGHTS = (70, 15, 8, 7)
_PRIORITIES = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
_WEIGHTS = (12, 70, 14, 4)
