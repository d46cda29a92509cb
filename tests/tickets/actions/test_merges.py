"""Merged tickets: what moves, what is inherited, and how a merge is undone."""

import json
from datetime import datetime, timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.tickets.life.states import at
from tests.tickets.sla import hours
from web.database import fetch
from web.errors import Invalid, NotFromHere
from web.people.permissions import Actor
from web.tickets.actions import assignment
from web.tickets.actions.merges import merge, unmerge
from web.tickets.actions.timers import run_due
from web.tickets.record import conversation
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "waiting_until", "resolved", "closed"])
async def test_a_merged_ticket_is_closed_and_given_back_as_it_was(people, state):
    first, second = await cast.ticket(people.ana, "Este", "Um."), await cast.ticket(people.rui, "Outro", "Dois.")
    sheet = await cast.brought_to(first, state, by=people.bia, asker=people.ana)
    before = await row(first)
    await merge(sheet, second, by=people.bia, at=LATER)
    merged = await row(first)
    assert (merged["status"], merged["resolution"], merged["wait"]) == ("closed", "merged", None)
    assert await links() == [(first, second, "merge")]
    await unmerge(await cast.seen(first, people.bia), by=people.bia, at=LATER)
    assert await row(first) == before
    assert await links() == []


async def test_what_was_promised_about_a_merged_ticket_and_not_kept_is_promised_about_the_other(people):
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    first, second = await cast.ticket(people.ana, "Este"), await cast.ticket(people.rui, "Outro", at=LATER)
    answer, solve = at("23/11 11:00"), at("23/11 17:00")
    sheet = await cast.brought_to(first, "open", by=people.bia, asker=people.ana)
    own = await promised(second)
    assert own == [answer + timedelta(hours=1), solve + timedelta(hours=1)]
    await merge(sheet, second, by=people.bia, at=LATER)
    assert await promised(second) == [answer, solve]
    assert await promised(first) == [None, None]
    assert await run_due(at("23/11 17:30")) > 0
    assert await breaches(second) == [("first_response", answer.isoformat()), ("resolution", solve.isoformat())]
    await unmerge(await cast.seen(first, people.bia), by=people.bia, at=LATER)
    assert await promised(second) == own
    assert await promised(first) == [answer, solve]


async def test_a_closed_ticket_inherits_nothing(people):
    await hours.target("resolution", 8)
    first, second = await cast.ticket(people.ana, "Este"), await cast.ticket(people.rui, "Outro")
    await cast.brought_to(second, "closed", by=people.bia, asker=people.rui)
    await merge(await cast.seen(first, people.bia), second, by=people.bia, at=LATER)
    assert await promised(second) == [None, None]


async def test_merged_messages_remember_their_origin_and_leave_with_it(people):
    first, second = await cast.ticket(people.ana, "Este", "Um."), await cast.ticket(people.rui, "Outro", "Dois.")
    await merge(await cast.seen(first, people.bia), second, by=people.bia, at=NOW)
    assert await talk(second, people.bia) == [(first, "Um."), (second, "Dois.")]
    await unmerge(await cast.seen(first, people.bia), by=people.bia, at=NOW)
    assert await talk(second, people.bia) == [(second, "Dois.")]


async def test_a_merge_shows_nobody_more_than_they_saw(people):
    first, second = await cast.ticket(people.ana, "Este", "Segredo de Ana."), await cast.ticket(people.rui, "Outro")
    await merge(await cast.seen(first, people.bia), second, by=people.bia, at=NOW)
    assert [body for _, body in await talk(second, people.rui)] == ["Os boletos vieram com o valor de outubro."]
    with pytest.raises(Exception, match="ticket"):
        await find_ticket(first, by=people.rui)


async def test_a_confidential_tickets_words_stay_its_teams_after_a_merge(people):
    first, second = await cast.ticket(people.ana, "Este", "Denúncia."), await cast.ticket(people.ana, "Outro", "Dois.")
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Ouvidoria'")
    await assignment.assign(await cast.seen(first, people.lia), team=team["id"], person=None, by=people.lia, at=NOW)
    await merge(await cast.seen(first, people.lia), second, by=people.lia, at=NOW)
    assert await talk(second, people.lia) == [(first, "Denúncia."), (second, "Dois.")]
    assert await talk(second, people.bia) == [(second, "Dois.")]


async def test_what_cannot_be_merged_is_refused_and_left_alone(people):
    first, second = await cast.ticket(people.ana, "Este"), await cast.ticket(people.ana, "Outro")
    theirs, secret = await cast.ticket(people.caio, "De fora"), await cast.ticket(people.ana, "Reservado")
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Ouvidoria'")
    await assignment.assign(await cast.seen(secret, people.lia), team=team["id"], person=None, by=people.lia, at=NOW)
    await merge(await cast.seen(second, people.bia), first, by=people.bia, at=NOW)
    sheet = await cast.seen(first, people.bia)
    before = await row(first)
    told = {}
    for name, number in (("itself", first), ("merged", second), ("theirs", theirs), ("secret", secret), ("none", None)):
        with pytest.raises(Invalid) as refused:
            await merge(sheet, number, by=people.bia, at=NOW)
        told[name] = refused.value.code
    assert told == {
        "itself": "itself",
        "merged": "merged_itself",
        "theirs": "other_customer",
        "secret": "unknown_ticket",
        "none": "missing",
    }
    assert await row(first) == before
    assert await links() == [(second, first, "merge")]


async def test_only_a_merged_ticket_is_given_back(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    with pytest.raises(NotFromHere):
        await unmerge(sheet, by=people.bia, at=NOW)


async def row(number: int):
    (found,) = await fetch(
        "SELECT status, wait, wait_until, resolution, resolved_at, closed_at, assignee, team FROM ticket WHERE id = {}",
        number,
    )
    return found


async def promised(number: int) -> list[datetime | None]:
    """When a first response and a solution are due."""
    (found,) = await fetch("SELECT answer_due, solve_due FROM ticket WHERE id = {}", number)
    return [found["answer_due"], found["solve_due"]]


async def breaches(number: int) -> list[tuple[str, str]]:
    rows = await fetch("SELECT data FROM event WHERE ticket = {} AND kind = 'breach' ORDER BY id", number)
    told = [json.loads(row["data"]) for row in rows]
    return [(each["timer"].partition(":")[2], each["due"]) for each in told]


async def links() -> list[tuple[int, int, str]]:
    return [(each["ticket"], each["other"], each["kind"]) for each in await fetch("SELECT * FROM link ORDER BY id")]


async def talk(number: int, by: Actor) -> list[tuple[int, str]]:
    """The messages, each with its ticket."""
    entries, _ = await conversation.entries(await cast.seen(number, by), by=by, with_merged=True)
    return [(entry.ticket, entry.body) for entry in entries if entry.body is not None]
