"""The derived columns of a ticket satisfy the constraints, for every status, move and change."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from operator import attrgetter

import pytest

from tests import cast
from tests.cast import NOW
from web.database import execute, fetch_as, transaction
from web.demo.cast import Cast
from web.people.permissions import Actor
from web.sql import rows
from web.tickets.life.consequences import NOTHING, Assignment, Change, consequences, target_of
from web.tickets.life.moves import MOVES, UNMERGE
from web.tickets.life.states import Resolution, Standing, Status, TicketState, Wait
from web.tickets.record.locking import lock_state

pytestmark = pytest.mark.anyio

RULES = importlib.import_module("migrations.guiche_2026_11_28t15_17_00").RULES.values()
LATER = NOW + timedelta(hours=1)
OVER = (Status.RESOLVED, Status.CLOSED)


@dataclass(frozen=True)
class Shape:
    """The columns that must agree; for some only whether they have a value."""

    status: str
    wait: str | None
    wait_until: str | None
    resolution: str | None
    resolved_at: str | None
    closed_at: str | None
    assignee: str | None
    offered_to: str | None


NAMES = tuple(Shape.__annotations__)
COLUMNS, PLACES = ", ".join(NAMES), ", ".join("{}" for _ in NAMES)


async def test_the_database_takes_what_moves_derive_of_100_000_tickets_and_nothing_else(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    async with transaction():
        pattern = await lock_state(number)
    derived = list(map(attrgetter(*NAMES), after_every_move(pattern, people)))
    assert len(derived) >= 100_000
    different = set(derived)
    async with transaction():
        for each in different:
            await execute(f"UPDATE ticket SET ({COLUMNS}) = ({PLACES}) WHERE id = {{}}", *each, number)
    assert {shape(*each) for each in different} == set(await taken())


def shape(status: Status, wait: Wait | None, *others: object) -> Shape:
    return Shape(status, wait, *("x" if each else None for each in others))


def after_every_move(pattern: TicketState, people: Cast) -> Iterator[TicketState]:
    changes, by = list(every_change(people)), people.bia
    undone = [*changes, *(Change(back_to=standing) for standing in every_standing())]
    for ticket, move in product(every_ticket(pattern, people), MOVES):
        if ticket.status not in move.sources:
            continue
        for change in undone if move is UNMERGE else changes:
            for to in {*move.targets, target_of(move, ticket, change, by)}:
                if says_enough(change, ticket, to):
                    yield consequences(move, ticket, to, change, is_answer=False, by=by, at=LATER)


def every_ticket(pattern: TicketState, people: Cast) -> Iterator[TicketState]:
    """In each standing, held by nobody, by who acts or by another, or offered to one of them."""
    holders = [
        (None, None),
        *((each.id, None) for each in agents(people)),
        *((None, each.id) for each in agents(people)),
    ]
    for standing, (holder, offered) in product(every_standing(), holders):
        values = vars(standing) | {"assignee": holder, "offered_to": offered}
        yield replace(pattern, **values)


def every_standing() -> Iterator[Standing]:
    yield from map(Standing, (Status.DRAFT, Status.APPROVAL, Status.NEW, Status.OPEN))
    yield from (Standing(Status.WAITING, wait, NOW if wait is Wait.UNTIL else None) for wait in Wait)
    for resolution in Resolution:
        yield Standing(Status.RESOLVED, resolution=resolution, resolved_at=NOW)
        yield Standing(Status.CLOSED, resolution=resolution, resolved_at=NOW, closed_at=NOW)
        yield Standing(Status.CLOSED, resolution=resolution, closed_at=NOW)


def every_change(people: Cast) -> Iterator[Change]:
    yield NOTHING
    yield from (Change(wait=wait, wait_until=LATER if wait is Wait.UNTIL else None) for wait in Wait)
    yield from (Change(resolution=resolution) for resolution in Resolution)
    yield Change(assignment=Assignment(team=1))
    for agent in agents(people):
        yield Change(assignment=Assignment(team=1, assignee=agent.id))
        yield Change(assignment=Assignment(team=1, offered_to=agent.id))
        yield Change(leaver=agent.id)


def agents(people: Cast) -> tuple[Actor, Actor]:
    return people.bia, people.davi


def says_enough(change: Change, ticket: TicketState, to: Status) -> bool:
    """Who has a ticket wait says for what, and who ends it how, unless it waits or has ended already."""
    waits = to is not Status.WAITING or change.wait or ticket.wait
    return bool(waits and (to not in OVER or change.resolution or ticket.resolution))


async def taken() -> list[Shape]:
    """Of all shapes that a ticket can have, those that keep every rule of the database."""
    said = [(None, "x")] * 6
    shapes = list(product(Status, (None, *Wait), *said))
    rules = " AND ".join(f"({rule.format(row='')})" for rule in RULES)
    return await fetch_as(
        Shape, f"WITH shape ({COLUMNS}) AS (VALUES {{}}) SELECT {COLUMNS} FROM shape WHERE {rules}", rows(shapes)
    )
