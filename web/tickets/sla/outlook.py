"""What the columns of a ticket keep of its deadlines, for lists and for the worker."""

from dataclasses import dataclass
from datetime import datetime

from web.tickets.life.states import Status
from web.tickets.life.timeline import History
from web.tickets.life.workflows import AfterSilence
from web.tickets.sla.targets import Account, Inherited, Promise, Terms, accounts_of, inherited_of
from web.tickets.sla.timers import alarms, lapse


@dataclass(frozen=True)
class Outlook:
    """What the columns of a ticket keep for lists and for the worker."""

    wakes_at: datetime | None
    lapses_at: datetime | None
    """When time moves it by itself, unless somebody does before."""
    lapses_to: str | None
    """The status it has then."""
    answer_due: datetime | None
    solve_due: datetime | None
    solve_left: int | None
    """Seconds of counted time left while the clock of the resolution stands still."""
    due_at: datetime | None
    """The earliest promise that is neither met nor paused."""
    soon_at: datetime | None
    answer_seconds: int | None
    solve_seconds: int | None
    outcome: str | None
    """`on_time` or `late`, of a solved ticket that was promised anything; final once it is closed."""


def outlook(history: History, terms: Terms) -> Outlook:
    """Everything that follows for a ticket from what happened to it."""
    accounts = {each.target.promise: each for each in accounts_of(history, terms, now=history.last_at)}
    answer, solve = accounts.get(Promise.FIRST_RESPONSE), accounts.get(Promise.RESOLUTION)
    inherited = {each.promise: each for each in inherited_of(history)}
    unmet = [each for each in accounts.values() if each.reckoning.due and not each.met_at]
    running = [(each.reckoning.due, each.soon_at) for each in unmet]
    running += [(each.due, each.due) for each in inherited.values() if each.is_running]
    running.sort()
    ends = lapse(history, terms)
    return Outlook(
        wakes_at=min((each.due for each in alarms(history, terms)), default=None),
        lapses_at=ends.at if ends else None,
        lapses_to=_LEADS_TO[ends.then] if ends else None,
        answer_due=_earliest(answer, inherited.get(Promise.FIRST_RESPONSE)),
        solve_due=_earliest(solve, inherited.get(Promise.RESOLUTION)),
        solve_left=_left(solve),
        due_at=running[0][0] if running else None,
        soon_at=running[0][1] if running else None,
        answer_seconds=_seconds(answer) if history.answered_at else None,
        solve_seconds=_seconds(solve),
        outcome=_outcome(solve, inherited.get(Promise.RESOLUTION)),
    )


_LEADS_TO = {
    AfterSilence.RESOLVE: Status.RESOLVED,
    AfterSilence.CLOSE: Status.CLOSED,
    AfterSilence.RETURN: Status.OPEN,
}


def _earliest(account: Account | None, inherited: Inherited | None) -> datetime | None:
    own = account.reckoning.due if account and not account.met_at else None
    other = inherited.due if inherited and inherited.is_running else None
    return min((each for each in (own, other) if each), default=None)


def _left(account: Account | None) -> int | None:
    if account is None or account.met_at or not account.reckoning.is_paused:
        return None
    return int(account.reckoning.remaining.total_seconds())


def _seconds(account: Account | None) -> int | None:
    return int(account.reckoning.elapsed.total_seconds()) if account and account.met_at else None


def _outcome(account: Account | None, inherited: Inherited | None) -> str | None:
    late = [account.is_late] if account and account.met_at else []
    late += [inherited.is_late(inherited.met_at)] if inherited and inherited.met_at else []
    if not late:
        return None
    return "late" if any(late) else "on_time"
