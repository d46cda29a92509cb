"""Everything that can be done to a ticket: what each action leaves behind, and that a refused one leaves nothing."""

import asyncio
from contextvars import Context
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast, leading
from tests.cast import NOW
from tests.leading import set_category
from tests.tickets.record.traces import copied, count, event, events_of, left_by_block, message, messages_of, row
from web.database import fetch
from web.errors import DeskError, Invalid, NotFound, NotFromHere, NotPermitted
from web.people import accounts, actors, memberships
from web.people.permissions import Actor, Role, Sees
from web.tickets.actions import assignment, cancellation, participants, replies, resolution, waits
from web.tickets.life.states import Channel, Priority, Resolution, Status, Wait
from web.tickets.record.attachments import pending_files, save_file
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


# Beginnings


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
    await memberships.add(people.caio.id, aurora, sees=Sees.OWN, at=NOW)
    await fetch("UPDATE membership SET confirmed_at = NULL WHERE person = {}", people.caio.id)
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


# The life of a ticket, one action at a time


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


async def test_a_question_waits_for_the_requester(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await waits.ask(sheet, "Qual é o CNPJ?", by=people.bia, at=LATER)
    assert left.row == {
        "status": "waiting",
        "wait": "requester",
        "is_answered": True,
        "answered_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event("question", people.bia, LATER, says="Qual é o CNPJ?", from_="open", to="waiting", wait="requester")
    ]
    assert left.messages == [message(people.bia, LATER, "Qual é o CNPJ?")]


async def test_a_wait_says_what_for(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await waits.wait(sheet, Wait.TEAM, by=people.bia, at=LATER)
    assert left.row == {"status": "waiting", "wait": "team", "updated_at": LATER}
    assert left.events == [event("wait", people.bia, LATER, wait="team", from_="open", to="waiting")]


async def test_a_wait_until_a_date_keeps_the_date_in_the_row_and_in_the_history(people):
    sheet, friday = await new(people, "open"), NOW + timedelta(days=4)
    async with left_by_block(sheet.number) as left:
        await waits.wait(sheet, Wait.UNTIL, until=friday, by=people.bia, at=LATER)
    assert left.row == {"status": "waiting", "wait": "until", "wait_until": friday, "updated_at": LATER}
    assert set(left.events[0]["data"]) == {"wait", "until", "from", "to"}


@pytest.mark.parametrize("until", [None, NOW, LATER])
async def test_a_wait_until_a_date_needs_one_to_come(people, until):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await waits.wait(sheet, Wait.UNTIL, until=until, by=people.bia, at=LATER)
    assert (refused.value.field, refused.value.code) == ("until", "not_in_future")
    assert left.nothing


async def test_work_resumes_where_it_was_held(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await waits.resume(sheet, by=people.bia, at=LATER)
    assert left.row == {"status": "open", "wait": None, "wait_until": None, "updated_at": LATER}
    assert left.events == [event("resumption", people.bia, LATER, from_="waiting", to="open")]


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
    await leading.live_by(preset)
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
    await leading.live_by(preset)
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


async def test_a_cancelled_ticket_is_closed_and_waits_for_nothing(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await cancellation.cancel(sheet, reason="Achamos os boletos.", by=people.ana, at=LATER)
    assert left.row == {
        "status": "closed",
        "wait": None,
        "wait_until": None,
        "resolution": "cancelled",
        "closed_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event("cancellation", people.ana, LATER, reason="Achamos os boletos.", from_="waiting", to="closed")
    ]


async def test_a_note_is_internal_and_moves_nothing_that_people_see(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await replies.note(sheet, "Ver com o N2.", by=people.bia, at=LATER)
    assert left.row == {}
    assert left.events == [event("note", people.bia, LATER, audience="internal", says="Ver com o N2.")]
    assert left.messages == [message(people.bia, LATER, "Ver com o N2.", kind="note")]


async def test_an_agents_reply_answers_and_moves_nothing(people):
    sheet = await new(people, "waiting_requester")
    await fetch("UPDATE ticket SET is_answered = {} WHERE id = {}", False, sheet.number)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Lembrando da pergunta.", by=people.bia, at=LATER)
    assert left.row == {"is_answered": True, "answered_at": LATER, "updated_at": LATER}
    assert left.events == [event("reply", people.bia, LATER, says="Lembrando da pergunta.")]


# The requester speaks


async def test_a_requesters_reply_ends_the_wait_for_them_in_the_same_event(people):
    sheet = await new(people, "waiting_requester")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "É 11.222.333/0001-81.", by=people.ana, at=LATER)
    assert left.row == {"status": "open", "wait": None, "updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="É 11.222.333/0001-81.", from_="waiting", to="open")]
    assert left.messages == [message(people.ana, LATER, "É 11.222.333/0001-81.")]


async def test_a_reply_that_is_refused_does_not_end_the_wait(people):
    sheet = await new(people, "waiting_requester")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid):
            await replies.reply(sheet, "Segue.", files=(999_999,), by=people.ana, at=LATER)
    assert left.nothing


async def test_an_agent_who_asked_ends_the_wait_for_them_by_replying(people):
    number = await cast.ticket(people.davi)
    sheet = await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.davi)
    async with left_by_block(number) as left:
        await replies.reply(sheet, "É o CNPJ da matriz.", by=people.davi, at=LATER)
    assert left.row == {"status": "open", "wait": None, "updated_at": LATER}


async def test_an_agent_who_asked_does_not_take_their_own_ticket_by_replying(people):
    number = await cast.ticket(people.davi)
    async with left_by_block(number) as left:
        await replies.reply(await cast.seen(number, people.davi), "Mais um detalhe.", by=people.davi, at=LATER)
    assert left.row == {"updated_at": LATER}


@pytest.mark.parametrize("state", ["waiting_team", "waiting_until", "waiting_children", "waiting_case"])
async def test_a_requesters_reply_does_not_end_a_wait_for_others(people, state):
    sheet = await new(people, state)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Alguma novidade?", by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="Alguma novidade?")]


@pytest.mark.parametrize("preset", ["central", "processo", "guiche"])
async def test_a_requesters_reply_reopens_where_the_workflow_says_so(people, preset):
    await leading.live_by(preset)
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Voltou a acontecer.", by=people.ana, at=LATER)
    assert left.row == {"status": "open", "resolution": None, "resolved_at": None, "updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="Voltou a acontecer.", from_="resolved", to="open")]


@pytest.mark.parametrize("preset", ["expresso", "aprovacao", "avaliacao"])
async def test_a_requesters_reply_on_a_resolved_ticket_is_refused_elsewhere(people, preset):
    await leading.live_by(preset)
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(NotFromHere):
            await replies.reply(sheet, "Voltou a acontecer.", by=people.ana, at=LATER)
    assert left.nothing


async def test_nobody_replies_on_a_closed_ticket(people):
    sheet = await new(people, "closed")
    async with left_by_block(sheet.number) as left:
        for who in (people.ana, people.bia):
            with pytest.raises(NotFromHere):
                await replies.reply(sheet, "Ainda?", by=who, at=LATER)
    assert left.nothing


# First edits


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
    await leading.live_by(preset)
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


# Copies


async def test_people_come_into_copy_by_the_address_that_was_typed(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await replies.reply(
            sheet,
            "Incluo a direção.",
            copies=(" Rui@Aurora.example", "direcao@aurora.example"),
            by=people.ana,
            at=LATER,
        )
    assert left.events == [
        event(
            "reply",
            people.ana,
            LATER,
            says="Incluo a direção.",
            copies=["Rui@Aurora.example", "direcao@aurora.example"],
        )
    ]
    assert await copied(sheet.number) == ["Rui@Aurora.example", "direcao@aurora.example"]
    assert (await cast.seen(sheet.number, people.rui)).number == sheet.number


async def test_an_address_not_seen_before_becomes_a_person_without_a_password(people):
    sheet = await new(people)
    await participants.add(sheet, ["direcao@aurora.example"], by=people.ana, at=LATER)
    person = await accounts.find("direcao@aurora.example")
    assert (person.name, person.role, person.password) == ("direcao", "requester", None)
    assert await accounts.identities(person.id) == [accounts.IdentityShown("email", "direcao@aurora.example", None)]


async def test_who_is_in_copy_already_stays_in_it_once(people):
    sheet = await new(people)
    await participants.add(sheet, ["rui@aurora.example"], by=people.ana, at=NOW)
    await participants.add(sheet, ["RUI@aurora.example", "rui@aurora.example"], by=people.ana, at=LATER)
    assert await copied(sheet.number) == ["rui@aurora.example"]


@pytest.mark.parametrize(
    ("addresses", "code"),
    [
        (["rui"], "not_addresses"),
        (["rui@aurora"], "not_addresses"),
        (["rui@aurora.example\r\nBcc: caio@horizonte.example"], "not_addresses"),
        (["=?utf-8?q?x=0D=0ABcc=3A_caio=40horizonte.example?=@fora.example"], "not_addresses"),
        (["=?utf-8?q?caio=40horizonte.example=2C?=@fora.example"], "not_addresses"),
        (["a@b@c.example"], "not_addresses"),
        (["rui@.example"], "not_addresses"),
        (["bia@guiche.example", "x" * 250 + "@a.br"], "not_addresses"),
        ([f"p{n}@aurora.example" for n in range(21)], "too_many"),
    ],
    ids=[
        "no-at",
        "no-dot",
        "header",
        "encoded-header",
        "encoded-recipient",
        "two-ats",
        "empty-label",
        "too-long",
        "too-many",
    ],
)
async def test_copies_that_cannot_be_are_refused_whole(people, addresses, code):
    sheet, known = await new(people), await count("person")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "Incluo.", copies=addresses, by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("copies", code)
    assert left.nothing
    assert (await copied(sheet.number), await count("person")) == ([], known)


# Files


async def test_files_go_with_the_message_they_were_sent_for(people):
    sheet, mine = await new(people), await file(people.ana, "boleto.pdf")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Segue.", files=(mine, mine), by=people.ana, at=LATER)
    assert left.events == [
        event("reply", people.ana, LATER, says="Segue.", files=[{"id": mine, "name": "boleto.pdf", "size": 2}])
    ]
    assert await pending_files(people.ana, [mine]) == []


@pytest.mark.parametrize("whose", ["another's", "spent", "unknown"])
async def test_a_file_that_is_not_theirs_to_give_is_refused_and_stays_where_it_was(people, whose):
    sheet, mine, foreign = await new(people), await file(people.ana, "a.txt"), await file(people.caio, "b.txt")
    await replies.reply(sheet, "Segue.", files=(mine,), by=people.ana, at=NOW)
    before = await fetch("SELECT id, message, person FROM attachment ORDER BY id")
    given = {"another's": foreign, "spent": mine, "unknown": 999_999}[whose]
    unsent = await file(people.ana, "c.txt")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "Segue outro.", files=(unsent, given), by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("files", "not_yours")
    assert left.nothing
    after = [{"id": unsent, "message": None, "person": people.ana.id}]
    assert await fetch("SELECT id, message, person FROM attachment ORDER BY id") == [*before, *after]


# Refusals


async def test_a_stranger_does_nothing_and_leaves_nothing(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        for attempt in (
            replies.reply(sheet, "Oi", by=people.caio, at=LATER),
            replies.note(sheet, "Oi", by=people.caio, at=LATER),
            participants.add(sheet, ["caio@horizonte.example"], by=people.caio, at=LATER),
            assignment.take(sheet, by=people.caio, at=LATER),
            cancellation.cancel(sheet, reason="", by=people.caio, at=LATER),
        ):
            with pytest.raises(NotPermitted):
                await attempt
    assert left.nothing
    assert await copied(sheet.number) == []


async def test_a_message_that_is_too_long_leaves_nothing(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "a" * 100_001, by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("body", "too_long")
    assert left.nothing


async def test_a_move_is_checked_against_the_ticket_as_it_is_and_not_as_it_was_seen(people):
    sheet = await new(people, "open")
    await cancellation.cancel(sheet, reason="Desisti.", by=people.ana, at=NOW)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(NotFromHere):
            await waits.ask(sheet, "Qual é o CNPJ?", by=people.bia, at=LATER)
    assert left.nothing


async def test_rights_are_those_of_the_ticket_as_it_is(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    sheet = await cast.seen(number, people.rui)
    await fetch("DELETE FROM participant WHERE ticket = {}", number)
    async with left_by_block(number) as left:
        with pytest.raises(NotPermitted):
            await replies.reply(sheet, "Ainda em cópia?", by=people.rui, at=LATER)
    assert left.nothing


async def test_a_ticket_that_is_gone_is_not_found(people):
    sheet = replace(await new(people), number=1)
    with pytest.raises(NotFound):
        await replies.reply(sheet, "Oi", by=people.ana, at=LATER)


# One-time keys


async def test_the_same_key_twice_makes_one_event_and_gives_the_same_answer(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        first = await replies.reply(sheet, "Oi", by=people.ana, at=NOW, key="a-form-sent-once")
        second = await replies.reply(sheet, "Oi de novo", by=people.ana, at=LATER, key="a-form-sent-once")
    assert (first.is_repeat, second) == (False, replace(first, is_repeat=True))
    assert left.events == [event("reply", people.ana, NOW, says="Oi")]


async def test_the_same_key_answers_even_where_the_move_would_no_longer_be_allowed(people):
    sheet = await new(people, "resolved")
    first = await resolution.confirm(sheet, by=people.ana, at=NOW, key="a-form-sent-once")
    assert await resolution.confirm(sheet, by=people.ana, at=LATER, key="a-form-sent-once") == replace(
        first, is_repeat=True
    )


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


async def test_a_key_is_its_owners_alone(people):
    sheet = await new(people)
    first = await replies.reply(sheet, "Oi", by=people.ana, at=NOW, key="a-form-sent-once")
    second = await replies.reply(sheet, "Olá", by=people.bia, at=LATER, key="a-form-sent-once")
    assert (first.is_repeat, second.is_repeat, first.event == second.event) == (False, False, False)


async def test_a_refused_form_may_be_sent_again_with_its_key(people):
    sheet = await new(people)
    with pytest.raises(Invalid):
        await replies.reply(sheet, "", by=people.ana, at=NOW, key="a-form-sent-once")
    made = await replies.reply(sheet, "Agora sim.", by=people.ana, at=LATER, key="a-form-sent-once")
    assert not made.is_repeat


@pytest.mark.parametrize("kind", ["reply", "ticket", "draft"])
async def test_f20_twenty_equal_forms_at_once_make_one_event_and_twenty_equal_answers(people, kind):
    category, topic = await cast.subject()
    wanted, sheet = Request("Boletos", "Errados", category, topic), await new(people)
    before = await count("event")

    def send():
        if kind == "reply":
            return replies.reply(sheet, "Oi", by=people.ana, at=LATER, key="a-form-sent-once")
        action = submission.open_ticket if kind == "ticket" else drafts.draft
        return action(wanted, by=people.ana, at=LATER, key="a-form-sent-once")

    made = await together(*(send() for _ in range(20)))
    assert len({(each.ticket, each.event) for each in made}) == 1
    assert sorted(each.is_repeat for each in made) == [False] + [True] * 19
    assert await count("event") == before + 1


async def test_f24_replies_at_once_are_all_kept(people):
    sheet = await new(people, "open")
    said = [f"Mensagem {n}" for n in range(12)]
    await together(*(replies.reply(sheet, body, by=people.ana, at=LATER) for body in said))
    assert sorted(each["body"] for each in await messages_of(sheet.number)) == sorted(
        ["Os boletos vieram com o valor de outubro.", *said]
    )


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


async def test_the_history_of_a_life_is_told_in_order(people):
    sheet = await new(people)
    await assignment.take(sheet, by=people.bia, at=NOW)
    await waits.ask(sheet, "Qual?", by=people.bia, at=NOW)
    await replies.reply(sheet, "Este.", by=people.ana, at=NOW)
    await resolution.solve(sheet, message=NewMessage("Feito."), by=people.bia, at=NOW)
    await resolution.object_to(sheet, "Não.", by=people.ana, at=NOW)
    await resolution.solve(sheet, message=NewMessage("Agora sim."), by=people.bia, at=NOW)
    await resolution.confirm(sheet, by=people.ana, at=NOW)
    assert [
        (each["kind"], each["data"].get("from"), each["data"].get("to")) for each in await events_of(sheet.number)
    ] == [
        ("submission", "draft", "new"),
        ("take", "new", "open"),
        ("question", "open", "waiting"),
        ("reply", "waiting", "open"),
        ("solution", "open", "resolved"),
        ("objection", "resolved", "open"),
        ("solution", "open", "resolved"),
        ("confirmation", "resolved", "closed"),
    ]


async def test_a_robot_works_as_an_agent_and_is_named_in_the_history(people):
    number = await accounts.create("Robô", ["robo@guiche.example"], role=Role.AGENT, is_robot=True, at=NOW)
    robot = await actors.of_person(number)
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await resolution.solve(sheet, message=NewMessage("Segunda via enviada."), by=robot, at=LATER)
    assert [(each["kind"], each["actor"]) for each in left.events] == [("take", robot.id), ("solution", robot.id)]
    assert left.row["status"] == Status.RESOLVED


async def new(people, state: str = "new"):
    """Ana's ticket, brought to that state by Bia."""
    number = await cast.ticket(people.ana)
    return await cast.brought_to(number, state, by=people.bia, asker=people.ana)


async def file(person: Actor, name: str) -> int:
    return await save_file(name=name, media_type="text/plain", size=2, sha256="0" * 64, person=person.id, at=NOW)


async def together(*calls, refusals: bool = False):
    """Runs all concurrently, each as a request of its own."""
    tasks = [asyncio.get_running_loop().create_task(call, context=Context()) for call in calls]
    return await asyncio.gather(*tasks, return_exceptions=refusals)
