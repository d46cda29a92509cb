"""Notification rules, as a table: which event notifies which people. Pure functions."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from web.notifications.parties import Happened, Parties


class Notification(StrEnum):
    """A kind of notification, with its template and the preference of its receiver. Columns call it `occasion`."""

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
        Notification.NEW_IN_QUEUE,
        Notification.ASSIGNED,
        Notification.REQUESTER_ANSWERED,
        Notification.CAME_BACK,
        Notification.BREACH_NEAR,
        Notification.BREACHED,
        Notification.OBJECTION,
        Notification.BAD_RATING,
        Notification.MENTIONED,
        Notification.HELD_BACK,
    }
)
TO_COPIES = frozenset({Notification.COPIED, Notification.ANSWERED, Notification.CANCELLED, Notification.CLOSED})
"""Notifications that people get because they are in copy."""
STOOD_IN = frozenset(
    {
        Notification.REQUESTER_ANSWERED,
        Notification.CAME_BACK,
        Notification.OBJECTION,
        Notification.BREACH_NEAR,
        Notification.BREACHED,
    }
)
"""Notifications that the stand-in of an absent assignee gets as well."""

TO_AUTHORS = (Notification.ACKNOWLEDGED, Notification.TRANSCRIPT)
"""Notifications that their author gets as well: the ticket's number, and the transcript."""
_SAID = (
    *(Notification.ANSWERED, Notification.QUESTION, Notification.SOLUTION, Notification.REOPENED),
    *(Notification.REQUESTER_ANSWERED, Notification.CAME_BACK, Notification.OBJECTION),
)
"""What people read in an open chat."""

WORST_GOOD_RATING = 3
"""Of five; a lower rating notifies the assignee and the leads."""


def told(happened: Happened, parties: Parties) -> dict[int, Notification]:
    """Who is notified, each once by the first rule that names them. The author is left out of most."""
    found: dict[int, Notification] = {}
    for people, kind in _rules(happened, parties):
        for person in people:
            found.setdefault(person, kind)
    if parties.stand_in and (why := found.get(parties.assignee or 0)) in STOOD_IN:
        found.setdefault(parties.stand_in, why)
    untold = happened.data.get("untold")
    for person in parties.copies.intersection(untold if isinstance(untold, list) else ()) - parties.askers:
        found.pop(person, None)
    if found.get(happened.actor) not in TO_AUTHORS:
        found.pop(happened.actor, None)
    return {who: why for who, why in found.items() if not (happened.is_chat and _is_seen(who, why, parties))}


def _is_seen(person: int, why: Notification, parties: Parties) -> bool:
    """Whether the person sees it without a notification: in the open chat, or in the list of waiting chats."""
    if why is Notification.ACKNOWLEDGED:
        return True
    is_of_queue = parties.assignee is None and person in parties.queue
    return why in _SAID and (person in parties.readers or is_of_queue)


Rule = tuple[Iterable[int], Notification]


def _rules(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.mentioned, Notification.MENTIONED
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
    yield {author} if isinstance(author, int) else (), Notification.HELD_BACK
    if happened.data.get("why") in ("left", "out_of_sight"):
        yield parties.leads or parties.in_charge, Notification.HELD_BACK


def _of_the_desk(happened: Happened, parties: Parties) -> Iterator[Rule]:
    for people, kind in _FOR_AGENTS.get(happened.noun, ()):
        yield (parties.in_charge if people == "in_charge" else parties.leads), kind


def _submission(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.askers, Notification.ACKNOWLEDGED
    yield parties.copies, Notification.COPIED
    if happened.data.get("to") == "approval":
        yield parties.approvers, Notification.APPROVAL_ASKED
    else:
        yield parties.in_charge, Notification.NEW_IN_QUEUE


def _participation(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.newcomers, Notification.COPIED


def _reply(happened: Happened, parties: Parties) -> Iterator[Rule]:
    is_return = happened.data.get("from") == "resolved"
    yield parties.askers, Notification.REOPENED if is_return and happened.is_desks else Notification.ANSWERED
    yield parties.copies, Notification.ANSWERED
    if happened.is_desks:
        yield parties.in_charge if parties.assignee else (), Notification.REQUESTER_ANSWERED
    else:
        yield parties.in_charge, Notification.CAME_BACK if is_return else Notification.REQUESTER_ANSWERED


def _ending(happened: Happened, parties: Parties) -> Iterator[Rule]:
    """Asks the requesters for a rating if the ticket can be rated. Those of a chat get the transcript."""
    asked = Notification.SURVEY if happened.asks_rating else Notification.CLOSED
    yield parties.askers, Notification.TRANSCRIPT if happened.is_chat else asked
    yield parties.copies, Notification.CLOSED
    yield {parties.assignee} if parties.assignee else (), Notification.CLOSED


def _approval(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.askers, Notification.APPROVAL_DECIDED
    if happened.noun == "approval":
        is_back = happened.data.get("to") == "open"
        yield parties.in_charge, Notification.APPROVAL_DECIDED if is_back else Notification.NEW_IN_QUEUE
    elif parties.assignee:
        yield {parties.assignee}, Notification.APPROVAL_DECIDED


def _approval_request(happened: Happened, parties: Parties) -> Iterator[Rule]:
    yield parties.approvers, Notification.APPROVAL_ASKED


def _assignment(happened: Happened, parties: Parties) -> Iterator[Rule]:
    chosen = {each for each in (parties.offered_to, parties.assignee) if each}
    yield chosen or parties.queue, Notification.ASSIGNED if chosen else Notification.NEW_IN_QUEUE


def _rating(happened: Happened, parties: Parties) -> Iterator[Rule]:
    if happened.is_chat and happened.data.get("to") == "closed":
        yield parties.askers, Notification.TRANSCRIPT
    given = happened.data.get("after")
    marks = [mark for mark in given.values() if isinstance(mark, int)] if isinstance(given, dict) else []
    if marks and min(marks) < WORST_GOOD_RATING:
        yield {parties.assignee} if parties.assignee else (), Notification.BAD_RATING
        yield parties.leads, Notification.BAD_RATING


_FOR_CUSTOMERS: dict[str, tuple[Notification, Notification | None]] = {
    "question": (Notification.QUESTION, Notification.ANSWERED),
    "reminder": (Notification.SILENCE_WARNING, None),
    "solution": (Notification.SOLUTION, Notification.ANSWERED),
    "thanks": (Notification.ANSWERED, Notification.ANSWERED),
    "objection": (Notification.REOPENED, None),
    "reopening": (Notification.REOPENED, None),
    "overruling": (Notification.APPROVAL_DECIDED, None),
    "correction": (Notification.ACKNOWLEDGED, None),
    "cancellation": (Notification.CANCELLED, Notification.CANCELLED),
    "rejection": (Notification.CLOSED, None),
    "merge": (Notification.CLOSED, Notification.CLOSED),
}
"""By the noun of the event: the notification of the requesters, and the one for people in copy."""

_FOR_AGENTS: dict[str, tuple[tuple[str, Notification], ...]] = {
    "objection": (("in_charge", Notification.OBJECTION),),
    "cancellation": (("in_charge", Notification.CANCELLED),),
    "thanks": (("in_charge", Notification.REQUESTER_ANSWERED),),
    "resumption": (("in_charge", Notification.CAME_BACK),),
    "release": (("in_charge", Notification.NEW_IN_QUEUE),),
    "departure": (("in_charge", Notification.CAME_BACK),),
    "overruling": (("leads", Notification.CAME_BACK),),
    "withdrawal": (("in_charge", Notification.CAME_BACK),),
    "due_soon": (("in_charge", Notification.BREACH_NEAR),),
    "breach": (("in_charge", Notification.BREACHED), ("leads", Notification.BREACHED)),
}

_SPECIAL = {
    "submission": _submission,
    "participation": _participation,
    "reply": _reply,
    "closing": _ending,
    "confirmation": _ending,
    "approval": _approval,
    "refusal": _approval,
    "approval_request": _approval_request,
    "assignment": _assignment,
    "rating": _rating,
}
