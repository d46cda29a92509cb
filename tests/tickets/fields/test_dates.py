"""Dates and times as people type them."""

import re
from datetime import date, datetime

import pytest

from web.tickets.fields.dates import read_day, read_day_of_century, read_moment

pytestmark = pytest.mark.anywhere

DAY = """
    2026-03-05 | 05/03/2026 | 5/3/2026 | 5/3/26 | 05/03/26 | 05-03-2026 | 5.3.2026 | 05 / 03 / 2026
    05–03–2026 | 05.03.26
"""
NO_DAY = """
    | 31/02/2026 | 5/3 | 5/3-2026 | 32/1/2026 | 12/31/2026 | 2026-3-5 | 2026-13-01 | 05/03/026 | hoje
    ٠٥/٠٣/٢٠٢٦ | 0/0/00
"""
MOMENT = """
    2026-03-05T09:30 | 2026-03-05 09:30 | 2026-03-05T09:30:00 | 05/03/2026 09:30 | 5/3/26 9:30 | 05.03.2026 9h30
    5/3/2026 09h30
"""
NO_MOMENT = "| 05/03/2026 24:30 | 05/03/2026 9 | 05/03/2026 9:60 | 9:30 | 05/03/2026 09:30 amanhã | 05/03/20261 09:30"


def cells(table: str) -> list[str]:
    return [each.strip() for each in re.split(r"[|\n]", table.strip("\n"))]


@pytest.mark.parametrize("typed", [*cells(DAY), "\u00a005/03/2026\t", "05/03/2026\u200b"])
def test_a_day_is_read(typed):
    assert read_day(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", cells(NO_DAY))
def test_what_is_no_day_is_refused(typed):
    assert read_day(typed) is None


@pytest.mark.parametrize(("typed", "year"), [("1/1/69", 2069), ("1/1/70", 1970), ("1/1/0070", 70), ("1/1/1999", 1999)])
def test_a_year_of_two_digits_is_of_this_century_or_the_end_of_the_last(typed, year):
    assert read_day(typed) == date(year, 1, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/1999", None),
        ("2000-01-01", date(2000, 1, 1)),
        ("31/12/2099", date(2099, 12, 31)),
        ("2100-01-01", None),
        ("hoje", None),
    ],
)
def test_a_day_of_a_period_is_of_this_century(typed, day):
    assert read_day_of_century(typed) == day


@pytest.mark.parametrize("typed", cells(MOMENT))
def test_an_instant_is_read(typed):
    assert read_moment(typed) == datetime(2026, 3, 5, 9, 30)  # noqa: DTZ001 - in the zone of whoever types it


@pytest.mark.parametrize("typed", ["05/03/2026", "2026-03-05", "5/3/26 0h", "2026-03-05T00:00:00.000"])
def test_a_day_without_a_time_begins_at_midnight(typed):
    assert read_moment(typed) == datetime(2026, 3, 5)  # noqa: DTZ001 - in the zone of whoever types it


@pytest.mark.parametrize("typed", cells(NO_MOMENT))
def test_what_is_no_instant_is_refused(typed):
    assert read_moment(typed) is None
