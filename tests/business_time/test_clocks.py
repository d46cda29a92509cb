"""Due times across Carnaval, clock changes and pauses: by hand, and against a minute-by-minute count."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.business_time import oracle
from web.business_time import clocks, holidays
from web.business_time.calendars import Calendar, DayRule, weekly
from web.business_time.durations import Duration, Unit, parse
from web.errors import Invalid

pytestmark = pytest.mark.anywhere

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DESK = weekly(zone=SAO_PAULO)
HOUR = timedelta(hours=1)
ZONES = (
    "America/Sao_Paulo",
    "America/Noronha",
    "America/Rio_Branco",
    "America/Manaus",
    "America/Cuiaba",
    "America/Belem",
    "America/Fortaleza",
    "America/Recife",
    "America/Araguaina",
    "America/Maceio",
    "America/Bahia",
    "America/Campo_Grande",
    "America/Santarem",
    "America/Porto_Velho",
    "America/Boa_Vista",
    "America/Eirunepe",
    "America/New_York",
    "Europe/Lisbon",
)
TURNS = (
    datetime(2018, 11, 3, tzinfo=UTC),
    datetime(2018, 2, 17, tzinfo=UTC),
    datetime(2026, 3, 7, tzinfo=UTC),
    datetime(2026, 10, 31, tzinfo=UTC),
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 11, 20, tzinfo=UTC),
    datetime(2028, 2, 27, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
)


def at(text: str, zone: ZoneInfo = SAO_PAULO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def business(hours: int) -> Duration:
    return Duration(hours, Unit.BUSINESS_HOURS)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("2026-11-16T09:12", "72 business_hours", "2026-11-26T09:12"),  # eight days of nine hours
        ("2026-11-16T09:00", "9 business_hours", "2026-11-16T18:00"),  # at the close, not at the next opening
        ("2026-11-14T15:00", "1 business_hours", "2026-11-16T10:00"),  # opened on a Saturday
        ("2026-11-13T17:59:30", "1 business_hours", "2026-11-16T09:59:30"),
        ("2026-11-16T23:00", "48 calendar_hours", "2026-11-18T23:00"),
        ("2026-11-16T09:12", "3 business_days", "2026-11-19T18:00"),
        ("2026-11-13T23:50", "1 business_days", "2026-11-16T18:00"),
        ("2026-11-16T09:12", "7 calendar_days", "2026-11-24T00:00"),
        ("2028-02-28T17:00", "10 business_hours", "2028-02-29T18:00"),  # leap day
        ("2026-12-31T17:00", "2 business_hours", "2027-01-01T10:00"),  # over the year's end
    ],
)
def test_a_span_runs_out_when_a_person_would_say_so(start: str, duration: str, due: str) -> None:
    assert clocks.due(at(start), parse(duration), DESK) == at(due)


def test_72_business_hours_across_carnaval_leave_out_its_days_and_half_of_ash_wednesday() -> None:
    calendar = Calendar(SAO_PAULO, DESK.week, holidays.Exceptions(None, {}))
    # From Thursday 12/02, 15h: 3 h + 9 h (Fri.), Carnaval closed, 4 h from 14h (Wed.), then 9 h a day from Thu. 19/02.
    assert clocks.due(at("2026-02-12T15:00"), business(72), calendar) == at("2026-02-27T11:00")
    computation = clocks.compute(at("2026-02-12T15:00"), business(72), calendar, now=at("2026-02-27T11:00"))
    assert [(each.day.isoformat(), each.counted // HOUR, each.why) for each in computation.days][:8] == [
        ("2026-02-12", 3, ""),
        ("2026-02-13", 9, ""),
        ("2026-02-14", 0, ""),
        ("2026-02-15", 0, ""),
        ("2026-02-16", 0, "Carnaval"),
        ("2026-02-17", 0, "Carnaval"),
        ("2026-02-18", 4, "Quarta-feira de Cinzas"),
        ("2026-02-19", 9, ""),
    ]
    assert sum((each.counted for each in computation.days), timedelta(0)) == 72 * HOUR


def test_a_pause_from_17_to_9_takes_the_one_open_hour_it_covers_and_no_more() -> None:
    pauses = [(at("2026-11-16T17:00"), at("2026-11-17T09:00"))]
    assert clocks.due(at("2026-11-16T10:00"), business(9), DESK, pauses) == at("2026-11-17T11:00")


@pytest.mark.parametrize(
    ("now", "counted", "ahead"),
    [
        ("2026-11-16T10:00", [0, 0], [8, 4]),
        ("2026-11-16T15:30", [5.5, 0], [2.5, 4]),
        ("2026-11-17T13:00", [8, 4], [0, 0]),
        ("2026-11-17T14:00", [8, 5], [0, 0]),
    ],
)
def test_days_tell_apart_what_has_counted_and_what_is_still_to_count(
    now: str, counted: list[float], ahead: list[float]
) -> None:
    computation = clocks.compute(at("2026-11-16T10:00"), business(12), DESK, now=at(now))
    assert [each.counted / HOUR for each in computation.days] == counted
    assert [each.ahead / HOUR for each in computation.days] == ahead
    assert computation.elapsed + computation.remaining - computation.excess == 12 * HOUR


def test_calendar_hours_are_told_by_the_days_of_their_zone() -> None:
    computation = clocks.compute(at("2026-11-16T22:00"), parse("4 calendar_hours"), DESK, now=at("2026-11-17T02:00"))
    assert [(each.day.day, each.counted) for each in computation.days] == [(16, 2 * HOUR), (17, 2 * HOUR)]


def test_a_pause_outside_hours_moves_nothing() -> None:
    pauses = [(at("2026-11-16T18:00"), at("2026-11-17T09:00")), (at("2026-11-14T08:00"), at("2026-11-15T20:00"))]
    assert clocks.due(at("2026-11-13T10:00"), business(30), DESK, pauses) == clocks.due(
        at("2026-11-13T10:00"), business(30), DESK
    )


def test_while_paused_what_remains_stands_still() -> None:
    pauses = [(at("2026-11-16T12:00"), None)]
    for now in ("2026-11-16T12:00", "2026-11-17T15:00", "2026-12-20T15:00"):
        computation = clocks.compute(at("2026-11-16T10:00"), business(8), DESK, pauses, now=at(now))
        assert (computation.due, computation.remaining, computation.paused_since) == (
            None,
            timedelta(hours=6),
            at("2026-11-16T12:00"),
        )


def test_a_day_wholly_paused_is_no_day_of_a_span_of_days() -> None:
    pauses = [(at("2026-11-17T00:00"), at("2026-11-18T00:00"))]
    assert clocks.due(at("2026-11-16T09:12"), Duration(2, Unit.BUSINESS_DAYS), DESK, pauses) == at("2026-11-19T18:00")


def test_an_hour_that_is_skipped_does_not_count_and_one_that_comes_twice_counts_twice() -> None:
    always = Calendar(SAO_PAULO, (((0, 86_400),),) * 7)
    assert clocks.elapsed(at("2018-11-03T00:00"), at("2018-11-05T00:00"), always) == timedelta(hours=47)
    assert clocks.elapsed(at("2018-02-17T00:00"), at("2018-02-18T12:00"), always) == timedelta(hours=37)


def test_zones_of_brazil_open_at_their_own_nine() -> None:
    opens = {
        name: next(iter(weekly(zone=ZoneInfo(name)).open_from(at("2026-11-16T00:00", ZoneInfo(name)))))[0].hour
        for name in ("America/Noronha", "America/Sao_Paulo", "America/Manaus", "America/Rio_Branco")
    }
    assert opens == {"America/Noronha": 11, "America/Sao_Paulo": 12, "America/Manaus": 13, "America/Rio_Branco": 14}


def test_lunch_and_a_dated_override_are_kept() -> None:
    week = (((9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)),) * 5 + ((), ())
    calendar = Calendar(
        SAO_PAULO, week, {date(2026, 11, 21): (DayRule("Mutirão", ((8 * 3600, 12 * 3600),), replaces=True),)}
    )
    assert clocks.due(at("2026-11-20T11:00"), business(7), calendar) == at("2026-11-21T09:00")


weeks = st.lists(
    st.lists(st.integers(0, 96), min_size=0, max_size=4, unique=True)
    .map(sorted)
    .map(lambda points: tuple((points[i] * 900, points[i + 1] * 900) for i in range(0, len(points) - 1, 2))),
    min_size=7,
    max_size=7,
).filter(any)


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    week=weeks,
    around=st.sampled_from(TURNS),
    minute=st.integers(0, 60 * 48),
    hours=st.integers(1, 9),
    pause=st.none() | st.tuples(st.integers(0, 3000), st.integers(1, 4000)),
)
def test_any_calendar_agrees_with_a_count_minute_by_minute(
    zone: str,
    week: list[tuple[tuple[int, int], ...]],
    around: datetime,
    minute: int,
    hours: int,
    pause: tuple[int, int] | None,
) -> None:
    calendar = Calendar(ZoneInfo(zone), tuple(week))
    start = around + timedelta(minutes=minute)
    begins = start + timedelta(minutes=pause[0]) if pause else start
    pauses = [(begins, begins + timedelta(minutes=pause[1]))] if pause else []
    due = clocks.due(start, business(hours), calendar, pauses)
    assert due == oracle.due(start, hours * 60, calendar, pauses)
    assert clocks.elapsed(start, due, calendar, pauses) == timedelta(hours=hours)


def test_ten_thousand_fixed_cases_agree_with_the_count() -> None:
    """Open time between two instants, over every zone and every turn of the clock; one walk serves many cases."""
    chance = random.Random(72)
    for _ in range(100):
        calendar = _some_calendar(chance)
        start = chance.choice(TURNS) + timedelta(minutes=chance.randrange(60 * 24))
        passed, instant = timedelta(0), start
        for _ in range(100):
            later = instant + timedelta(minutes=chance.randrange(1, 90))
            passed += oracle.elapsed(instant, later, calendar)
            instant = later
            assert clocks.elapsed(start, instant, calendar) == passed


@settings(max_examples=200)
@given(minutes=st.integers(0, 60 * 24 * 400), hours=st.integers(1, 500), more=st.integers(1, 50))
def test_a_longer_span_never_runs_out_sooner_and_a_later_start_never_does(minutes: int, hours: int, more: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = clocks.due(start, business(hours), DESK)
    assert due is not None
    assert due < clocks.due(start, business(hours + more), DESK)
    assert due <= clocks.due(start + timedelta(minutes=more), business(hours), DESK)


@pytest.mark.parametrize(
    "text", ["0 business_hours", "-3 business_days", "20000 calendar_days", "3", "3 horas", "x business_hours"]
)
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert refused.value.field == "duration"


def test_a_calendar_that_never_opens_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Calendar(SAO_PAULO, ((),) * 7)
    assert (refused.value.field, refused.value.code) == ("week", "never_open")


def test_a_calendar_closed_by_its_exceptions_for_years_has_no_due_instant() -> None:
    days = {date(2026, 1, 1) + timedelta(days=each): (DayRule("Reforma"),) for each in range(366 * 13)}
    with pytest.raises(Invalid) as refused:
        clocks.due(at("2026-01-01T09:00"), business(1), Calendar(SAO_PAULO, DESK.week, days))
    assert refused.value.code == "never_open"


def _some_calendar(chance: random.Random) -> Calendar:
    zone = ZoneInfo(chance.choice(ZONES))
    while True:
        points = [sorted(chance.sample(range(97), chance.choice((0, 2, 4)))) for _ in range(7)]
        week = tuple(tuple((p[i] * 900, p[i + 1] * 900) for i in range(0, len(p), 2)) for p in points)
        if any(week):
            return Calendar(zone, week)
