"""Taking, releasing, and the first edit that takes a ticket."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.tickets.factories import new
from tests.tickets.record.traces import event, left_by_block
from web.errors import Invalid
from web.people import accounts, actors
from web.people.permissions import Role
from web.tickets.actions import assignment, replies, resolution, waits
from web.tickets.life.states import Status
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_taking_a_ticket_opens_it(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await assignment.take(sheet, by=people.bia, at=LATER)
    was = {"team": sheet.team, "assignee": None, "offered_to": None}
    assert left.row == {"status": "open", "assignee": people.bia.id, "updated_at": LATER}
    assert left.events == [event("take", people.bia, LATER, from_="new", to="open", assignee=people.bia.id, was=was)]
    assert left.messages == []


async def test_a_released_ticket_is_open_and_held_by_nobody(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await assignment.release(sheet, by=people.bia, at=LATER)
    assert left.row == {"status": "open", "wait": None, "wait_until": None, "assignee": None, "updated_at": LATER}
    assert left.events == [event("release", people.bia, LATER, from_="waiting", to="open")]


@pytest.mark.parametrize(
    ("preset", "takes"),
    [
        ("expresso", False),
        ("central", True),
        ("aprovacao", False),
        ("avaliacao", True),
        ("processo", True),
        ("guiche", True),
    ],
)
async def test_the_first_edit_takes_the_ticket_where_the_workflow_says_so(people, preset, takes):
    await lead_settings.live_by(preset)
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Estou vendo.", by=people.bia, at=LATER)
    taken = {"status": "open", "assignee": people.bia.id} if takes else {}
    assert left.row == {"is_answered": True, "answered_at": LATER, "updated_at": LATER, **taken}
    assert [each["kind"] for each in left.events] == (["take", "reply"] if takes else ["reply"])


async def test_a_first_edit_leaves_the_taking_in_the_history_before_itself(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await waits.ask(sheet, "Qual é o CNPJ?", by=people.bia, at=LATER)
    assert left.row == {
        "status": "waiting",
        "wait": "requester",
        "assignee": people.bia.id,
        "is_answered": True,
        "answered_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event("take", people.bia, LATER, from_="new", to="open", assignee=people.bia.id),
        event("question", people.bia, LATER, says="Qual é o CNPJ?", from_="open", to="waiting", wait="requester"),
    ]


async def test_an_edit_of_a_ticket_that_somebody_holds_leaves_it_with_them(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Eu ajudo.", by=people.davi, at=LATER)
    assert left.row == {"is_answered": True, "answered_at": LATER, "updated_at": LATER}


async def test_a_first_edit_that_is_refused_does_not_take(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid):
            await replies.reply(sheet, "", by=people.bia, at=LATER)
    assert left.nothing


async def test_a_requesters_words_take_nothing(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Mais um detalhe.", by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="Mais um detalhe.")]


async def test_a_robot_works_as_an_agent_and_is_named_in_the_history(people):
    number = await accounts.create("Robô", ["robo@guiche.example"], role=Role.AGENT, is_robot=True, at=NOW)
    robot = await actors.of_person(number)
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await resolution.solve(sheet, message=NewMessage("Segunda via enviada."), by=robot, at=LATER)
    assert [(each["kind"], each["actor"]) for each in left.events] == [("take", robot.id), ("solution", robot.id)]
    assert left.row["status"] == Status.RESOLVED
