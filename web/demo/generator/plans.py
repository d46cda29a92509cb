"""Plans a generated ticket: how it ends, and how many office hours lie between its steps."""

import random
from dataclasses import dataclass

Step = tuple[float, str]
"""Office hours after the step before, and what happens."""

SHARES = {
    "draft": 5,
    "approval": 5,
    "new": 80,
    "unassigned": 25,
    "open": 130,
    "asked": 68,
    "until": 18,
    "hand_over": 14,
    "split": 4,
    "case": 2,
    "resolved": 40,
    "closed": 534,
    "silent": 50,
    "cancelled": 25,
}
"""The endings of a thousand tickets: a quarter is open, a tenth waits, the rest is over."""

PARTS = {"hand_over": 1, "split": 2, "case": 1}
"""The tickets that come from one with this ending."""

LONG_AGO = 140.0
"""Office hours after which no workflow leaves an unanswered question or a solution as it is."""
_SOON = 40.0
"""Office hours within which every workflow does."""


@dataclass(frozen=True)
class Pace:
    """Promised office hours to the first response, and to the solution."""

    answer: float
    solve: float


@dataclass(frozen=True)
class Plan:
    """The steps of a ticket, and the office hours since the last of them."""

    steps: tuple[Step, ...]
    rest: float

    @property
    def hours(self) -> float:
        return sum(hours for hours, _ in self.steps) + self.rest


def plan(ending: str, pace: Pace, *, messages: int, longest: float, chance: random.Random) -> Plan:
    """A random way to that ending; one that was reached long ago is up to `longest` office hours old."""
    return Plan(tuple(_steps(ending, pace, messages, chance)), _rest(ending, pace, longest, chance))


def _steps(ending: str, pace: Pace, messages: int, chance: random.Random) -> list[Step]:
    match ending:
        case "draft" | "new":
            return []
        case "unassigned" | "cancelled":
            soon = chance.expovariate(4 / pace.answer)
            return [(soon, "take"), (soon, _LAST[ending])]
    steps, left = _worked_on(pace, messages, chance)
    if ending == "closed":
        return [*steps, (left, "solve"), *_judged(pace, chance)]
    return steps if ending == "open" else [*steps, (left, _LAST.get(ending, ending))]


def _worked_on(pace: Pace, messages: int, chance: random.Random) -> tuple[list[Step], float]:
    """The steps until the solution, and the hours before it.

    One or two of ten tickets take longer than promised.
    """
    first, more = chance.expovariate(2.2 / pace.answer), _more(messages, chance)
    work = chance.expovariate(1.8 / pace.solve) if more else first * 0.4
    share = work / (more + 1)
    steps: list[Step] = [(first * 0.6, "take")]
    for turn in range(more):
        if steps[-1][1] == "ask":
            steps.append((_until_answered(chance), "answer"))
            continue
        act = chance.choices(*(_TURNS if turn else _FIRST))[0]
        steps.append((share if turn else first * 0.4, act))
        work -= share if turn else 0
    return [*steps, (_until_answered(chance), "answer")] if steps[-1][1] == "ask" else steps, work


def _judged(pace: Pace, chance: random.Random) -> list[Step]:
    """The steps after a solution; one in twenty-five is objected to first."""
    again = [(chance.uniform(1, 30), "object_to"), (chance.expovariate(8 / pace.solve), "solve")]
    accepted = (min(chance.expovariate(1 / 10), _SOON), "accept")
    return [*(again if chance.random() < 0.04 else ()), accepted]


def _more(messages: int, chance: random.Random) -> int:
    """Messages between the opening and the solution: two at least, and a few tickets have many."""
    go_on = 1 - 1 / (1 + max(0, messages - 2))
    more = 0
    while chance.random() < go_on:
        more += 1
    return more


def _until_answered(chance: random.Random) -> float:
    return min(chance.expovariate(1 / 6), _SOON)


def _rest(ending: str, pace: Pace, longest: float, chance: random.Random) -> float:
    """The hours since the end. Most endings are old, with more recent ones, because the desk has grown."""
    match ending:
        case "closed" | "silent" | "cancelled":
            return LONG_AGO + longest * chance.random() ** 2
        case "overdue":
            return LONG_AGO * (1 + chance.random())
        case "new" | "unassigned":
            return chance.expovariate(2.2 / pace.answer)
        case "open":
            return chance.expovariate(8 / pace.solve)
        case "hand_over" | "split" | "case":
            return chance.uniform(0, pace.solve / 2)
    return chance.uniform(0, _SOON)


_LAST = {
    "unassigned": "release",
    "cancelled": "withdraw",
    "approval": "ask_approval",
    "asked": "ask",
    "silent": "ask_for_the_last_time",
    "overdue": "ask_for_the_last_time",
    "resolved": "solve",
}
"""The last step by ending, where the names differ."""

_FIRST = (("reply", "ask"), (70, 30))
_TURNS = (("reply", "ask", "chase", "note", "copy_in"), (40, 24, 16, 17, 3))
"""The possible next steps with their frequency: at first, and later."""
