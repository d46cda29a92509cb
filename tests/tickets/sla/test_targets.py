"""SLA targets and timers on written timelines: the fourteen rules of deadlines."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.tickets.life.states import DESK, SAO_PAULO, answer_in, at, happenings, life, solution_in, terms, told
from tests.tickets.life.table import PRESETS
from web.business_time.calendars import Calendar, weekly
from web.errors import Invalid
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent, Timeline
from web.tickets.sla import targets, timers
from web.tickets.sla.deadlines import deadlines_of
from web.tickets.sla.policy import build_calendar
from web.tickets.sla.targets import Policy, Promise
from web.tickets.sla.timers import DueTimer

pytestmark = pytest.mark.anywhere

EIGHT = terms(solution_in("8 business_hours"))


def solved_by(lived: Timeline, under: Policy = EIGHT) -> str | None:
    return told(deadlines_of(lived, under).solve_due)


def rings(lived: Timeline, under: Policy) -> dict[str, tuple[str | None, str | None]]:
    """The pending timers, when each is due, and what it does to the ticket."""
    alarms = sorted(timers.due_timers(lived, under))
    return {alarm.name: (told(alarm.due), alarm.then and str(alarm.then)) for alarm in alarms}


def only_account(lived: Timeline, under: Policy, now: str) -> targets.TargetStatus:
    (account,) = targets.target_statuses(lived, under, now=at(now))
    return account


# 1: a pure function


def test_rule_01_what_was_counted_before_plays_no_part():
    """The same events give the same timers, at any time and after any queries."""
    lines = ["16/11 9:00 new", "16/11 10:00 open", "16/11 17:00 waiting:requester", "17/11 10:00 open"]
    at_once = deadlines_of(life(*lines), EIGHT)
    for many in range(1, len(lines) + 1):
        deadlines_of(life(*lines[:many]), EIGHT)
        targets.target_statuses(life(*lines[:many]), EIGHT, now=at("30/11 9:00"))
    assert deadlines_of(life(*lines), EIGHT) == at_once


# 2: pauses take what they cover of the open time, by what is waited for


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("16/11 18:00", "17/11 9:00", "17/11 12:00"),  # outside hours: nothing
        ("14/11 9:00", "15/11 20:00", "17/11 12:00"),  # before it began
        ("16/11 17:00", "17/11 9:00", "17/11 13:00"),  # one open hour
        ("16/11 17:00", "17/11 10:30", "17/11 14:30"),
        ("16/11 14:00", "16/11 14:10", "17/11 12:10"),
    ],
)
def test_rule_02_a_pause_takes_away_only_the_open_time_it_covers(since, until, due):
    lines = [f"{since} waiting:requester", f"{until} open"]
    lived = life("16/11 13:00 new", *lines) if since.startswith("16") else life("13/11 9:00 draft", "16/11 13:00 new")
    assert solved_by(lived) == due


def test_rule_02_from_17_to_9_moves_nothing_at_a_desk_that_closes_at_17():
    short = terms(solution_in("8 business_hours", calendar=weekly(zone=SAO_PAULO, closes="17:00")))
    pausing = life("16/11 13:00 new", "16/11 17:00 waiting:requester", "17/11 9:00 open")
    assert solved_by(pausing, short) == solved_by(life("16/11 13:00 new"), short) == "17/11 13:00"


@pytest.mark.parametrize(
    ("wait", "pauses_for_team", "pauses"),
    [
        ("requester", False, True),
        ("requester", True, True),
        ("team", False, False),
        ("team", True, True),
        ("until", True, False),
        ("children", True, False),
        ("case", True, False),
    ],
)
def test_rule_02_what_pauses_is_what_is_waited_for_and_not_what_it_is_called(wait, pauses_for_team, pauses):
    under = terms(solution_in("8 business_hours", pauses_for_team=pauses_for_team))
    lived = life("16/11 9:00 new", f"16/11 10:00 waiting:{wait}", "16/11 12:00 open")
    assert solved_by(lived, under) == ("17/11 10:00" if pauses else "16/11 17:00")


# 3: while paused the number stands still


@pytest.mark.parametrize("later", ["16/11 12:00", "17/11 9:00", "30/11 17:00"])
def test_rule_03_while_paused_what_is_left_stands_still(later):
    lived = life("16/11 9:00 new", "16/11 11:00 waiting:requester", f"{later} note")
    kept = deadlines_of(lived, EIGHT)
    assert (kept.solve_due, kept.solve_left, kept.due_at) == (None, 6 * 3600, None)
    computation = only_account(lived, EIGHT, later).computation
    assert (computation.paused_since, computation.remaining) == (at("16/11 11:00"), timedelta(hours=6))


@pytest.mark.parametrize(
    ("duration", "due", "paused"),
    [("8 business_hours", "16/11 17:00", "17/11 10:00"), ("1 business_days", "17/11 18:00", "18/11 10:00")],
)
def test_rule_03_what_was_late_before_a_pause_stays_late_in_it(duration, due, paused):
    under = terms(solution_in(duration))
    lived = life("16/11 9:00 new", f"{paused} waiting:requester")
    assert solved_by(lived, under) == due
    account = only_account(lived, under, "30/11 9:00")
    assert (account.is_late, account.computation.remaining) == (True, timedelta(0))
    assert set(rings(lived, under)) == {"due_soon:resolution", "breach:resolution"}


# 4: the first response


def test_rule_04_moves_and_notes_are_no_response():
    under = terms(answer_in("4 business_hours"))
    silent = life(
        "16/11 9:00 new", "16/11 9:30 open", "16/11 10:00 note", "16/11 10:30 waiting:team", "16/11 11:00 open"
    )
    kept = deadlines_of(silent, under)
    assert (told(kept.answer_due), kept.answer_seconds) == ("16/11 13:00", None)


def test_rule_04_the_first_public_message_is_and_no_later_one():
    under = terms(answer_in("4 business_hours"))
    kept = deadlines_of(life("16/11 9:00 new", "16/11 11:00 answer", "16/11 16:00 answer"), under)
    assert (kept.answer_due, kept.answer_seconds) == (None, 2 * 3600)
    late = life("16/11 9:00 new", "16/11 14:00 answer", "16/11 16:00 answer")
    assert only_account(late, under, "16/11 17:00").is_late


# 5: reopening


def test_rule_05_reopened_it_goes_on_with_what_was_consumed_and_not_with_the_time_it_was_solved():
    reopened = life("16/11 9:00 new", "16/11 12:00 resolved", "18/11 9:00 open")
    assert solved_by(reopened) == "18/11 14:00"


@pytest.mark.parametrize(("again", "outcome", "hours"), [("18/11 14:00", "on_time", 8), ("18/11 15:00", "late", 9)])
def test_rule_05_in_time_or_late_is_judged_on_the_whole_and_each_cycle_is_counted(again, outcome, hours):
    lived = life("16/11 9:00 new", "16/11 12:00 resolved", "18/11 9:00 open", f"{again} resolved")
    kept = deadlines_of(lived, EIGHT)
    assert (kept.outcome, kept.solve_seconds, lived.reopenings) == (outcome, hours * 3600, 1)


def test_rule_05_what_is_open_again_has_no_outcome_yet():
    kept = deadlines_of(life("16/11 9:00 new", "17/11 12:00 resolved", "18/11 9:00 open"), EIGHT)
    assert (kept.outcome, kept.solve_seconds) == (None, None)


# 6: other terms


def test_rule_06_other_terms_are_reckoned_from_the_start_with_all_past_pauses():
    lived = life("16/11 9:00 new", "16/11 10:00 waiting:requester", "16/11 12:00 open", "16/11 15:00 note")
    assert [solved_by(lived, terms(solution_in(each))) for each in ("8 business_hours", "4 business_hours")] == [
        "17/11 10:00",
        "16/11 15:00",
    ]
    mornings = terms(solution_in("8 business_hours", calendar=weekly(zone=SAO_PAULO, closes="12:00")))
    assert solved_by(lived, mornings) == "19/11 10:00"


# 7: outside hours, and calendars that can't be


@pytest.mark.parametrize(
    ("created", "due"),
    [
        ("14/11 15:00", "16/11 17:00"),  # a Saturday
        ("16/11 3:00", "16/11 17:00"),
        ("16/11 18:00", "17/11 17:00"),  # half-open: closed from the very second
        ("16/11 17:59:30", "17/11 16:59"),
        ("16/11 9:00:01", "16/11 17:00"),
    ],
)
def test_rule_07_made_outside_hours_it_counts_from_the_next_opening_to_the_second(created, due):
    assert solved_by(life(f"{created} new")) == due
    exact = deadlines_of(life(f"{created} new"), EIGHT).solve_due
    assert exact is not None
    assert exact.second == at(created).second


def test_rule_07_a_night_shift_is_an_interval_to_midnight_and_one_from_it():
    night = build_calendar(("America/Sao_Paulo", "[" + ", ".join(["[[0, 21600], [79200, 86400]]"] * 7) + "]", None))
    under = terms(solution_in("8 business_hours", calendar=night))
    assert solved_by(life("16/11 15:00 new"), under) == "17/11 06:00"


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ("[[], [], [], [], [], [], []]", "never_open"),
        ("[[[32400, 32400]], [], [], [], [], [], []]", "bad_interval"),
        ("[[[64800, 32400]], [], [], [], [], [], []]", "bad_interval"),
        ("[[[32400, 43200], [39600, 64800]], [], [], [], [], [], []]", "bad_interval"),
        ("[[[32400, 90000]], [], [], [], [], [], []]", "bad_interval"),
        ("[[[32400, 64800]]]", "not_seven_days"),
    ],
)
def test_rule_07_f31_a_calendar_that_never_opens_or_makes_no_sense_is_refused(week, code):
    with pytest.raises(Invalid) as refused:
        build_calendar(("America/Sao_Paulo", week, None))
    assert (refused.value.field, refused.value.code) == ("week", code)


# 8: units side by side


@pytest.mark.parametrize(
    ("duration", "due"),
    [
        ("8 business_hours", "17/11 14:00"),
        ("8 calendar_hours", "16/11 23:00"),
        ("2 business_days", "18/11 18:00"),  # to the close of the last day
        ("7 calendar_days", "24/11 00:00"),  # to the end of the last day
    ],
)
def test_rule_08_a_number_means_nothing_without_its_unit(duration, due):
    assert solved_by(life("16/11 15:00 new"), terms(solution_in(duration))) == due


def test_rule_08_one_ticket_may_be_promised_an_answer_in_hours_and_a_solution_in_days():
    under = terms(answer_in("4 business_hours"), solution_in("7 calendar_days"))
    kept = deadlines_of(life("16/11 15:00 new"), under)
    assert (told(kept.answer_due), told(kept.solve_due)) == ("17/11 10:00", "24/11 00:00")
    assert told(kept.due_at) == "17/11 10:00"


# 9: zones


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/Noronha", "16/11 16:00"),
        ("America/Sao_Paulo", "16/11 17:00"),
        ("America/Manaus", "16/11 18:00"),
        ("America/Rio_Branco", "16/11 19:00"),
    ],
)
def test_rule_09_f29_a_desk_counts_by_its_own_clock_on_the_wall(zone, due):
    under = terms(solution_in("8 business_hours", calendar=weekly(zone=ZoneInfo(zone))))
    assert solved_by(life("16/11 6:00 new"), under) == due


@pytest.mark.parametrize(
    ("zone", "made", "due"),
    [
        # The clock goes forward on the night to Sunday, 08/03/2026, and back on that to Sunday, 01/11/2026.
        ("America/New_York", "07/03/2026 12:00", "08/03/2026 13:00"),
        ("America/New_York", "31/10/2026 12:00", "01/11/2026 11:00"),
        # Brazil turned its clocks until 2019.
        ("America/Sao_Paulo", "03/11/2018 12:00", "04/11/2018 13:00"),
        ("America/Sao_Paulo", "17/02/2018 12:00", "18/02/2018 11:00"),
    ],
)
def test_rule_09_f29_a_skipped_hour_does_not_count_and_a_repeated_one_counts_twice(zone, made, due):
    there = ZoneInfo(zone)
    always = Calendar(there, (((0, 86_400),),) * 7)
    lived = life(f"{at(made, there).astimezone(SAO_PAULO):%d/%m/%Y %H:%M} new")
    kept = deadlines_of(lived, terms(solution_in("24 business_hours", calendar=always)))
    assert kept.solve_due == at(due, there)


@pytest.mark.parametrize("host", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_rule_09_f29_the_zone_of_the_machine_plays_no_part(monkeypatch, host):
    monkeypatch.setenv("TZ", host)
    time.tzset()
    try:
        assert solved_by(life("16/11 15:00 new")) == "17/11 14:00"
    finally:
        monkeypatch.undo()
        time.tzset()


# 10: inside the team's hours


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("state", ["waiting:requester", "resolved"])
def test_rule_10_whatever_hour_it_began_time_acts_within_the_teams_hours(preset, state):
    under = terms(preset=preset)
    for hour in range(0, 24 * 7, 5):
        began = at("16/11 0:00") + timedelta(hours=hour, minutes=7)
        lived = life("14/11 9:00 new", f"{began.astimezone(SAO_PAULO):%d/%m %H:%M} {state}")
        for alarm in timers.due_timers(lived, under):
            assert DESK.is_open(alarm.due - timedelta(seconds=1)), (told(began), alarm)


def test_rule_10_a_timer_that_rang_for_an_instant_does_not_ring_for_it_again():
    asked = ["16/11 9:00 new", "16/11 10:00 waiting:requester"]
    under = terms(preset="central")
    assert rings(life(*asked), under) == {
        "silence_warning": ("23/11 13:00", None),
        "silence": ("26/11 10:00", "resolve"),
    }
    (warning,) = [each for each in timers.due_timers(life(*asked), under) if each.then is None]
    warned = life(*asked, "23/11 13:00 note", timer=warning.name, due=warning.due.isoformat())
    assert set(rings(warned, under)) == {"silence"}


# 11: an answer ends the wait


def test_rule_11_an_answer_ends_the_wait_and_what_would_have_ended_it():
    answered = life("16/11 9:00 new", "16/11 10:00 waiting:requester", "26/11 9:59 open")
    assert rings(answered, terms(preset="central")) == {}


def test_rule_11_each_question_has_a_whole_silence_of_its_own():
    again = life("16/11 9:00 new", "16/11 10:00 waiting:requester", "20/11 9:00 open", "20/11 10:00 waiting:requester")
    assert rings(again, terms(preset="central"))["silence"] == ("02/12 10:00", "resolve")


# 12: what is over escalates no more


@pytest.mark.parametrize("over", ["resolved", "closed"])
def test_rule_12_what_is_over_never_escalates(over):
    under = terms(answer_in("1 business_hours"), solution_in("2 business_hours"))
    assert rings(life("16/11 9:00 new", f"30/11 9:00 {over}"), under) == {}


# 12: what was promised about a merged ticket holds for the other


def after_merge(*lines: str, due: str = "16/11 11:00", given_back: bool = False) -> Timeline:
    """A life in which another ticket, whose solution was due at this instant, was merged into this one."""
    merged = [PastEvent("merge", at("16/11 10:00"), {"merged": 7, "promises": {"resolution": at(due).isoformat()}})]
    merged += [PastEvent("unmerge", at("16/11 10:30"), {"other": 7})] if given_back else []
    return timeline.timeline_of(sorted([*happenings("16/11 9:00 new", *lines), *merged], key=lambda each: each.at))


@pytest.mark.parametrize(("due", "earliest"), [("16/11 11:00", "16/11 11:00"), ("20/11 11:00", "16/11 17:00")])
def test_rule_12_of_two_promises_of_a_kind_the_earlier_counts(due, earliest):
    assert told(deadlines_of(after_merge(due=due), EIGHT).solve_due) == earliest
    assert told(deadlines_of(after_merge(due=due), EIGHT).due_at) == earliest


def test_rule_12_a_promise_of_the_merged_ticket_alone_rings_as_well():
    assert rings(after_merge(), terms()) == {"breach:resolution": ("16/11 11:00", None)}
    assert rings(after_merge(given_back=True), terms()) == {}
    assert rings(after_merge("16/11 10:15 resolved"), terms()).get("breach:resolution") is None


@pytest.mark.parametrize(("solved", "outcome"), [("16/11 11:00", "on_time"), ("16/11 11:01", "late")])
def test_rule_12_the_outcome_is_judged_by_what_was_inherited_too(solved, outcome):
    assert deadlines_of(after_merge(f"{solved} resolved"), EIGHT).outcome == outcome
    assert deadlines_of(after_merge(f"{solved} resolved"), terms()).outcome == outcome


def test_rule_12_while_the_requester_is_asked_an_inherited_promise_stands_still():
    assert deadlines_of(after_merge("16/11 10:15 waiting:requester"), terms()).due_at is None


# 14: being late is a fact


def test_rule_14_late_is_late_from_its_very_instant():
    lived = life("16/11 9:00 new")
    assert rings(lived, EIGHT) == {
        "due_soon:resolution": ("16/11 15:00", None),
        "breach:resolution": ("16/11 17:00", None),
    }
    assert [only_account(lived, EIGHT, now).is_late for now in ("16/11 17:00", "16/11 17:01")] == [False, True]
    assert deadlines_of(life("16/11 9:00 new", "16/11 17:00 resolved"), EIGHT).outcome == "on_time"
    assert deadlines_of(life("16/11 9:00 new", "16/11 17:00:01 resolved"), EIGHT).outcome == "late"


# What time does by itself, by preset

# preset      waiting:requester            resolved
LAPSES = {
    "expresso": (("26/11 10:00", "resolve"), None),
    "central": (("26/11 10:00", "resolve"), ("23/11 13:00", "close")),
    "aprovacao": (None, None),
    "avaliacao": (None, ("25/11 18:00", "close")),
    "processo": (None, ("23/11 18:00", "close")),
    "guiche": (("26/11 10:00", "resolve"), ("23/11 13:00", "close")),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_time_does_by_itself_what_the_preset_says(preset):
    under = terms(preset=preset)
    found = [
        timers.lapse(life("16/11 9:00 new", f"16/11 10:00 {state}"), under)
        for state in ("waiting:requester", "resolved")
    ]
    assert tuple((told(each.at), str(each.then)) if each else None for each in found) == LAPSES[preset]


@pytest.mark.parametrize("state", ["draft", "approval", "new", "open", "waiting:team", "waiting:case", "closed"])
@pytest.mark.parametrize("preset", PRESETS)
def test_time_leaves_alone_what_waits_for_the_desk_or_is_over(preset, state):
    assert rings(life("16/11 9:00 new", f"16/11 10:00 {state}"), terms(preset=preset)) == {}


def test_the_clock_stands_still_until_the_organization_gives_leave_to_go_on():
    under = terms(solution_in("8 business_hours"))
    held_up = ("16/11 9:00 new", "16/11 10:00 open", "16/11 15:00 approval")
    asked, given = life(*held_up), life(*held_up, "17/11 11:00 open")
    assert deadlines_of(asked, under).solve_left == 2 * 60 * 60
    assert rings(asked, under) == {}
    assert told(deadlines_of(given, under).solve_due) == "17/11 13:00"


@pytest.mark.parametrize(("closes", "then"), [(False, "return"), (True, "close")])
@pytest.mark.parametrize("preset", PRESETS)
def test_p12_p16_whoever_asks_may_say_for_how_many_days_and_what_then(preset, closes, then):
    lived = life("16/11 9:00 new", "16/11 10:00 waiting:requester", days=3, closes=closes)
    assert rings(lived, terms(preset=preset)) == {"silence": ("19/11 18:00", then)}


def test_p13_a_follow_up_comes_on_the_very_date_that_was_chosen():
    lived = life("16/11 9:00 new", "16/11 10:00 waiting:until", until=at("22/11 20:15").isoformat())
    assert rings(lived, terms(preset="processo")) == {"follow_up": ("22/11 20:15", "return")}


@pytest.mark.parametrize(
    ("percent", "soon"), [(75, "16/11 15:00"), (50, "16/11 13:00"), (1, "16/11 09:04"), (100, None)]
)
def test_it_is_said_to_be_due_soon_at_its_percentage(percent, soon):
    found = rings(life("16/11 9:00 new"), terms(solution_in("8 business_hours", warns_at=percent)))
    assert found.get("due_soon:resolution", (None,))[0] == soon


def test_the_earliest_promise_that_still_runs_is_the_one_a_list_is_sorted_by():
    under = terms(answer_in("2 business_hours"), solution_in("8 business_hours"))
    lives = [["16/11 9:00 new"], ["16/11 9:00 new", "16/11 10:00 answer"]]
    assert [told(deadlines_of(life(*each), under).due_at) for each in lives] == ["16/11 11:00", "16/11 17:00"]


def test_the_next_to_ring_wakes_the_ticket():
    under = terms(answer_in("2 business_hours"), solution_in("8 business_hours"), preset="central")
    assert told(deadlines_of(life("16/11 9:00 new"), under).wakes_at) == "16/11 10:30"
    assert told(deadlines_of(life("16/11 9:00 new", "17/11 9:00 resolved"), under).wakes_at) == "24/11 12:00"
    assert deadlines_of(life("16/11 9:00 new", "17/11 9:00 closed"), under).wakes_at is None


def test_alarms_ring_in_the_order_of_their_instants():
    alarms = [
        DueTimer(at(f"{day}/11 9:00"), timer) for day, timer in ((18, "silence"), (16, "breach"), (17, "closing"))
    ]
    assert [each.timer for each in sorted(alarms)] == ["breach", "closing", "silence"]


@pytest.mark.parametrize("lines", [["16/11 9:00 draft"], ["16/11 9:00 approval"]])
def test_nothing_is_promised_before_work_can_begin(lines):
    under = terms(answer_in("1 business_hours"), solution_in("2 business_hours"))
    assert set(vars(deadlines_of(life(*lines), under)).values()) == {None}


def test_a_first_response_is_counted_apart_from_the_solution():
    under = terms(answer_in("2 business_hours"), solution_in("8 business_hours"))
    accounts = targets.target_statuses(
        life("16/11 9:00 new", "16/11 12:00 answer", "16/11 16:00 resolved"), under, now=at("17/11 9:00")
    )
    assert [(each.target.promise, each.is_late) for each in accounts] == [
        (Promise.FIRST_RESPONSE, True),
        (Promise.RESOLUTION, False),
    ]


# f32: the ends of months and years


@pytest.mark.parametrize(
    ("made", "duration", "due"),
    [
        ("28/02/2028 17:00", "10 business_hours", "29/02/2028 18:00"),
        ("28/02/2028 12:00", "2 calendar_days", "02/03/2028 00:00"),
        ("30/12/2026 17:00", "1 business_days", "31/12/2026 18:00"),
        ("31/12/2026 12:00", "24 calendar_hours", "01/01/2027 12:00"),
        ("31/12/2026 17:00", "2 business_hours", "01/01/2027 10:00"),
        ("31/12/2026 9:00", "9 business_hours", "31/12/2026 18:00"),
    ],
)
def test_f32_leap_days_and_the_ends_of_years_are_days_like_others(made, duration, due):
    kept = deadlines_of(life(f"{made} new"), terms(solution_in(duration)))
    assert kept.solve_due == at(due)


def test_f32_72_business_hours_over_carnaval_are_exact_to_the_second():
    week = "[" + ", ".join(["[[32400, 64800]]"] * 5 + ["[]", "[]"]) + "]"
    under = terms(solution_in("72 business_hours", calendar=build_calendar(("America/Sao_Paulo", week, None))))
    kept = deadlines_of(life("12/02/2026 15:00:07 new"), under)
    assert kept.solve_due == at("27/02/2026 11:00:07")
