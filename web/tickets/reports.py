"""What became of the tickets of a period, counted for those who lead: each of their teams' tickets and no others."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from piccolo.querystring import QueryString

from web.database import Row, dialect, fetch, unhurried
from web.people.actor import Actor, Role
from web.tickets.queries import numbers, visible_to

DAYS_APART = 92
"""Periods up to this long are told day by day, longer ones month by month."""

AGES = (1, 3, 7, 15, 30)
"""Bounds of the ages of open tickets, in days; the last group has no end."""


class Dimension(StrEnum):
    """What the tickets of a report are told apart by."""

    TEAM = "team"
    AGENT = "agent"
    CATEGORY = "category"
    ORGANIZATION = "organization"


@dataclass(frozen=True)
class Period:
    """From one midnight to another, of one zone, the second left out."""

    start: datetime
    end: datetime

    @property
    def is_by_day(self) -> bool:
        return self.end - self.start <= timedelta(days=DAYS_APART)


@dataclass(frozen=True)
class Spread:
    """Half of all took at most `median` seconds, nine of ten at most `ninetieth`."""

    count: int
    median: int
    ninetieth: int


@dataclass(frozen=True)
class Group:
    """The tickets opened in a period that have something in common; `name` is None where they have nothing."""

    name: str | None
    opened: int
    resolved: int
    reopened: int
    answer: Spread | None
    solve: Spread | None
    judged: int
    on_time: int
    rated: int
    service: int
    quality: int
    """Sums of the scores."""


@dataclass(frozen=True)
class Report:
    """`volume` and `backlog` are rows: `bucket`, `channel`, `count`; and `age`, `theirs`, `count`."""

    volume: list[Row]
    backlog: list[Row]
    groups: list[Group]
    total: Group
    counts_business_time: bool
    """Otherwise calendar time: nothing was promised about any of these tickets."""


async def report(period: Period, dimension: Dimension, *, by: Actor, at: datetime) -> Report:
    """Four statements, however many tickets there are."""
    opened = _opened(period, by)
    with unhurried():
        volume = await fetch(_VOLUME.format(bucket=_bucket(period)), opened)
        backlog = await fetch(_BACKLOG.format(age=_age()), *_ages(at), _sight(by))
        counts_business_time = bool(await fetch(_PROMISED, opened))
        rows = await fetch(_groups(dimension, in_business_time=counts_business_time), opened)
    groups, total = await asyncio.to_thread(_summed, rows)
    return Report(volume, backlog, groups, total, counts_business_time)


def spread(seconds: Iterable[int]) -> Spread | None:
    """By nearest rank: each is a time that some ticket really took."""
    ordered = sorted(seconds)
    if not ordered:
        return None
    return Spread(len(ordered), _at(ordered, 5), _at(ordered, 9))


def _at(ordered: Sequence[int], tenths: int) -> int:
    return ordered[-(-len(ordered) * tenths // 10) - 1]


def _summed(rows: list[Row]) -> tuple[list[Group], Group]:
    """The groups and all of them together; off the event loop, since there may be a time for every ticket."""
    answers = [_in_order(row["answers"]) for row in rows]
    solves = [_in_order(row["solves"]) for row in rows]
    groups = [_group([row], row["name"], *times) for row, *times in zip(rows, answers, solves, strict=True)]
    return groups, _group(rows, None, [*chain(*answers)], [*chain(*solves)])


def _group(rows: list[Row], name: str | None, answers: list[int], solves: list[int]) -> Group:
    sums = {each: sum(int(row[each] or 0) for row in rows) for each in _SUMS}
    return Group(name=name, answer=spread(answers), solve=spread(solves), **sums)


def _in_order(seconds: str | None) -> list[int]:
    """So that those of all groups together take little sorting."""
    return sorted(json.loads(f"[{seconds or ''}]"))


_SUMS = ("opened", "resolved", "reopened", "judged", "on_time", "rated", "service", "quality")


def _sight(by: Actor) -> QueryString:
    """The tickets a report may count: of a lead's own teams; of an administrator, all in sight."""
    if by.role is Role.ADMIN:
        return visible_to(by)
    return QueryString(f"ticket.team IN ({numbers(by.teams)})") if by.teams else QueryString("1 = 0")


def _opened(period: Period, by: Actor) -> QueryString:
    return QueryString(
        "ticket.submitted_at >= {} AND ticket.submitted_at < {} AND {}", period.start, period.end, _sight(by)
    )


def _bucket(period: Period) -> str:
    """The day or the month, in the period's zone as it is at its start."""
    offset = period.start.utcoffset() or timedelta(0)
    seconds, length = int(offset.total_seconds()), 10 if period.is_by_day else 7
    return dialect(
        sqlite=f"substr(date(ticket.submitted_at, '{seconds} seconds'), 1, {length})",
        postgres="substr(to_char(ticket.submitted_at AT TIME ZONE 'UTC' "
        f"+ interval '{seconds} seconds', 'YYYY-MM-DD'), 1, {length})",
    )


def _ages(at: datetime) -> list[datetime]:
    return [at - timedelta(days=days) for days in AGES]


def _age() -> str:
    """The place of a ticket's age among `AGES`."""
    younger = " ".join(f"WHEN ticket.submitted_at > {{}} THEN {place}" for place in range(len(AGES)))
    return f"CASE {younger} ELSE {len(AGES)} END"


def _between(start: str, end: str) -> str:
    """Whole seconds from one instant to another."""
    return dialect(
        sqlite=f"(unixepoch({end}) - unixepoch({start}))",
        postgres=f"(floor(EXTRACT(EPOCH FROM {end})) - floor(EXTRACT(EPOCH FROM {start})))::bigint",
    )


def _groups(dimension: Dimension, *, in_business_time: bool) -> str:
    """One row for each group, with the times of all its tickets in a text, largest group first."""
    column, name = _TOLD_BY[dimension]
    answer, solve = "ticket.answer_seconds", "ticket.solve_seconds"
    if not in_business_time:
        answer = _between("ticket.submitted_at", "ticket.answered_at")
        solve = _between("ticket.submitted_at", "ticket.resolved_at")
    return _GROUPS.format(column=column, name=name, answers=_joined(answer), solves=_joined(solve))


def _joined(number: str) -> str:
    return dialect(sqlite=f"group_concat({number})", postgres=f"string_agg(({number})::text, ',')")


_TOLD_BY = {
    Dimension.TEAM: ("ticket.team", "SELECT name FROM team WHERE id = grp"),
    Dimension.AGENT: ("ticket.assignee", "SELECT name FROM person WHERE id = grp"),
    Dimension.CATEGORY: ("ticket.category", "SELECT name FROM category WHERE id = grp"),
    Dimension.ORGANIZATION: ("ticket.organization", "SELECT name FROM organization WHERE id = grp"),
}

_VOLUME = """
SELECT {bucket} AS bucket, ticket.channel, count(*) AS count FROM ticket WHERE {{}}
GROUP BY 1, 2 ORDER BY 1, 2
"""

_BACKLOG = """
SELECT {age} AS age, COALESCE(ticket.wait, ticket.status) IN ('requester', 'approval') AS theirs, count(*) AS count
FROM ticket WHERE ticket.status IN ('approval', 'new', 'open', 'waiting') AND {{}} GROUP BY 1, 2 ORDER BY 1, 2
"""

_PROMISED = """
SELECT 1 AS one FROM ticket
WHERE (ticket.answer_seconds IS NOT NULL OR ticket.solve_seconds IS NOT NULL) AND {} LIMIT 1
"""
"""Whether any had a promise, whose clock is told from then on."""

_GROUPS = """
SELECT told.*, ({name}) AS name FROM (
    SELECT {column} AS grp, count(*) AS opened, count(ticket.resolved_at) AS resolved,
           count(reopened.ticket) AS reopened, count(ticket.outcome) AS judged,
           count(CASE WHEN ticket.outcome = 'on_time' THEN 1 END) AS on_time,
           sum(rated.ratings) AS rated, sum(rated.service) AS service, sum(rated.quality) AS quality,
           {answers} AS answers, {solves} AS solves
    FROM ticket
    LEFT JOIN (SELECT DISTINCT ticket FROM event WHERE data LIKE '%"from": "resolved", "to": "open"%') reopened
        ON reopened.ticket = ticket.id
    LEFT JOIN (SELECT ticket, count(*) AS ratings, sum(service) AS service, sum(quality) AS quality
               FROM rating GROUP BY ticket) rated ON rated.ticket = ticket.id
    WHERE {{}} GROUP BY 1
) told ORDER BY told.opened DESC, told.grp
"""
