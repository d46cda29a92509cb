"""Reports of a period for leads: the tickets of each of their teams, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum

from web.database import dialect, fetch_as, fetch_column, unhurried
from web.people.accounts import TOLD_APART
from web.people.permissions import Actor, Role
from web.sql import NEVER, Condition, literals
from web.tickets.lists.reporting.percentiles import IS_UNSOLVED, ByClock, Percentiles, percentiles
from web.tickets.visibility import visible_to

DAYS_APART = 92
"""Longer periods are shown by month, others by day."""

AGES = (1, 3, 7, 15, 30)
"""Upper bounds of the ages of open tickets, in days; the last group has none."""


class Dimension(StrEnum):
    """What a report is grouped by."""

    TEAM = "team"
    AGENT = "agent"
    CATEGORY = "category"
    ORGANIZATION = "organization"


@dataclass(frozen=True)
class Period:
    """A period from one midnight to another in a zone; the second is excluded."""

    start: datetime
    end: datetime

    @property
    def is_by_day(self) -> bool:
        return self.end - self.start <= timedelta(days=DAYS_APART)


@dataclass(frozen=True)
class Counts:
    """Counts of tickets. `service` and `quality` are sums of scores."""

    opened: int
    resolved: int
    reopened: int
    judged: int
    on_time: int
    late_now: int
    """Open tickets that are past a target."""
    unsolved: int
    """Closed without a solution: excluded from targets and times."""
    rated: int
    service: int
    quality: int

    @property
    def with_target(self) -> int:
        """Tickets with a judged target, or with one that was missed so far."""
        return self.judged + self.late_now


@dataclass(frozen=True)
class _Counted(Counts):
    """The counts of tickets that share a value in a column."""

    grp: int | None
    name: str | None


@dataclass(frozen=True)
class Group(Counts):
    """The tickets opened in a period that share a value; `name` is None where they have none."""

    name: str | None
    answer: Percentiles | None
    solve: Percentiles | None


@dataclass(frozen=True)
class Volume:
    """Tickets of a channel that were opened on a day or in a month."""

    bucket: str
    """2026-11-23 or 2026-11."""
    channel: str
    count: int


@dataclass(frozen=True)
class Backlog:
    """Open tickets of one age group, by whether they wait for the customer or for the desk."""

    age: int
    """The index of the group in `AGES`."""
    theirs: bool
    count: int
    late: int


@dataclass(frozen=True)
class Report:
    """The report on the tickets of a period."""

    volume: list[Volume]
    backlog: list[Backlog]
    groups: list[Group]
    total: Group
    counts_business_time: bool
    """Whether durations are business time. It is calendar time when none of these tickets has a target."""


async def report(period: Period, dimension: Dimension, *, by: Actor, at: datetime) -> Report:
    """Builds a report with five statements, whatever the number of tickets; no data grows with it in this process."""
    opened, (column, name) = opened_in(period, by), _TOLD_BY[dimension]
    with unhurried():
        volume = await fetch_as(Volume, _VOLUME.format(bucket=_bucket(period)), opened)
        backlog = await fetch_as(Backlog, _BACKLOG.format(age=_age()), *_ages(at), at, _sight(by))
        in_business_time = bool(await fetch_column(int, _PROMISED, opened))
        counted = await fetch_as(_Counted, _GROUPS.format(column=column, name=name), at, opened)
        whole, times = await percentiles(column, opened, in_business_time=in_business_time)
    groups = [_group([each], each.name, times.get(each.grp, {})) for each in counted]
    return Report(volume, backlog, groups, _group(counted, None, whole), in_business_time)


def _group(counted: Sequence[Counts], name: str | None, times: ByClock) -> Group:
    sums = {each.name: sum(getattr(row, each.name) for row in counted) for each in fields(Counts)}
    return Group(**sums, name=name, answer=times.get("answer"), solve=times.get("solve"))


def _sight(by: Actor) -> Condition:
    """The tickets that a report may count: those of a lead's own teams; for an administrator, all visible ones."""
    if by.role is Role.ADMIN:
        return visible_to(by)
    return Condition(f"ticket.team IN ({literals(by.teams)})") if by.teams else NEVER


def opened_in(period: Period, by: Actor) -> Condition:
    """The tickets opened in a period that a report may count."""
    within = Condition("ticket.submitted_at >= {} AND ticket.submitted_at < {}", (period.start, period.end))
    return within & _sight(by)


def _bucket(period: Period) -> str:
    """The day or month, in the zone offset at the start of the period."""
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
    """The index of a ticket's age group in `AGES`."""
    younger = " ".join(f"WHEN ticket.submitted_at > {{}} THEN {place}" for place in range(len(AGES)))
    return f"CASE {younger} ELSE {len(AGES)} END"


_TOLD_BY = {
    Dimension.TEAM: ("ticket.team", "SELECT name FROM team WHERE id = grp"),
    Dimension.AGENT: ("ticket.assignee", f"SELECT {TOLD_APART} FROM person WHERE person.id = grp"),
    Dimension.CATEGORY: ("ticket.category", "SELECT name FROM category WHERE id = grp"),
    Dimension.ORGANIZATION: ("ticket.organization", "SELECT name FROM organization WHERE id = grp"),
}

_VOLUME = """
SELECT {bucket} AS bucket, ticket.channel, count(*) AS count FROM ticket WHERE {{}}
GROUP BY 1, 2 ORDER BY 1, 2
"""

_BACKLOG = """
SELECT {age} AS age, COALESCE(ticket.wait, ticket.status) IN ('requester', 'approval') AS theirs, count(*) AS count,
       count(CASE WHEN ticket.due_at < {{}} THEN 1 END) AS late
FROM ticket WHERE ticket.status IN ('approval', 'new', 'open', 'waiting') AND {{}} GROUP BY 1, 2 ORDER BY 1, 2
"""

_AT_WORK = "ticket.status IN ('approval', 'new', 'open', 'waiting')"

_PROMISED = """
SELECT 1 AS one FROM ticket
WHERE (ticket.answer_seconds IS NOT NULL OR ticket.solve_seconds IS NOT NULL) AND {} LIMIT 1
"""
"""Whether any ticket had a target; if so, durations are business time."""

_SUM = "CAST(COALESCE(sum(rated.{}), 0) AS BIGINT)"

_GROUPS = f"""
SELECT told.*, ({{name}}) AS name FROM (
    SELECT count(*) AS opened, count(ticket.resolved_at) AS resolved, count(reopened.ticket) AS reopened,
           count(CASE WHEN NOT {IS_UNSOLVED} THEN ticket.outcome END) AS judged,
           count(CASE WHEN ticket.outcome = 'on_time' AND NOT {IS_UNSOLVED} THEN 1 END) AS on_time,
           count(CASE WHEN ticket.due_at < {{{{}}}} AND {_AT_WORK} THEN 1 END) AS late_now,
           count(CASE WHEN {IS_UNSOLVED} THEN 1 END) AS unsolved,
           {_SUM.format("ratings")} AS rated, {_SUM.format("service")} AS service, {_SUM.format("quality")} AS quality,
           {{column}} AS grp
    FROM ticket
    LEFT JOIN (SELECT DISTINCT ticket FROM event WHERE data LIKE '%"from": "resolved", "to": "open"%') reopened
        ON reopened.ticket = ticket.id
    LEFT JOIN (SELECT ticket, count(*) AS ratings, sum(service) AS service, sum(quality) AS quality
               FROM rating GROUP BY ticket) rated ON rated.ticket = ticket.id
    WHERE {{{{}}}} GROUP BY {{column}}
) told ORDER BY told.opened DESC, told.grp
"""
