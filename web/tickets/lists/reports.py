"""What became of the tickets of a period, counted for those who lead: each of their teams' tickets and no others."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web.database import Row, dialect, fetch, unhurried
from web.people.permissions import Actor, Role
from web.sql import NEVER, Condition, literals
from web.tickets.life.states import UNSOLVED
from web.tickets.visibility import visible_to

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
class Percentiles:
    """Half of all took at most `median` seconds, nine of ten at most `ninetieth`.

    Some ticket really took each, and the smallest time of which that is true is less than a minute below it.
    """

    median: int
    ninetieth: int


@dataclass(frozen=True)
class Group:
    """The tickets opened in a period that have something in common; `name` is None where they have nothing."""

    name: str | None
    opened: int
    resolved: int
    reopened: int
    answer: Percentiles | None
    solve: Percentiles | None
    judged: int
    on_time: int
    late_now: int
    """Open, and past a target."""
    unsolved: int
    """Ended without a solution: left out of targets and times."""
    rated: int
    service: int
    quality: int
    """Sums of the scores."""

    @property
    def with_target(self) -> int:
        """Judged, or missed by now."""
        return self.judged + self.late_now


@dataclass(frozen=True)
class Report:
    """`volume` and `backlog` are rows: `bucket`, `channel`, `count`; and `age`, `theirs`, `count`, `late`."""

    volume: list[Row]
    backlog: list[Row]
    groups: list[Group]
    total: Group
    counts_business_time: bool
    """Otherwise calendar time: nothing was promised about any of these tickets."""


async def report(period: Period, dimension: Dimension, *, by: Actor, at: datetime) -> Report:
    """Five statements, however many tickets there are, and nothing that grows with them in this process."""
    opened = _opened(period, by)
    with unhurried():
        volume = await fetch(_VOLUME.format(bucket=_bucket(period)), opened)
        backlog = await fetch(_BACKLOG.format(age=_age()), *_ages(at), at, _sight(by))
        counts_business_time = bool(await fetch(_PROMISED, opened))
        groups = await fetch(_groups(dimension), at, opened)
        times = await fetch(_times(dimension, in_business_time=counts_business_time), opened)
    spreads: dict[tuple[int, int | None], dict[str, Percentiles]] = defaultdict(dict)
    for row in times:
        if row["median"] is not None:
            spreads[row["is_whole"], row["grp"]][row["clock"]] = Percentiles(row["median"], row["ninetieth"])
    return Report(
        volume=volume,
        backlog=backlog,
        groups=[_group([row], row["name"], spreads[0, row["grp"]]) for row in groups],
        total=_group(groups, None, spreads[1, None]),
        counts_business_time=counts_business_time,
    )


def _group(rows: list[Row], name: str | None, spreads: dict[str, Percentiles]) -> Group:
    """`spreads` are by clock."""
    sums = {each: sum(int(row[each] or 0) for row in rows) for each in _SUMS}
    return Group(name=name, answer=spreads.get("answer"), solve=spreads.get("solve"), **sums)


_CLOCKS = ("answer", "solve")
_SUMS = (
    *("opened", "resolved", "reopened", "judged", "on_time", "late_now", "unsolved"),
    *("rated", "service", "quality"),
)


def _sight(by: Actor) -> Condition:
    """The tickets a report may count: of a lead's own teams; of an administrator, all in sight."""
    if by.role is Role.ADMIN:
        return visible_to(by)
    return Condition(f"ticket.team IN ({literals(by.teams)})") if by.teams else NEVER


def _opened(period: Period, by: Actor) -> Condition:
    within = Condition("ticket.submitted_at >= {} AND ticket.submitted_at < {}", (period.start, period.end))
    return within & _sight(by)


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


def _groups(dimension: Dimension) -> str:
    """One row for each group, the largest first."""
    column, name = _TOLD_BY[dimension]
    return _GROUPS.format(column=column, name=name)


def _times(dimension: Dimension, *, in_business_time: bool) -> str:
    """One row for each clock and group, and one for each clock of all groups together."""
    column, _ = _TOLD_BY[dimension]
    answer, solve = "ticket.answer_seconds", "ticket.solve_seconds"
    if not in_business_time:
        answer = _between("ticket.submitted_at", "ticket.answered_at")
        solve = _between("ticket.submitted_at", "ticket.resolved_at")
    spreads = [_SPREAD.format(clock=clock, **shape) for clock in _CLOCKS for shape in (_EACH, _WHOLE)]
    minutes = [_MINUTES.format(clock=clock) for clock in _CLOCKS]
    took = _TOOK.format(column=column, answer=answer, solve=solve)
    return f"WITH {', '.join([took, *minutes])} {' UNION ALL '.join(spreads)}"


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
SELECT {age} AS age, COALESCE(ticket.wait, ticket.status) IN ('requester', 'approval') AS theirs, count(*) AS count,
       count(CASE WHEN ticket.due_at < {{}} THEN 1 END) AS late
FROM ticket WHERE ticket.status IN ('approval', 'new', 'open', 'waiting') AND {{}} GROUP BY 1, 2 ORDER BY 1, 2
"""

_AT_WORK = "ticket.status IN ('approval', 'new', 'open', 'waiting')"

_PROMISED = """
SELECT 1 AS one FROM ticket
WHERE (ticket.answer_seconds IS NOT NULL OR ticket.solve_seconds IS NOT NULL) AND {} LIMIT 1
"""
"""Whether any had a promise, whose clock is told from then on."""

_UNSOLVED = f"COALESCE(ticket.resolution, '') IN ({literals(list(UNSOLVED))})"

_GROUPS = f"""
SELECT told.*, ({{name}}) AS name FROM (
    SELECT {{column}} AS grp, count(*) AS opened, count(ticket.resolved_at) AS resolved,
           count(reopened.ticket) AS reopened,
           count(CASE WHEN NOT {_UNSOLVED} THEN ticket.outcome END) AS judged,
           count(CASE WHEN ticket.outcome = 'on_time' AND NOT {_UNSOLVED} THEN 1 END) AS on_time,
           count(CASE WHEN ticket.due_at < {{{{}}}} AND {_AT_WORK} THEN 1 END) AS late_now,
           count(CASE WHEN {_UNSOLVED} THEN 1 END) AS unsolved,
           sum(rated.ratings) AS rated, sum(rated.service) AS service, sum(rated.quality) AS quality
    FROM ticket
    LEFT JOIN (SELECT DISTINCT ticket FROM event WHERE data LIKE '%"from": "resolved", "to": "open"%') reopened
        ON reopened.ticket = ticket.id
    LEFT JOIN (SELECT ticket, count(*) AS ratings, sum(service) AS service, sum(quality) AS quality
               FROM rating GROUP BY ticket) rated ON rated.ticket = ticket.id
    WHERE {{{{}}}} GROUP BY 1
) told ORDER BY told.opened DESC, told.grp
"""

_TOOK = f"""took AS MATERIALIZED (
    SELECT {{column}} AS grp, {{answer}} AS answer, {{solve}} AS solve FROM ticket
    WHERE {{{{}}}} AND NOT {_UNSOLVED})"""

_MINUTES = """{clock}_minutes AS MATERIALIZED (
    SELECT grp, count(*) AS times, max({clock}) AS longest FROM took
    WHERE {clock} IS NOT NULL GROUP BY grp, {clock} / 60)"""

_SPREAD = """
SELECT '{clock}' AS clock, {grp} AS grp, {whole} AS is_whole,
       min(CASE WHEN reached * 10 >= everything * 5 THEN longest END) AS median,
       min(CASE WHEN reached * 10 >= everything * 9 THEN longest END) AS ninetieth
FROM (SELECT grp, longest, sum(times) OVER ({apart} ORDER BY longest) AS reached,
             sum(times) OVER ({apart}) AS everything FROM {clock}_minutes) {clock}_reached
{grouped}
"""
"""The database counts the times minute by minute, since putting them all in order takes it four times as long; done
here, it would hold up whoever asks for a page meanwhile.
"""

_EACH = {"grp": "grp", "whole": 0, "apart": "PARTITION BY grp", "grouped": "GROUP BY grp"}
_WHOLE = {"grp": "NULL", "whole": 1, "apart": "", "grouped": ""}
