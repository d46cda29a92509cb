"""Timelines read from events."""

import pytest

from tests.tickets.life.states import at, happenings, life
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent

pytestmark = pytest.mark.anywhere


def stretches(of: timeline.Timeline) -> list[tuple[str, str | None]]:
    return [(each.status, each.wait) for each in of.stretches]


def test_a_life_is_a_row_of_stretches_each_beginning_where_the_last_one_ended():
    read = life(
        "16/11 9:00 new",
        "16/11 10:00 open",
        "16/11 10:30 note",
        "16/11 11:00 waiting:requester",
        "17/11 9:00 open",
        "17/11 12:00 resolved",
        "19/11 12:00 closed",
    )
    assert stretches(read) == [
        ("new", None),
        ("open", None),
        ("waiting", "requester"),
        ("open", None),
        ("resolved", None),
        ("closed", None),
    ]
    assert all(one.until == next.since for one, next in zip(read.stretches, read.stretches[1:], strict=False))
    assert (read.now.status, read.now.until, read.last_at) == ("closed", None, at("19/11 12:00"))


def test_only_the_first_answer_of_the_desk_is_the_first_response():
    read = life("16/11 9:00 new", "16/11 10:00 note", "16/11 11:00 answer", "16/11 12:00 answer")
    assert read.answered_at == at("16/11 11:00")
    assert life("16/11 9:00 new", "16/11 10:00 open", "16/11 11:00 note").answered_at is None


@pytest.mark.parametrize(
    ("lines", "queued"),
    [
        (["16/11 9:00 draft"], None),
        (["16/11 9:00 approval"], None),
        (["16/11 9:00 new"], "16/11 9:00"),
        (["16/11 9:00 approval", "17/11 9:00 new", "17/11 9:30 open"], "17/11 9:00"),
    ],
)
def test_work_could_begin_once_it_was_sent_and_approved(lines, queued):
    assert life(*lines).queued_at == (at(queued) if queued else None)


@pytest.mark.parametrize(
    ("more", "solved"),
    [
        ([], None),
        (["17/11 9:00 resolved"], "17/11 9:00"),
        (["17/11 9:00 resolved", "19/11 9:00 closed"], "17/11 9:00"),
        (["17/11 9:00 resolved", "18/11 9:00 open"], None),
        (["17/11 9:00 resolved", "18/11 9:00 open", "18/11 15:00 resolved"], "18/11 15:00"),
        (["17/11 9:00 closed"], "17/11 9:00"),
    ],
)
def test_the_solution_is_the_present_one(more, solved):
    assert life("16/11 9:00 new", *more).solved_at == (at(solved) if solved else None)


def test_each_time_it_comes_back_is_counted():
    read = life("16/11 9:00 new", "16/11 10:00 resolved", "16/11 11:00 open", "16/11 12:00 resolved", "17/11 9:00 open")
    assert read.reopenings == 2
    assert life("16/11 9:00 new", "16/11 10:00 resolved", "16/11 11:00 closed").reopenings == 0


def test_a_timer_that_rang_is_known_by_its_name_and_due_instant():
    read = life("16/11 9:00 new", "16/11 17:00 note", timer="breach:resolution", due="2026-11-16T20:00:00+00:00")
    assert read.rung == {("breach:resolution", "2026-11-16T20:00:00+00:00")}


def test_f28_a_clock_that_was_put_back_ends_no_stretch_before_it_began():
    """Two machines an hour apart: the second event is dated before the first."""
    read = life("16/11 10:00 new", "16/11 9:00 open", "16/11 9:30 waiting:requester", "16/11 12:00 open")
    assert [(each.since, each.until) for each in read.stretches] == [
        (at("16/11 10:00"), at("16/11 10:00")),
        (at("16/11 10:00"), at("16/11 10:00")),
        (at("16/11 10:00"), at("16/11 12:00")),
        (at("16/11 12:00"), None),
    ]
    assert life("16/11 10:00 new", "16/11 9:00 note").last_at == at("16/11 10:00")


def test_events_read_twice_tell_the_same_life():
    lines = ["16/11 9:00 new", "16/11 10:00 waiting:requester", "16/11 11:00 answer", "16/11 12:00 resolved"]
    assert timeline.timeline_of(list(happenings(*lines))) == life(*lines)


def test_what_moves_nothing_begins_no_stretch():
    read = timeline.timeline_of(
        [PastEvent("submission", at("16/11 9:00"), {"to": "new"}), PastEvent("reply", at("17/11 9:00"), {})]
    )
    assert (stretches(read), read.last_at) == ([("new", None)], at("17/11 9:00"))
