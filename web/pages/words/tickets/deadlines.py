"""Words of the computation of a deadline ("memória de cálculo")."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from web.business_time.clocks import Computation, Counted
from web.pages.words.formats import DAYS, day, duration, first_name, length, moment, place
from web.people.permissions import Actor
from web.tickets.life.rights import is_requester
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import Timeline
from web.tickets.life.turns import may_approve
from web.tickets.record.ticket import TicketDetails
from web.tickets.sla import targets, timers
from web.tickets.sla.targets import InheritedTarget, Policy, Promise, TargetStatus
from web.tickets.sla.timers import Lapse, Timer

MOST_DAYS = 60
"""How many days of a computation are shown one by one: the last ones."""

_MINUTE = timedelta(minutes=1)


class DayLine(NamedTuple):
    """A date, or the first ones together: how much counted, how much is still to count, and why the rest does not."""

    day: str
    counted: str
    ahead: str
    why: str


class Sum(NamedTuple):
    """A line below the days; the last one is the sum of those before it."""

    label: str
    counted: str
    ahead: str = ""


class Explanation(NamedTuple):
    """A deadline: its title, its status, and the days that counted with their sum.

    The days of an inherited target are on the other ticket.
    """

    title: str
    text: str
    tone: str
    basis: str = ""
    """Its start, calendar and zone."""
    days: Sequence[DayLine] = ()
    sums: Sequence[Sum] = ()

    @property
    def runs_on(self) -> bool:
        """Whether some time is still to count."""
        return any(each.ahead for each in self.days)


def explain(life: Timeline, policy: Policy, ticket: TicketDetails, me: Actor, now: datetime) -> list[Explanation]:
    """The next timer first, then the targets."""
    awaited = awaited_text(ticket, me)
    ends = timers.lapse(life, policy, now=now)
    lapses = [_lapse(ends, ends.computation, now)] if ends and ends.computation else []
    statuses = [_target(each, life, awaited) for each in targets.target_statuses(life, policy, now=now)]
    return [*lapses, *statuses, *(_inherited(each, awaited, now) for each in targets.inherited_targets(life))]


def solution_text(ticket: TicketDetails, me: Actor) -> str:
    """The state of the resolution target; empty if there is none."""
    if ticket.outcome:
        return _OUTCOMES[ticket.outcome]
    if ticket.solve_left is None:
        return moment(ticket.solve_due) if ticket.solve_due else ""
    left = f"faltam {length(-(-ticket.solve_left // 60))}" if ticket.solve_left else "já estava atrasado"
    return f"parado, {awaited_text(ticket, me)}; {left}"


def awaited_text(ticket: TicketDetails, me: Actor) -> str:
    """Whom the ticket waits for while its clock is paused."""
    if ticket.wait is Wait.TEAM:
        return "espera outra equipe"
    if ticket.status is Status.APPROVAL:
        return "espera você" if may_approve(me, ticket) else "espera a aprovação"
    return "espera você" if is_requester(me, ticket) else f"espera {first_name(ticket.requester_name)}"


_OUTCOMES = {"on_time": "cumprido", "late": "não cumprido"}

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

_DONE = {Promise.FIRST_RESPONSE: "Respondido", Promise.RESOLUTION: "Resolvido"}

_ENDED = {
    "cancellation": "o ticket foi cancelado",
    "refusal": "o pedido não foi aprovado",
    "merge": "o ticket foi unido a outro",
    "rejection": "o ticket foi rejeitado",
}
"""Endings without a solution, by event."""


def _lapse(ends: Lapse, computation: Computation, now: datetime) -> Explanation:
    text = f"{'Venceu' if ends.at < now else 'Vence'} {moment(ends.at)}."
    return _of(_TITLES[ends.timer], computation, text, "rest")


def _target(status: TargetStatus, life: Timeline, awaited: str) -> Explanation:
    text, tone = (f"Fora dos prazos: {_ENDED[life.now.kind]}.", "rest") if status.is_void else _status(status, awaited)
    is_over = status.is_void or status.met_at is not None
    return _of(_TITLES[status.target.promise], status.computation, text, tone, is_over=is_over)


def _status(status: TargetStatus, awaited: str) -> tuple[str, str]:
    """The status in a sentence, and its tone."""
    computation, done = status.computation, _DONE[status.target.promise]
    late, tone = f"atraso de {_delay(computation)}", "late" if status.is_late else "rest"
    if status.met_at is not None:
        kept = f"com {late}" if status.is_late else "no prazo"
        return f"{done} {kept}, {moment(status.met_at)}.", "late" if status.is_late else "good"
    if computation.paused_since is not None:
        left = f"já tinha {late}" if status.is_late else f"faltam {length(_minutes_left(computation))}"
        return f"Parado desde {moment(computation.paused_since)}, {awaited}; {left}.", tone
    assert computation.due is not None  # nothing pauses it
    if status.is_late:
        return f"Venceu {moment(computation.due)}: {late} até agora.", tone
    return f"Vence {moment(computation.due)}.", tone


def _inherited(promise: InheritedTarget, awaited: str, now: datetime) -> Explanation:
    """An inherited target has its computation on the other ticket."""
    is_late = promise.is_late(now)
    if promise.met_at is not None:
        kept = f"com atraso; o prazo era {moment(promise.due)}" if is_late else "no prazo"
        text = f"{_DONE[promise.promise]} {moment(promise.met_at)}, {kept}."
    elif promise.is_paused:
        text = f"Parado, {awaited}."
    else:
        text = f"{'Venceu' if is_late else 'Vence'} {moment(promise.due)}."
    tone = "late" if is_late else "good" if promise.met_at else "rest"
    return Explanation(_INHERITED[promise.promise], text, tone)


def _of(title: str, computation: Computation, text: str, tone: str, *, is_over: bool = False) -> Explanation:
    lines = list(_lines(computation, is_over=is_over))
    return Explanation(
        title=title.format(duration=duration(computation.duration)),
        text=text,
        tone=tone,
        basis=_basis(computation),
        days=[*_first_days(lines[:-MOST_DAYS]), *map(_line, lines[-MOST_DAYS:])],
        sums=_sums(computation, lines, is_over=is_over),
    )


def _basis(computation: Computation) -> str:
    clock = computation.clock
    how = f"pelo calendário {clock.name}" if computation.duration.needs_calendar else "em tempo corrido"
    return f"Conta desde {moment(computation.start)}, {how}, no fuso de {place(clock.zone)}."


class _Line(NamedTuple):
    """A date with its minutes, rounded so that the lines of a computation add up to its sum."""

    of: Counted
    counted: int
    ahead: int


def _lines(computation: Computation, *, is_over: bool) -> Iterator[_Line]:
    """Each date of a computation; time still to count is omitted once it is over."""
    days = computation.days
    counted = list(_in_minutes([each.counted for each in days], timedelta(0)))
    ahead = list(_in_minutes([each.ahead for each in days], sum((each.counted for each in days), timedelta(0))))
    last = computation.clock.local_date(computation.asked)
    for each, minutes, further in zip(days, counted, ahead, strict=True):
        if not is_over or each.day <= last:
            yield _Line(each, minutes, 0 if is_over else further)


def _in_minutes(lengths: Sequence[timedelta], passed: timedelta) -> Iterator[int]:
    """Whole minutes of each length in turn, whose sum is that of all of them."""
    for each in lengths:
        yield (passed + each) // _MINUTE - passed // _MINUTE
        passed += each


def _sums(computation: Computation, lines: Sequence[_Line], *, is_over: bool) -> list[Sum]:
    """The sums: counted and remaining time add up to the whole, and the whole and the delay to the counted time."""
    counted, whole = sum(each.counted for each in lines), computation.whole // _MINUTE
    if computation.excess:
        return [Sum("Prazo", length(whole)), Sum("Atraso", _delay(computation)), Sum("Contado", length(counted))]
    left = length(whole - counted)
    runs_on = any(each.ahead for each in lines)
    rest = Sum("Sobrou" if is_over else "Falta", *(("", left) if runs_on else (left,)))
    return [Sum("Contado", length(counted)), rest, Sum("Prazo", length(whole))]


def _delay(computation: Computation) -> str:
    late = computation.elapsed // _MINUTE - computation.whole // _MINUTE
    return length(late) if late > 0 else "menos de 1 min"


def _minutes_left(computation: Computation) -> int:
    return computation.whole // _MINUTE - computation.elapsed // _MINUTE


def _first_days(lines: Sequence[_Line]) -> Iterator[DayLine]:
    """The days that are not shown one by one."""
    if lines:
        counted, ahead = sum(each.counted for each in lines), sum(each.ahead for each in lines)
        yield DayLine(f"Os primeiros {len(lines)} dias", _amount(counted), _amount(ahead), "")


def _line(line: _Line) -> DayLine:
    of = line.of
    reasons = [of.why, "pausa" if of.is_paused else ""]
    if not (of.counted or of.ahead or any(reasons)):
        reasons = ["sem atendimento"]
    date = f"{DAYS[of.day.weekday()]}, {day(of.day)}"
    return DayLine(date, _amount(line.counted), _amount(line.ahead), ", ".join(filter(None, reasons)))


def _amount(minutes: int) -> str:
    return length(minutes) if minutes else ""
