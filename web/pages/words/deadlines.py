"""How a deadline came about ("memória de cálculo"), in words for whoever asks."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from web.business_time.clocks import Counted, Reckoning
from web.pages.words.formats import DAYS, day, duration, moment, span
from web.tickets.life.timeline import History
from web.tickets.sla import targets, timers
from web.tickets.sla.targets import Account, Inherited, Promise, Terms
from web.tickets.sla.timers import Lapse, Timer

MOST_DAYS = 60
"""Of a reckoning, shown; the last ones."""


class DayLine(NamedTuple):
    """A date, how much of it counted, and what kept the rest from counting."""

    day: str
    counted: str
    why: str


class Told(NamedTuple):
    """One deadline: what it is about, where it stands, and its days."""

    title: str
    text: str
    tone: str
    start: str = ""
    """Empty where the days are told elsewhere."""
    counted: str = ""
    left_out: int = 0
    days: Sequence[DayLine] = ()


def told(life: History, terms: Terms, now: datetime) -> list[Told]:
    """What time will do next, then what was promised."""
    ends = timers.lapse(life, terms, now=now)
    lapses = [_lapse(ends, ends.reckoning)] if ends and ends.reckoning else []
    accounts = [_account(each) for each in targets.accounts_of(life, terms, now=now)]
    return [*lapses, *accounts, *(_inherited(each, now) for each in targets.inherited_of(life))]


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


def _lapse(ends: Lapse, reckoning: Reckoning) -> Told:
    return _of(_TITLES[ends.timer], reckoning, f"Vence {moment(ends.at)}.", "rest")


def _account(account: Account) -> Told:
    text, tone = _standing(account)
    return _of(_TITLES[account.target.promise], account.reckoning, text, tone)


def _inherited(promise: Inherited, now: datetime) -> Told:
    """Its reckoning stands with the ticket it was made about."""
    is_late = promise.is_late(now)
    if promise.met_at is not None:
        text = f"Cumprido {'fora do prazo' if is_late else 'no prazo'}, {moment(promise.met_at)}."
    elif promise.is_paused:
        text = "Pausado enquanto aguardamos uma resposta do lado de quem pediu."
    else:
        text = f"{'Venceu' if is_late else 'Vence'} {moment(promise.due)}."
    return Told(
        title=_INHERITED[promise.promise],
        text=text,
        tone="late" if is_late else "good" if promise.met_at else "rest",
    )


def _standing(account: Account) -> tuple[str, str]:
    reckoning = account.reckoning
    if account.met_at is not None:
        kept = "fora do prazo" if account.is_late else "no prazo"
        return f"Cumprido {kept}, {moment(account.met_at)}.", "late" if account.is_late else "good"
    if reckoning.due is not None:
        verb, tone = ("Venceu", "late") if account.is_late else ("Vence", "rest")
        return f"{verb} {moment(reckoning.due)}.", tone
    assert reckoning.paused_since is not None  # neither met nor running
    left = span(reckoning.remaining)
    return f"Pausado desde {moment(reckoning.paused_since)}; faltavam {left} de tempo contado.", "rest"


def _of(title: str, reckoning: Reckoning, text: str, tone: str) -> Told:
    days = list(_days(reckoning.days))
    return Told(
        title=title.format(duration=duration(reckoning.duration)),
        text=text,
        tone=tone,
        start=moment(reckoning.start),
        counted=span(reckoning.elapsed),
        left_out=max(len(days) - MOST_DAYS, 0),
        days=days[-MOST_DAYS:],
    )


def _days(counted: tuple[Counted, ...]) -> Iterator[DayLine]:
    for each in counted:
        yield DayLine(_date(each.day), span(each.seconds) if each.seconds else "", each.why or _silent(each))


def _silent(counted: Counted) -> str:
    return "" if counted.seconds else "sem atendimento"


def _date(of: date) -> str:
    return f"{DAYS[of.weekday()]}, {day(of)}"
