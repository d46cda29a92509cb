"""The filter of a list of the desk, as its address says it."""

from collections.abc import Mapping
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


def filter_from_form(form: Form) -> DeskFilter:
    """The filter of the list that a form was on."""
    return filter_from_query(dict(parse_qsl(form.text("query"))))


def filter_from_query(query: Mapping[str, str]) -> DeskFilter:
    """The filter in an address. Unknown values are ignored."""
    about: dict[str, Any] = {name: whole_number(query.get(name, ""), digits=9) for name in _NUMBERS}
    return DeskFilter(
        view=query["view"] if query.get("view") in VIEWS else "inbox",
        status=desk_statuses(settings().preset).get(query.get("status", "")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        channel=query["channel"] if query.get("channel") in CHANNELS else "",
        tag=one_line(query.get("tag", ""))[:40],
        updated={str(days): days for days in UPDATED}.get(query.get("updated", "")),
        words=one_line(query.get("q", ""))[:200],
        sort="oldest" if query.get("sort") == "oldest" else "newest",
        after=place_of(query.get("after", "")),
        fields=read_filters(query, about["category"]),
        columns=_columns(query.get("columns", ""), about["category"]),
        **about,
    )


def _columns(text: str, category: int | None) -> tuple[str, ...]:
    """The chosen columns in the order in which they are shown; empty for the default ones."""
    wanted = set(text.split(","))
    chosen = tuple(name for name in desk_rows.columns_of(category) if name in wanted)[: desk_rows.MOST_COLUMNS]
    return () if chosen == desk_rows.DEFAULT_COLUMNS else chosen


def address(chosen: DeskFilter) -> str:
    query: dict[str, Any] = {
        "view": "" if chosen.view == "inbox" else chosen.view,
        "status": chosen.status.slug if chosen.status else "",
        **{name: getattr(chosen, name) or "" for name in _SIMPLE},
        **{name: value for each in chosen.fields for name, value in each.query.items()},
        "q": chosen.words,
        "columns": ",".join(chosen.columns),
        "sort": "" if chosen.sort == "newest" else chosen.sort,
        "after": keyset(chosen.after) if chosen.after else "",
    }
    kept = {name: str(value) for name, value in query.items() if value}
    return render.with_query("/desk", **kept) if kept else "/desk"


_NUMBERS = ("category", "topic", "team", "assignee", "requester", "organization")
_SIMPLE = ("priority", "channel", *_NUMBERS, "tag", "updated")
