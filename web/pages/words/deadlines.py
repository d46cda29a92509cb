"""How a deadline was computed ("memória de cálculo"), in words."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from web.business_time.clocks import Computation, Counted
from web.pages.words.formats import DAYS, day, duration, moment, span
from web.tickets.life.timeline import Timeline
from web.tickets.sla import targets, timers
from web.tickets.sla.targets import InheritedTarget, Policy, Promise, TargetStatus
from web.tickets.sla.timers import Lapse, Timer

MOST_DAYS = 60
"""How many days of a computation are shown: the last ones."""


class DayLine(NamedTuple):
    """A date, how much of it counted, and why the rest did not."""

    day: str
    counted: str
    why: str


class Explanation(NamedTuple):
    """One deadline: its title, its status, and the days that counted."""

    title: str
    text: str
    tone: str
    start: str = ""
    """Empty for an inherited target, whose days are on the other ticket."""
    counted: str = ""
    left_out: int = 0
    days: Sequence[DayLine] = ()


def explain(life: Timeline, policy: Policy, now: datetime) -> list[Explanation]:
    """The next timer first, then the targets."""
    ends = timers.lapse(life, policy, now=now)
    lapses = [_lapse(ends, ends.computation)] if ends and ends.computation else []
    statuses = [_target(each) for each in targets.target_statuses(life, policy, now=now)]
    return [*lapses, *statuses, *(_inherited(each, now) for each in targets.inherited_targets(life))]


_TITLES = {
    Timer.SILENCE: "Resposta do solicitante em {duration}",
    Timer.CLOSING: "Encerramento em {duration} depois da solução",
    Promise.FIRST_RESPONSE: "Primeira resposta em {duration}",
    Promise.RESOLUTION: "Solução em {duration}",
}

_INHERITED = {
    Promise.FIRST_RESPONSE: "Primeira resposta, herdada de um ticket unido a este",
    Promise.RESOLUTION: "Solução, herdada de um ticket unido a este",
}


def _lapse(ends: Lapse, computation: Computation) -> Explanation:
    return _of(_TITLES[ends.timer], computation, f"Vence {moment(ends.at)}.", "rest")


def _target(status: TargetStatus) -> Explanation:
    text, tone = _status_text(status)
    return _of(_TITLES[status.target.promise], status.computation, text, tone)


def _inherited(promise: InheritedTarget, now: datetime) -> Explanation:
    """An inherited target has its computation on the other ticket."""
    is_late = promise.is_late(now)
    if promise.met_at is not None:
        text = f"Cumprido {'fora do prazo' if is_late else 'no prazo'}, {moment(promise.met_at)}."
    elif promise.is_paused:
        text = "Pausado enquanto aguardamos uma resposta do lado de quem pediu."
    else:
        text = f"{'Venceu' if is_late else 'Vence'} {moment(promise.due)}."
    return Explanation(
        title=_INHERITED[promise.promise],
        text=text,
        tone="late" if is_late else "good" if promise.met_at else "rest",
    )


def _status_text(status: TargetStatus) -> tuple[str, str]:
    computation = status.computation
    if status.met_at is not None:
        kept = "fora do prazo" if status.is_late else "no prazo"
        return f"Cumprido {kept}, {moment(status.met_at)}.", "late" if status.is_late else "good"
    if computation.due is not None:
        verb, tone = ("Venceu", "late") if status.is_late else ("Vence", "rest")
        return f"{verb} {moment(computation.due)}.", tone
    assert computation.paused_since is not None  # neither met nor running
    left = span(computation.remaining)
    return f"Pausado desde {moment(computation.paused_since)}; faltavam {left} de tempo contado.", "rest"


def _of(title: str, computation: Computation, text: str, tone: str) -> Explanation:
    days = list(_days(computation.days))
    return Explanation(
        title=title.format(duration=duration(computation.duration)),
        text=text,
        tone=tone,
        start=moment(computation.start),
        counted=span(computation.elapsed),
        left_out=max(len(days) - MOST_DAYS, 0),
        days=days[-MOST_DAYS:],
    )


def _days(counted: tuple[Counted, ...]) -> Iterator[DayLine]:
    for each in counted:
        yield DayLine(_date(each.day), span(each.seconds) if each.seconds else "", each.why or _closed_text(each))


def _closed_text(counted: Counted) -> str:
    return "" if counted.seconds else "sem atendimento"


def _date(of: date) -> str:
    return f"{DAYS[of.weekday()]}, {day(of)}"
