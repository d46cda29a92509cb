"""Workflows that leads customized: a preset with some of its parts changed."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace

import msgspec

from web.tickets.life.status_filters import filters_of, lists_by_label
from web.tickets.life.workflows import Rules, Workflow, preset, read_timers


def shaped(
    name: str,
    *,
    after: str,
    rules: Mapping[str, str | bool],
    timers: Mapping[str, str],
    labels: Mapping[str, str],
    desk_labels: Mapping[str, str],
) -> Workflow:
    """Returns the preset `after` with these parts changed. Of `desk_labels` only the named ones change."""
    begun, by_word = preset(after), filters_of(lists_by_label(labels))
    kept = {each.name: getattr(begun, each.name) for each in fields(Rules)}
    return replace(
        begun,
        name=name,
        **asdict(msgspec.convert({**kept, **rules}, Rules)),
        timers=read_timers(timers),
        labels=labels,
        desk_labels={**_otherwise(begun.desk_labels, begun.labels, labels), **desk_labels},
        colleague_labels=_otherwise(begun.colleague_labels, begun.labels, labels),
        turn_labels={each: word for each, word in begun.turn_labels.items() if labels[each] == begun.labels[each]},
        filters=by_word,
        has_lists=False,
        by_word=by_word,
    )


def _otherwise(own: Mapping[str, str], begun: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    """The labels without those that the preset words differently for these readers."""
    return {state: label if own[state] == begun[state] else own[state] for state, label in labels.items()}
