"""The consequences of moves: the standing of the ticket, and its assignee."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from web.people.permissions import SYSTEM, Actor, Role
from web.tickets.life.consequences import NOTHING, Assignment, Change, Subject, consequences, target_of
from web.tickets.life.moves import (
    APPROVAL,
    APPROVAL_REQUEST,
    ASSIGNMENT,
    CANCELLATION,
    CLASSIFICATION,
    CLOSING,
    CONFIRMATION,
    MERGE,
    NOTE,
    OBJECTION,
    QUESTION,
    REFUSAL,
    RELEASE,
    REPLY,
    RESUMPTION,
    SOLUTION,
    TAKE,
    UNMERGE,
    WAIT,
    Move,
)
from web.tickets.life.states import Priority, Resolution, Standing, Status, TicketState, Wait
from web.tickets.life.workflows import workflow

pytestmark = pytest.mark.anywhere

ANA, BIA, DAVI = Actor(id=7, name="Ana"), Actor(id=8, name="Bia", role=Role.AGENT), 9
LATER = NOW + timedelta(hours=1)
RESOLVED = Standing(Status.RESOLVED, resolution=Resolution.COMMUNICATED, resolved_at=NOW)
CLOSED = Standing(Status.CLOSED, resolution=Resolution.COMMUNICATED, resolved_at=NOW, closed_at=NOW)
ASKED = Standing(Status.WAITING, Wait.REQUESTER)
UNTIL = Standing(Status.WAITING, Wait.UNTIL, NOW + timedelta(days=3))


def ticket(at: Standing, **more) -> TicketState:
    known = {"author": 7, "requester": 7, "primary_contact": 7, "organization": 5, "team": 3}
    known |= {"assignee": None, "is_answered": False}
    return TicketState(
        number=10_001,
        status=at.status,
        wait=at.wait,
        wait_until=at.wait_until,
        resolution=at.resolution,
        resolved_at=at.resolved_at,
        closed_at=at.closed_at,
        workflow=workflow("guiche"),
        participants=frozenset({11}),
        **known | more,
    )


def after(
    move: Move, before: TicketState, to: Status, change: Change = NOTHING, by: Actor = BIA, is_answer: bool = False
) -> TicketState:
    return consequences(move, before, to, change, is_answer=is_answer, by=by, at=LATER)


@pytest.mark.parametrize(
    ("move", "before", "change", "then"),
    [
        (TAKE, Standing(Status.NEW), NOTHING, Standing(Status.OPEN)),
        (QUESTION, Standing(Status.OPEN), Change(wait=Wait.REQUESTER), ASKED),
        (WAIT, Standing(Status.OPEN), Change(wait=Wait.UNTIL, wait_until=UNTIL.wait_until), UNTIL),
        (
            WAIT,
            Standing(Status.OPEN),
            Change(wait=Wait.TEAM, wait_until=UNTIL.wait_until),
            Standing(Status.WAITING, Wait.TEAM),
        ),
        (NOTE, UNTIL, NOTHING, UNTIL),
        (RESUMPTION, UNTIL, NOTHING, Standing(Status.OPEN)),
        (RELEASE, ASKED, NOTHING, Standing(Status.OPEN)),
        (
            SOLUTION,
            ASKED,
            Change(resolution=Resolution.NO_ANSWER),
            Standing(Status.RESOLVED, resolution=Resolution.NO_ANSWER, resolved_at=LATER),
        ),
        (REPLY, RESOLVED, NOTHING, Standing(Status.OPEN)),
        (OBJECTION, RESOLVED, NOTHING, Standing(Status.OPEN)),
        (
            CONFIRMATION,
            RESOLVED,
            NOTHING,
            Standing(Status.CLOSED, None, None, Resolution.COMMUNICATED, NOW, LATER),
        ),
        (
            CANCELLATION,
            UNTIL,
            Change(resolution=Resolution.CANCELLED),
            Standing(Status.CLOSED, resolution=Resolution.CANCELLED, closed_at=LATER),
        ),
        (
            CLOSING,
            ASKED,
            Change(resolution=Resolution.NO_ANSWER),
            Standing(Status.CLOSED, resolution=Resolution.NO_ANSWER, closed_at=LATER),
        ),
        (
            MERGE,
            RESOLVED,
            Change(resolution=Resolution.MERGED),
            Standing(Status.CLOSED, None, None, Resolution.MERGED, NOW, LATER),
        ),
        (
            MERGE,
            CLOSED,
            Change(resolution=Resolution.MERGED),
            Standing(Status.CLOSED, None, None, Resolution.MERGED, NOW, NOW),
        ),
        (UNMERGE, CLOSED, Change(back_to=UNTIL), UNTIL),
        (NOTE, CLOSED, NOTHING, CLOSED),
    ],
)
def test_where_a_ticket_stands_follows_from_where_the_move_leads(move, before, change, then):
    assert after(move, ticket(before), then.status, change).standing == then


@pytest.mark.parametrize(
    ("move", "change", "held", "then"),
    [
        (TAKE, NOTHING, (None, 8), (8, None)),
        (TAKE, NOTHING, (DAVI, None), (8, None)),
        (RELEASE, NOTHING, (DAVI, None), (None, None)),
        (ASSIGNMENT, Change(assignment=Assignment(4, None, DAVI)), (8, None), (None, DAVI)),
        (ASSIGNMENT, Change(assignment=Assignment(4, 8)), (None, DAVI), (8, None)),
        (NOTE, NOTHING, (None, DAVI), (None, DAVI)),
        (REPLY, NOTHING, (DAVI, None), (DAVI, None)),
    ],
)
def test_nobody_is_offered_what_somebody_holds(move, change, held, then):
    before = ticket(Standing(Status.OPEN), assignee=held[0], offered_to=held[1])
    made = after(move, before, Status.OPEN, change)
    assert (made.assignee, made.offered_to) == then


def test_an_assignment_names_the_team_and_a_classification_what_it_is_about():
    before = ticket(Standing(Status.OPEN), category=1, topic=2)
    assigned = after(ASSIGNMENT, before, Status.OPEN, Change(assignment=Assignment(4)))
    classified = after(CLASSIFICATION, before, Status.OPEN, Change(subject=Subject(Priority.HIGH, 6, None)))
    assert (assigned.team, assigned.priority, assigned.category, assigned.topic) == (4, "normal", 1, 2)
    assert (classified.team, classified.priority, classified.category, classified.topic) == (3, "high", 6, None)


def test_who_asked_for_an_approval_is_kept_until_work_goes_on():
    asked = after(APPROVAL_REQUEST, ticket(Standing(Status.OPEN)), Status.APPROVAL)
    assert asked.approval_asked_by == BIA.id
    assert after(APPROVAL, asked, Status.OPEN).approval_asked_by is None
    merged = after(MERGE, asked, Status.CLOSED, Change(resolution=Resolution.MERGED))
    assert after(UNMERGE, merged, Status.APPROVAL, Change(back_to=asked.standing)) == asked


def test_the_first_public_word_of_the_desk_is_when_it_answered():
    first = after(REPLY, ticket(Standing(Status.OPEN)), Status.OPEN, is_answer=True)
    assert (first.is_answered, first.answered_at) == (True, LATER)
    again = consequences(REPLY, first, Status.OPEN, NOTHING, is_answer=True, by=BIA, at=LATER + timedelta(hours=1))
    assert again == first


def test_a_draft_that_is_dropped_is_its_authors_alone():
    draft = ticket(Standing(Status.DRAFT), author=BIA.id)
    dropped = after(CANCELLATION, draft, Status.CLOSED, Change(resolution=Resolution.CANCELLED))
    assert (dropped.requester, dropped.organization, dropped.participants) == (BIA.id, None, frozenset())


@pytest.mark.parametrize(
    ("move", "before", "by", "change", "to"),
    [
        (APPROVAL, ticket(Standing(Status.APPROVAL)), ANA, NOTHING, "new"),
        (APPROVAL, ticket(Standing(Status.APPROVAL), approval_asked_by=8), ANA, NOTHING, "open"),
        (REFUSAL, ticket(Standing(Status.APPROVAL)), ANA, NOTHING, "closed"),
        (REFUSAL, ticket(Standing(Status.APPROVAL), approval_asked_by=8), ANA, NOTHING, "open"),
        (ASSIGNMENT, ticket(Standing(Status.NEW)), BIA, Change(assignment=Assignment(3, 8)), "open"),
        (ASSIGNMENT, ticket(Standing(Status.NEW)), BIA, Change(assignment=Assignment(3, None, DAVI)), "new"),
        (REPLY, ticket(ASKED), ANA, NOTHING, "open"),
        (REPLY, ticket(ASKED), BIA, NOTHING, "waiting"),
        (REPLY, ticket(UNTIL), ANA, NOTHING, "waiting"),
        (REPLY, ticket(RESOLVED), ANA, NOTHING, "open"),
        (REPLY, ticket(RESOLVED), BIA, NOTHING, "resolved"),
        (REPLY, ticket(ASKED, requester=8), BIA, NOTHING, "open"),
        (NOTE, ticket(RESOLVED), BIA, NOTHING, "resolved"),
        (REPLY, ticket(Standing(Status.OPEN)), SYSTEM, NOTHING, "open"),
    ],
)
def test_a_move_without_a_target_leads_where_its_kind_and_the_actor_say(move, before, by, change, to):
    assert target_of(move, before, change, by) == to
