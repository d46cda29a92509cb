"""A workflow as a lead enters it, and the errors in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from web.business_time.durations import Duration
from web.text import fold, wrong_name
from web.tickets.life.workflows import MustSay, Rating, ReplyWhenResolved, Timers, Workflow

LONGEST_LABEL = 40

Wrong = dict[str, str | None]
"""A code for each field that is wrong."""


@dataclass(frozen=True)
class WorkflowInput:
    """The parts of a workflow that may be changed; the rest comes from its preset. None is a choice not made."""

    preset: str
    labels: Mapping[str, str]
    """The label of each state for requesters."""
    desk_labels: Mapping[str, str]
    """The label of each state for agents."""
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
        """The values of `Rules`, by their names."""
        return {name: getattr(self, name) for name in RULES}


RULES = (
    *("reply_when_resolved", "rating", "solution_must_say", "asks_confirmation", "first_edit_takes"),
    *("may_cancel", "may_duplicate", "shows_log"),
)


def input_of(workflow: Workflow, preset: str) -> WorkflowInput:
    """A workflow as its form shows it."""
    rules = {name: getattr(workflow, name) for name in RULES}
    labels, desk_labels = workflow.labels, workflow.desk_labels
    return WorkflowInput(preset=preset, labels=labels, desk_labels=desk_labels, timers=workflow.timers, **rules)


def wrong_workflow(wanted: WorkflowInput) -> Wrong:
    return {**_wrong_rules(wanted), **_wrong_timers(wanted), **_wrong_labels(wanted), **_wrong_desk_labels(wanted)}


def timers_in_words(timers: Timers) -> dict[str, str]:
    """The timers as preset files write them: `72 business_hours`. A timer that is off is left out."""
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
        case ReplyWhenResolved.WINDOW if wanted.timers.ending is None:
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
        "closing": _wrong_closing(wanted),
        "unrated": None if timers.unrated is None or wanted.rating is Rating.REQUIRED else "needs_required_rating",
    }


def _wrong_warning(warning: Duration | None, silence: Duration | None) -> str | None:
    if warning is None:
        return None
    if silence is None or warning.counts_days:
        return "only_hours" if silence else "needs_silence"
    return "late_warning" if warning.unit == silence.unit and warning.amount >= silence.amount else None


def _wrong_closing(wanted: WorkflowInput) -> str | None:
    if wanted.timers.closing and wanted.rating is Rating.REQUIRED:
        return "closes_unrated"
    return None if _can_close(wanted) else "never_closes"


def _can_close(wanted: WorkflowInput) -> bool:
    """Whether a person or a timer ever closes a resolved ticket, in workflows where resolved is not the end."""
    is_over = wanted.reply_when_resolved is ReplyWhenResolved.REFUSED
    by_rating = wanted.rating in (Rating.OPTIONAL, Rating.REQUIRED)
    return is_over or wanted.timers.ending is not None or wanted.asks_confirmation or by_rating


def _wrong_labels(wanted: WorkflowInput) -> Wrong:
    asks = {state: _asks(state, wanted) for state in wanted.labels}
    return {f"label_{state}": wrong for state, wrong in _wrong_words(wanted.labels, asks, "ambiguous_label")}


def _wrong_desk_labels(wanted: WorkflowInput) -> Wrong:
    asks = {state: _asks_of_desk(state) for state in wanted.desk_labels}
    wrong = _wrong_words(wanted.desk_labels, asks, "ambiguous_desk_label")
    return {f"desk_{state}": code for state, code in wrong}


def _wrong_words(
    labels: Mapping[str, str], asks: Mapping[str, str], ambiguous: str
) -> Iterator[tuple[str, str | None]]:
    """Yields a code for each state whose label is missing, or also labels another state that asks something else."""
    meanings: dict[str, set[str]] = {}
    for state, label in labels.items():
        meanings.setdefault(_read(label), set()).add(asks[state])
    for state, label in labels.items():
        is_ambiguous = len(meanings[_read(label)]) > 1
        yield state, wrong_name(label, longest=LONGEST_LABEL) or (ambiguous if is_ambiguous else None)


def _read(label: str) -> str:
    """The label without case and accents: labels that differ by these alone look the same to readers."""
    return " ".join(fold(label).split())


def _asks(state: str, wanted: WorkflowInput) -> str:
    """What the state asks of the requester: to finish, to answer, to judge, to wait, or nothing."""
    if state == "resolved" and (wanted.asks_confirmation or wanted.rating is Rating.REQUIRED):
        return "judge"
    if state in ("resolved", "closed"):
        return "nothing"
    return {"draft": "finish", "waiting_requester": "answer"}.get(state, "wait")


def _asks_of_desk(state: str) -> str:
    """What the state asks of an agent: to finish, to work, to wait, or nothing."""
    if state in ("new", "unassigned", "open"):
        return "work"
    return {"draft": "finish", "resolved": "nothing", "closed": "nothing"}.get(state, "wait")
