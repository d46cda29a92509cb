"""Attacks on SIM, NÃO, ratings and approvals: wrong people, repetitions, illegal statuses."""

import asyncio
import json
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Page, browser_of
from tests.pages.reading import events
from tests.security.routes import FORMS, own_paths
from tests.security.world import World, built, everything, token_of
from web.database import fetch

pytestmark = pytest.mark.anyio


async def resolved() -> tuple[World, int]:
    """Ana's ticket, with Eva in copy, waits for her SIM or NÃO."""
    world = await built()
    number = world.tickets["ours"]
    await cast.brought_to(number, "resolved", by=world.bia, asker=world.ana)
    return world, number


async def posted(world: World, who: str, path: str, /, **typed: str) -> Page:
    browser = await world.browser(who)
    return await browser.post(path, {"_token": await token_of(browser), **typed})


async def status(number: int) -> str:
    return str((await fetch("SELECT status FROM ticket WHERE id = {}", number))[0]["status"])


async def test_a65_sim_and_nao_are_only_for_the_requesters_side(database: None, storage: object) -> None:
    world, number = await resolved()
    before = await everything()
    answers = {
        (name, noun): (await posted(world, name, f"/tickets/{number}/{noun}", body="Não.")).status
        for name in ("eva", "rui", "caio", "bia", "lia", "nobody")
        for noun in ("confirmation", "objection")
    }
    told = {"eva": 403, "rui": 404, "caio": 404, "bia": 403, "lia": 403, "nobody": 401}
    assert answers == {(name, noun): told[name] for name, noun in answers}
    kept = {"kept_form", "bucket", "session"}
    assert {n: r for n, r in (await everything()).items() if n not in kept} == {
        n: r for n, r in before.items() if n not in kept
    }


async def test_a65_a_link_that_is_only_opened_answers_nothing(database: None, storage: object) -> None:
    world, number = await resolved()
    ana = await world.browser("ana")
    for method in ("GET", "HEAD"):
        for noun in ("confirmation", "objection", "rating"):
            answer = await ana.client.request(method, f"/tickets/{number}/{noun}?body=sim&service=5&quality=5")
            assert answer.status_code in (404, 405)
    assert (await status(number), (await events(number))[-1]) == ("resolved", "solution")


async def test_a65_of_sim_and_nao_at_once_the_first_wins_and_the_other_is_told(database: None, storage: object) -> None:
    world, number = await resolved()
    pages = await asyncio.gather(
        *(posted(world, "ana", f"/tickets/{number}/{noun}", body="Não.") for noun in ("confirmation", "objection") * 5)
    )
    noun = (await events(number))[-1]
    taken = {"confirmation": 200, "objection": 303}[noun]  # SIM shows the words that came with it
    assert sorted(page.status for page in pages) == [taken, *[409] * 9]
    assert await status(number) == {"confirmation": "closed", "objection": "open"}[noun]
    assert (await events(number)).count("confirmation") + (await events(number)).count("objection") == 1


SCORES = {"service": "5", "quality": "4"}


async def test_a66_a_solution_has_one_rating_however_often_it_is_sent(database: None, storage: object) -> None:
    world, number = await resolved()
    path = f"/tickets/{number}/rating"
    pages = await asyncio.gather(*(posted(world, "ana", path, **SCORES, _key="a" * 16) for _ in range(10)))
    assert {page.status for page in pages} == {303}
    assert (await events(number)).count("rating") == 1
    await posted(world, "ana", path, service="1", quality="1")
    assert [(row["service"], row["quality"]) for row in await fetch("SELECT * FROM rating")] == [(1, 1)]


@pytest.mark.parametrize(
    "typed",
    [
        *({"service": score, "quality": "3"} for score in ("0", "6", "99", "-1", "1.5", "", "cinco", "٣", "9" * 40)),
        {"service": "5"},
        {"service": "5", "quality": "5", "comment": "a" * 2_001},
        {"service": "5", "quality": "5", "comment": "a" * 10_000},
    ],
)
async def test_a66_what_is_out_of_range_is_refused_and_stays_typed(
    typed: dict[str, str], database: None, storage: object
) -> None:
    world, number = await resolved()
    page = await posted(world, "ana", f"/tickets/{number}/rating", **typed)
    assert page.status == 422
    assert page.values(f"/tickets/{number}/rating")["comment"] == typed.get("comment", "")
    assert await fetch("SELECT id FROM rating") == []


async def test_a66_another_ticket_or_another_person_is_not_rated(database: None, storage: object) -> None:
    world, _ = await resolved()
    told = {
        (name, thing): (await posted(world, name, f"/tickets/{world.tickets[thing]}/rating", **SCORES)).status
        for name, thing in (("eva", "ours"), ("rui", "ours"), ("caio", "ours"), ("ana", "theirs"), ("bia", "ours"))
    }
    assert list(told.values()) == [403, 404, 404, 404, 403]
    assert await fetch("SELECT id FROM rating") == []


async def test_a66_after_seven_days_a_rating_stands(database: None, storage: object) -> None:
    world, number = await resolved()
    await posted(world, "ana", f"/tickets/{number}/rating", **SCORES)
    ana = await browser_of(world.ana, at=NOW + timedelta(days=7, minutes=1))
    late = await ana.post(f"/tickets/{number}/rating", {"_token": await token_of(ana), "service": "1", "quality": "1"})
    assert late.status == 409
    assert [(row["service"], row["quality"]) for row in await fetch("SELECT * FROM rating")] == [(5, 4)]


async def test_a67_a_closed_ticket_never_moves_again(database: None, storage: object) -> None:
    world, number = await resolved()
    assert (await posted(world, "ana", f"/tickets/{number}/confirmation")).status == 303
    for noun, name in (
        *((noun, "ana") for noun in ("confirmation", "objection", "submission", "replies", "cancellation")),
        *((noun, "rui") for noun in ("approval", "refusal")),
        *((noun, "bia") for noun in ("replies", "participants", "objection", "approval")),
    ):
        form = FORMS.get(f"POST /tickets/{{number:int}}/{noun}", {})
        page = await posted(world, name, f"/tickets/{number}/{noun}", **{**form, "status": "open"})
        assert page.status in (403, 404, 409), (noun, name)
        assert await status(number) == "closed"


async def test_a67_no_field_and_no_move_skips_a_step(database: None, storage: object) -> None:
    world = await built()
    number = world.tickets["theirs"]
    for noun in ("confirmation", "objection", "rating", "approval", "refusal", "follow-ups"):
        form = FORMS.get(f"POST /tickets/{{number:int}}/{noun}", {})
        page = await posted(world, "caio", f"/tickets/{number}/{noun}", **form)
        assert page.status in (403, 409), noun
        assert await status(number) == "new"
    for wanted in ("resolved", "closed", "waiting", "draft", "approval"):
        await posted(world, "caio", f"/tickets/{number}/replies", body=f"Quero {wanted}.", status=wanted, to=wanted)
        assert await status(number) == "new"


async def test_a25_no_address_changes_or_deletes_what_was_said_or_happened(database: None, storage: object) -> None:
    world, number = await resolved()
    await posted(world, "ana", f"/tickets/{number}/rating", **SCORES)
    said, happened = await _sent(), await _happened()
    every = {name: value for form in FORMS.values() for name, value in form.items()}
    for name in ("ana", "bia", "lia", "admin"):
        for path in await own_paths("POST", world):
            if not path.startswith(("/sign-out", "/account")):
                await posted(world, name, path, **every)
        for method in ("PUT", "PATCH", "DELETE"):
            browser = await world.browser(name)
            for path in (f"/tickets/{number}", f"/tickets/{number}/log", f"/tickets/{number}/replies"):
                answer = await browser.client.request(method, path, headers={"Origin": "http://127.0.0.1:8000"})
                assert answer.status_code == 405
    assert (await _happened())[: len(happened)] == happened
    assert [row for row in await _sent() if row["id"] <= said[-1]["id"]] == said


async def test_a25_a_changed_rating_adds_to_the_log(database: None, storage: object) -> None:
    world, number = await resolved()
    for service in ("5", "2"):
        await posted(world, "ana", f"/tickets/{number}/rating", service=service, quality="4")
    rows = await fetch("SELECT data FROM event WHERE ticket = {} AND kind = 'rating' ORDER BY id", number)
    assert [json.loads(row["data"])["after"]["service"] for row in rows] == [5, 2]
    assert json.loads(rows[1]["data"])["before"] == {"service": 5, "quality": 4, "comment": ""}


async def _sent() -> list[dict[str, object]]:
    """Messages that others than their author can read."""
    return await fetch(
        "SELECT message.* FROM message JOIN ticket ON ticket.id = message.ticket "
        "WHERE ticket.submitted_at IS NOT NULL ORDER BY message.id"
    )


async def _happened() -> list[dict[str, object]]:
    """All events, without the times when they were announced."""
    return await fetch("SELECT id, ticket, kind, actor, at, audience, data, message, cause FROM event ORDER BY id")
