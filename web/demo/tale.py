"""One invented ticket as it comes to be, told event by event."""

import bisect
import functools
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from web.database import Row
from web.demo.loading import Ids, Rows
from web.demo.vocabulary import (
    ABOUT,
    ANSWERS,
    DETAILS,
    NOTES,
    OBJECTIONS,
    QUESTIONS,
    REASONS,
    REPLIES,
    SOLUTIONS,
    spoken,
)
from web.people.permissions import SYSTEM
from web.text import terms
from web.tickets.life import timeline
from web.tickets.life.states import Channel, Priority, Resolution, Status, Wait
from web.tickets.life.timeline import PastEvent
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.targets import Policy

MEASURED = "Medição: dez mensagens"
"""The title of the one ticket that has exactly ten public messages; Ana of Colégio Aurora asks in it."""

_NOTHING_DUE = (None,) * len(Deadlines.__dataclass_fields__)


@dataclass
class Tale:
    """One ticket as it comes to be: each thing told adds its rows and moves the ticket on."""

    number: int
    ids: Ids
    chance: random.Random
    end: datetime
    subject: Row
    organization: int
    requester: int
    author: int
    agent: int
    channel: Channel
    priority: Priority
    terms: Policy
    colleagues: list[Row]
    created_at: datetime
    at: datetime
    updated_at: datetime
    title: str = ""
    status: Status = Status.DRAFT
    wait: Wait | None = None
    wait_until: datetime | None = None
    resolution: Resolution | None = None
    assignee: int | None = None
    is_answered: bool = False
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    messages: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    happenings: list[PastEvent] = field(default_factory=list)
    copies: list[tuple[Any, ...]] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)

    def tell(
        self,
        kind: str,
        actor: int,
        *,
        says: Sequence[str] = (),
        to: Status | None = None,
        data: Mapping[str, Any] | None = None,
        after: float = 0,
    ) -> None:
        """One event, with what was said, so many hours later on the average; the same `data` as the moves write."""
        self._pass(after)
        details = dict(data or {})
        message = self._say(kind, actor, says) if says else None
        if to is not None and to is not self.status:
            details |= {"from": self.status, "to": to}
            self.status = to
        if kind != "note":
            self.updated_at = self.at
        is_answer = bool(says) and kind in ("reply", "question", "solution") and actor == self.agent
        if is_answer and not self.is_answered:
            self.is_answered, self.answered_at = True, self.at
        self.happenings.append(PastEvent(kind, self.at, details, is_answer, is_work=actor == self.agent))
        audience = "internal" if kind in ("note", "draft") else "public"
        text = json.dumps(details, ensure_ascii=False)
        event = self.ids.next("event")
        self.events.append((event, self.number, kind, actor, self.at, audience, text, message, self.at))

    def add_to(self, rows: Rows) -> None:
        rows["ticket"].append(self._row())
        rows["message"] += self.messages
        rows["event"] += self.events
        rows["participant"] += self.copies
        body, notes = " ".join(map(_terms, self.public)), " ".join(map(_terms, self.internal))
        rows["ticket_search"].append((self.number, _terms(self.title), body, notes, " ".join(sorted(self._scope()))))

    def _pass(self, hours: float) -> None:
        later = self.at + timedelta(hours=self.chance.expovariate(1 / hours) if hours else 0)
        self.at = later if later < self.end else self.at + (self.end - self.at) / 2

    def _say(self, kind: str, actor: int, says: Sequence[str]) -> int:
        number = self.ids.next("message")
        sort = {"submission": "opening", "draft": "opening", "note": "note"}.get(kind, "reply")
        is_solution = kind == "solution"
        self.messages.append((number, self.number, sort, actor, "\n\n".join(says), self.at, is_solution))
        (self.internal if kind == "note" else self.public).extend(says)
        return number

    def _scope(self) -> set[str]:
        """As the moves have it: a draft is its author's alone."""
        if self.status is Status.DRAFT:
            return {f"p{self.author}"}
        people = {self.author, self.requester, self.assignee, *(copy[1] for copy in self.copies)} - {None}
        queue = f"t{self.subject['team']}" if self.subject["is_confidential"] else "desk"
        return {*(f"p{person}" for person in people), queue, f"o{self.organization}"}

    def _row(self) -> tuple[Any, ...]:
        is_sent = self.status is not Status.DRAFT
        about = self.subject
        return (
            *(self.number, self.title, about["id"], about["topic"], self.priority),
            *(self.author, self.requester, self.requester, self.organization if is_sent else None),
            *(about["team"] if is_sent else None, self.assignee, self.channel, self.status, self.wait),
            *(self.wait_until, self.resolution, about["workflow"], self.is_answered),
            *(self.answered_at, self.created_at, self.created_at if is_sent else None),
            *(self.updated_at, self.resolved_at, self.closed_at),
            *(
                vars(deadlines_of(timeline.timeline_of(self.happenings), self.terms)).values()
                if is_sent
                else _NOTHING_DUE
            ),
        )


def tell(tale: Tale, messages: int) -> None:
    """Some life for a ticket of that age, which ends in the status it has today."""
    fate = _fate(tale)
    phrases = ABOUT.get(tale.subject["name"]) or tale.chance.choice(list(ABOUT.values()))
    tale.title = spoken(phrases.titles, tale.chance)
    opening = [spoken(phrases.openings, tale.chance), spoken(DETAILS, tale.chance)]
    if fate == "draft":
        tale.author = tale.requester
        tale.tell("draft", tale.author, says=opening)
        return
    if tale.colleagues and tale.chance.random() < 0.05:
        _copy_in(tale)
    tale.tell("submission", tale.author, says=opening, to=Status.APPROVAL if fate == "approval" else Status.NEW)
    if fate in ("approval", "new"):
        return
    if fate == "cancelled":
        _cancel(tale)
        return
    tale.assignee = tale.agent
    tale.tell("take", tale.agent, to=Status.OPEN, after=4)
    if tale.colleagues and not tale.copies and tale.chance.random() < 0.05:
        address = _copy_in(tale)
        tale.tell("participation", tale.requester, data={"copies": [address]}, after=2)
    _talk(tale, _more(tale.chance, messages))
    _end(tale, fate)


def tell_measured(tale: Tale) -> None:
    """The ticket that is always measured: an opening and nine replies, still open."""
    tale.title, tale.author = MEASURED, tale.requester
    opening = [
        spoken(ABOUT["Cobrança"].openings, tale.chance),
        spoken(DETAILS, tale.chance),
    ]
    tale.tell("submission", tale.author, says=opening, to=Status.NEW)
    tale.assignee = tale.agent
    tale.tell("take", tale.agent, to=Status.OPEN, after=0.1)
    for place in range(9):
        actor, phrases = (tale.requester, ANSWERS) if place % 2 else (tale.agent, REPLIES)
        tale.tell(
            "reply",
            actor,
            says=[spoken(phrases, tale.chance), spoken(DETAILS, tale.chance)],
            after=0.1,
        )


def _fate(tale: Tale) -> str:
    """How it stands today: old tickets are over, nearly all; the news of this week are not."""
    age = bisect.bisect_left(_AGES, (tale.end - tale.created_at).days)
    return tale.chance.choices(list(_FATES), [shares[age] for shares in _FATES.values()])[0]


def _more(chance: random.Random, messages: int) -> int:
    """Messages between the opening and the solution: two are said in any case, and a few tickets go on and on."""
    go_on = 1 - 1 / (1 + max(0, messages - 2))
    more = 0
    while chance.random() < go_on:
        more += 1
    return more


def _talk(tale: Tale, more: int) -> None:
    for _ in range(more):
        turn = "answer" if tale.wait else tale.chance.choices(*_TURNS)[0]
        if turn == "answer":
            tale.wait = None
            tale.tell("reply", tale.requester, says=_say(tale, ANSWERS), to=Status.OPEN, after=14)
        elif turn == "question":
            _ask(tale)
        elif turn == "note":
            tale.tell("note", tale.agent, says=_say(tale, NOTES), after=3)
        else:
            tale.tell("reply", tale.agent, says=_say(tale, REPLIES), after=6)


def _end(tale: Tale, fate: str) -> None:
    if tale.wait and fate != "requester":
        tale.wait = None
        tale.tell("resumption", tale.agent, to=Status.OPEN, after=20)
    if fate == "requester" and not tale.wait:
        _ask(tale)
    elif fate in ("team", "until", "children", "case"):
        tale.wait = Wait(fate)
        tale.wait_until = tale.end + timedelta(days=tale.chance.randint(1, 30)) if fate == "until" else None
        until = {"until": tale.wait_until.isoformat()} if tale.wait_until else {}
        tale.tell("wait", tale.agent, to=Status.WAITING, data={"wait": fate, **until}, after=8)
    elif fate == "silence":
        _ask(tale)
        tale.wait = None
        _solve(tale, SYSTEM.id, Resolution.NO_ANSWER, says=())
        _close(tale, "closing", SYSTEM.id)
    elif fate in ("resolved", "confirmed", "closed"):
        _solve(tale, tale.agent, Resolution.COMMUNICATED, says=_say(tale, SOLUTIONS))
        if tale.chance.random() < 0.04:
            tale.resolution = tale.resolved_at = None
            tale.tell("objection", tale.requester, says=_say(tale, OBJECTIONS), to=Status.OPEN, after=10)
            _solve(tale, tale.agent, Resolution.COMMUNICATED, says=_say(tale, SOLUTIONS))
        if fate == "confirmed":
            _close(tale, "confirmation", tale.requester)
        elif fate == "closed":
            _close(tale, "closing", SYSTEM.id)


def _ask(tale: Tale) -> None:
    tale.wait = Wait.REQUESTER
    asked = {"wait": Wait.REQUESTER}
    tale.tell("question", tale.agent, says=_say(tale, QUESTIONS), to=Status.WAITING, data=asked, after=5)


def _solve(tale: Tale, actor: int, method: Resolution, *, says: Sequence[str]) -> None:
    tale.tell("solution", actor, says=says, to=Status.RESOLVED, data={"method": method}, after=16)
    tale.resolution, tale.resolved_at = method, tale.at


def _close(tale: Tale, kind: str, actor: int) -> None:
    tale.tell(kind, actor, to=Status.CLOSED, after=24)
    tale.closed_at = tale.at


def _cancel(tale: Tale) -> None:
    reason = spoken(REASONS, tale.chance)
    tale.tell("cancellation", tale.requester, to=Status.CLOSED, data={"reason": reason}, after=12)
    tale.resolution, tale.closed_at = Resolution.CANCELLED, tale.at


def _copy_in(tale: Tale) -> str:
    """A colleague in copy, by their address."""
    colleague = tale.chance.choice(tale.colleagues)
    address: str = colleague["address"]
    tale.copies.append((tale.number, colleague["person"], address, tale.author, tale.at))
    return address


def _say(tale: Tale, phrases: Sequence[str]) -> list[str]:
    """One paragraph, or two."""
    more = [spoken(DETAILS, tale.chance)] if tale.chance.random() < 0.4 else []
    return [spoken(phrases, tale.chance), *more]


@functools.lru_cache(maxsize=100_000)
def _terms(text: str) -> str:
    return " ".join(terms(text))


_TURNS = (("reply", "question", "answer", "note"), (40, 22, 24, 14))
_AGES = (10, 60)
_FATES = {
    "draft": (3, 1, 1),
    "approval": (3, 1, 0),
    "new": (14, 0, 0),
    "open": (20, 7, 8),
    "requester": (12, 5, 5),
    "team": (5, 4, 5),
    "until": (2, 2, 5),
    "children": (1, 1, 3),
    "case": (1, 1, 4),
    "resolved": (17, 8, 15),
    "confirmed": (17, 40, 520),
    "closed": (2, 20, 320),
    "silence": (0, 6, 70),
    "cancelled": (3, 4, 44),
}
"""Shares of what becomes of tickets at most 10 days old, at most 60, and older."""
