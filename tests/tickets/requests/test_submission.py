"""New tickets and drafts: what a submission leaves behind, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import set_category
from tests.tickets.factories import file
from tests.tickets.record.traces import copied, count, event, events_of, left_by_block, message, messages_of, row
from web.database import fetch
from web.errors import DeskError, Invalid, NotPermitted
from web.people import memberships
from web.people.onboarding import joining
from web.people.permissions import Sees
from web.tickets.life.states import Channel, Priority
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_an_opened_ticket_is_new_in_the_queue_of_its_category(people):
    category, topic = await cast.subject("Cobrança", "Boletos")
    wanted = Request("  Boletos errados ", "Vieram com outubro.", category, topic, priority=Priority.HIGH)
    made = await submission.open_ticket(wanted, by=people.ana, at=NOW)
    assert not made.is_repeat
    found = await row(made.ticket)
    team = await fetch("SELECT id FROM team WHERE name = 'Financeiro'")
    aurora = next(iter(people.ana.organizations))
    assert found == {
        "id": made.ticket,
        "title": "Boletos errados",
        "category": category,
        "topic": topic,
        "priority": "high",
        "author": people.ana.id,
        "requester": people.ana.id,
        "primary_contact": people.ana.id,
        "organization": aurora,
        "team": team[0]["id"],
        "assignee": None,
        "offered_to": None,
        "approval_asked_by": None,
        "alert": None,
        "attend_at": None,
        "channel": "form",
        "status": "new",
        "wait": None,
        "wait_until": None,
        "resolution": None,
        "workflow": "guiche",
        "is_answered": False,
        "answered_at": None,
        "created_at": NOW,
        "submitted_at": NOW,
        "updated_at": NOW,
        "resolved_at": None,
        "closed_at": None,
        "wakes_at": None,
        "lapses_at": None,
        "lapses_to": None,
        "answer_due": None,
        "solve_due": None,
        "solve_left": None,
        "due_at": None,
        "soon_at": None,
        "answer_seconds": None,
        "solve_seconds": None,
        "outcome": None,
    }
    assert await events_of(made.ticket) == [
        event("submission", people.ana, NOW, says="Vieram com outubro.", from_="draft", to="new")
    ]
    assert await messages_of(made.ticket) == [message(people.ana, NOW, "Vieram com outubro.", kind="opening")]


async def test_a_draft_is_kept_as_far_as_it_goes(people):
    made = await drafts.draft(Request("Pedido de livros", "Turmas novas"), by=people.ana, at=NOW)
    found = await row(made.ticket)
    assert (found["status"], found["title"], found["category"], found["organization"], found["submitted_at"]) == (
        "draft",
        "Pedido de livros",
        None,
        None,
        None,
    )
    assert await events_of(made.ticket) == [event("draft", people.ana, NOW, audience="internal")]
    assert await messages_of(made.ticket) == [message(people.ana, NOW, "Turmas novas", kind="opening")]


async def test_an_edited_draft_says_what_it_says_now(people):
    category, topic = await cast.subject()
    made = await drafts.draft(Request("Pedido", "Turmas novas"), by=people.ana, at=NOW)
    sheet = await cast.seen(made.ticket, people.ana)
    async with left_by_block(made.ticket) as left:
        wanted = Request("Pedido de livros", "Turmas 1A e 1B", category, topic)
        await drafts.update_draft(sheet, wanted, by=people.ana, at=LATER)
    assert left.row == {"title": "Pedido de livros", "category": category, "topic": topic, "updated_at": LATER}
    assert left.events == [event("edition", people.ana, LATER, audience="internal")]
    assert await messages_of(made.ticket) == [message(people.ana, LATER, "Turmas 1A e 1B", kind="opening")]


async def test_a_submitted_draft_keeps_its_description_and_its_files(people):
    category, topic = await cast.subject()
    first, second = await file(people.ana, "turmas.txt"), await file(people.ana, "livros.txt")
    made = await drafts.draft(Request("Pedido", "Turmas novas", category, topic, files=(first,)), by=people.ana, at=NOW)
    sheet = await cast.seen(made.ticket, people.ana)
    async with left_by_block(made.ticket) as left:
        wanted = Request("Pedido", "Turmas novas", category, topic, files=(second,))
        await submission.submit(sheet, wanted, by=people.ana, at=LATER)
    assert left.row["status"] == "new"
    assert left.events == [
        event(
            "submission",
            people.ana,
            LATER,
            says="Turmas novas",
            from_="draft",
            to="new",
            files=[
                {"id": first, "name": "turmas.txt", "size": 2},
                {"id": second, "name": "livros.txt", "size": 2},
            ],
        )
    ]
    assert left.messages == []


async def test_a_submitted_draft_has_in_copy_those_whom_its_form_named_last(people):
    category, topic = await cast.subject()
    wanted = Request("Pedido", "Turmas novas", category, topic, copies=("rui@aurora.example", "caio@horizonte.example"))
    made = await drafts.draft(wanted, by=people.ana, at=NOW)
    assert await copied(made.ticket) == ["rui@aurora.example", "caio@horizonte.example"]
    sheet = await cast.seen(made.ticket, people.ana)
    await submission.submit(sheet, replace(wanted, copies=("rui@aurora.example",)), by=people.ana, at=LATER)
    assert await copied(made.ticket) == ["rui@aurora.example"]


async def test_a_category_that_needs_approval_sends_there_first(people):
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    number = await cast.ticket(people.rui)
    assert (await row(number))["status"] == "approval"
    assert [(each["kind"], each["data"]) for each in await events_of(number)] == [
        ("submission", {"from": "draft", "to": "approval"})
    ]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"title": " "}, "title"),
        ({"description": "\n"}, "description"),
        ({"category": None, "topic": None}, "category"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_request_that_lacks_something_is_refused_and_not_kept(people, missing, field):
    category, topic = await cast.subject()
    wanted = replace(Request("Boletos", "Errados", category, topic), **missing)
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(wanted, by=people.ana, at=NOW)
    assert (refused.value.field, refused.value.code) == (field, "missing")
    assert await count("ticket") == await count("event") == await count("message") == 0


@pytest.mark.parametrize(
    ("too_long", "field"),
    [({"title": "t" * 201}, "title"), ({"description": "d" * 100_001}, "description")],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_request_that_is_too_long_is_refused_even_as_a_draft(people, too_long, field):
    with pytest.raises(Invalid) as refused:
        await drafts.draft(Request(**too_long), by=people.ana, at=NOW)
    assert (refused.value.field, refused.value.code) == (field, "too_long")
    assert await count("ticket") == 0


async def test_a_topic_of_another_category_is_refused(people):
    category, _ = await cast.subject("Cobrança", "Boletos")
    _, topic = await cast.subject("Material didático", "Troca")
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(Request("Boletos", "Errados", category, topic), by=people.ana, at=NOW)
    assert (refused.value.field, refused.value.code) == ("topic", "not_of_category")


async def test_a_category_that_is_not_offered_is_refused(people):
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(Request("Boletos", "Errados", 999_999), by=people.ana, at=NOW)
    assert (refused.value.field, refused.value.code) == ("category", "unknown")


async def test_a_retired_category_is_refused(people):
    category, topic = await cast.subject()
    await set_category("Cobrança", is_active=False, by=people.lia)
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(Request("Boletos", "Errados", category, topic), by=people.ana, at=NOW)
    assert (refused.value.field, refused.value.code) == ("category", "unknown")


async def test_who_belongs_to_several_organizations_says_for_which_one(people):
    horizonte = next(iter(people.caio.organizations))
    await memberships.add(people.ana.id, horizonte, sees=Sees.OWN, at=NOW)
    ana = await cast.fresh(people.ana)
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Errados", category, topic)
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(wanted, by=ana, at=NOW)
    assert refused.value.fields == {"organization": "which_organization"}
    said = await submission.open_ticket(replace(wanted, organization=horizonte), by=ana, at=NOW)
    assert (await row(said.ticket))["organization"] == horizonte


async def test_an_organization_that_is_not_the_persons_is_refused(people):
    aurora = next(iter(people.ana.organizations))
    category, topic = await cast.subject()
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(
            Request("Boletos", "Errados", category, topic, organization=aurora), by=people.caio, at=NOW
        )
    assert refused.value.field == "organization"
    assert await count("ticket") == 0


async def test_an_organization_that_does_not_exist_is_refused(people):
    category, topic = await cast.subject()
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(
            Request("Boletos", "Errados", category, topic, organization=999_999), by=people.caio, at=NOW
        )
    assert refused.value.field == "organization"


async def test_an_organization_one_has_only_asked_to_join_is_refused(people):
    aurora = next(iter(people.ana.organizations))
    await joining.request(people.caio.id, aurora, at=NOW)
    caio = await cast.fresh(people.caio)
    category, topic = await cast.subject()
    with pytest.raises(Invalid) as refused:
        await submission.open_ticket(
            Request("Boletos", "Errados", category, topic, organization=aurora), by=caio, at=NOW
        )
    assert refused.value.field == "organization"


async def test_an_agent_registers_for_somebody_else(people):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Ana ligou", category, topic, requester=people.ana.id, channel=Channel.PHONE)
    made = await submission.open_ticket(wanted, by=people.bia, at=NOW)
    found = await row(made.ticket)
    assert (found["author"], found["requester"], found["primary_contact"], found["organization"], found["channel"]) == (
        people.bia.id,
        people.ana.id,
        people.ana.id,
        next(iter(people.ana.organizations)),
        "phone",
    )


async def test_nobody_but_the_desk_registers_for_somebody_else(people):
    category, topic = await cast.subject()
    with pytest.raises(DeskError):
        await submission.open_ticket(
            Request("Boletos", "Errados", category, topic, requester=people.ana.id), by=people.caio, at=NOW
        )
    assert await count("ticket") == 0


@pytest.mark.parametrize("act", [drafts.update_draft, submission.submit])
async def test_nobody_touches_the_draft_of_another(people, act):
    category, topic = await cast.subject()
    wanted = Request("Pedido", "Turmas novas", category, topic)
    made = await drafts.draft(wanted, by=people.ana, at=NOW)
    sheet = await cast.seen(made.ticket, people.ana)
    async with left_by_block(made.ticket) as left:
        with pytest.raises(NotPermitted):
            await act(sheet, replace(wanted, title="Outro"), by=people.rui, at=LATER)
    assert left.nothing


async def test_a_new_ticket_sent_twice_is_one(people):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Errados", category, topic)
    first = await submission.open_ticket(wanted, by=people.ana, at=NOW, key="a-form-sent-once")
    second = await submission.open_ticket(wanted, by=people.ana, at=LATER, key="a-form-sent-once")
    assert (second, await count("ticket")) == (replace(first, is_repeat=True), 1)


async def test_a_draft_submitted_twice_is_submitted_once(people):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Errados", category, topic)
    made = await drafts.draft(wanted, by=people.ana, at=NOW)
    sheet = await cast.seen(made.ticket, people.ana)
    first = await submission.submit(sheet, wanted, by=people.ana, at=NOW, key="a-form-sent-once")
    second = await submission.submit(sheet, wanted, by=people.ana, at=LATER, key="a-form-sent-once")
    assert second == replace(first, is_repeat=True)
    assert [each["kind"] for each in await events_of(made.ticket)] == ["draft", "submission"]
