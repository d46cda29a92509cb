"""Changes of SLA settings: their effect on open tickets."""

import asyncio
import json
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from web.business_time.durations import Unit
from web.database import fetch, rehearsal
from web.errors import Invalid, NotFound, NotPermitted
from web.people.permissions import Actor
from web.tickets.actions import assignment, timers, waits
from web.tickets.life.states import Priority
from web.tickets.sla import impact, policy, settings, stored_deadlines
from web.tickets.sla.deadlines import deadlines_of
from web.tickets.sla.impact import Change
from web.tickets.sla.policy import PolicyKey
from web.tickets.sla.settings_rules import CalendarInput, ClosureInput, TargetInput, Week
from web.tickets.sla.targets import Promise

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
OFFICE: Week = (((32400, 64800),),) * 5 + ((), ())
TOMORROW = date(2026, 11, 24)
SOLUTION = TargetInput(Promise.RESOLUTION, 12, Unit.BUSINESS_HOURS, 1)
"""Of a ticket opened on Monday at nine: due on Tuesday at noon."""


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def settle(people: cast.Cast, change: Change, *, at: datetime = NOW) -> None:
    await impact.apply_change(change, by=people.lia, at=at)


async def promised(people: cast.Cast, wanted: TargetInput = SOLUTION) -> None:
    await settle(people, partial(settings.promise, wanted))


def closing(first: date, last: date | None = None, **of: int) -> Change:
    return partial(settings.close, ClosureInput("Padroeira", first, last or first), **(of or {"calendar": 1}))


async def due(number: int) -> datetime | None:
    (row,) = await fetch("SELECT solve_due FROM ticket WHERE id = {}", number)
    return row["solve_due"]


async def log(number: int) -> list[tuple[str, object, object, object]]:
    """The recomputations that a ticket's log tells: for whom, why, and the old and new instant."""
    rows = await fetch("SELECT audience, data FROM event WHERE ticket = {} AND kind = 'deadline' ORDER BY id", number)
    told = [(row["audience"], json.loads(row["data"])) for row in rows]
    return [
        (
            audience,
            data["why"],
            datetime.fromisoformat(data["old"]["solve_due"]),
            datetime.fromisoformat(data["new"]["solve_due"]),
        )
        for audience, data in told
    ]


async def everything_of(number: int) -> list[object]:
    return [
        await fetch("SELECT * FROM ticket WHERE id = {}", number),
        await fetch("SELECT * FROM event WHERE ticket = {} ORDER BY id", number),
    ]


# Faults


async def test_f30_a_holiday_added_or_taken_away_recomputes_what_is_open_and_leaves_closed_ones_alone(people):
    await promised(people)
    still_open, closed = await cast.ticket(people.ana), await cast.ticket(people.ana, "Outro")
    await cast.brought_to(closed, "closed", by=people.bia, asker=people.ana)
    untouched = await everything_of(closed)
    noon = NOW + DAY + 3 * HOUR
    assert await due(still_open) == noon

    await settle(people, closing(TOMORROW))
    assert await due(still_open) == noon  # until the worker comes
    await timers.run_due(NOW)
    assert await due(still_open) == noon + DAY

    (added,) = await fetch("SELECT id FROM closure")
    await settle(people, partial(settings.reopen, added["id"]), at=NOW + HOUR)
    await timers.run_due(NOW + HOUR)
    assert await due(still_open) == noon
    assert await log(still_open) == [
        ("internal", "calendar", noon, noon + DAY),
        ("internal", "calendar", noon + DAY, noon),
    ]
    assert await everything_of(closed) == untouched


async def test_f30_a_holiday_of_the_past_gives_back_the_time_that_had_run(people):
    await promised(people)
    number = await cast.ticket(people.ana)
    await settle(people, closing(TOMORROW - DAY), at=NOW + 2 * HOUR)
    await timers.run_due(NOW + 2 * HOUR)
    assert await due(number) == NOW + 2 * DAY + 3 * HOUR


async def test_f30_a_timer_whose_instant_moved_away_does_not_ring_at_the_old_one(people):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    (row,) = await fetch("SELECT lapses_at FROM ticket WHERE id = {}", number)
    await settle(people, closing(TOMORROW))
    moments = (row["lapses_at"], row["lapses_at"] + 15 * HOUR, row["lapses_at"] + DAY)
    seen = []
    for at in moments:
        await timers.run_due(at)
        (now,) = await fetch("SELECT status FROM ticket WHERE id = {}", number)
        seen.append(now["status"])
    assert seen == ["waiting", "waiting", "resolved"]


@pytest.mark.parametrize("week", [((),) * 7, (((32400, 32400),),) * 7, (((64800, 32400),),) * 7])
async def test_f31_a_calendar_that_never_opens_is_refused_and_the_old_one_goes_on(people, week):
    await promised(people)
    with pytest.raises(Invalid):
        await settle(
            people, partial(settings.save_calendar, CalendarInput("Vazio", "America/Sao_Paulo", week), number=1)
        )
    with pytest.raises(Invalid):
        await settle(people, partial(settings.save_calendar, CalendarInput("Vazio", "America/Sao_Paulo", week)))
    number = await cast.ticket(people.ana)
    assert (await due(number), len(await fetch("SELECT id FROM calendar"))) == (NOW + DAY + 3 * HOUR, 1)


async def test_f31_recesses_that_would_never_end_are_refused(people):
    await promised(people)
    (organization,) = people.ana.organizations
    first, refused = TOMORROW, None
    for _ in range(13):
        last = first + timedelta(days=366)
        try:
            await settle(people, closing(first, last, organization=organization))
        except Invalid as error:
            refused = error.fields
        first = last + DAY
    assert refused == {"last": "never_due"}
    assert await due(await cast.ticket(people.ana, at=NOW)) is not None


# What is touched


async def touched(people: cast.Cast, change: Change) -> list[int]:
    effect = await impact.preview(change, by=people.lia, at=NOW)
    assert effect.touched == len(effect.shifts)
    return sorted(shift.number for shift in effect.shifts)


async def test_a_calendar_touches_the_tickets_of_its_teams_and_those_promised_something_on_it(people):
    first = await cast.ticket(people.ana)
    second = await cast.ticket(people.ana, category="Sistema de avaliações", topic="Resultados")
    await settle(people, partial(settings.save_calendar, CalendarInput("Plantão", "America/Belem", OFFICE)))
    (new,) = await fetch("SELECT id FROM calendar WHERE name = 'Plantão'")
    (team,) = await fetch("SELECT team FROM ticket WHERE id = {}", second)
    seen = [await touched(people, closing(TOMORROW, calendar=new["id"]))]
    await settle(people, partial(settings.use_calendar, new["id"], team=team["team"]))
    seen.append(await touched(people, closing(TOMORROW, calendar=new["id"])))
    seen.append(await touched(people, closing(TOMORROW, calendar=1)))
    category, _ = await cast.subject()
    await promised(people, TargetInput(Promise.RESOLUTION, 8, Unit.BUSINESS_HOURS, new["id"], category=category))
    seen.append(await touched(people, closing(TOMORROW, calendar=new["id"])))
    assert seen == [[], [second], [first], [first, second]]


async def test_a_target_touches_those_of_its_priority_and_category_before_and_after(people):
    first, second = await cast.ticket(people.ana), await cast.ticket(people.ana, "Urgente")
    await cast.set_priority(second, "urgent", by=people.bia)
    urgent = TargetInput(Promise.RESOLUTION, 4, Unit.BUSINESS_HOURS, 1, priority=Priority.URGENT)
    normal = TargetInput(Promise.RESOLUTION, 4, Unit.BUSINESS_HOURS, 1, priority=Priority.NORMAL)
    assert await touched(people, partial(settings.promise, urgent)) == [second]
    await promised(people, urgent)
    (kept,) = await fetch("SELECT id FROM target")
    assert await touched(people, partial(settings.promise, normal, number=kept["id"])) == [first, second]
    assert await touched(people, partial(settings.withdraw, kept["id"])) == [second]


@pytest.mark.parametrize(
    ("state", "is_touched"),
    [
        ("new", True),
        ("open", True),
        ("waiting_requester", True),
        ("waiting_until", True),
        ("resolved", True),
        ("closed", False),
    ],
)
async def test_whatever_time_still_moves_is_touched(people, state, is_touched):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    await settle(people, closing(TOMORROW), at=NOW + HOUR)
    (row,) = await fetch("SELECT wakes_at FROM ticket WHERE id = {}", number)
    assert (row["wakes_at"] == NOW + HOUR) is is_touched


async def test_columns_after_the_worker_are_what_the_events_say(people):
    await promised(people)
    numbers = [await cast.ticket(people.ana, f"{each}", at=NOW + each * HOUR) for each in range(4)]
    await assignment.take(await cast.seen(numbers[1], people.bia), by=people.bia, at=NOW + 2 * HOUR)
    await waits.ask(await cast.seen(numbers[1], people.bia), "Qual?", by=people.bia, at=NOW + 2 * HOUR)
    week = (((32400, 43200), (46800, 86400)),) * 5 + ((), ())
    await settle(
        people,
        partial(settings.save_calendar, CalendarInput("Outro", "America/Manaus", week, "AM"), number=1),
        at=NOW + 6 * HOUR,
    )
    await timers.run_due(NOW + 6 * HOUR)
    for number in numbers:
        life, now, kept = await stored_deadlines.load(number)
        assert life is not None
        assert deadlines_of(life, now) == kept


# Only looked at


async def test_a_rehearsal_leaves_nothing_behind(people):
    number = await cast.ticket(people.ana)
    before = [*await everything_of(number), await fetch("SELECT * FROM calendar"), await fetch("SELECT * FROM closure")]
    for change in (
        closing(TOMORROW),
        partial(settings.save_calendar, CalendarInput("Outro", "America/Belem", OFFICE), number=1),
    ):
        await impact.preview(change, by=people.lia, at=NOW)
    after = [*await everything_of(number), await fetch("SELECT * FROM calendar"), await fetch("SELECT * FROM closure")]
    assert after == before


async def test_a_rehearsal_that_fails_leaves_the_database_as_it_was_and_at_work(people):
    with pytest.raises(NotFound):
        await impact.preview(partial(settings.reopen, 98765), by=people.lia, at=NOW)
    async with rehearsal():
        await fetch("UPDATE calendar SET name = 'Nunca'")
    assert [row["name"] for row in await fetch("SELECT name FROM calendar")] == ["Horário comercial"]


@pytest.mark.parametrize("name", ["bia", "ana"])
async def test_only_leads_and_admins_change_or_rehearse_anything(people, name):
    by: Actor = getattr(people, name)
    for attempt in (impact.apply_change, impact.preview):
        with pytest.raises(NotPermitted):
            await attempt(closing(TOMORROW), by=by, at=NOW)
    assert await fetch("SELECT id FROM closure") == []


async def test_the_same_change_by_two_leads_at_once_is_made_once(people):
    await asyncio.gather(*(settle(people, closing(TOMORROW)) for _ in range(4)))
    await asyncio.gather(*(settle(people, partial(settings.promise, SOLUTION)) for _ in range(4)))
    await asyncio.gather(
        *(
            settle(people, partial(settings.save_calendar, CalendarInput("Plantão", "America/Belem", OFFICE)))
            for _ in range(4)
        )
    )
    counts = [len(await fetch(f"SELECT id FROM {table}")) for table in ("closure", "target", "calendar")]
    assert counts == [1, 1, 2]


async def test_a_ticket_that_moves_meanwhile_is_reckoned_by_the_new_terms_in_the_end(people):
    await promised(people)
    number = await cast.ticket(people.ana)
    sheet = await cast.seen(number, people.bia)
    await asyncio.gather(settle(people, closing(TOMORROW)), assignment.take(sheet, by=people.bia, at=NOW))
    await timers.run_due(NOW)
    assert await due(number) == NOW + 2 * DAY + 3 * HOUR


async def test_the_most_particular_target_counts(people):
    category, _ = await cast.subject()
    for amount, priority, about in (
        (8, None, None),
        (4, Priority.HIGH, None),
        (6, None, category),
        (2, Priority.HIGH, category),
    ):
        await promised(
            people, TargetInput(Promise.RESOLUTION, amount, Unit.BUSINESS_HOURS, 1, priority=priority, category=about)
        )
    found = [
        (await policy.policy_of(PolicyKey("guiche", priority, about, None, None))).targets[0].duration.amount
        for priority in ("normal", "high")
        for about in (None, category)
    ]
    assert found == [8, 6, 4, 2]
