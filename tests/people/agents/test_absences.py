"""The rules of absences: when an agent is away."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from web.people.agents.absence_rules import Absence, AbsenceInput, wrong_absence

HOUSE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BIA, DAVI, LIA = 21, 22, 23
DAVIS = Absence(DAVI, datetime(2026, 12, 10, 3, tzinfo=UTC), datetime(2026, 12, 12, 3, tzinfo=UTC), LIA, "Lia Castro")
"""The tenth and the eleventh."""

TABLE = [
    # first, last, who stands in, what is wrong
    (date(2026, 12, 1), date(2026, 12, 5), DAVI, {}),
    (date(2026, 11, 23), date(2026, 11, 23), DAVI, {}),
    (date(2026, 11, 1), date(2026, 11, 23), DAVI, {}),
    (None, date(2026, 12, 5), DAVI, {"first": "missing"}),
    (date(2026, 12, 1), None, DAVI, {"last": "missing"}),
    (None, None, None, {"first": "missing", "last": "missing", "stand_in": "missing"}),
    (date(2026, 12, 5), date(2026, 12, 1), DAVI, {"last": "before_first"}),
    (date(2026, 11, 20), date(2026, 11, 22), DAVI, {"last": "already_over"}),
    (date(2026, 12, 1), date(2028, 1, 1), DAVI, {"last": "too_long_away"}),
    (date(9999, 12, 31), date(9999, 12, 31), DAVI, {"last": "too_long_away"}),
    (date(2026, 12, 1), date(2026, 12, 5), BIA, {"stand_in": "not_a_mate"}),
    (date(2026, 12, 1), date(2026, 12, 5), 99, {"stand_in": "not_a_mate"}),
    (date(2026, 12, 1), date(2026, 12, 10), DAVI, {"stand_in": "also_away"}),
    (date(2026, 12, 11), date(2026, 12, 20), DAVI, {"stand_in": "also_away"}),
    (date(2026, 12, 1), date(2026, 12, 9), DAVI, {}),
    (date(2026, 12, 12), date(2026, 12, 20), DAVI, {}),
    (date(2026, 12, 1), date(2026, 12, 20), LIA, {}),
]


@pytest.mark.parametrize(("first", "last", "stand_in", "expected"), TABLE)
def test_an_absence_is_refused_for_these_reasons(first, last, stand_in, expected):
    wanted = AbsenceInput(first, last, stand_in, HOUSE)
    found = wrong_absence(wanted, mates=[DAVI, LIA], others=[DAVIS], at=NOW)
    assert {field: code for field, code in found.items() if code} == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-1, False), (0, True), (2 * 24 * 60 - 1, True), (2 * 24 * 60, False)],
)
def test_it_is_on_from_its_first_moment_and_ends_by_itself(minutes, expected):
    assert DAVIS.is_on(DAVIS.begins_at + timedelta(minutes=minutes)) is expected


def test_its_days_are_whole_days_where_they_were_typed():
    wanted = AbsenceInput(date(2026, 12, 1), date(2026, 12, 5), DAVI, HOUSE)
    assert wanted.begins_at.astimezone(UTC) == datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert wanted.ends_at.astimezone(UTC) == datetime(2026, 12, 6, 3, tzinfo=UTC)
