"""Database constraints refuse a ticket whose columns contradict its status; the page keeps the text."""

import importlib
import sqlite3

import asyncpg
import pytest

from tests import cast
from tests.api.robots import problem, robot, team
from tests.client import browser_of
from tests.tickets.record.traces import row
from web.database import database as engine
from web.database import dialect, fetch
from web.engines.sqlite import SQLite

pytestmark = pytest.mark.anyio

REFUSED = (sqlite3.IntegrityError, asyncpg.CheckViolationError)
RULES = importlib.import_module("migrations.guiche_2026_11_28t15_17_00")
NOW = "'2026-11-23 12:00:00+00:00'"


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("open", "wait = 'requester'"),
        ("open", f"resolved_at = {NOW}"),
        ("open", f"closed_at = {NOW}"),
        ("open", "resolution = 'communicated'"),
        ("open", "offered_to = assignee"),
        ("open", "status = 'waiting'"),
        ("open", "status = 'resolved'"),
        ("open", "status = 'closed'"),
        ("waiting_requester", "wait = NULL"),
        ("waiting_requester", f"wait_until = {NOW}"),
        ("waiting_requester", "status = 'open'"),
        ("waiting_until", "wait_until = NULL"),
        ("waiting_until", "wait = 'team'"),
        ("resolved", "resolved_at = NULL"),
        ("resolved", "resolution = NULL"),
        ("resolved", "status = 'open'"),
        ("closed", "closed_at = NULL"),
        ("closed", "status = 'resolved'"),
    ],
)
async def test_a_row_that_contradicts_its_status_is_refused_and_stays_as_it_was(database, state, change):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    before = await row(number)
    with pytest.raises(REFUSED):
        await fetch(f"UPDATE ticket SET {change} WHERE id = {{}}", number)
    assert await row(number) == before


async def test_a_new_row_is_refused_as_well(database):
    people = await cast.enrol()
    known = await row(await cast.ticket(people.ana))
    wrong = {name: value for name, value in known.items() if name != "id"} | {"status": "closed"}
    places = ", ".join("{}" for _ in wrong)
    with pytest.raises(REFUSED):
        await fetch(f"INSERT INTO ticket ({', '.join(wrong)}) VALUES ({places})", *wrong.values())


async def test_the_migration_corrects_what_an_older_version_left_and_may_be_run_twice(database):
    people = await cast.enrol()
    left = {
        "open": f"wait = 'team', wait_until = {NOW}, resolution = 'communicated', resolved_at = {NOW}, "
        f"closed_at = {NOW}, offered_to = assignee",
        "waiting_team": "wait = NULL",
        "waiting_until": "wait_until = NULL",
        "resolved": "resolution = NULL, resolved_at = NULL",
        "closed": "closed_at = NULL",
    }
    numbers = {}
    for state in left:
        numbers[state] = await cast.ticket(people.ana, state)
        await cast.brought_to(numbers[state], state, by=people.bia, asker=people.ana)
    before = {state: await row(number) for state, number in numbers.items()}
    await without_rules()
    for state, change in left.items():
        await fetch(f"UPDATE ticket SET {change} WHERE id = {{}}", numbers[state])
    for _ in range(2):
        await RULES.create()
    after = {state: await row(number) for state, number in numbers.items()}
    due = before["waiting_until"]["lapses_at"]
    assert after == before | {"waiting_until": before["waiting_until"] | {"wait_until": due}}


async def test_a_refused_row_is_answered_in_words_with_the_text_still_there(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await refuse_updates()
    try:
        answer = await ana.send(page, f"/tickets/{number}/replies", body="O boleto 7 também veio errado.")
    finally:
        await allow_updates()
    assert (answer.status, answer.text("h1")) == (409, "Não foi possível gravar")
    assert answer.text("main textarea") == "O boleto 7 também veio errado."
    assert [each["body"] for each in await fetch("SELECT body FROM message WHERE ticket = {}", number)] == [
        "Os boletos vieram com o valor de outubro."
    ]


async def test_a_robot_is_told_so_by_a_code(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await cast.ticket(people.ana)
    await one.post(f"/queues/{await team()}/claims")
    await refuse_updates()
    try:
        refused = await one.post(f"/tickets/{number}/replies", {"body": "Já estamos vendo."})
    finally:
        await allow_updates()
    assert problem(refused) == (409, "contradiction", {})
    assert await fetch("SELECT body FROM message WHERE body = 'Já estamos vendo.'") == []


async def without_rules() -> None:
    if isinstance(engine(), SQLite):
        for name in ("insert", "update"):
            await fetch(f"DROP TRIGGER ticket_agrees_{name}")
    else:
        for name in RULES.RULES:
            await fetch(f"ALTER TABLE ticket DROP CONSTRAINT {name}")


async def refuse_updates() -> None:
    """Adds a constraint that no row satisfies, as a programming error would violate one."""
    await fetch(
        dialect(
            sqlite="CREATE TRIGGER impossible BEFORE UPDATE ON ticket BEGIN SELECT RAISE(ABORT, 'impossible'); END",
            postgres="ALTER TABLE ticket ADD CONSTRAINT impossible CHECK (id < 0) NOT VALID",
        )
    )


async def allow_updates() -> None:
    await fetch(
        dialect(sqlite="DROP TRIGGER impossible", postgres="ALTER TABLE ticket DROP CONSTRAINT impossible"),
    )
