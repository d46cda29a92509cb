"""The table of moves: every state, every move and every person, against `Move.check`."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.life.table import CHOICES, LIFE, PEOPLE, PRESETS, STATES, lines
from web.errors import NotFromHere, NotPermitted
from web.people.permissions import SYSTEM, Actor, Role
from web.tickets.life import moves
from web.tickets.life.moves import MOVES, TAKE, Move, available
from web.tickets.life.states import Status, TicketState, Wait
from web.tickets.life.workflows import workflow

pytestmark = pytest.mark.anywhere

SCHOOL, OTHER_SCHOOL = 7, 8
SOMEBODY = 99
"""The author or requester, if none of the table's people is."""

ACTORS = {
    "A": Actor(id=10, name="Ada"),
    "K": Actor(id=11, name="Kit", role=Role.AGENT),
    "R": Actor(id=12, name="Ana", approves=frozenset({SCHOOL})),
    "P": Actor(id=13, name="Paz"),
    "C": Actor(id=14, name="Cid", sees=frozenset({SCHOOL})),
    "H": Actor(id=15, name="Hugo", approves=frozenset({SCHOOL})),
    "G": Actor(id=16, name="Bia", role=Role.AGENT),
    "E": Actor(id=17, name="Eva", role=Role.AGENT),
    "L": Actor(id=18, name="Lia", role=Role.LEAD),
    "B": Actor(id=19, name="Robô", role=Role.AGENT, is_robot=True),
    "T": SYSTEM,
    "S": Actor(
        id=20,
        name="Caio",
        sees=frozenset({OTHER_SCHOOL}),
        approves=frozenset({OTHER_SCHOOL}),
        manages=frozenset({OTHER_SCHOOL}),
    ),
}

SITUATIONS = {
    "draft": (Status.DRAFT, None, False, False),
    "approval": (Status.APPROVAL, None, False, False),
    "leave": (Status.APPROVAL, None, True, True),
    "new": (Status.NEW, None, False, False),
    "queue": (Status.OPEN, None, False, False),
    "held": (Status.OPEN, None, True, False),
    "spoke": (Status.OPEN, None, True, True),
    "asked": (Status.WAITING, Wait.REQUESTER, True, True),
    "waits": (Status.WAITING, Wait.TEAM, True, True),
    "resolved": (Status.RESOLVED, None, True, True),
    "closed": (Status.CLOSED, None, True, True),
}
"""Status, wait, assigned, answered."""


@pytest.mark.parametrize("line", lines(LIFE), ids=lambda line: line[0])
def test_each_move_is_open_to_its_people_from_its_states_and_to_nobody_else(line):
    noun, people, *marks = line
    written = {
        (state, who): "not permitted" if who not in people else "permitted" if mark == "x" else "not from here"
        for (state, mark), who in product(zip(STATES, marks, strict=True), PEOPLE)
        if who != "E" or SITUATIONS[state][2]
    }
    found = {(state, who): answer(move(noun), ticket(state, who), ACTORS[who]) for state, who in written}
    assert differences(written, found) == {}


@pytest.mark.parametrize("line", lines(CHOICES), ids=lambda line: "-".join(line[:3]))
def test_the_workflow_decides_where_the_settings_say_so(line):
    noun, people, state, *marks = line
    written = {
        (preset, who): "permitted" if mark == "x" else "not from here"
        for (preset, mark), who in product(zip(PRESETS, marks, strict=True), people)
    }
    found = {
        (preset, who): answer(move(noun), ticket(state, who, preset), ACTORS[who])
        for preset, who in product(PRESETS, people)
    }
    assert differences(written, found) == {}


def test_the_table_has_a_line_for_every_move():
    assert {move(line[0]) for line in lines(LIFE)} == set(MOVES)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_buttons_offered_are_those_that_the_check_lets_through(preset):
    for state, who in product(STATES, PEOPLE):
        life, actor = ticket(state, who, preset), ACTORS[who]
        assert available(life, actor) == [each for each in MOVES if answer(each, life, actor) == "permitted"]


def test_a_move_is_named_in_the_refusal():
    with pytest.raises(NotPermitted) as refused:
        TAKE.check(ticket("new", "R"), ACTORS["R"])
    assert refused.value.noun == "take"
    with pytest.raises(NotFromHere) as refused:
        TAKE.check(ticket("closed", "G"), ACTORS["G"])
    assert refused.value.noun == "take"


def test_the_wrong_person_at_the_wrong_moment_learns_only_that_it_is_not_for_them():
    assert answer(TAKE, ticket("closed", "S"), ACTORS["S"]) == "not permitted"


ids = st.integers(min_value=2, max_value=6)
schools = st.frozensets(st.sampled_from((SCHOOL, OTHER_SCHOOL)))


@st.composite
def lives(draw: st.DrawFn) -> TicketState:
    status = draw(st.sampled_from(Status))
    return TicketState(
        number=1,
        status=status,
        wait=draw(st.sampled_from(Wait)) if status is Status.WAITING else None,
        author=draw(ids),
        requester=draw(ids),
        primary_contact=draw(ids),
        organization=draw(st.sampled_from((None, SCHOOL, OTHER_SCHOOL))),
        team=draw(st.none() | ids),
        assignee=draw(st.none() | ids),
        is_answered=draw(st.booleans()),
        workflow=workflow(draw(st.sampled_from(PRESETS))),
        participants=draw(st.frozensets(ids)),
        approval_asked_by=draw(st.none() | ids) if status is Status.APPROVAL else None,
        approvers=draw(st.frozensets(ids, max_size=2)),
    )


actors = st.just(SYSTEM) | st.builds(
    Actor,
    id=ids,
    name=st.just("Alguém"),
    role=st.sampled_from((Role.REQUESTER, Role.AGENT, Role.LEAD, Role.ADMIN)),
    is_robot=st.booleans(),
    sees=schools,
    approves=schools,
    teams=st.frozensets(ids),
)


@given(lives(), actors)
def test_a_closed_ticket_has_no_move_that_leads_anywhere(life, actor):
    life.status, life.wait = Status.CLOSED, None
    assert {target for each in available(life, actor) for target in each.targets} <= {Status.CLOSED}


@given(lives(), actors)
def test_nothing_leads_to_new_but_submission_and_what_ends_an_approval(life, actor):
    leading = {each.noun for each in available(life, actor) if Status.NEW in each.targets}
    assert leading <= {Status.DRAFT: {"submission"}, Status.APPROVAL: {"approval", "overruling"}}.get(
        life.status, set()
    )


@given(lives(), actors)
def test_nothing_leads_back_to_draft(life, actor):
    assert [each for each in available(life, actor) if Status.DRAFT in each.targets] == []


@given(lives(), actors)
def test_who_has_nothing_to_do_with_a_ticket_may_do_nothing_to_it(life, actor):
    stranger = Actor(id=1_000, name="Caio", sees=actor.sees - {life.organization}, teams=actor.teams)
    assert available(life, stranger) == []


@given(lives(), actors)
def test_nobody_makes_a_move_that_is_not_for_them(life, actor):
    for each in MOVES:
        if not each.open_to(actor, life):
            assert answer(each, life, actor) == "not permitted"


@given(lives(), actors)
def test_the_requester_side_never_makes_a_move_of_the_desk(life, actor):
    requester = Actor(id=actor.id, name=actor.name, sees=actor.sees, approves=actor.approves)
    assert {each.noun for each in available(life, requester)} <= {
        "submission",
        "edition",
        "approval",
        "refusal",
        "reply",
        "thanks",
        "participation",
        "confirmation",
        "objection",
        "rating",
        "cancellation",
        "follow_up",
        "duplication",
    }


@given(lives(), actors)
def test_the_buttons_of_any_ticket_agree_with_the_check(life, actor):
    assert available(life, actor) == [each for each in MOVES if answer(each, life, actor) == "permitted"]


def move(noun: str) -> Move:
    return getattr(moves, noun.upper())


def answer(each: Move, life: TicketState, actor: Actor) -> str:
    try:
        each.check(life, actor)
    except NotPermitted:
        return "not permitted"
    except NotFromHere:
        return "not from here"
    return "permitted"


def ticket(state: str, who: str, preset: str = "guiche") -> TicketState:
    """Ana's ticket in that state; a draft has `who` as its author, if they can write one."""
    status, wait, is_held, is_answered = SITUATIONS[state]
    return TicketState(
        number=10_001,
        status=status,
        wait=wait,
        author=ACTORS[who].id if who in "AK" else SOMEBODY,
        requester=ACTORS["R"].id,
        primary_contact=ACTORS["R"].id,
        organization=SCHOOL,
        team=None,
        assignee=ACTORS["E"].id if is_held else None,
        is_answered=is_answered,
        workflow=workflow(preset),
        participants=frozenset({ACTORS["P"].id}),
        approval_asked_by=ACTORS["E"].id if state == "leave" else None,
        approvers=frozenset({ACTORS["H"].id}),
    )


def differences(written: dict, found: dict) -> dict:
    """Cells of the table that differ from the check."""
    return {cell: (written[cell], found[cell]) for cell in written if written[cell] != found[cell]}
