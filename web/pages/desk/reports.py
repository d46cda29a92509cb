"""Reports for leads: volume, backlog, times and satisfaction of their teams in a period."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.pages.shell import render, spreadsheets
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.formats import local, zone_told
from web.pages.words.labels import CHANNELS, spoken
from web.pages.words.reports import (
    AGES,
    BUSINESS_TIME,
    CALENDAR_TIME,
    DIMENSIONS,
    FILES,
    HEADINGS,
    NOBODY,
    OPTION_HEADINGS,
    SPANS,
    late_text,
    unsolved_text,
)
from web.tickets.fields.dates import read_day_of_century
from web.tickets.lists.reporting import reports
from web.tickets.lists.reporting.field_reports import OptionCount, option_counts
from web.tickets.lists.reporting.percentiles import Percentiles
from web.tickets.lists.reporting.reports import Dimension, Group, Period, Report

OPTIONS_FILE = "fields.csv"
_SHOWN = 50
"""How many groups the table shows; the download has all."""


@dataclass(frozen=True)
class ReportFilter:
    """The filter in the address: the first and last day, and what to group by."""

    first: date
    last: date
    by: Dimension

    @property
    def period(self) -> Period:
        return Period(_midnight(self.first), _midnight(self.last + timedelta(days=1)))

    def address(self, path: str, **others: str) -> str:
        query = {"from": self.first.isoformat(), "to": self.last.isoformat(), "by": self.by.value}
        return render.with_query(path, **{**query, **others})


@get("/reports", name="reports")
async def show(request: PageRequest) -> Response[str]:
    chosen = _chosen(request)
    found = await reports.report(chosen.period, chosen.by, by=person_of(request), at=now())
    options = await option_counts(chosen.period, by=person_of(request))
    return render.page(request, "desk/reports.html", {**_context(found, chosen), **_options(options, chosen)})


@get("/reports/{part:str}", name="report_file")
async def download(request: PageRequest, part: FromPath[str]) -> Response[str]:
    chosen = _chosen(request)
    name = part.removesuffix(".csv")
    file = f"{FILES.get(name)}-{chosen.first}-{chosen.last}.csv"
    if part == OPTIONS_FILE:
        options = await option_counts(chosen.period, by=person_of(request))
        rows = ((each.field.label, each.option, each.count) for each in options)
        return spreadsheets.download(file, OPTION_HEADINGS, rows)
    if name == part or name not in _FILES:
        raise NotFound("report")
    found = await reports.report(chosen.period, chosen.by, by=person_of(request), at=now())
    return spreadsheets.download(file, HEADINGS[name], _FILES[name](found, chosen))


def _options(options: list[OptionCount], chosen: ReportFilter) -> dict[str, object]:
    return {
        "options": options[:_SHOWN],
        "most_of_option": max((each.count for each in options), default=0),
        "options_file": chosen.address(f"/desk/reports/{OPTIONS_FILE}"),
    }


def _context(found: Report, chosen: ReportFilter) -> dict[str, object]:
    volume, backlog, groups = _volume(found, chosen), _backlog(found), found.groups[:_SHOWN]
    return {
        "chosen": chosen,
        "spans": [(words, _address_of_days(chosen, days)) for days, words in SPANS.items()],
        "dimensions": {by: spoken(label) for by, label in DIMENSIONS.items()},
        "volume": volume,
        "chart": [(words, opened) for words, _, opened in volume],
        "channels": _channels(found),
        "backlog": backlog,
        "most": max(ours + theirs for _, ours, theirs, _ in backlog),
        "late": late_text(sum(late for *_, late in backlog)),
        "total": found.total,
        "unsolved": unsolved_text(found.total.unsolved),
        "clock": BUSINESS_TIME if found.counts_business_time else CALENDAR_TIME,
        "groups": [(_group_name(each, chosen), each) for each in groups],
        "longest": max((each.solve.ninetieth for each in groups if each.solve), default=0),
        "left_out": len(found.groups) - len(groups),
        "files": {part: chosen.address(f"/desk/reports/{part}.csv") for part in _FILES},
    }


Rows = Callable[[Report, ReportFilter], Iterable[tuple[Any, ...]]]


def _chosen(request: PageRequest) -> ReportFilter:
    """The filter in an address. Unknown values are ignored."""
    query = request.query_params
    today = local(now()).date()
    last = read_day_of_century(query.get("to", "")) or today
    first = read_day_of_century(query.get("from", "")) or last - timedelta(days=29)
    by = query.get("by", "")
    return ReportFilter(min(first, last), max(first, last), Dimension(by) if by in DIMENSIONS else Dimension.TEAM)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), zone_told())


def _address_of_days(chosen: ReportFilter, days: int) -> str:
    """The address of the same report for a number of days up to today."""
    today = local(now()).date()
    return ReportFilter(today - timedelta(days=days - 1), today, chosen.by).address("/desk/reports")


def _volume(found: Report, chosen: ReportFilter) -> list[tuple[str, dict[str, int], int]]:
    """Each day or month of the period, also without tickets: its counts by channel, and their sum."""
    counts: dict[str, dict[str, int]] = {bucket: {} for bucket in _buckets(chosen)}
    for each in found.volume:
        counts.setdefault(each.bucket, {})[each.channel] = each.count
    return [(_bucket_label(bucket), each, sum(each.values())) for bucket, each in counts.items()]


def _buckets(chosen: ReportFilter) -> list[str]:
    days = (chosen.first + timedelta(days=place) for place in range((chosen.last - chosen.first).days + 1))
    length = 10 if chosen.period.is_by_day else 7
    return list(dict.fromkeys(day.isoformat()[:length] for day in days))


def _bucket_label(bucket: str) -> str:
    """23/11 for a day, 11/2026 for a month."""
    year, month, *day = bucket.split("-")
    return f"{day[0]}/{month}" if day else f"{month}/{year}"


def _channels(found: Report) -> list[tuple[str, str, int]]:
    """Code, label and count of each channel with tickets, the busiest first."""
    counts = {code: sum(each.count for each in found.volume if each.channel == code) for code in CHANNELS}
    return sorted(((code, CHANNELS[code], count) for code, count in counts.items() if count), key=lambda each: -each[2])


def _backlog(found: Report) -> list[tuple[str, int, int, int]]:
    """By age: how many wait for the desk, how many for the requester, and how many of them are past a target."""
    counts = {(each.age, each.theirs): each.count for each in found.backlog}
    late = [sum(each.late for each in found.backlog if each.age == age) for age in range(len(AGES))]
    return [
        (words, counts.get((age, False), 0), counts.get((age, True), 0), late[age]) for age, words in enumerate(AGES)
    ]


def _group_name(group: Group, chosen: ReportFilter) -> str:
    return group.name or spoken(NOBODY[chosen.by])


def _volume_rows(found: Report, chosen: ReportFilter) -> Iterable[tuple[Any, ...]]:
    return ((each.bucket, CHANNELS[each.channel], each.count) for each in found.volume)


def _backlog_rows(found: Report, chosen: ReportFilter) -> Iterable[tuple[Any, ...]]:
    return _backlog(found)


def _group_rows(found: Report, chosen: ReportFilter) -> Iterable[tuple[Any, ...]]:
    for each in found.groups:
        counts = (each.opened, each.resolved, each.reopened)
        times = (*_times(each.answer), *_times(each.solve))
        targets = (each.with_target, each.on_time, each.late_now, each.unsolved)
        scores = (each.rated, each.service, each.quality)
        yield (_group_name(each, chosen), *counts, *times, *targets, *scores)


def _times(spread: Percentiles | None) -> tuple[int | str, int | str]:
    return (spread.median, spread.ninetieth) if spread else ("", "")


_FILES: dict[str, Rows] = {"volume": _volume_rows, "backlog": _backlog_rows, "groups": _group_rows}
