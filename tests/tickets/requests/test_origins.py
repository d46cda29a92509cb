"""Tickets made from others: follow-ups, copies, and the two tickets of a recorded contact."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import set_category
from tests.tickets.record.traces import copied, count, event, events_of, message, messages_of, row
from web.database import fetch
from web.errors import Invalid, NotFromHere, NotPermitted
from web.tickets.life.states import Channel, Priority
from web.tickets.record.attachments import save_file
from web.tickets.record.messages import NewMessage
from web.tickets.requests import copies, submission
from web.tickets.requests.drafts import Request
from web.tickets.requests.first_contact import record_contact

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def closed(people, **more):
    return await cast.brought_to(await cast.ticket(people.ana, **more), "closed", by=people.bia, asker=people.ana)


async def links():
    rows = await fetch("SELECT ticket, other, kind FROM link ORDER BY id")
    return [(each["ticket"], each["other"], each["kind"]) for each in rows]


async def file(by, name):
    return await save_file(name=name, media_type="text/csv", size=4, sha256="a" * 64, person=by.id, at=NOW)


async def test_a_follow_up_begins_as_a_draft_like_what_it_follows(people):
    sheet = await closed(people, copies=("rui@aurora.example",))
    made = await copies.follow_up(sheet, "E as carteirinhas?", by=people.ana, at=LATER)
    draft, origin = await row(made.ticket), await row(sheet.number)
    kept = ("category", "topic", "organization", "requester", "primary_contact")
    assert [draft[name] for name in kept] == [origin[name] for name in kept]
    assert (draft["status"], draft["title"], draft["created_at"]) == ("draft", "", LATER)
    assert await messages_of(made.ticket) == [message(people.ana, LATER, "E as carteirinhas?", kind="opening")]
    assert await copied(made.ticket) == ["rui@aurora.example"]
    assert await events_of(made.ticket) == [
        event("draft", people.ana, LATER, audience="internal", follow_up=sheet.number)
    ]
    assert await links() == [(made.ticket, sheet.number, "follow_up")]


async def test_the_ticket_it_follows_learns_of_it_when_it_is_sent(people):
    sheet = await closed(people)
    before = await events_of(sheet.number)
    made = await copies.follow_up(sheet, by=people.ana, at=NOW)
    assert await events_of(sheet.number) == before
    category, topic = await cast.subject()
    wanted = Request("De novo", "Voltou.", category, topic)
    await submission.submit(await cast.seen(made.ticket, people.ana), wanted, by=people.ana, at=LATER)
    assert await events_of(sheet.number) == [*before, event("follow_up", people.ana, LATER, number=made.ticket)]
    assert (await row(sheet.number))["status"] == "closed"


async def test_a_person_in_copy_follows_up_in_their_own_name(people):
    sheet = await closed(people, copies=("caio@horizonte.example", "rui@aurora.example"))
    made = await copies.follow_up(await cast.seen(sheet.number, people.caio), by=people.caio, at=LATER)
    draft = await row(made.ticket)
    assert (draft["requester"], draft["organization"]) == (people.caio.id, None)
    assert await copied(made.ticket) == ["rui@aurora.example"]


async def test_what_is_not_offered_any_more_is_left_open(people):
    sheet = await closed(people)
    await set_category("Cobrança", is_active=False, by=people.lia)
    made = await copies.follow_up(sheet, by=people.ana, at=LATER)
    draft = await row(made.ticket)
    assert (draft["category"], draft["topic"]) == (None, None)


async def test_a_follow_up_sent_twice_is_one_draft(people):
    sheet = await closed(people)
    first = await copies.follow_up(sheet, by=people.ana, at=LATER, key="a" * 16)
    again = await copies.follow_up(sheet, by=people.ana, at=LATER, key="a" * 16)
    assert (again.ticket, again.is_repeat, await count("link")) == (first.ticket, True, 1)


async def test_open_work_has_no_follow_up_and_leaves_no_draft(people):
    sheet = await cast.seen(await cast.ticket(people.ana), people.ana)
    with pytest.raises(NotFromHere):
        await copies.follow_up(sheet, by=people.ana, at=LATER)
    with pytest.raises(NotPermitted):
        await copies.follow_up(sheet, by=people.caio, at=LATER)
    assert (await count("ticket"), await count("link")) == (1, 0)


async def test_a_copy_has_all_that_the_ticket_was_opened_with(people):
    category, topic = await cast.subject()
    wanted = Request(
        "Boletos",
        "Vieram errados.",
        category,
        topic,
        priority=Priority.URGENT,
        copies=("rui@aurora.example",),
        files=[await file(people.ana, "lista.csv")],
    )
    number = (await submission.open_ticket(wanted, by=people.ana, at=NOW)).ticket
    made = await copies.duplicate(await cast.seen(number, people.ana), by=people.ana, at=LATER)
    draft, origin = await row(made.ticket), await row(number)
    kept = ("title", "category", "topic", "priority", "organization", "requester", "primary_contact", "workflow")
    assert [draft[name] for name in kept] == [origin[name] for name in kept]
    assert (draft["status"], draft["channel"]) == ("draft", "form")
    assert await messages_of(made.ticket) == [message(people.ana, LATER, "Vieram errados.", kind="opening")]
    assert await copied(made.ticket) == ["rui@aurora.example"]
    assert await links() == [(made.ticket, number, "duplicate")]
    rows = await fetch("SELECT name, size, sha256, person FROM attachment ORDER BY id")
    assert rows == [{"name": "lista.csv", "size": 4, "sha256": "a" * 64, "person": people.ana.id}] * 2


async def test_an_agent_copies_for_the_same_requester(people):
    number = await cast.ticket(people.rui)
    made = await copies.duplicate(await cast.seen(number, people.bia), by=people.bia, at=LATER)
    draft = await row(made.ticket)
    assert (draft["author"], draft["requester"]) == (people.bia.id, people.rui.id)


async def call(people, **more):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Rui ligou.", category, topic, requester=people.rui.id, channel=Channel.PHONE)
    return replace(wanted, **more)


async def test_a_contact_is_born_resolved_with_the_events_it_would_have_had(people):
    made = await record_contact(
        await call(people), message=NewMessage("Enviei a segunda via."), by=people.bia, at=LATER, key="a" * 16
    )
    found = await row(made.ticket)
    assert {name: found[name] for name in ("status", "resolution", "channel", "author", "requester", "assignee")} == {
        "status": "resolved",
        "resolution": "communicated",
        "channel": "phone",
        "author": people.bia.id,
        "requester": people.rui.id,
        "assignee": people.bia.id,
    }
    assert (found["submitted_at"], found["resolved_at"], found["closed_at"]) == (LATER, LATER, None)
    assert (found["organization"], bool(found["is_answered"])) == (next(iter(people.rui.organizations)), True)
    was = {"team": found["team"], "assignee": None, "offered_to": None}
    assert await events_of(made.ticket) == [
        event("submission", people.bia, LATER, says="Rui ligou.", from_="draft", to="new"),
        event("take", people.bia, LATER, from_="new", to="open", assignee=people.bia.id, was=was),
        event(
            "solution",
            people.bia,
            LATER,
            says="Enviei a segunda via.",
            from_="open",
            to="resolved",
            method="communicated",
        ),
    ]
    assert await messages_of(made.ticket) == [
        message(people.bia, LATER, "Rui ligou.", kind="opening"),
        message(people.bia, LATER, "Enviei a segunda via.", is_resolution=True),
    ]
    assert await links() == []


async def test_with_handling_a_new_ticket_with_the_same_files_is_linked(people):
    wanted = await call(people, files=[await file(people.bia, "foto.png")], copies=("ana@aurora.example",))
    made = await record_contact(wanted, handling=True, by=people.bia, at=LATER, key="a" * 16)
    ((work, contact, kind),) = await links()
    assert (contact, kind) == (made.ticket, "handling")
    found = await row(work)
    assert (found["status"], found["title"], found["requester"], found["channel"], found["assignee"]) == (
        "new",
        "Boletos",
        people.rui.id,
        "phone",
        None,
    )
    assert [each["kind"] for each in await events_of(work)] == ["submission"]
    assert (await copied(contact), await copied(work)) == (["ana@aurora.example"],) * 2
    assert [each["name"] for each in await fetch("SELECT name FROM attachment")] == ["foto.png"] * 2

    again = await record_contact(wanted, handling=True, by=people.bia, at=LATER, key="a" * 16)
    assert (again.ticket, again.is_repeat, await count("ticket")) == (made.ticket, True, 2)


async def test_a_contact_needs_no_approval_but_its_handling_may(people):
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    made = await record_contact(await call(people), handling=True, by=people.bia, at=LATER)
    ((work, _, _),) = await links()
    assert ((await row(made.ticket))["status"], (await row(work))["status"]) == ("resolved", "approval")


async def test_only_an_agent_records_a_contact_and_a_wrong_one_leaves_nothing(people):
    category, topic = await cast.subject()
    with pytest.raises(NotPermitted):
        await record_contact(Request("Oi", "Oi", category, topic), by=people.ana, at=LATER)
    with pytest.raises(Invalid) as refused:
        await record_contact(Request("", "Oi"), message=NewMessage(" "), by=people.bia, at=LATER)
    assert refused.value.fields == {"category": "missing", "title": "missing", "body": "missing"}
    assert await count("ticket") == 0


async def test_one_sees_of_linked_tickets_those_in_ones_sight(people):
    sheet = await closed(people, copies=("caio@horizonte.example",))
    made = await copies.follow_up(sheet, by=people.ana, at=LATER)
    seen = {
        name: [(each.number, each.kind, each.is_origin) for each in (await cast.seen(sheet.number, who)).links]
        for name, who in (("ana", people.ana), ("caio", people.caio), ("bia", people.bia))
    }
    assert seen == {"ana": [(made.ticket, "follow_up", False)], "caio": [], "bia": []}
    draft = await cast.seen(made.ticket, people.ana)
    assert [(each.number, each.is_origin) for each in draft.links] == [(sheet.number, True)]
