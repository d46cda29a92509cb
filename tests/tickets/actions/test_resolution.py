"""Solutions, and the requester's SIM or NÃO."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.tickets.factories import new, together
from tests.tickets.record.traces import event, events_of, left_by_block, message, row
from web.errors import Invalid, NotFromHere
from web.tickets.actions import resolution
from web.tickets.life.states import Resolution
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_solution_says_how(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await resolution.solve(sheet, message=NewMessage("Emitidos de novo."), by=people.bia, at=LATER)
    assert left.row == {
        "status": "resolved",
        "resolution": "communicated",
        "resolved_at": LATER,
        "is_answered": True,
        "answered_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event(
            "solution",
            people.bia,
            LATER,
            says="Emitidos de novo.",
            method="communicated",
            from_="open",
            to="resolved",
        )
    ]
    assert left.messages == [message(people.bia, LATER, "Emitidos de novo.", is_resolution=True)]


async def test_a_solution_from_a_wait_ends_the_wait(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await resolution.solve(
            sheet,
            method=Resolution.NO_ANSWER,
            message=NewMessage("Sem retorno.", is_note=True),
            by=people.bia,
            at=LATER,
        )
    assert left.row == {
        "status": "resolved",
        "wait": None,
        "wait_until": None,
        "resolution": "no_answer",
        "resolved_at": LATER,
        "updated_at": LATER,
    }
    assert left.messages == [message(people.bia, LATER, "Sem retorno.", kind="note", is_resolution=True)]


@pytest.mark.parametrize(
    ("preset", "message", "code"),
    [
        ("expresso", None, None),
        ("central", None, None),
        ("avaliacao", None, None),
        ("aprovacao", None, "solution_must_say"),
        ("aprovacao", NewMessage("Feito.", is_note=True), "solution_must_be_public"),
        ("aprovacao", NewMessage("Feito."), None),
        ("processo", None, "solution_must_say"),
        ("processo", NewMessage("Feito.", is_note=True), None),
        ("guiche", None, "solution_must_say"),
        ("guiche", NewMessage("Feito.", is_note=True), None),
    ],
)
async def test_a_solution_says_as_much_as_the_workflow_demands(people, preset, message, code):
    await lead_settings.live_by(preset)
    sheet = await new(people, "open")
    if code is None:
        await resolution.solve(sheet, message=message, by=people.bia, at=LATER)
    else:
        with pytest.raises(Invalid) as refused:
            await resolution.solve(sheet, message=message, by=people.bia, at=LATER)
        assert (refused.value.field, refused.value.code) == ("body", code)
    assert (await row(sheet.number))["status"] == ("open" if code else "resolved")


async def test_sim_closes(people):
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        await resolution.confirm(sheet, by=people.ana, at=LATER)
    assert left.row == {"status": "closed", "closed_at": LATER, "updated_at": LATER}
    assert left.events == [event("confirmation", people.ana, LATER, from_="resolved", to="closed")]


@pytest.mark.parametrize("preset", ["aprovacao", "avaliacao", "guiche"])
async def test_nao_opens_again_and_says_why(people, preset):
    await lead_settings.live_by(preset)
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        await resolution.object_to(sheet, "Ainda vem outubro.", by=people.ana, at=LATER)
    assert left.row == {"status": "open", "resolution": None, "resolved_at": None, "updated_at": LATER}
    assert left.events == [
        event("objection", people.ana, LATER, says="Ainda vem outubro.", from_="resolved", to="open")
    ]
    assert left.messages == [message(people.ana, LATER, "Ainda vem outubro.")]


async def test_nao_without_a_reason_is_refused(people):
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await resolution.object_to(sheet, " ", by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("body", "missing")
    assert left.nothing


async def test_f25_sim_and_nao_at_once_are_one_answer(people):
    sheet = await new(people, "resolved")
    answers = await together(
        resolution.confirm(sheet, by=people.ana, at=LATER),
        resolution.object_to(sheet, "Não foi.", by=people.ana, at=LATER),
        refusals=True,
    )
    made, refused = sorted(answers, key=lambda each: isinstance(each, Exception))
    assert isinstance(refused, NotFromHere)
    kinds = [each["kind"] for each in await events_of(sheet.number)]
    assert kinds[-1] == {"open": "objection", "closed": "confirmation"}[(await row(sheet.number))["status"]]
    assert sorted(kinds) == sorted(["submission", "take", "solution", kinds[-1]])
    assert made.ticket == sheet.number
