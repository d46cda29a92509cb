"""What leads see of their teams' work: volume, backlog, times, satisfaction; for a period that the address names."""

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
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.formats import ZONE, local
from web.pages.words.labels import CHANNELS
from web.pages.words.reports import AGES, BUSINESS_TIME, CALENDAR_TIME, DIMENSIONS, HEADINGS, NOBODY, SPANS
from web.tickets.lists import reports
from web.tickets.lists.reports import Dimension, Group, Percentiles, Period, Report

_SHOWN = 50
"""Groups in the table; the file has all of them."""


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: days, both included, and what to tell the tickets apart by."""

    first: date
    last: date
    by: Dimension

    @property
    def period(self) -> Period:
        return Period(_midnight(self.first), _midnight(self.last + timedelta(days=1)))

    def address(self, path: str, **others: str) -> str:
        spelled = {"from": self.first.isoformat(), "to": self.last.isoformat(), "by": self.by.value}
        return render.with_query(path, **{**spelled, **others})


@get("/reports", name="reports")
async def show(request: PageRequest) -> Response[str]:
    chosen = _chosen(request)
    found = await reports.report(chosen.period, chosen.by, by=person_of(request), at=now())
    return render.page(request, "desk/reports.html", _context(found, chosen))


@get("/reports/{part:str}", name="report_file")
async def download(request: PageRequest, part: FromPath[str]) -> Response[str]:
    chosen = _chosen(request)
    name = part.removesuffix(".csv")
    if name == part or name not in _FILES:
        raise NotFound("report")
    found = await reports.report(chosen.period, chosen.by, by=person_of(request), at=now())
    return spreadsheets.download(
        f"{name}-{chosen.first}-{chosen.last}.csv", HEADINGS[name], _FILES[name](found, chosen)
    )


def _context(found: Report, chosen: Chosen) -> dict[str, Any]:
    volume, backlog, groups = _volume(found, chosen), _backlog(found), found.groups[:_SHOWN]
    return {
        "chosen": chosen,
        "spans": [(words, _span(chosen, days)) for days, words in SPANS.items()],
        "dimensions": DIMENSIONS,
        "volume": volume,
        "drawn": [(words, opened) for words, _, opened in volume],
        "channels": _channels(found),
        "backlog": backlog,
        "most": max(ours + theirs for _, ours, theirs in backlog),
        "total": found.total,
        "clock": BUSINESS_TIME if found.counts_business_time else CALENDAR_TIME,
        "groups": [(_named(each, chosen), each) for each in groups],
        "slowest": max((each.solve.ninetieth for each in groups if each.solve), default=0),
        "left_out": len(found.groups) - len(groups),
        "files": {part: chosen.address(f"/desk/reports/{part}.csv") for part in _FILES},
    }


Rows = Callable[[Report, Chosen], Iterable[tuple[Any, ...]]]


def _chosen(request: PageRequest) -> Chosen:
    """What it does not understand it leaves out."""
    query = request.query_params
    today = local(now()).date()
    last = _date(query.get("to", "")) or today
    first = _date(query.get("from", "")) or last - timedelta(days=29)
    by = query.get("by", "")
    return Chosen(min(first, last), max(first, last), Dimension(by) if by in DIMENSIONS else Dimension.TEAM)


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _span(chosen: Chosen, days: int) -> str:
    """The address of the same report for so many days up to today."""
    today = local(now()).date()
    return Chosen(today - timedelta(days=days - 1), today, chosen.by).address("/desk/reports")


def _volume(found: Report, chosen: Chosen) -> list[tuple[str, dict[str, int], int]]:
    """Each day or month of the period, those without tickets too: its counts by channel, and their sum."""
    counts: dict[str, dict[str, int]] = {bucket: {} for bucket in _buckets(chosen)}
    for row in found.volume:
        counts.setdefault(row["bucket"], {})[row["channel"]] = row["count"]
    return [(_spelled(bucket), each, sum(each.values())) for bucket, each in counts.items()]


def _buckets(chosen: Chosen) -> list[str]:
    days = (chosen.first + timedelta(days=place) for place in range((chosen.last - chosen.first).days + 1))
    length = 10 if chosen.period.is_by_day else 7
    return list(dict.fromkeys(day.isoformat()[:length] for day in days))


def _spelled(bucket: str) -> str:
    """23/11, or 11/2026 of a month."""
    year, month, *day = bucket.split("-")
    return f"{day[0]}/{month}" if day else f"{month}/{year}"


def _channels(found: Report) -> list[tuple[str, str, int]]:
    """Code, words and count of each channel that brought something, the busiest first."""
    counts = {code: sum(row["count"] for row in found.volume if row["channel"] == code) for code in CHANNELS}
    return sorted(((code, CHANNELS[code], count) for code, count in counts.items() if count), key=lambda each: -each[2])


def _backlog(found: Report) -> list[tuple[str, int, int]]:
    """By age: how many wait for us, and how many for their requester."""
    counts = {(row["age"], bool(row["theirs"])): row["count"] for row in found.backlog}
    return [(words, counts.get((age, False), 0), counts.get((age, True), 0)) for age, words in enumerate(AGES)]


def _named(group: Group, chosen: Chosen) -> str:
    return group.name or NOBODY[chosen.by]


def _volume_rows(found: Report, chosen: Chosen) -> Iterable[tuple[Any, ...]]:
    return ((row["bucket"], CHANNELS[row["channel"]], row["count"]) for row in found.volume)


def _backlog_rows(found: Report, chosen: Chosen) -> Iterable[tuple[Any, ...]]:
    return _backlog(found)


def _group_rows(found: Report, chosen: Chosen) -> Iterable[tuple[Any, ...]]:
    for each in found.groups:
        counts = (each.opened, each.resolved, each.reopened)
        times = (*_times(each.answer), *_times(each.solve))
        scores = (each.judged, each.on_time, each.rated, each.service, each.quality)
        yield (_named(each, chosen), *counts, *times, *scores)


def _times(spread: Percentiles | None) -> tuple[int | str, int | str]:
    return (spread.median, spread.ninetieth) if spread else ("", "")


_FILES: dict[str, Rows] = {"volume": _volume_rows, "backlog": _backlog_rows, "groups": _group_rows}
