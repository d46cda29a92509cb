"""The filter of a desk list in its address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.paging import keyset, place_of, whole_number
from web.pages.words.labels import CHANNELS, PRIORITIES, UPDATED, desk_statuses
from web.pages.words.tickets import desk_rows
from web.settings import settings
from web.text import one_line
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.lists.field_filters import read_filters
from web.tickets.lists.ordering import SORTS


def filter_from_form(form: Form) -> DeskFilter:
    """The filter of the list that the form was sent from."""
    return filter_from_query(dict(parse_qsl(form.text("query"))))


def filter_from_query(query: Mapping[str, str]) -> DeskFilter:
    """The filter in an address. Unknown values are ignored."""
    about: dict[str, int | None] = {name: whole_number(query.get(name, ""), digits=9) for name in _NUMBERS}
    return DeskFilter(
        view=query["view"] if query.get("view") in VIEWS else "inbox",
        status=desk_statuses(settings().preset).get(query.get("status", "")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        channel=query["channel"] if query.get("channel") in CHANNELS else "",
        tag=one_line(query.get("tag", ""))[:40],
        updated={str(days): days for days in UPDATED}.get(query.get("updated", "")),
        due=whole_number(query.get("due", ""), digits=5),
        subject=one_line(query.get("subject", ""))[:100],
        words=one_line(query.get("q", ""))[:200],
        sort=query["sort"] if query.get("sort") in SORTS else "newest",
        after=place_of(query.get("after", "")),
        before=place_of(query.get("before", "")),
        seen=whole_number(query.get("seen", ""), digits=9) or 0,
        fields=read_filters(query, about["category"]),
        columns=columns_among(query.get("columns", ""), about["category"]),
        **about,
    )


def columns_among(text: str, category: int | None) -> tuple[str, ...]:
    """The chosen columns in order; empty for those that the reader has set for the list."""
    known = desk_rows.columns_of(category)
    return tuple(name for name in dict.fromkeys(text.split(",")) if name in known)[: desk_rows.MOST_COLUMNS]


def first_page(chosen: DeskFilter, **changed: Any) -> DeskFilter:
    """Of this list, or of the one that differs in what is `changed`."""
    return replace(chosen, **{"after": None, "before": None, "seen": 0, **changed})


def address(chosen: DeskFilter) -> str:
    query: dict[str, object] = {
        "view": "" if chosen.view == "inbox" else chosen.view,
        "status": chosen.status.slug if chosen.status else "",
        **{name: getattr(chosen, name) or "" for name in _SIMPLE},
        **{name: value for each in chosen.fields for name, value in each.query.items()},
        "due": "" if chosen.due is None else f"{chosen.due}",
        "subject": chosen.subject,
        "q": chosen.words,
        "columns": ",".join(chosen.columns),
        "sort": "" if chosen.sort == "newest" else chosen.sort,
        "after": keyset(chosen.after) if chosen.after else "",
        "before": keyset(chosen.before) if chosen.before else "",
        "seen": chosen.seen,
    }
    kept = {name: str(value) for name, value in query.items() if value}
    return render.with_query("/desk", **kept) if kept else "/desk"


_NUMBERS = ("category", "topic", "team", "assignee", "requester", "organization")
_SIMPLE = ("priority", "channel", *_NUMBERS, "tag", "updated")
