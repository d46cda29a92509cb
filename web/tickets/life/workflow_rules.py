"""A workflow as a lead wishes it, and what would be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.business_time.durations import Duration
from web.text import fold, is_blank
from web.tickets.life.workflows import MustSay, Rating, ReplyWhenResolved, Timers, Workflow

LONGEST_LABEL = 40

Wrong = dict[str, str | None]
"""A code for each field that is wrong."""


@dataclass(frozen=True)
class WorkflowInput:
    """The parts of a workflow that may be changed; all else comes from its preset. None is a choice not made."""

    preset: str
    labels: Mapping[str, str]
    """What requesters read for each state."""
    timers: Timers
    reply_when_resolved: ReplyWhenResolved | None
    rating: Rating | None
    solution_must_say: MustSay | None
    asks_confirmation: bool
    first_edit_takes: bool
    may_cancel: bool
    may_duplicate: bool
    shows_log: bool

    @property
    def rules(self) -> dict[str, str | bool | None]:
        """Those of `Rules`, by their names."""
        return {name: getattr(self, name) for name in RULES}


RULES = (
    *("reply_when_resolved", "rating", "solution_must_say", "asks_confirmation", "first_edit_takes"),
    *("may_cancel", "may_duplicate", "shows_log"),
)


def input_of(workflow: Workflow, preset: str) -> WorkflowInput:
    """A workflow as it could be wished for."""
    rules = {name: getattr(workflow, name) for name in RULES}
    return WorkflowInput(preset=preset, labels=workflow.labels, timers=workflow.timers, **rules)


def wrong_workflow(wanted: WorkflowInput) -> Wrong:
    return {**_wrong_rules(wanted), **_wrong_timers(wanted), **_wrong_labels(wanted)}


def timers_in_words(timers: Timers) -> dict[str, str]:
    """As preset files write them: `72 business_hours`; what is off is left out."""
    return {name: str(value) for name, value in vars(timers).items() if value is not None}


def _wrong_rules(wanted: WorkflowInput) -> Wrong:
    return {
        "reply_when_resolved": _wrong_reply(wanted),
        "rating": _wrong_rating(wanted),
        "solution_must_say": None if wanted.solution_must_say else "unknown",
    }


def _wrong_reply(wanted: WorkflowInput) -> str | None:
    match wanted.reply_when_resolved:
        case None:
            return "unknown"
        case ReplyWhenResolved.CONFIRMATION if not wanted.asks_confirmation:
            return "needs_confirmation"
        case ReplyWhenResolved.RATING if wanted.rating in (None, Rating.OFF):
            return "needs_rating"
        case ReplyWhenResolved.WINDOW if wanted.timers.closing is None:
            return "needs_closing"
    return None


def _wrong_rating(wanted: WorkflowInput) -> str | None:
    if wanted.rating is None:
        return "unknown"
    never = wanted.rating is Rating.AFTER_CONFIRMATION and not wanted.asks_confirmation
    return "rating_never_asked" if never else None


def _wrong_timers(wanted: WorkflowInput) -> Wrong:
    timers = wanted.timers
    return {
        "silence_warning": _wrong_warning(timers.silence_warning, timers.silence),
        "closing": None if _can_close(wanted) else "never_closes",
    }


def _wrong_warning(warning: Duration | None, silence: Duration | None) -> str | None:
    if warning is None:
        return None
    return "needs_silence" if silence is None else "only_hours" if warning.counts_days else None


def _can_close(wanted: WorkflowInput) -> bool:
    """Whether somebody or time ever closes what is resolved, where that is not the end already."""
    is_over = wanted.reply_when_resolved is ReplyWhenResolved.REFUSED
    by_rating = wanted.rating in (Rating.OPTIONAL, Rating.REQUIRED)
    return is_over or wanted.timers.closing is not None or wanted.asks_confirmation or by_rating


def _wrong_labels(wanted: WorkflowInput) -> Wrong:
    asks: dict[str, set[str]] = {}
    for state, label in wanted.labels.items():
        asks.setdefault(_read(label), set()).add(_asks(state, wanted))
    return {f"label_{state}": _wrong_label(label, asks[_read(label)]) for state, label in wanted.labels.items()}


def _wrong_label(label: str, asks: set[str]) -> str | None:
    if is_blank(label) or len(label) > LONGEST_LABEL:
        return "missing" if is_blank(label) else "too_long"
    return "ambiguous_label" if len(asks) > 1 else None


def _read(label: str) -> str:
    """Two labels that differ by case or accents alone are one to the reader."""
    return " ".join(fold(label).split())


def _asks(state: str, wanted: WorkflowInput) -> str:
    """Of the requester: to finish, to answer, to judge, or only to wait or be content."""
    if state == "resolved" and (wanted.asks_confirmation or wanted.rating is Rating.REQUIRED):
        return "judge"
    if state in ("resolved", "closed"):
        return "nothing"
    return {"draft": "finish", "waiting_requester": "answer"}.get(state, "wait")
