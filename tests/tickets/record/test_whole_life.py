"""Random moves by anybody, and time, under each preset: the invariants hold after each step."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import cast, lead_settings
from tests.cast import NOW
from tests.lead_settings import set_category
from tests.tickets.life.table import PRESETS
from tests.tickets.record.traces import events_of, left_by_block, messages_of, row
from tests.tickets.sla.hours import target
from web.database import fetch
from web.demo.cast import Cast
from web.errors import DeskError, NotFound
from web.people.permissions import Actor
from web.tickets.actions import approvals, assignment, cancellation, participants, replies, resolution, timers, waits
from web.tickets.life.consequences import Change, Subject
from web.tickets.life.moves import (
    APPROVAL,
    APPROVAL_REQUEST,
    ASSIGNMENT,
    CANCELLATION,
    CONFIRMATION,
    NOTE,
    OBJECTION,
    OVERRULING,
    PARTICIPATION,
    QUESTION,
    REFUSAL,
    RELEASE,
    REOPENING,
    REPLY,
    RESUMPTION,
    SOLUTION,
    SUBMISSION,
    TAKE,
    WAIT,
    WITHDRAWAL,
    Move,
)
from web.tickets.life.states import Priority, Status, Wait
from web.tickets.record import conversation, search_index, transition
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage, opening_of
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import Deadlines, deadlines_of

Found = TypeVar("Found")

EXAMPLES, STEPS = 40, 25

PEOPLE = ("ana", "rui", "caio", "bia", "davi", "lia")
DESK = ("bia", "davi", "lia")
ADDRESSES = {"rui": "rui@aurora.example", "caio": "caio@horizonte.example"}
HOMES = {"ana": "aurora", "rui": "aurora", "caio": "horizonte", "bia": None}
GRANTS = {"ana": "aurora", "caio": "horizonte"}
"""Who was granted sight of all of an organization's tickets."""

ARROWS = """
    draft>new draft>approval draft>closed approval>new approval>open approval>closed
    new>open new>waiting new>resolved new>closed open>approval open>waiting open>resolved open>closed
    waiting>open waiting>resolved waiting>closed resolved>open resolved>closed
"""
"""Every change of status there is. None leads out of closed; to new only before work has begun."""


@dataclass(frozen=True)
class Deed:
    """Something a person may do: the move it is, and how it is done with a sentence to say."""

    move: Move
    do: Callable[..., Awaitable[MoveResult]]
    says: bool = False
    is_note: bool = False
    copies: str = ""


def waiting(kind: Wait) -> Deed:
    def do(sheet: TicketDetails, _: str, **who: Any) -> Awaitable[MoveResult]:
        until = who["at"] + timedelta(days=2, hours=3) if kind is Wait.UNTIL else None
        return waits.wait(sheet, kind, until=until, **who)

    return Deed(WAIT, do)


def asking(**limit: Any) -> Deed:
    def do(sheet: TicketDetails, text: str, **who: Any) -> Awaitable[MoveResult]:
        change, data = Change(wait=Wait.REQUESTER), {"wait": Wait.REQUESTER, **limit}
        made = {"to": Status.WAITING, "change": change, "data": data, "message": NewMessage(text)}
        return transition.apply(QUESTION, sheet, **made, **who)

    return Deed(QUESTION, do, says=True)


def copying(name: str) -> Deed:
    address = ADDRESSES[name]
    return Deed(PARTICIPATION, lambda sheet, _, **who: participants.add(sheet, [address], **who), copies=name)


async def make_urgent(sheet: TicketDetails, _: str, **who: Any) -> MoveResult:
    change = Change(subject=Subject(Priority.URGENT, sheet.category, sheet.topic))
    return await transition.apply(ASSIGNMENT, sheet, change=change, **who)


async def submit(sheet: TicketDetails, _: str, **who: Any) -> MoveResult:
    opening = await opening_of(sheet)
    return await submission.submit(sheet, Request(sheet.title, opening.body, sheet.category), **who)


DEEDS = {
    "submission": Deed(SUBMISSION, submit),
    "approval": Deed(APPROVAL, lambda sheet, _, **who: approvals.approve(sheet, **who)),
    "approval request": Deed(APPROVAL_REQUEST, approvals.ask_approval, says=True),
    "overruling": Deed(OVERRULING, lambda sheet, _, **who: approvals.overrule(sheet, reason="Urgente.", **who)),
    "withdrawal": Deed(WITHDRAWAL, lambda sheet, _, **who: approvals.withdraw(sheet, **who)),
    "refusal": Deed(REFUSAL, lambda sheet, _, **who: approvals.disapprove(sheet, reason="Caro demais.", **who)),
    "take": Deed(TAKE, lambda sheet, _, **who: assignment.take(sheet, **who)),
    "release": Deed(RELEASE, lambda sheet, _, **who: assignment.release(sheet, **who)),
    "priority": Deed(ASSIGNMENT, make_urgent),
    "question": Deed(QUESTION, waits.ask, says=True),
    "question for days": asking(days=2),
    "question that closes": asking(days=2, closes=True),
    "wait for the team": waiting(Wait.TEAM),
    "wait until": waiting(Wait.UNTIL),
    "wait for children": waiting(Wait.CHILDREN),
    "wait for a case": waiting(Wait.CASE),
    "resumption": Deed(RESUMPTION, lambda sheet, _, **who: waits.resume(sheet, **who)),
    "reply": Deed(REPLY, replies.reply, says=True),
    "note": Deed(NOTE, replies.note, says=True, is_note=True),
    "copy for rui": copying("rui"),
    "copy for caio": copying("caio"),
    "solution": Deed(
        SOLUTION, lambda sheet, text, **who: resolution.solve(sheet, message=NewMessage(text), **who), says=True
    ),
    "sim": Deed(CONFIRMATION, lambda sheet, _, **who: resolution.confirm(sheet, **who)),
    "não": Deed(OBJECTION, resolution.object_to, says=True),
    "reopening": Deed(REOPENING, lambda sheet, _, **who: resolution.reopen(sheet, **who)),
    "cancellation": Deed(CANCELLATION, lambda sheet, _, **who: cancellation.cancel(sheet, reason="Resolvi.", **who)),
}


class Runner:
    """Runs coroutines of another thread on the loop of the tests."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    def run(self, work: Coroutine[Any, Any, Found]) -> Found:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


@pytest.mark.anyio
async def test_whatever_people_and_time_do_to_a_ticket_what_must_hold_holds(database: None) -> None:
    people, runner = await everybody(), Runner()
    await asyncio.to_thread(
        run_state_machine_as_test,
        lambda: WholeLife(runner, people),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


async def everybody() -> Cast:
    people = await cast.enrol()
    promised, _ = await cast.subject("Cobrança")
    for priority, amount in ((None, 20), ("urgent", 6)):
        await target("resolution", amount, priority=priority, category=promised, pauses_for_team=amount == 6)
    await target("first_response", 3, category=promised)
    await set_category("Material didático", by=people.lia, needs_approval=True)
    return people


class WholeLife(RuleBasedStateMachine):
    """One ticket, from its beginning to wherever it comes."""

    def __init__(self, runner: Runner, people: Cast) -> None:
        super().__init__()
        self.runner, self.people = runner, people
        self.at, self.steps, self.number = NOW, 0, 0
        self.said: list[tuple[str, bool]] = []
        self.copied: set[str] = set()
        self.judged: dict[str, Any] | None = None

    @initialize(
        preset=st.sampled_from(PRESETS),
        asker=st.sampled_from(sorted(HOMES)),
        category=st.sampled_from(("Cobrança", "Acesso ao portal", "Material didático")),
        is_draft=st.booleans(),
    )
    def begins(self, preset: str, asker: str, category: str, is_draft: bool) -> None:
        self.asker = asker
        self.number = self.runner.run(self._opened(preset, category, is_draft))
        self.said.append(("Os boletos vieram errados.", False))

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(sorted(DEEDS)))
    def somebody_tries_anything(self, who: str, what: str) -> None:
        self.runner.run(self._try(who, DEEDS[what]))

    @rule(choice=st.integers(0, 10_000), is_twice=st.booleans())
    def somebody_does_what_is_offered(self, choice: int, is_twice: bool) -> None:
        self.runner.run(self._offered(choice, is_twice))

    @rule(hours=st.sampled_from((1, 3, 24, 70, 24 * 7, 24 * 20)), works=st.booleans())
    def time_passes(self, hours: int, works: bool) -> None:
        """With no worker running what falls due waits for one."""
        self.at += timedelta(hours=hours)
        if works:
            self.runner.run(self._ring())

    @invariant()
    def all_holds(self) -> None:
        if self.number:
            self.steps += 1
            self.runner.run(self._check())

    def teardown(self) -> None:
        self.runner.run(fetch("UPDATE ticket SET wakes_at = NULL WHERE wakes_at IS NOT NULL"))

    # What happens

    async def _opened(self, preset: str, category: str, is_draft: bool) -> int:
        await lead_settings.live_by(preset)
        (about,) = await fetch("SELECT id FROM category WHERE name = {}", category)
        begin = drafts.draft if is_draft else submission.open_ticket
        wanted = Request("Boletos", "Os boletos vieram errados.", about["id"])
        return (await begin(wanted, by=self._person(self.asker), at=self.at)).ticket

    async def _offered(self, choice: int, is_twice: bool) -> None:
        offered = [
            (who, deed)
            for who in PEOPLE
            if (sheet := await self._sheet(who))
            for deed in DEEDS.values()
            if deed.move.is_open(sheet, self._person(who))
        ]
        if not offered:  # a draft that was dropped
            return
        who, deed = offered[choice % len(offered)]
        assert await self._try(who, deed, is_twice=is_twice), (who, deed.move.noun)

    async def _try(self, who: str, deed: Deed, *, is_twice: bool = False) -> bool:
        """Whether it was done; what is refused leaves nothing."""
        sheet, by = await self._sheet(who), self._person(who)
        if sheet is None:
            return False
        text, key = f"{len(self.said)}. Segue.", f"{self.number}-{self.steps}"
        async with left_by_block(self.number) as left:
            try:
                made = await deed.do(sheet, text, by=by, at=self.at, key=key)
            except DeskError:
                made = None
        if made is None:
            assert left.nothing, (who, deed.move.noun, left)
            return False
        if deed.says:
            self.said.append((text, deed.is_note))
        if deed.copies:
            self.copied.add(deed.copies)
        if is_twice:
            again = await deed.do(sheet, text, by=by, at=self.at, key=key)
            assert (again.event, again.is_repeat) == (made.event, True)
        return True

    async def _ring(self) -> None:
        await timers.run_due(self.at)
        wakes = (await row(self.number))["wakes_at"]
        assert wakes is None or wakes > self.at
        async with left_by_block(self.number) as left:
            assert await timers.run_due(self.at) == 0
        assert left.nothing

    # What must hold

    async def _check(self) -> None:
        kept, events = await row(self.number), await events_of(self.number)
        await self._is_what_its_events_say(kept)
        await self._is_found_by_what_it_says_now()
        self._has_only_gone_along_arrows(events)
        rung = [(each["data"]["timer"], each["data"]["due"]) for each in events if "timer" in each["data"]]
        assert len(rung) == len(set(rung))
        assert [each["at"] for each in events] == sorted(each["at"] for each in events)
        assert (kept["wait"] is not None) == (kept["status"] == "waiting")
        assert [each["body"] for each in await messages_of(self.number)] == [text for text, _ in self.said]
        who, was_sent = PEOPLE[self.steps % len(PEOPLE)], any(each["kind"] == "submission" for each in events)
        may_see = self._may_see(who, was_sent=was_sent)
        assert (await self._sheet(who) is not None) == may_see, (who, kept["status"])
        if was_sent and may_see:
            await self._is_read_whole(who)

    async def _is_what_its_events_say(self, kept: dict[str, Any]) -> None:
        life, terms, _ = await stored_deadlines.load(self.number)
        if life is None:
            assert kept["status"] == "draft"
            return
        assert (kept["status"], kept["wait"]) == (life.now.status, life.now.wait)
        columns = {name: kept[name] for name in Deadlines.__dataclass_fields__}
        if self.judged is None:
            assert columns == asdict(deadlines_of(life, terms))
        else:
            assert columns == self.judged
        if kept["status"] == "closed":
            self.judged = columns

    async def _is_found_by_what_it_says_now(self) -> None:
        """The words and marks that search has of it are those of the ticket as it is."""
        columns = ", ".join(search_index.COLUMNS)
        (kept,) = await fetch(f"SELECT {columns} FROM ticket_search WHERE rowid = {{}}", self.number)
        (anew,) = await search_index.read(self.number, self.number)
        assert [set(str(each).split()) for each in kept.values()] == [set(str(each).split()) for each in anew.row()]

    def _has_only_gone_along_arrows(self, events: list[dict[str, Any]]) -> None:
        turns = [each["data"] for each in events if "to" in each["data"]]
        assert {f"{each['from']}>{each['to']}" for each in turns} <= set(ARROWS.split())
        assert all(one["to"] == next["from"] for one, next in pairwise(turns))
        statuses = [each["to"] for each in turns]
        assert "new" not in statuses[statuses.index("open") :] if "open" in statuses else True

    async def _is_read_whole(self, who: str) -> None:
        """Checks that a person reads all public messages, and agents also notes. A description counts once sent."""
        entries, more = await conversation.entries(
            await cast.seen(self.number, self._person(who)), by=self._person(who)
        )
        shown = [text for text, is_note in self.said if who in DESK or not is_note]
        read = [each.body for each in entries if each.body]
        assert more or sorted(read) == sorted(shown)

    def _may_see(self, who: str, *, was_sent: bool) -> bool:
        """What they registered, are copied on, or hold a grant for; the desk all that was ever sent."""
        if who == self.asker or not was_sent:
            return who == self.asker
        home = HOMES[self.asker]
        return who in DESK or who in self.copied or (home is not None and GRANTS.get(who) == home)

    def _person(self, name: str) -> Actor:
        return getattr(self.people, name)

    async def _sheet(self, who: str) -> TicketDetails | None:
        try:
            return await find_ticket(self.number, by=self._person(who))
        except NotFound:
            return None
