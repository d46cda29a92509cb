"""Many invented tickets, for measuring: the same ones again for the same seed and day, on either database.

The rows are those that the moves would leave, told without their checks and inserted by the thousand.
"""

import bisect
import functools
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from web import database, schema
from web.clock import now
from web.database import Row, dialect, fetch, transaction
from web.demo import cast
from web.demo.vocabulary import (
    ABOUT,
    ANSWERS,
    CITIES,
    DETAILS,
    FIRST_NAMES,
    KINDS,
    LAST_NAMES,
    NOTES,
    OBJECTIONS,
    QUESTIONS,
    REASONS,
    REPLIES,
    SAINTS,
    SOLUTIONS,
    spoken,
)
from web.errors import BadSetting
from web.people.actor import SYSTEM, Role, Sees
from web.people.cnpj import check_digits
from web.settings import settings
from web.tickets import history, promises
from web.tickets.history import Happening
from web.tickets.lifecycle import Channel, Priority, Resolution, Status, Wait
from web.tickets.promises import Outlook, Terms
from web.tickets.terms import Case, terms_of
from web.tickets.words import fold, terms

PERIOD = timedelta(days=730)
AGENTS = 20
MEASURED = "Medição: dez mensagens"
"""The title of the one ticket that has exactly ten public messages; Ana of Colégio Aurora asks in it."""

_BATCH = 2_000
_OF_ANA = 10
"""One in so many of her organization's tickets is certainly hers."""

_COLUMNS = {
    "organization": ("id", "name", "cnpj", "root"),
    "person": ("id", "name", "role", "is_robot", "is_active", "created_at"),
    "identity": ("person", "kind", "value", "verified_at"),
    "membership": ("person", "organization", "sees", "approves", "manages", "confirmed_at"),
    "team_member": ("team", "person"),
    "ticket": (
        *("id", "title", "category", "topic", "priority", "author", "requester", "primary_contact", "organization"),
        *("team", "assignee", "channel", "status", "wait", "wait_until", "resolution", "workflow", "is_answered"),
        *("answered_at", "created_at", "submitted_at", "updated_at", "resolved_at", "closed_at"),
        *Outlook.__dataclass_fields__,
    ),
    "message": ("id", "ticket", "kind", "author", "body", "at", "is_resolution"),
    "event": ("id", "ticket", "kind", "actor", "at", "audience", "data", "message", "announced_at"),
    "participant": ("ticket", "person", "address", "added_by", "at"),
    "ticket_search": ("rowid", "title", "body", "notes", "scope"),
}
_NOTHING_DUE = (None,) * len(Outlook.__dataclass_fields__)

_COUNTED = ("organization", "person", "ticket", "message", "event")
"""Tables whose ids are given here, so that other rows can name them."""

Rows = dict[str, list[tuple[Any, ...]]]


async def fill(*, tickets: int, organizations: int, people: int, messages: int, seed: int) -> None:
    """Adds so many tickets of so many organizations, with a mean of `messages` in each, to the configured database."""
    began = time.monotonic()
    async with database.opened():
        await schema.migrate()
        await invent(tickets=tickets, organizations=organizations, people=people, messages=messages, seed=seed)
    seconds = time.monotonic() - began
    print(f"{tickets} tickets in {seconds:.1f} s: {tickets / seconds * 60:.0f} a minute")  # noqa: T201


async def invent(*, tickets: int, organizations: int, people: int, messages: int, seed: int) -> None:
    """The same on a database that is open and up to date."""
    end = now().replace(hour=0, minute=0, second=0, microsecond=0)
    if not await fetch("SELECT 1 AS found FROM category LIMIT 1"):
        await cast.enrol(settings().demo_password, at=end - PERIOD)
        await cast.promise()
    ana = await _ana()
    chance = random.Random(seed)  # noqa: S311 - invented data
    ids = await _ids()
    homes = await _numbers("SELECT id FROM organization ORDER BY id LIMIT {}", organizations)
    teams = await _numbers("SELECT id FROM team WHERE NOT is_confidential ORDER BY id")
    await _write(_newcomers(homes, organizations, max(people, organizations + 3), teams, chance, ids, end - PERIOD))
    desk = await _desk(homes, ana)
    for batch in _batches(desk, tickets, messages, chance, ids, end):
        await _write(batch)
    await _settle(ids)


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
    terms: Mapping[tuple[int, Priority], Terms]
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
        (row["id"], priority): await terms_of(Case(row["workflow"], priority, row["id"], row["team"], None))
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


class _Ids:
    """The next id of each counted table."""

    def __init__(self, last: Mapping[str, int]) -> None:
        self.last = dict(last)

    def next(self, table: str) -> int:
        self.last[table] += 1
        return self.last[table]


async def _ids() -> _Ids:
    last = dialect(
        sqlite="SELECT COALESCE(max(seq), 0) AS last FROM sqlite_sequence WHERE name = '{table}'",
        postgres="SELECT last_value - (NOT is_called)::int AS last FROM {table}_id_seq",
    )
    return _Ids({table: (await fetch(last.format(table=table)))[0]["last"] for table in _COUNTED})


async def _settle(ids: _Ids) -> None:
    """Leaves PostgreSQL where it would be by now if the rows had come one by one: counters, statistics, tidy pages.

    SQLite counts by the ids that it is given.
    """
    engine = database.database()
    if isinstance(engine, database.Postgres) and engine.pool is not None:
        for table, last in ids.last.items():
            await fetch(f"SELECT setval('{table}_id_seq', {{}})", last)
        async with engine.pool.acquire() as connection:
            await connection.execute("VACUUM ANALYZE", timeout=600)


async def _write(rows: Rows) -> None:
    """All of these rows or none, as fast as the database takes them."""
    batch: Any = transaction()
    async with batch:
        for table, records in rows.items():
            columns = _COLUMNS[table]
            if isinstance(database.database(), database.SQLite):
                places = ", ".join("?" * len(columns))
                statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
                await batch.connection.executemany(statement, records)
            elif table == "ticket_search":
                await _copy_documents(batch.connection, records)
            else:
                await batch.connection.copy_records_to_table(table, records=records, columns=columns)


async def _copy_documents(connection: Any, records: Sequence[tuple[Any, ...]]) -> None:
    """Words become documents in the database, as `search.index` has them made."""
    await connection.execute(
        "CREATE TEMPORARY TABLE words (rowid bigint, title text, body text, notes text, scope text) ON COMMIT DROP"
    )
    await connection.copy_records_to_table("words", records=records, columns=_COLUMNS["ticket_search"])
    await connection.execute(
        "INSERT INTO ticket_search (ticket, document) SELECT rowid, setweight(to_tsvector('simple', title), 'A') || "
        "setweight(to_tsvector('simple', body), 'B') || setweight(to_tsvector('simple', notes), 'C') || "
        "to_tsvector('simple', scope) FROM words ORDER BY rowid"
    )


def _newcomers(
    homes: list[int],
    organizations: int,
    people: int,
    teams: Sequence[int],
    chance: random.Random,
    ids: _Ids,
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


def _newcomer(rows: Rows, role: Role, host: str, chance: random.Random, ids: _Ids, at: datetime) -> int:
    number = ids.next("person")
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    rows["person"].append((number, f"{first} {last}", role, False, True, at))
    rows["identity"].append((number, "email", f"{fold(first)}.{fold(last)}{number}@{host}", at))
    return number


def _batches(
    desk: _Desk, tickets: int, messages: int, chance: random.Random, ids: _Ids, end: datetime
) -> Iterator[Rows]:
    instants = _instants(tickets, chance, end)
    for start in range(0, tickets, _BATCH):
        rows: Rows = {table: [] for table in ("ticket", "message", "event", "participant", "ticket_search")}
        for place in range(start, min(start + _BATCH, tickets)):
            if place == tickets - 1:
                tale = _tale(desk, 0, instants[place], chance, ids, end)
                _tell_measured(tale)
            else:
                tale = _tale(desk, place, instants[place], chance, ids, end)
                _tell(tale, messages)
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


def _tale(desk: _Desk, place: int, at: datetime, chance: random.Random, ids: _Ids, end: datetime) -> "_Tale":
    turn, home = divmod(place, len(desk.organizations))
    organization = desk.organizations[home]
    members = desk.members[organization]
    is_hers = home == 0 and turn % _OF_ANA == 0
    requester = desk.ana if is_hers else chance.choice(members)["person"]
    subject = chance.choice(desk.subjects)
    agent = chance.choice(desk.agents.get(subject["team"]) or desk.agents[None])
    channel = chance.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]
    priority = chance.choices(_PRIORITIES, _WEIGHTS)[0]
    return _Tale(
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


@dataclass
class _Tale:
    """One ticket as it comes to be: each thing told adds its rows and moves the ticket on."""

    number: int
    ids: _Ids
    chance: random.Random
    end: datetime
    subject: Row
    organization: int
    requester: int
    author: int
    agent: int
    channel: Channel
    priority: Priority
    terms: Terms
    colleagues: list[Row]
    created_at: datetime
    at: datetime
    updated_at: datetime
    title: str = ""
    status: Status = Status.DRAFT
    wait: Wait | None = None
    wait_until: datetime | None = None
    resolution: Resolution | None = None
    assignee: int | None = None
    is_answered: bool = False
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    messages: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    copies: list[tuple[Any, ...]] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)

    def tell(
        self,
        kind: str,
        actor: int,
        *,
        says: Sequence[str] = (),
        to: Status | None = None,
        data: Mapping[str, Any] | None = None,
        after: float = 0,
    ) -> None:
        """One event, with what was said, so many hours later on the average; the same `data` as the moves write."""
        self._pass(after)
        details = dict(data or {})
        message = self._say(kind, actor, says) if says else None
        if to is not None and to is not self.status:
            details |= {"from": self.status, "to": to}
            self.status = to
        if kind != "note":
            self.updated_at = self.at
        is_answer = bool(says) and kind in ("reply", "question", "solution") and actor == self.agent
        if is_answer and not self.is_answered:
            self.is_answered, self.answered_at = True, self.at
        self.happenings.append(Happening(kind, self.at, details, is_answer, is_work=actor == self.agent))
        audience = "internal" if kind in ("note", "draft") else "public"
        text = json.dumps(details, ensure_ascii=False)
        event = self.ids.next("event")
        self.events.append((event, self.number, kind, actor, self.at, audience, text, message, self.at))

    def add_to(self, rows: Rows) -> None:
        rows["ticket"].append(self._row())
        rows["message"] += self.messages
        rows["event"] += self.events
        rows["participant"] += self.copies
        body, notes = " ".join(map(_terms, self.public)), " ".join(map(_terms, self.internal))
        rows["ticket_search"].append((self.number, _terms(self.title), body, notes, " ".join(sorted(self._scope()))))

    def _pass(self, hours: float) -> None:
        later = self.at + timedelta(hours=self.chance.expovariate(1 / hours) if hours else 0)
        self.at = later if later < self.end else self.at + (self.end - self.at) / 2

    def _say(self, kind: str, actor: int, says: Sequence[str]) -> int:
        number = self.ids.next("message")
        sort = {"submission": "opening", "draft": "opening", "note": "note"}.get(kind, "reply")
        is_solution = kind == "solution"
        self.messages.append((number, self.number, sort, actor, "\n\n".join(says), self.at, is_solution))
        (self.internal if kind == "note" else self.public).extend(says)
        return number

    def _scope(self) -> set[str]:
        """As the moves have it: a draft is its author's alone."""
        if self.status is Status.DRAFT:
            return {f"p{self.author}"}
        people = {self.author, self.requester, self.assignee, *(copy[1] for copy in self.copies)} - {None}
        queue = f"t{self.subject['team']}" if self.subject["is_confidential"] else "desk"
        return {*(f"p{person}" for person in people), queue, f"o{self.organization}"}

    def _row(self) -> tuple[Any, ...]:
        is_sent = self.status is not Status.DRAFT
        about = self.subject
        return (
            *(self.number, self.title, about["id"], about["topic"], self.priority),
            *(self.author, self.requester, self.requester, self.organization if is_sent else None),
            *(about["team"] if is_sent else None, self.assignee, self.channel, self.status, self.wait),
            *(self.wait_until, self.resolution, about["workflow"], self.is_answered),
            *(self.answered_at, self.created_at, self.created_at if is_sent else None),
            *(self.updated_at, self.resolved_at, self.closed_at),
            *(vars(promises.outlook(history.read(self.happenings), self.terms)).values() if is_sent else _NOTHING_DUE),
        )


def _tell(tale: _Tale, messages: int) -> None:
    """Some life for a ticket of that age, which ends in the status it has today."""
    fate = _fate(tale)
    phrases = ABOUT.get(tale.subject["name"]) or tale.chance.choice(list(ABOUT.values()))
    tale.title = spoken(phrases.titles, tale.chance)
    opening = [spoken(phrases.openings, tale.chance), spoken(DETAILS, tale.chance)]
    if fate == "draft":
        tale.author = tale.requester
        tale.tell("draft", tale.author, says=opening)
        return
    if tale.colleagues and tale.chance.random() < 0.05:
        _copy_in(tale)
    tale.tell("submission", tale.author, says=opening, to=Status.APPROVAL if fate == "approval" else Status.NEW)
    if fate in ("approval", "new"):
        return
    if fate == "cancelled":
        _cancel(tale)
        return
    tale.assignee = tale.agent
    tale.tell("take", tale.agent, to=Status.OPEN, after=4)
    if tale.colleagues and not tale.copies and tale.chance.random() < 0.05:
        address = _copy_in(tale)
        tale.tell("participation", tale.requester, data={"copies": [address]}, after=2)
    _talk(tale, _more(tale.chance, messages))
    _end(tale, fate)


def _tell_measured(tale: _Tale) -> None:
    """The ticket that is always measured: an opening and nine replies, still open."""
    tale.title, tale.author = MEASURED, tale.requester
    opening = [
        spoken(ABOUT["Cobrança"].openings, tale.chance),
        spoken(DETAILS, tale.chance),
    ]
    tale.tell("submission", tale.author, says=opening, to=Status.NEW)
    tale.assignee = tale.agent
    tale.tell("take", tale.agent, to=Status.OPEN, after=0.1)
    for place in range(9):
        actor, phrases = (tale.requester, ANSWERS) if place % 2 else (tale.agent, REPLIES)
        tale.tell(
            "reply",
            actor,
            says=[spoken(phrases, tale.chance), spoken(DETAILS, tale.chance)],
            after=0.1,
        )


def _fate(tale: _Tale) -> str:
    """How it stands today: old tickets are over, nearly all; the news of this week are not."""
    age = bisect.bisect_left(_AGES, (tale.end - tale.created_at).days)
    return tale.chance.choices(list(_FATES), [shares[age] for shares in _FATES.values()])[0]


def _more(chance: random.Random, messages: int) -> int:
    """Messages between the opening and the solution: two are said in any case, and a few tickets go on and on."""
    go_on = 1 - 1 / (1 + max(0, messages - 2))
    more = 0
    while chance.random() < go_on:
        more += 1
    return more


def _talk(tale: _Tale, more: int) -> None:
    for _ in range(more):
        turn = "answer" if tale.wait else tale.chance.choices(*_TURNS)[0]
        if turn == "answer":
            tale.wait = None
            tale.tell("reply", tale.requester, says=_say(tale, ANSWERS), to=Status.OPEN, after=14)
        elif turn == "question":
            _ask(tale)
        elif turn == "note":
            tale.tell("note", tale.agent, says=_say(tale, NOTES), after=3)
        else:
            tale.tell("reply", tale.agent, says=_say(tale, REPLIES), after=6)


def _end(tale: _Tale, fate: str) -> None:
    if tale.wait and fate != "requester":
        tale.wait = None
        tale.tell("resumption", tale.agent, to=Status.OPEN, after=20)
    if fate == "requester" and not tale.wait:
        _ask(tale)
    elif fate in ("team", "until", "children", "case"):
        tale.wait = Wait(fate)
        tale.wait_until = tale.end + timedelta(days=tale.chance.randint(1, 30)) if fate == "until" else None
        until = {"until": tale.wait_until.isoformat()} if tale.wait_until else {}
        tale.tell("wait", tale.agent, to=Status.WAITING, data={"wait": fate, **until}, after=8)
    elif fate == "silence":
        _ask(tale)
        tale.wait = None
        _solve(tale, SYSTEM.id, Resolution.NO_ANSWER, says=())
        _close(tale, "closing", SYSTEM.id)
    elif fate in ("resolved", "confirmed", "closed"):
        _solve(tale, tale.agent, Resolution.COMMUNICATED, says=_say(tale, SOLUTIONS))
        if tale.chance.random() < 0.04:
            tale.resolution = tale.resolved_at = None
            tale.tell("objection", tale.requester, says=_say(tale, OBJECTIONS), to=Status.OPEN, after=10)
            _solve(tale, tale.agent, Resolution.COMMUNICATED, says=_say(tale, SOLUTIONS))
        if fate == "confirmed":
            _close(tale, "confirmation", tale.requester)
        elif fate == "closed":
            _close(tale, "closing", SYSTEM.id)


def _ask(tale: _Tale) -> None:
    tale.wait = Wait.REQUESTER
    asked = {"wait": Wait.REQUESTER}
    tale.tell("question", tale.agent, says=_say(tale, QUESTIONS), to=Status.WAITING, data=asked, after=5)


def _solve(tale: _Tale, actor: int, method: Resolution, *, says: Sequence[str]) -> None:
    tale.tell("solution", actor, says=says, to=Status.RESOLVED, data={"method": method}, after=16)
    tale.resolution, tale.resolved_at = method, tale.at


def _close(tale: _Tale, kind: str, actor: int) -> None:
    tale.tell(kind, actor, to=Status.CLOSED, after=24)
    tale.closed_at = tale.at


def _cancel(tale: _Tale) -> None:
    reason = spoken(REASONS, tale.chance)
    tale.tell("cancellation", tale.requester, to=Status.CLOSED, data={"reason": reason}, after=12)
    tale.resolution, tale.closed_at = Resolution.CANCELLED, tale.at


def _copy_in(tale: _Tale) -> str:
    """A colleague in copy, by their address."""
    colleague = tale.chance.choice(tale.colleagues)
    address: str = colleague["address"]
    tale.copies.append((tale.number, colleague["person"], address, tale.author, tale.at))
    return address


def _say(tale: _Tale, phrases: Sequence[str]) -> list[str]:
    """One paragraph, or two."""
    more = [spoken(DETAILS, tale.chance)] if tale.chance.random() < 0.4 else []
    return [spoken(phrases, tale.chance), *more]


@functools.lru_cache(maxsize=100_000)
def _terms(text: str) -> str:
    return " ".join(terms(text))


_CHANNELS = (Channel.FORM, Channel.EMAIL, Channel.PHONE, Channel.WHATSAPP)
_CHANNEL_WEIGHTS = (70, 15, 8, 7)
_PRIORITIES = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
_WEIGHTS = (12, 70, 14, 4)
_TURNS = (("reply", "question", "answer", "note"), (40, 22, 24, 14))
_AGES = (10, 60)
_FATES = {
    "draft": (3, 1, 1),
    "approval": (3, 1, 0),
    "new": (14, 0, 0),
    "open": (20, 7, 8),
    "requester": (12, 5, 5),
    "team": (5, 4, 5),
    "until": (2, 2, 5),
    "children": (1, 1, 3),
    "case": (1, 1, 4),
    "resolved": (17, 8, 15),
    "confirmed": (17, 40, 520),
    "closed": (2, 20, 320),
    "silence": (0, 6, 70),
    "cancelled": (3, 4, 44),
}
"""Shares of what becomes of tickets at most 10 days old, at most 60, and older."""
