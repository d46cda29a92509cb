"""Approvals by the organization: of a new request, and asked for by an agent."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import set_category
from tests.tickets.record.traces import event, left_by_block, message, row
from web.database import fetch
from web.errors import Invalid, NotFromHere, NotPermitted, Overtaken
from web.people import memberships
from web.people.permissions import Sees
from web.tickets.actions import approvals, merges
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_an_approval_lets_the_work_begin(people):
    sheet = await to_approve(people)
    async with left_by_block(sheet.number) as left:
        await approvals.approve(sheet, by=people.ana, at=LATER)
    assert left.row == {"status": "new", "updated_at": LATER}
    assert left.events == [event("approval", people.ana, LATER, from_="approval", to="new")]
    assert await decisions() == [(people.ana.id, True, None, LATER)]


async def test_the_desk_may_ask_the_organization_for_leave_to_go_on(people):
    sheet = await cast.brought_to(await cast.ticket(people.rui), "open", by=people.bia, asker=people.rui)
    async with left_by_block(sheet.number) as left:
        await approvals.ask_approval(sheet, "São mais R$ 300,00 por mês.", by=people.bia, at=LATER)
    assert left.events == [
        event("approval_request", people.bia, LATER, says="São mais R$ 300,00 por mês.", from_="open", to="approval")
    ]
    assert left.messages == [message(people.bia, LATER, "São mais R$ 300,00 por mês.")]
    assert left.row["status"] == "approval"


async def test_leave_that_is_given_brings_the_work_back_to_who_had_it(people):
    sheet = await asked(people)
    async with left_by_block(sheet.number) as left:
        await approvals.approve(await seen(sheet, people.ana), by=people.ana, at=LATER)
    assert left.events == [event("approval", people.ana, LATER, from_="approval", to="open")]
    assert left.row == {"status": "open", "approval_asked_by": None, "updated_at": LATER}
    with pytest.raises(NotFromHere):
        await approvals.approve(sheet, by=people.ana, at=LATER)


async def test_leave_that_is_refused_brings_the_work_back_with_the_reason(people):
    sheet = await asked(people)
    async with left_by_block(sheet.number) as left:
        await approvals.disapprove(await seen(sheet, people.ana), reason="Caro demais.", by=people.ana, at=LATER)
    assert left.events == [event("refusal", people.ana, LATER, reason="Caro demais.", from_="approval", to="open")]
    assert left.row == {"status": "open", "approval_asked_by": None, "updated_at": LATER}


async def test_an_answer_to_what_was_asked_before_is_no_answer_to_what_is_asked_now(people):
    sheet = await asked(people)
    shown = await latest_event()
    await approvals.withdraw(await seen(sheet, people.bia), by=people.bia, at=LATER)
    await approvals.ask_approval(await seen(sheet, people.bia), "São R$ 900,00.", by=people.bia, at=LATER)
    async with left_by_block(sheet.number) as left:
        for answer in (approvals.approve, partial(approvals.disapprove, reason="Caro demais.")):
            with pytest.raises(Overtaken):
                await answer(await seen(sheet, people.ana), seen=shown, by=people.ana, at=LATER)
    assert left.nothing
    await approvals.approve(await seen(sheet, people.ana), seen=await latest_event(), by=people.ana, at=LATER)
    assert (await row(sheet.number))["status"] == "open"


async def test_who_asks_for_leave_does_not_give_it(people):
    (aurora,) = people.rui.organizations
    await memberships.add(people.bia.id, aurora, sees=Sees.OWN, approves=True, at=NOW)
    bia = await cast.fresh(people.bia)
    sheet = await cast.brought_to(await cast.ticket(people.rui), "leave", by=bia, asker=people.rui)
    with pytest.raises(NotPermitted):
        await approvals.approve(sheet, by=bia, at=LATER)
    assert (await portal.page(Filter(scope="approvals"), by=bia)).rows == []
    assert [each.id for each in (await portal.page(Filter(scope="approvals"), by=people.ana)).rows] == [sheet.number]


async def test_the_desk_may_go_on_without_the_leave_that_it_asked_for_but_not_without_the_categorys(people):
    sheet = await asked(people)
    async with left_by_block(sheet.number) as left:
        await approvals.withdraw(sheet, by=people.davi, at=LATER)
    assert left.events == [event("withdrawal", people.davi, LATER, from_="approval", to="open")]
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    number = await cast.ticket(people.rui)
    with pytest.raises(NotFromHere):
        await approvals.withdraw(await cast.seen(number, people.bia), by=people.bia, at=LATER)


async def test_leave_is_asked_only_where_somebody_else_may_give_it(people):
    sheet = await cast.brought_to(await cast.ticket(people.ana), "open", by=people.bia, asker=people.ana)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(NotFromHere):
            await approvals.ask_approval(sheet, "São mais R$ 300,00 por mês.", by=people.bia, at=LATER)
    assert left.nothing


async def test_leave_asked_for_outlives_a_merge_that_is_undone(people):
    sheet, other = await asked(people), await cast.ticket(people.rui, "Outro")
    await merges.merge(sheet, other, by=people.bia, at=LATER)
    await merges.unmerge(await seen(sheet, people.bia), by=people.bia, at=LATER)
    await approvals.approve(await seen(sheet, people.ana), by=people.ana, at=LATER)
    assert (await row(sheet.number))["status"] == "open"


async def test_a_refusal_ends_it_with_a_reason(people):
    sheet = await to_approve(people)
    async with left_by_block(sheet.number) as left:
        for reason, code in (("", "missing"), (" \n", "missing"), ("a" * 2_001, "too_long")):
            with pytest.raises(Invalid) as refused:
                await approvals.disapprove(sheet, reason=reason, by=people.ana, at=LATER)
            assert refused.value.fields == {"reason": code}
    assert (left.nothing, await decisions()) == (True, [])
    async with left_by_block(sheet.number) as left:
        await approvals.disapprove(sheet, reason="Já pedimos.", by=people.ana, at=LATER)
    assert left.row == {"status": "closed", "resolution": "refused", "closed_at": LATER, "updated_at": LATER}
    assert left.events == [event("refusal", people.ana, LATER, reason="Já pedimos.", from_="approval", to="closed")]
    assert await decisions() == [(people.ana.id, False, "Já pedimos.", LATER)]


@pytest.mark.parametrize("who", ["rui", "caio", "bia"])
async def test_who_holds_no_grant_decides_nothing(people, who):
    sheet = await to_approve(people)
    async with left_by_block(sheet.number) as left:
        for attempt in (
            approvals.approve(sheet, by=getattr(people, who), at=LATER),
            approvals.disapprove(sheet, reason="", by=getattr(people, who), at=LATER),
        ):
            with pytest.raises(NotPermitted):
                await attempt
    assert (left.nothing, await decisions()) == (True, [])


async def seen(sheet, by):
    return await cast.seen(sheet.number, by)


async def latest_event():
    return (await fetch("SELECT max(id) AS id FROM event"))[0]["id"]


async def to_approve(people):
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    return await cast.seen(await cast.ticket(people.rui), people.ana)


async def decisions():
    rows = await fetch("SELECT decided_by, is_approved, reason, at FROM approval")
    return [(row["decided_by"], bool(row["is_approved"]), row["reason"], row["at"]) for row in rows]


async def asked(people):
    """Rui's ticket, for which Bia requests the school's approval; Ana may give it."""
    return await cast.brought_to(await cast.ticket(people.rui), "leave", by=people.bia, asker=people.rui)
