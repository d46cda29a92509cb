"""The table of notification rules: who is notified of each event."""

from dataclasses import replace

import pytest

from web.notifications.parties import Happened, Parties
from web.notifications.rules import Notification, told
from web.tickets.life.moves import MOVES

pytestmark = pytest.mark.anywhere

ANA, RUI, EVA, BIA, DAVI, LIA, TIME = 11, 12, 13, 21, 22, 23, 1
"""Requester, primary contact, in copy; assignee, colleague in the queue, lead; "Guichê"."""

PEOPLE = Parties(
    requester=ANA,
    contact=RUI,
    copies=frozenset({EVA}),
    assignee=BIA,
    queue=frozenset({BIA, DAVI, LIA}),
    leads=frozenset({LIA}),
)
UNHELD = Parties(ANA, ANA, frozenset({EVA}), queue=frozenset({BIA, DAVI, LIA}), leads=frozenset({LIA}))
AWAY = Parties(ANA, ANA, frozenset({EVA}), BIA, DAVI, queue=frozenset({BIA, DAVI, LIA}), leads=frozenset({LIA}))
"""Davi is the stand-in of Bia."""
THERE = Parties(ANA, ANA, assignee=BIA, queue=frozenset({BIA, DAVI}), readers=frozenset({ANA, BIA}))
GONE = Parties(ANA, ANA, assignee=BIA, queue=frozenset({BIA, DAVI}))
"""A chat that both sides have open, and one that both have left."""
RATED = {"after": {"service": 2, "quality": 5, "comment": "Demorou"}}

TABLE = [
    # what happened, whose ticket, who is told what
    (
        Happened("submission", ANA),
        UNHELD,
        {ANA: "acknowledged", EVA: "copied", **dict.fromkeys((BIA, DAVI, LIA), "new_in_queue")},
    ),
    (Happened("submission", BIA, is_desks=True), PEOPLE, {ANA: "acknowledged", RUI: "acknowledged", EVA: "copied"}),
    (
        Happened("submission", RUI, {"to": "approval"}),
        Parties(RUI, RUI, approvers=frozenset({ANA})),
        {RUI: "acknowledged", ANA: "approval_asked"},
    ),
    (Happened("participation", ANA), replace(PEOPLE, newcomers=frozenset({EVA})), {EVA: "copied"}),
    (Happened("participation", ANA), PEOPLE, {}),
    (Happened("reply", BIA, is_desks=True), PEOPLE, {ANA: "answered", RUI: "answered", EVA: "answered"}),
    (
        Happened("reply", DAVI, is_desks=True),
        PEOPLE,
        {ANA: "answered", RUI: "answered", EVA: "answered", BIA: "requester_answered"},
    ),
    (Happened("reply", ANA), PEOPLE, {RUI: "answered", EVA: "answered", BIA: "requester_answered"}),
    (Happened("reply", ANA), UNHELD, {EVA: "answered", **dict.fromkeys((BIA, DAVI, LIA), "requester_answered")}),
    (
        Happened("reply", EVA, {"from": "resolved", "to": "open"}),
        PEOPLE,
        {ANA: "answered", RUI: "answered", BIA: "came_back"},
    ),
    (Happened("question", BIA, is_desks=True), PEOPLE, {ANA: "question", RUI: "question", EVA: "answered"}),
    (Happened("reminder", TIME), PEOPLE, {ANA: "silence_warning", RUI: "silence_warning"}),
    (Happened("solution", BIA, is_desks=True), PEOPLE, {ANA: "solution", RUI: "solution", EVA: "answered"}),
    (Happened("solution", TIME), PEOPLE, {ANA: "solution", RUI: "solution", EVA: "answered"}),
    (Happened("objection", ANA), PEOPLE, {RUI: "reopened", BIA: "objection"}),
    (Happened("confirmation", ANA), PEOPLE, {RUI: "closed", EVA: "closed", BIA: "closed"}),
    (Happened("closing", TIME), PEOPLE, {ANA: "closed", RUI: "closed", EVA: "closed", BIA: "closed"}),
    (Happened("closing", TIME, asks_rating=True), UNHELD, {ANA: "survey", EVA: "closed"}),
    (Happened("rating", ANA, RATED), PEOPLE, {BIA: "bad_rating", LIA: "bad_rating"}),
    (Happened("rating", ANA, {"after": {"service": 3, "quality": 5, "comment": ""}}), PEOPLE, {}),
    (Happened("cancellation", ANA), PEOPLE, {RUI: "cancelled", EVA: "cancelled", BIA: "cancelled"}),
    (Happened("rejection", BIA, is_desks=True), PEOPLE, {ANA: "closed", RUI: "closed"}),
    (Happened("merge", BIA, is_desks=True), PEOPLE, {ANA: "closed", RUI: "closed", EVA: "closed"}),
    (Happened("assignment", LIA, is_desks=True), PEOPLE, {BIA: "assigned"}),
    (Happened("assignment", LIA, is_desks=True), UNHELD, {BIA: "new_in_queue", DAVI: "new_in_queue"}),
    (Happened("release", BIA, is_desks=True), UNHELD, {DAVI: "new_in_queue", LIA: "new_in_queue"}),
    (Happened("take", BIA, is_desks=True), PEOPLE, {}),
    (Happened("due_soon", TIME, is_internal=True), PEOPLE, {BIA: "breach_near"}),
    (Happened("breach", TIME, is_internal=True), PEOPLE, {BIA: "breached", LIA: "breached"}),
    (Happened("note", DAVI, is_desks=True, is_internal=True), PEOPLE, {}),
    (Happened("holdback", TIME, {"person": DAVI, "why": "answered"}, is_internal=True), PEOPLE, {DAVI: "held_back"}),
    (
        Happened("holdback", TIME, {"person": DAVI, "why": "left"}, is_internal=True),
        PEOPLE,
        {DAVI: "held_back", LIA: "held_back"},
    ),
    (Happened("recall", LIA, {"person": DAVI}, is_desks=True, is_internal=True), PEOPLE, {DAVI: "held_back"}),
    (Happened("recall", DAVI, {"person": DAVI}, is_desks=True, is_internal=True), PEOPLE, {}),
    (Happened("holding", DAVI, is_desks=True, is_internal=True), PEOPLE, {}),
    (Happened("resumption", TIME), PEOPLE, {BIA: "came_back"}),
    (
        Happened("approval", ANA, {"to": "new"}),
        Parties(RUI, RUI, queue=frozenset({BIA})),
        {RUI: "approval_decided", BIA: "new_in_queue"},
    ),
    (
        Happened("approval_request", BIA, is_desks=True),
        Parties(RUI, RUI, assignee=BIA, approvers=frozenset({ANA})),
        {ANA: "approval_asked"},
    ),
    (Happened("reply", ANA), AWAY, {EVA: "answered", BIA: "requester_answered", DAVI: "requester_answered"}),
    (Happened("resumption", TIME), AWAY, {BIA: "came_back", DAVI: "came_back"}),
    (Happened("objection", ANA), AWAY, {BIA: "objection", DAVI: "objection"}),
    (Happened("due_soon", TIME, is_internal=True), AWAY, {BIA: "breach_near", DAVI: "breach_near"}),
    (Happened("breach", TIME, is_internal=True), AWAY, {BIA: "breached", DAVI: "breached", LIA: "breached"}),
    (Happened("reply", DAVI), AWAY, {ANA: "answered", EVA: "answered", BIA: "requester_answered"}),
    (Happened("confirmation", ANA), AWAY, {EVA: "closed", BIA: "closed"}),
    (Happened("assignment", LIA, is_desks=True), AWAY, {BIA: "assigned"}),
    (
        Happened("submission", ANA, is_chat=True),
        UNHELD,
        {EVA: "copied", **dict.fromkeys((BIA, DAVI, LIA), "new_in_queue")},
    ),
    (Happened("reply", ANA, is_chat=True), UNHELD, {EVA: "answered"}),
    (Happened("reply", BIA, is_desks=True, is_chat=True), THERE, {}),
    (Happened("reply", BIA, is_desks=True, is_chat=True), GONE, {ANA: "answered"}),
    (Happened("reply", ANA, is_chat=True), THERE, {}),
    (Happened("reply", ANA, is_chat=True), GONE, {BIA: "requester_answered"}),
    (Happened("solution", BIA, is_desks=True, is_chat=True), THERE, {}),
    (Happened("confirmation", ANA, is_chat=True, asks_rating=True), THERE, {ANA: "transcript", BIA: "closed"}),
    (Happened("closing", TIME, is_chat=True), GONE, {ANA: "transcript", BIA: "closed"}),
    (Happened("rating", ANA, {"to": "closed"}, is_chat=True), THERE, {ANA: "transcript"}),
    (Happened("rating", ANA, {}, is_chat=True), THERE, {}),
    (Happened("refusal", ANA), Parties(RUI, RUI, assignee=BIA), {RUI: "approval_decided", BIA: "approval_decided"}),
]


@pytest.mark.parametrize(("happened", "people", "expected"), TABLE, ids=lambda value: getattr(value, "noun", ""))
def test_each_event_tells_these_people(happened, people, expected):
    assert told(happened, people) == {person: Notification(why) for person, why in expected.items()}


def test_a_mentioned_colleague_is_told_whatever_else_they_are():
    people = Parties(ANA, ANA, assignee=BIA, queue=frozenset({BIA}), mentioned=frozenset({DAVI, BIA}))
    happened = Happened("note", BIA, is_desks=True, is_internal=True)
    assert told(happened, people) == {DAVI: Notification.MENTIONED}


@pytest.mark.parametrize("noun", sorted({move.noun for move in MOVES}))
def test_the_author_is_never_told_of_their_own_doing(noun):
    for actor in (ANA, RUI, EVA, BIA, DAVI, LIA):
        for people in (PEOPLE, UNHELD):
            found = told(Happened(noun, actor, is_desks=actor > 20), people)
            assert found.get(actor, Notification.ACKNOWLEDGED) is Notification.ACKNOWLEDGED


@pytest.mark.parametrize("noun", sorted({move.noun for move in MOVES}))
def test_what_is_internal_is_told_to_nobody_outside(noun):
    assert set(told(Happened(noun, TIME, is_internal=True), PEOPLE)) <= {BIA, DAVI, LIA}
