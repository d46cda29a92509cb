"""Workflows: the settings and words of each vocabulary, read from the preset files."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

import msgspec

from web.business_time import durations
from web.business_time.durations import Duration
from web.errors import NotFound
from web.tickets.life.status_filters import IN_WORK, PresetList, StatusFilter, filters_of, lists_by_label

FOLDER = Path(__file__).parent / "presets"


class ReplyWhenResolved(StrEnum):
    """What a requester can do on a resolved ticket."""

    REFUSED = "refused"
    REOPENS = "reopens"
    CONFIRMATION = "confirmation"
    RATING = "rating"
    WINDOW = "window"


class Rating(StrEnum):
    """Whether the satisfaction survey is asked."""

    OFF = "off"
    OPTIONAL = "optional"
    AFTER_CONFIRMATION = "after_confirmation"
    REQUIRED = "required"


class MustSay(StrEnum):
    """What a solution must contain."""

    NOTHING = "nothing"
    MESSAGE = "message"
    MESSAGE_OR_NOTE = "message_or_note"


class AfterSilence(StrEnum):
    """What happens when the requester does not answer a question in time."""

    RESOLVE = "resolve"
    CLOSE = "close"
    RETURN = "return"


@dataclass(frozen=True)
class Timers:
    """The timers of a workflow. A missing duration turns its timer off."""

    silence: Duration | None = None
    """From a question to the requester, until it counts as unanswered."""
    silence_then: AfterSilence = AfterSilence.RETURN
    silence_warning: Duration | None = None
    """How long before the end of the silence the requester is warned."""
    closing: Duration | None = None
    """The feedback window: from the solution, as long as the requester may still answer it."""
    unrated: Duration | None = None
    """From the solution, where only a rating closes a ticket and none is given; it replaces the feedback window."""
    idle: Duration | None = None
    """From the desk's last action on open work that somebody holds, until the ticket goes back to the queue."""

    @property
    def ending(self) -> Duration | None:
        """From the solution, until time closes a resolved ticket."""
        return self.unrated or self.closing


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Rules of a workflow: who may do what, and when."""

    reply_when_resolved: ReplyWhenResolved
    asks_confirmation: bool
    rating: Rating
    first_edit_takes: bool
    solution_must_say: MustSay
    may_cancel: bool
    may_duplicate: bool
    shows_log: bool
    opens_list_in_new_tab: bool
    opens_by_button: bool
    """Whether a new ticket is started by a button instead of a link."""
    folds_ticket: bool
    """Whether the ticket's page opens the reply box and the details only by buttons."""
    has_tabs: bool
    """Whether the list of tickets opens in tabs inside the portal."""
    shows_created: bool
    copied_includes_organization: bool
    """Whether the copied scope also shows what colleagues registered, as one portal defines it."""
    shows_organization_first: bool


@dataclass(frozen=True, kw_only=True)
class Workflow(Rules):
    """One vocabulary: its rules, and its Portuguese words by code.

    A state is a status, with `waiting_` and its kind while waiting, and `unassigned` for open work nobody holds.
    """

    name: str
    timers: Timers
    labels: Mapping[str, str]
    desk_labels: Mapping[str, str]
    """The same labels as agents read them."""
    colleague_labels: Mapping[str, str]
    """The labels for people on the customer's side whom the ticket does not wait for."""
    turn_labels: Mapping[str, str]
    """The labels for the person whose turn it is."""
    outcomes: Mapping[str, str]
    """The label of a closed ticket that was `on_time` or `late`; empty where that makes no difference."""
    words: Mapping[str, str]
    filters: tuple[StatusFilter, ...]
    """The choices that the list of tickets offers."""
    has_lists: bool
    """Whether these are lists of the preset, with tabs and counts. Otherwise they are choices of the filter bar."""
    by_word: tuple[StatusFilter, ...]
    """One filter for each label of the vocabulary."""

    def label(self, state: str, outcome: str | None = None, *, waits_for_reader: bool = True) -> str:
        """The label of the state on the customer's side. A closed ticket may be labelled by its outcome."""
        if state == "closed" and (ended := self.outcomes.get(outcome or "")):
            return ended
        return self.turn_labels.get(state, self.labels[state]) if waits_for_reader else self.colleague_labels[state]

    def filter(self, slug: str) -> StatusFilter | None:
        """The filter with that slug: one of those offered, or the list of a single label."""
        return next((choice for choice in (*self.filters, *self.by_word, IN_WORK) if choice.slug == slug), None)

    @property
    def in_work(self) -> StatusFilter:
        """The list of tickets that are not the requester's turn: an offered one if it has the same states."""
        alike = (each for each in self.filters if each.states | {"approval"} == IN_WORK.states)
        return next(alike, IN_WORK)

    def alike(self, state: str) -> StatusFilter:
        """The list of all states that share this one's label."""
        return next(choice for choice in self.by_word if state in choice.states)


def state_of(status: str, wait: str | None, assignee: object | None) -> str:
    """The key of a ticket's label."""
    if status == "waiting":
        return f"waiting_{wait}"
    return "unassigned" if status == "open" and assignee is None else status


@dataclass(frozen=True)
class Preset:
    """A preset file. `timers` are durations in words, and `silence_then`."""

    rules: Rules
    timers: dict[str, str]
    labels: dict[str, str]
    words: dict[str, str]
    desk: dict[str, str] = field(default_factory=dict)
    """Labels that agents read instead."""
    colleagues: dict[str, str] = field(default_factory=dict)
    """Labels of what waits for one person, as the others read them."""
    turns: dict[str, str] = field(default_factory=dict)
    """Labels of what waits for one person, as that person reads them."""
    outcomes: dict[str, str] = field(default_factory=dict)
    lists: dict[str, PresetList] = field(default_factory=dict)


_own: dict[str, Workflow] = {}
"""The workflows that leads customized, by name, as this process last read them."""


def workflow(name: str) -> Workflow:
    """Returns the workflow of that name. Raises `NotFound`.

    A customized workflow is named after its preset and its category (`guiche-7`). Until this process has read it, its
    preset is used.
    """
    return _own.get(name) or preset(name.partition("-")[0])


def install(own: Mapping[str, Workflow]) -> None:
    """Replaces the workflows that leads customized, in this process."""
    _own.clear()
    _own.update(own)


@functools.cache
def preset(name: str) -> Workflow:
    """Returns the preset of that name. Raises `NotFound`."""
    path = FOLDER / f"{name}.toml"
    if not name.isalpha() or not path.exists():
        raise NotFound(name)
    return _read(name, msgspec.convert(tomllib.loads(path.read_text()), Preset))


def _read(name: str, preset: Preset) -> Workflow:
    by_word = filters_of(lists_by_label(preset.labels))
    return Workflow(
        name=name,
        **asdict(preset.rules),
        timers=read_timers(preset.timers),
        labels=preset.labels,
        desk_labels={**preset.labels, **preset.desk},
        colleague_labels={**preset.labels, **preset.colleagues},
        turn_labels=preset.turns,
        outcomes=preset.outcomes,
        words=preset.words,
        filters=filters_of(preset.lists) or by_word,
        has_lists=bool(preset.lists),
        by_word=by_word,
    )


def read_timers(told: Mapping[str, str]) -> Timers:
    """Reads durations in words, and `silence_then`."""
    then = AfterSilence(told.get("silence_then", AfterSilence.RETURN))
    lengths = {name: durations.parse(each) for name, each in told.items() if name != "silence_then"}
    return Timers(silence_then=then, **lengths)
