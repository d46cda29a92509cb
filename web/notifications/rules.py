"""Notification rules, as a table: which event notifies which people. Pure functions."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from web.notifications.parties import Happened, Parties


class Occasion(StrEnum):
    """Why somebody is notified. It names the message's template and the person's preference."""

    ACKNOWLEDGED = "acknowledged"
    COPIED = "copied"
    ANSWERED = "answered"
    QUESTION = "question"
    SILENCE_WARNING = "silence_warning"
    SOLUTION = "solution"
    SURVEY = "survey"
    REOPENED = "reopened"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    TRANSCRIPT = "transcript"
    NEW_IN_QUEUE = "new_in_queue"
    ASSIGNED = "assigned"
    REQUESTER_ANSWERED = "requester_answered"
    CAME_BACK = "came_back"
    BREACH_NEAR = "breach_near"
    BREACHED = "breached"
    OBJECTION = "objection"
    BAD_RATING = "bad_rating"
    MENTIONED = "mentioned"
    HELD_BACK = "held_back"


OF_AGENTS = frozenset(
    {
        Occasion.NEW_IN_QUEUE,
        Occasion.ASSIGNED,
        Occasion.REQUESTER_ANSWERED,
        Occasion.CAME_BACK,
        Occasion.BREACH_NEAR,
        Occasion.BREACHED,
        Occasion.OBJECTION,
        Occasion.BAD_RATING,
        Occasion.MENTIONED,
        Occasion.HELD_BACK,
    }
)
STOOD_IN = frozenset(
    {Occasion.REQUESTER_ANSWERED, Occasion.CAME_BACK, Occasion.OBJECTION, Occasion.BREACH_NEAR, Occasion.BREACHED}
)
"""Occasions of which the stand-in of an absent assignee is notified as well."""

TO_AUTHORS = (Occasion.ACKNOWLEDGED, Occasion.TRANSCRIPT)
"""Occasions of which their author is notified as well: the ticket's number, and the transcript."""
_SAID = (
    *(Occasion.ANSWERED, Occasion.QUESTION, Occasion.SOLUTION, Occasion.REOPENED),
    *(Occasion.REQUESTER_ANSWERED, Occasion.CAME_BACK, Occasion.OBJECTION),
)
"""Occasions that people who have the chat open see there."""

WORST_GOOD_RATING = 3
"""Of five; a lower rating notifies the assignee and the leads."""


def told(happened: Happened, parties: Parties) -> dict[int, Occasion]:
    """Who is notified, each once by the first rule that names them. The author is left out of most."""
    found: dict[int, Occasion] = {}
    for people, occasion in _rules(happened, parties):
        for person in people:
            found.setdefault(person, occasion)
    if parties.stand_in and (why := found.get(parties.assignee or 0)) in STOOD_IN:
        found.setdefault(parties.stand_in, why)
    untold = happened.data.get("untold")
    for person in parties.copies.intersection(untold if isinstance(untold, list) else ()) - parties.askers:
        found.pop(person, None)
    if found.get(happened.actor) not in TO_AUTHORS:
        found.pop(happened.actor, None)
    return {who: why for who, why in found.items() if not (happened.is_chat and _is_seen(who, why, parties))}


def _is_seen(person: int, why: Occasion, parties: Parties) -> bool:
    """Whether the person sees it without a notification: in the open chat, or in the list of waiting chats."""
    if why is Occasion.ACKNOWLEDGED:
        return True
    is_of_queue = parties.assignee is None and person in parties.queue
    return why in _SAID and (person in parties.present or is_of_queue)


Rule = tuple[Iterable[int], Occasion]


def _rules(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.mentioned, Occasion.MENTIONED
    if happened.is_internal:
        yield from (_held if happened.noun in ("holdback", "recall") else _of_the_desk)(happened, parties)
        return
    if happened.noun in _FOR_CUSTOMERS:
        askers, copies = _FOR_CUSTOMERS[happened.noun]
        yield parties.askers, askers
        yield parties.copies if copies else (), copies or askers
    yield from _SPECIAL.get(happened.noun, _of_the_desk)(happened, parties)


def _held(happened: Happened, parties: Parties) -> Iterator[Rule]:
    """For a held reply that could not be sent: notifies its agent, or the leads of the team if the agent has left."""
    author = happened.data.get("person")
    yield {author} if isinstance(author, int) else (), Occasion.HELD_BACK
    if happened.data.get("why") in ("left", "out_of_sight"):
        yield parties.leads or parties.in_charge, Occasion.HELD_BACK


def _of_the_desk(happened: Happened, parties: Parties) -> Iterator[Rule]:
    for people, occasion in _FOR_AGENTS.get(happened.noun, ()):
        yield (parties.in_charge if people == "in_charge" else parties.leads), occasion


def _submission(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.askers, Occasion.ACKNOWLEDGED
    yield parties.copies, Occasion.COPIED
    if happened.data.get("to") == "approval":
        yield parties.approvers, Occasion.APPROVAL_ASKED
    else:
        yield parties.in_charge, Occasion.NEW_IN_QUEUE


def _reply(happened: Happened, parties: Parties) -> Iterator[Rule]:
    is_return = happened.data.get("from") == "resolved"
    yield parties.askers, Occasion.REOPENED if is_return and happened.is_desks else Occasion.ANSWERED
    yield parties.copies, Occasion.ANSWERED
    if happened.is_desks:
        yield parties.in_charge if parties.assignee else (), Occasion.REQUESTER_ANSWERED
    else:
        yield parties.in_charge, Occasion.CAME_BACK if is_return else Occasion.REQUESTER_ANSWERED


def _ending(happened: Happened, parties: Parties) -> Iterator[Rule]:
    """Asks the requesters for a rating if the ticket can be rated. Those of a chat get the transcript."""
    asked = Occasion.SURVEY if happened.asks_rating else Occasion.CLOSED
    yield parties.askers, Occasion.TRANSCRIPT if happened.is_chat else asked
    yield parties.copies, Occasion.CLOSED
    yield {parties.assignee} if parties.assignee else (), Occasion.CLOSED


def _approval(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.askers, Occasion.APPROVAL_DECIDED
    if happened.noun == "approval":
        is_back = happened.data.get("to") == "open"
        yield parties.in_charge, Occasion.APPROVAL_DECIDED if is_back else Occasion.NEW_IN_QUEUE
    elif parties.assignee:
        yield {parties.assignee}, Occasion.APPROVAL_DECIDED


def _approval_request(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.approvers, Occasion.APPROVAL_ASKED


def _assignment(happened: Happened, parties: Parties) -> Iterator[Rule]:
    chosen = {each for each in (parties.offered_to, parties.assignee) if each}
    yield chosen or parties.queue, Occasion.ASSIGNED if chosen else Occasion.NEW_IN_QUEUE


def _rating(happened: Happened, parties: Parties) -> Iterator[Rule]:
    if happened.is_chat and happened.data.get("to") == "closed":
        yield parties.askers, Occasion.TRANSCRIPT
    given = happened.data.get("after")
    marks = [mark for mark in given.values() if isinstance(mark, int)] if isinstance(given, dict) else []
    if marks and min(marks) < WORST_GOOD_RATING:
        yield {parties.assignee} if parties.assignee else (), Occasion.BAD_RATING
        yield parties.leads, Occasion.BAD_RATING


_FOR_CUSTOMERS: dict[str, tuple[Occasion, Occasion | None]] = {
    "question": (Occasion.QUESTION, Occasion.ANSWERED),
    "reminder": (Occasion.SILENCE_WARNING, None),
    "solution": (Occasion.SOLUTION, Occasion.ANSWERED),
    "thanks": (Occasion.ANSWERED, Occasion.ANSWERED),
    "objection": (Occasion.REOPENED, None),
    "reopening": (Occasion.REOPENED, None),
    "overruling": (Occasion.APPROVAL_DECIDED, None),
    "correction": (Occasion.ACKNOWLEDGED, None),
    "cancellation": (Occasion.CANCELLED, Occasion.CANCELLED),
    "rejection": (Occasion.CLOSED, None),
    "merge": (Occasion.CLOSED, Occasion.CLOSED),
}
"""By the noun of the event: the occasion for the requesters, and the one for people in copy."""

_FOR_AGENTS: dict[str, tuple[tuple[str, Occasion], ...]] = {
    "objection": (("in_charge", Occasion.OBJECTION),),
    "cancellation": (("in_charge", Occasion.CANCELLED),),
    "thanks": (("in_charge", Occasion.REQUESTER_ANSWERED),),
    "resumption": (("in_charge", Occasion.CAME_BACK),),
    "release": (("in_charge", Occasion.NEW_IN_QUEUE),),
    "departure": (("in_charge", Occasion.CAME_BACK),),
    "overruling": (("leads", Occasion.CAME_BACK),),
    "withdrawal": (("in_charge", Occasion.CAME_BACK),),
    "due_soon": (("in_charge", Occasion.BREACH_NEAR),),
    "breach": (("in_charge", Occasion.BREACHED), ("leads", Occasion.BREACHED)),
}

_SPECIAL = {
    "submission": _submission,
    "reply": _reply,
    "closing": _ending,
    "confirmation": _ending,
    "approval": _approval,
    "refusal": _approval,
    "approval_request": _approval_request,
    "assignment": _assignment,
    "rating": _rating,
}
