"""Moves by the API: results and refusals."""

import asyncio
from datetime import timedelta

import pytest

from tests import cast
from tests.api.robots import problem, robot, team
from tests.cast import NOW
from tests.lead_settings import confide
from tests.pages.reading import events
from web.database import fetch
from web.tickets.actions import resolution

pytestmark = pytest.mark.anyio

BODIES = {
    "replies": {"body": "Já estamos vendo."},
    "notes": {"body": "Conferir o convênio."},
    "questions": {"body": "Qual é o CNPJ da nota?"},
    "waits": {"wait": "requester", "days": 3},
    "solution": {"body": "Boletos emitidos de novo."},
    "release": {"body": "O convênio não responde."},
    "correction": {"requester": "rui@aurora.example"},
}
KINDS = {
    "replies": "reply",
    "notes": "note",
    "questions": "question",
    "waits": "wait",
    "solution": "solution",
    "release": "release",
    "correction": "correction",
}
LATER = (NOW + timedelta(days=3)).isoformat()


async def _held(people, one):
    number = await cast.ticket(people.ana)
    await one.post(f"/queues/{await team()}/claims")
    return number


@pytest.mark.parametrize(
    ("noun", "said", "row"),
    [
        ("replies", ("reply", "Já estamos vendo."), ("open", None, None)),
        ("notes", ("note", "Conferir o convênio."), ("open", None, None)),
        ("questions", ("reply", "Qual é o CNPJ da nota?"), ("waiting", "requester", None)),
        ("waits", None, ("waiting", "requester", None)),
        ("solution", ("reply", "Boletos emitidos de novo."), ("resolved", None, "communicated")),
        ("release", ("note", "O convênio não responde."), ("open", None, None)),
        ("correction", None, ("open", None, None)),
    ],
)
async def test_a_robot_makes_the_moves_of_an_agent(database, storage, noun, said, row):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    answer = await one.post(f"/tickets/{number}/{noun}", BODIES[noun])
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/v1/tickets/{number}")
    told = answer.json()
    assert (told["ticket"], told["kind"], told["actor"]["id"]) == (number, KINDS[noun], one.actor.id)
    assert (told["body"], told["is_note"]) == ((said[1], said[0] == "note") if said else (None, False))
    assert await events(number) == ["submission", "take", KINDS[noun]]
    spoken = await fetch("SELECT kind, body, author FROM message WHERE ticket = {} ORDER BY id", number)
    wanted = [{"kind": said[0], "body": said[1], "author": one.actor.id}] if said else []
    assert spoken[1:] == wanted
    (ticket,) = await fetch("SELECT status, wait, resolution FROM ticket")
    assert tuple(ticket.values()) == row


async def test_the_answer_to_a_move_is_the_entry_of_the_conversation(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    made = (await one.post(f"/tickets/{number}/replies", BODIES["replies"])).json()
    assert (await one.get(f"/tickets/{number}")).json()["conversation"][-1] == made


async def test_a_robot_waits_until_a_moment_that_it_names(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    answer = await one.post(f"/tickets/{number}/waits", {"wait": "until", "until": LATER})
    assert answer.json()["details"] == {"from": "open", "to": "waiting", "wait": "until", "until": LATER}
    assert (await one.get(f"/tickets/{number}")).json()["wait_until"] == LATER.replace("+00:00", "Z")


@pytest.mark.parametrize("noun", ["questions", "waits"])
async def test_a_robot_gives_days_to_answer_and_says_what_happens_then(database, storage, noun):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    said = {"body": "Qual é o CNPJ da nota?"} if noun == "questions" else {"wait": "requester"}
    answer = await one.post(f"/tickets/{number}/{noun}", {**said, "days": 3, "closes": True})
    told = answer.json()["details"]
    assert told == {"from": "open", "to": "waiting", "wait": "requester", "days": 3, "closes": True}
    sheet = await cast.seen(number, people.bia)
    assert (sheet.lapses_to, sheet.lapses_at.isoformat()) == ("closed", "2026-11-26T21:00:00+00:00")


@pytest.mark.parametrize("noun", ["replies", "notes"])
async def test_what_a_robot_said_last_counts_as_the_solution(database, storage, noun):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    await one.post(f"/tickets/{number}/{noun}", {"body": "Boletos emitidos de novo."})
    assert (await one.post(f"/tickets/{number}/solution", {})).status_code == 201
    (told,) = await fetch("SELECT body FROM message WHERE is_resolution")
    assert told["body"] == "Boletos emitidos de novo."


async def test_a_robot_says_the_solution_in_a_note_with_its_method(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    body = {"body": "Ninguém respondeu.", "is_note": True, "method": "no_answer"}
    told = (await one.post(f"/tickets/{number}/solution", body)).json()
    assert (told["is_note"], told["is_resolution"], told["details"]["method"]) == (True, True, "no_answer")
    assert (await one.get(f"/tickets/{number}")).json()["resolution"] == "no_answer"


@pytest.mark.parametrize(
    ("noun", "body", "errors"),
    [
        ("replies", {"body": "  "}, {"body": "missing"}),
        ("replies", {"body": "x" * 100_001}, {"body": "too_long"}),
        ("replies", {}, {"body": "missing"}),
        ("replies", {"body": 5}, {"body": "wrong_type"}),
        ("replies", {"body": "Oi", "files": ["a"]}, {"files": "wrong_type"}),
        ("replies", {"body": "Oi", "files": [1] * 11}, {"files": "wrong_type"}),
        ("replies", {"body": "Oi", "files": [123]}, {"files": "not_yours"}),
        ("replies", {"body": "Oi", "status": "closed"}, {"status": "unknown"}),
        ("notes", {"body": ""}, {"body": "missing"}),
        ("questions", {"body": ""}, {"body": "missing"}),
        ("release", {"body": ""}, {"body": "missing"}),
        ("questions", {"body": "Qual?", "days": 0}, {"days": "wrong_type"}),
        ("questions", {"body": "Qual?", "closes": True}, {"days": "missing"}),
        ("waits", {"wait": "children"}, {"wait": "wrong_type"}),
        ("waits", {"wait": "requester"}, {"days": "missing"}),
        ("waits", {"wait": "requester", "days": 366}, {"days": "wrong_type"}),
        ("waits", {"wait": "until"}, {"until": "not_in_future"}),
        ("waits", {"wait": "until", "until": "2020-01-01T00:00:00Z"}, {"until": "not_in_future"}),
        ("waits", {"wait": "until", "until": "2030-01-01T00:00:00"}, {"until": "wrong_type"}),
        ("solution", {"body": ""}, {"body": "solution_must_say"}),
        ("solution", {"body": "Oi", "method": "merged"}, {"method": "wrong_type"}),
    ],
)
async def test_bad_input_is_told_field_by_field_and_nothing_is_done(database, storage, noun, body, errors):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    assert problem(await one.post(f"/tickets/{number}/{noun}", body)) == (422, "invalid", errors)
    assert await events(number) == ["submission", "take"]


@pytest.mark.parametrize("noun", BODIES)
async def test_a_move_at_the_wrong_moment_is_refused(database, storage, noun):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    before = await events(number)
    answer = await (await robot()).post(f"/tickets/{number}/{noun}", BODIES[noun])
    if noun in ("notes", "correction"):
        assert answer.status_code == 201
    else:
        assert problem(answer) == (409, "not_from_here", {})
        assert await events(number) == before


@pytest.mark.parametrize("noun", BODIES)
async def test_a_ticket_out_of_sight_is_as_if_it_did_not_exist(database, storage, noun):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await confide("Financeiro", by=people.lia)
    one = await robot()
    hidden, absent = [await one.post(f"/tickets/{each}/{noun}", BODIES[noun]) for each in (number, 999999)]
    assert problem(hidden) == (404, "not_found", {})
    assert hidden.text == absent.text
    assert await events(number) == ["submission"]


@pytest.mark.parametrize("noun", BODIES)
async def test_f20_a_request_sent_twenty_times_at_once_has_one_effect_and_one_answer(database, storage, noun):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    answers = await asyncio.gather(
        *(one.post(f"/tickets/{number}/{noun}", BODIES[noun], idempotency_key="pedido-0001") for _ in range(20))
    )
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert answers[0].status_code == 201
    assert await events(number) == ["submission", "take", KINDS[noun]]


async def test_f20_a_repeated_request_gets_its_answer_even_when_the_ticket_has_gone_on(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    first = await one.post(f"/tickets/{number}/solution", BODIES["solution"], idempotency_key="pedido-0001")
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    again = await one.post(f"/tickets/{number}/solution", BODIES["solution"], idempotency_key='"pedido-0001"')
    assert (again.status_code, again.text) == (201, first.text)


async def test_a87_a_one_time_key_spent_on_something_else_is_refused(database, storage):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    other = await cast.ticket(people.rui)
    await one.post(f"/tickets/{number}/notes", BODIES["notes"], idempotency_key="pedido-0001")
    for path, body in (
        (f"/tickets/{number}/notes", {"body": "Outras palavras"}),
        (f"/tickets/{number}/replies", BODIES["replies"]),
        (f"/tickets/{other}/notes", BODIES["notes"]),
        (f"/queues/{await team()}/claims", None),
    ):
        answer = await one.post(path, body, idempotency_key="pedido-0001")
        assert problem(answer) == (422, "invalid", {"Idempotency-Key": "in_use"})
    assert (await events(number), await events(other)) == (["submission", "take", "note"], ["submission"])


@pytest.mark.parametrize("key", ["curta", "x" * 65, ""])
async def test_a_one_time_key_of_the_wrong_length_is_refused(database, storage, key):
    people = await cast.enrol()
    one = await robot()
    number = await _held(people, one)
    answer = await one.post(f"/tickets/{number}/notes", BODIES["notes"], idempotency_key=key)
    assert problem(answer) == (422, "invalid", {"Idempotency-Key": "not_8_to_64_characters"})


async def test_two_robots_may_use_the_same_one_time_key(database, storage):
    people = await cast.enrol()
    one, two = await robot("Um"), await robot("Dois")
    number = await cast.ticket(people.ana)
    for each in (one, two):
        body = {"body": f"Nota de {each.actor.name}"}
        assert (await each.post(f"/tickets/{number}/notes", body, idempotency_key="pedido-0001")).status_code == 201
    assert [row["actor"] for row in await fetch("SELECT actor FROM event WHERE kind = 'note' ORDER BY id")] == [
        one.actor.id,
        two.actor.id,
    ]
