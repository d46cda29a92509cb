"""The log of settings, filtered by person, kind, words and period, and as a download."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render, spreadsheets
from web.pages.shell.dependencies import person_of
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.formats import stamp, zone_told
from web.pages.words.settings import changes as words
from web.settings_log import listing
from web.settings_log.listing import PAGE, LogFilter, Recorded
from web.settings_log.recording import Kind
from web.text import one_line
from web.tickets.fields.dates import read_day_of_century

ADDRESS = "/desk/settings/log"


@get(ADDRESS, name="settings_log")
async def index(request: PageRequest) -> Response[str]:
    chosen = _chosen(request)
    rows = await listing.changes(chosen, below=whole_number(request.query_params.get("below", "")))
    context = {
        "changes": [(row, words.kind_text(row.kind), words.ending_text(row), _fields(row)) for row in rows[:PAGE]],
        "chosen": chosen,
        "period": (_day(chosen.first), _day(chosen.until, days=-1)),
        "kinds": sorted(words.KINDS.items(), key=lambda each: each[1]),
        "people": [(each.id, each.name) for each in await listing.changers()],
        "first": _address(chosen) if "below" in request.query_params else "",
        "more": _address(chosen, below=rows[PAGE - 1].id) if len(rows) > PAGE else "",
        "file": _address(chosen, path=f"{ADDRESS}.csv"),
    }
    return render.page(request, "settings/log.html", context)


@get(f"{ADDRESS}.csv", name="settings_log_file")
async def download(request: PageRequest) -> Response[str]:
    rows = await listing.changes(_chosen(request), limit=listing.MOST_EXPORTED)
    return spreadsheets.download("configuracoes.csv", words.HEADING, _lines(rows))


def _chosen(request: PageRequest) -> LogFilter:
    asked = request.query_params
    kind = asked.get("kind", "")
    return LogFilter(
        kind=kind if kind in Kind._value2member_map_ else "",
        person=whole_number(asked.get("person", ""), digits=9),
        words=one_line(asked.get("q", ""))[:200],
        first=_midnight(asked.get("first", "")),
        until=_midnight(asked.get("last", ""), days=1),
        shut_out=person_of(request).shut_out,
    )


def _address(chosen: LogFilter, *, path: str = ADDRESS, below: int | None = None) -> str:
    days = {"first": _day(chosen.first), "last": _day(chosen.until, days=-1)}
    asked = {**days, "kind": chosen.kind, "person": chosen.person, "q": chosen.words, "below": below}
    return render.with_query(path, **{name: str(value) for name, value in asked.items() if value})


def _midnight(text: str, *, days: int = 0) -> datetime | None:
    """Midnight of a day in the reader's zone; None for any other text and beyond this century."""
    day = read_day_of_century(text)
    return datetime.combine(day + timedelta(days=days), time(), zone_told()) if day else None


def _day(instant: datetime | None, *, days: int = 0) -> str:
    return (instant + timedelta(days=days)).date().isoformat() if instant else ""


def _fields(row: Recorded) -> list[words.FieldChange]:
    return list(words.field_changes(row))


def _lines(rows: list[Recorded]) -> Iterator[tuple[object, ...]]:
    """One line for each field that changed."""
    for row in rows:
        about = (stamp(row.at), row.person_name, words.kind_text(row.kind), row.name, row.subject)
        for each in _fields(row):
            yield (*about, *each)
