"""Ratings: what is stored, changed, and refused."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.tickets.record.traces import event, left_by_block
from web.database import fetch
from web.errors import Invalid, NotFromHere, Overtaken
from web.people.permissions import SYSTEM
from web.tickets.actions import resolution
from web.tickets.actions.ratings import rate
from web.tickets.life.moves import CLOSING
from web.tickets.life.states import Status
from web.tickets.record import transition
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)
RATED = {"service": 5, "quality": 4, "comment": "Rápido."}


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_rating_is_kept_and_told(people):
    sheet = await resolved(people)
    async with left_by_block(sheet.number) as left:
        await rate(sheet, **RATED, by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("rating", people.ana, LATER, after=RATED)]
    assert await ratings() == [{"person": people.ana.id, **RATED, "at": LATER, "edited_at": None}]


async def test_a_rating_that_concludes_closes(people):
    sheet = await resolved(people, "avaliacao")
    async with left_by_block(sheet.number) as left:
        await rate(sheet, **RATED, by=people.ana, at=LATER)
    assert left.row == {"status": "closed", "closed_at": LATER, "updated_at": LATER}
    assert left.events == [event("rating", people.ana, LATER, after=RATED, from_="resolved", to="closed")]


async def test_a_changed_rating_keeps_its_first_instant_and_the_log_what_it_was(people):
    sheet = await resolved(people)
    await rate(sheet, **RATED, by=people.ana, at=NOW)
    changed = RATED | {"service": 2}
    week = NOW + timedelta(days=7)
    async with left_by_block(sheet.number) as left:
        await rate(sheet, **changed, by=people.ana, at=week)
    assert left.events == [event("rating", people.ana, week, before=RATED, after=changed)]
    assert await ratings() == [{"person": people.ana.id, **changed, "at": NOW, "edited_at": week}]
    with pytest.raises(NotFromHere):
        await rate(sheet, **RATED, by=people.ana, at=week + timedelta(seconds=1))


async def test_each_solution_has_a_rating_of_its_own(people):
    sheet = await resolved(people)
    await rate(sheet, **RATED, by=people.ana, at=NOW)
    await resolution.object_to(sheet, "Voltou.", by=people.ana, at=LATER)
    assert (await seen(sheet, people.ana)).rating is None
    await resolution.solve(sheet, message=NewMessage("Agora sim."), by=people.bia, at=LATER)
    assert (await seen(sheet, people.ana)).rating is None
    await rate(await seen(sheet, people.ana), service=1, quality=1, comment="", by=people.ana, at=LATER)
    assert [(row["service"], row["at"]) for row in await ratings()] == [(5, NOW), (1, LATER)]


async def test_all_that_is_wrong_with_a_rating_is_told_at_once_and_nothing_is_left(people):
    sheet = await resolved(people)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await rate(sheet, service=6, quality=None, comment="a" * 2_001, by=people.ana, at=LATER)
    assert refused.value.fields == {"service": "score", "quality": "score", "comment": "too_long"}
    assert (left.nothing, await ratings()) == (True, [])


async def test_a_rating_that_would_conclude_is_overtaken_by_whoever_closed_first(people):
    sheet = await resolved(people, "avaliacao")
    await transition.apply(CLOSING, sheet, to=Status.CLOSED, by=SYSTEM, at=NOW)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Overtaken):
            await rate(sheet, **RATED, by=people.ana, at=LATER)
    assert (left.nothing, await ratings()) == (True, [])


@pytest.mark.parametrize("end", ["cancelled", "refused", "spam"])
async def test_what_was_not_solved_is_not_rated(people, end):
    sheet = await cast.seen(await cast.unsolved(people, end), people.rui)
    with pytest.raises(NotFromHere):
        await rate(sheet, **RATED, by=people.rui, at=LATER)


async def resolved(people, preset="guiche"):
    await lead_settings.live_by(preset)
    return await cast.brought_to(await cast.ticket(people.ana), "resolved", by=people.bia, asker=people.ana)


async def seen(sheet, by):
    return await cast.seen(sheet.number, by)


async def ratings():
    return await fetch("SELECT person, service, quality, comment, at, edited_at FROM rating ORDER BY id")
