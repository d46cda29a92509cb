"""Percentiles of ticket durations, computed by the database."""

from collections import defaultdict
from dataclasses import dataclass

from web.database import dialect, fetch_as
from web.sql import Condition, literals
from web.tickets.life.states import UNSOLVED


@dataclass(frozen=True)
class Percentiles:
    """Half of the tickets took at most `median` seconds, nine of ten at most `ninetieth`.

    Each is the duration of a real ticket, less than a minute above the exact percentile.
    """

    median: int
    ninetieth: int


ByClock = dict[str, Percentiles]
"""The percentiles of the clocks `answer` and `solve`, if any ticket was timed."""


@dataclass(frozen=True)
class _Spread:
    """The percentiles of one clock, for one group or for all tickets."""

    clock: str
    grp: int | None
    is_whole: bool
    median: int | None
    ninetieth: int | None


async def percentiles(
    column: str, of: Condition, *, in_business_time: bool
) -> tuple[ByClock, dict[int | None, ByClock]]:
    """The percentiles of all tickets, and of each group that shares a value in a column."""
    whole: ByClock = {}
    groups: dict[int | None, ByClock] = defaultdict(dict)
    for each in await fetch_as(_Spread, _times(column, in_business_time=in_business_time), of):
        if each.median is not None and each.ninetieth is not None:
            (whole if each.is_whole else groups[each.grp])[each.clock] = Percentiles(each.median, each.ninetieth)
    return whole, groups


def _times(column: str, *, in_business_time: bool) -> str:
    """One row for each clock and group, and one for each clock over all groups."""
    answer, solve = "ticket.answer_seconds", "ticket.solve_seconds"
    if not in_business_time:
        answer = _between("ticket.submitted_at", "ticket.answered_at")
        solve = _between("ticket.submitted_at", "ticket.resolved_at")
    spreads = [_SPREAD.format(clock=clock, **shape) for clock in _CLOCKS for shape in (_EACH, _WHOLE)]
    minutes = [_MINUTES.format(clock=clock) for clock in _CLOCKS]
    took = _TOOK.format(column=column, answer=answer, solve=solve)
    return f"WITH {', '.join([took, *minutes])} {' UNION ALL '.join(spreads)}"


def _between(start: str, end: str) -> str:
    """Whole seconds between two instants."""
    return dialect(
        sqlite=f"(unixepoch({end}) - unixepoch({start}))",
        postgres=f"(floor(EXTRACT(EPOCH FROM {end})) - floor(EXTRACT(EPOCH FROM {start})))::bigint",
    )


_CLOCKS = ("answer", "solve")

IS_UNSOLVED = f"COALESCE(ticket.resolution, '') IN ({literals(UNSOLVED)})"

_TOOK = f"""took AS MATERIALIZED (
    SELECT {{column}} AS grp, {{answer}} AS answer, {{solve}} AS solve FROM ticket
    WHERE {{{{}}}} AND NOT {IS_UNSOLVED})"""

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
"""The database buckets durations by minute, because sorting them all takes four times as long.

Done in Python, it would block other requests.
"""

_EACH = {"grp": "grp", "whole": 0, "apart": "PARTITION BY grp", "grouped": "GROUP BY grp"}
_WHOLE = {"grp": "NULL", "whole": 1, "apart": "", "grouped": ""}
