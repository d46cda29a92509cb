"""Filters of a list as chips, each with the address of the list without it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from web.pages.desk.lists.addresses import address, first_page
from web.pages.words.labels import CHANNELS, PRIORITIES, UPDATED
from web.pages.words.tickets import typed_filters
from web.tickets.lists.choices import Choice
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.field_filters import FieldFilter


class FilterChip(NamedTuple):
    """A filter in words, and the address of the list without it."""

    text: str
    href: str


def chips(chosen: DeskFilter, choices: list[Choice]) -> list[FilterChip]:
    named = [
        FilterChip(f"{typed_filters.LABELS[name]}: {text}", _without(chosen, **{name: _EMPTY.get(name)}))
        for name, text in _texts(chosen, choices)
    ]
    return named + [_of_field(each, chosen) for each in chosen.fields]


def _of_field(sought: FieldFilter, chosen: DeskFilter) -> FilterChip:
    value = sought.option or typed_filters.between(sought.first, sought.last)
    others = tuple(each for each in chosen.fields if each != sought)
    return FilterChip(f"{sought.field.label}: {value}", _without(chosen, fields=others))


def _without(chosen: DeskFilter, **emptied: Any) -> str:
    return address(first_page(chosen, **emptied))


_EMPTY = {"priority": "", "channel": "", "tag": "", "subject": ""}
_NAMED = {
    "category": "category",
    "topic": "topic",
    "team": "team",
    "assignee": "agent",
    "requester": "requester",
    "organization": "organization",
}


def _texts(chosen: DeskFilter, choices: list[Choice]) -> Iterator[tuple[str, str]]:
    names = {(each.kind.removeprefix("past_"), each.id): each.name for each in choices}
    if chosen.status:
        yield "status", chosen.status.label
    if chosen.due is not None:
        yield "due", typed_filters.due_text(chosen.due)
    for name, kind in _NAMED.items():
        if number := getattr(chosen, name):
            yield name, names.get((kind, number), f"#{number}")
    coded = {"priority": PRIORITIES.get(chosen.priority), "channel": CHANNELS.get(chosen.channel)}
    coded |= {"updated": UPDATED.get(chosen.updated or 0), "subject": chosen.subject, "tag": chosen.tag}
    yield from ((name, text) for name, text in coded.items() if text)
