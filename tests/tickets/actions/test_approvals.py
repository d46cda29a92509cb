"""What the requester's side decides, row by row: approvals, ratings, thanks, and who is in copy."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast, leading
from tests.cast import NOW
from tests.leading import set_category
from tests.tickets.record.traces import copied, event, left_by_block, message, row
from web.database import fetch
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken
from web.people import memberships
from web.people.permissions import Sees
from web.tickets.actions import approvals, merges, participants, replies, resolution
from web.tickets.actions.ratings import rate
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)
RATED = {"service": 5, "quality": 4, "comment": "Rápido."}


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def resolved(people, preset="guiche"):
    await leading.live_by(preset)
    return await cast.brought_to(await cast.ticket(people.ana), "resolved", by=people.bia, asker=people.ana)


async def seen(sheet, by):
    return await cast.seen(sheet.number, by)


async def latest_event():
    return (await fetch("SELECT max(id) AS id FROM event"))[0]["id"]


async def ratings():
    return await fetch("SELECT person, service, quality, comment, at, edited_at FROM rating ORDER BY id")


async def test_thanks_are_a_message_that_moves_nothing(people):
    sheet = await resolved(people)
    async with left_by_block(sheet.number) as left:
        await replies.thank(sheet, "Muito obrigada!", by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("thanks", people.ana, LATER, says="Muito obrigada!")]
    assert left.messages == [message(people.ana, LATER, "Muito obrigada!")]


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
    await fetch("UPDATE ticket SET status = 'closed', closed_at = {} WHERE id = {}", NOW, sheet.number)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Overtaken):
            await rate(sheet, **RATED, by=people.ana, at=LATER)
    assert (left.nothing, await ratings()) == (True, [])


@pytest.mark.parametrize("end", ["cancelled", "refused", "spam"])
async def test_what_was_not_solved_is_not_rated(people, end):
    sheet = await resolved(people)
    closed = "UPDATE ticket SET status = 'closed', resolution = {}, closed_at = {} WHERE id = {}"
    await fetch(closed, end, NOW, sheet.number)
    with pytest.raises(NotFromHere):
        await rate(sheet, **RATED, by=people.ana, at=LATER)


async def to_approve(people):
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    return await cast.seen(await cast.ticket(people.rui), people.ana)


async def decisions():
    rows = await fetch("SELECT decided_by, is_approved, reason, at FROM approval")
    return [(row["decided_by"], bool(row["is_approved"]), row["reason"], row["at"]) for row in rows]


async def test_an_approval_lets_the_work_begin(people):
    sheet = await to_approve(people)
    async with left_by_block(sheet.number) as left:
        await approvals.approve(sheet, by=people.ana, at=LATER)
    assert left.row == {"status": "new", "updated_at": LATER}
    assert left.events == [event("approval", people.ana, LATER, from_="approval", to="new")]
    assert await decisions() == [(people.ana.id, True, None, LATER)]


async def asked(people):
    """Rui's ticket, for which Bia requests the school's approval; Ana may give it."""
    return await cast.brought_to(await cast.ticket(people.rui), "leave", by=people.bia, asker=people.rui)


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


async def found(words, by):
    page = await portal.page(Filter(scope="copied", words=words), by=by)
    return [row.id for row in page.rows]


async def test_who_is_taken_out_of_copy_no_longer_sees_or_finds_the_ticket(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example", "caio@horizonte.example"))
    sheet = await cast.seen(number, people.ana)
    await replies.note(sheet, "Ver o contrato.", by=people.bia, at=NOW)
    assert await found("boletos", people.caio) == [number]
    async with left_by_block(number) as left:
        await participants.remove(sheet, people.caio.id, by=people.ana, at=LATER)
    assert left.events == [event("participation", people.ana, LATER, removed=["caio@horizonte.example"])]
    assert await copied(number) == ["rui@aurora.example"]
    with pytest.raises(NotFound):
        await cast.seen(number, people.caio)
    assert await found("boletos", people.caio) == []
    assert await found("boletos", people.rui) == [number]
    desk = await portal.page(Filter(scope="all", words="contrato"), by=people.davi)
    assert [row.id for row in desk.rows] == [number]
    mine = await portal.page(Filter(scope="mine", words="outubro"), by=people.ana)
    assert [row.id for row in mine.rows] == [number]


async def test_one_takes_out_oneself_and_whom_one_put_in_and_requester_and_desk_anybody(people):
    copies = ("rui@aurora.example", "caio@horizonte.example")
    allowed = set()
    for who in ("ana", "rui", "caio", "bia"):
        for whom in ("rui", "caio"):
            number = await cast.ticket(people.ana, copies=copies)
            try:
                sheet = await cast.seen(number, people.ana)
                await participants.remove(sheet, getattr(people, whom).id, by=getattr(people, who), at=NOW)
            except NotPermitted:
                continue
            allowed.add((who, whom))
    assert allowed == {
        *(("ana", "rui"), ("ana", "caio"), ("bia", "rui"), ("bia", "caio")),
        *(("rui", "rui"), ("caio", "caio")),
    }
    sheet = await cast.seen(await cast.ticket(people.ana, copies=("rui@aurora.example",)), people.rui)
    await participants.add(sheet, ["caio@horizonte.example"], by=people.rui, at=NOW)
    await participants.remove(sheet, people.caio.id, by=people.rui, at=NOW)
    assert await copied(sheet.number) == ["rui@aurora.example"]


async def test_nobody_is_taken_out_who_is_not_in(people):
    sheet = await cast.seen(await cast.ticket(people.ana), people.ana)
    async with left_by_block(sheet.number) as left:
        for person in (people.caio.id, 10**12):
            with pytest.raises(NotFound):
                await participants.remove(sheet, person, by=people.ana, at=LATER)
        with pytest.raises(Invalid) as refused:
            await participants.add(sheet, [], by=people.ana, at=LATER)
    assert (left.nothing, refused.value.fields) == (True, {"copies": "missing"})
