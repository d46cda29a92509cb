"""Hours and dates as people type them in the settings."""

import pytest

from web.errors import Invalid
from web.pages.settings.time import inputs
from web.pages.shell.form import Form
from web.pages.words.settings.time import hours_text, week_text

pytestmark = pytest.mark.anywhere

NINE_TO_NOON, ONE_TO_SIX = (32400, 43200), (46800, 64800)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("", ()),
        ("09:00-12:00, 13:00-18:00", (NINE_TO_NOON, ONE_TO_SIX)),
        ("9h às 12h e 13h às 18h", (NINE_TO_NOON, ONE_TO_SIX)),
        ("9-12;13 a 18", (NINE_TO_NOON, ONE_TO_SIX)),
        ("9h00–12h00. 13h até 18h", (NINE_TO_NOON, ONE_TO_SIX)),
        ("00:00-24:00", ((0, 86400),)),
        ("13:00-18:00, 09:00-12:00", (ONE_TO_SIX, NINE_TO_NOON)),
    ],
)
def test_hours_are_read_as_people_write_them(text, hours):
    assert inputs.hours(Form({"monday": [text]}), "monday") == hours


@pytest.mark.parametrize("text", ["o dia todo", "9h", "9:60-12:00", "09:00-12:00 e de tarde", "9-12-18"])
def test_what_is_no_hours_is_refused(text):
    with pytest.raises(Invalid) as refused:
        inputs.hours(Form({"monday": [text]}), "monday")
    assert refused.value.fields == {"monday": "not_hours"}


def test_hours_shown_are_read_again():
    shown = hours_text((NINE_TO_NOON, (46800, 86400)))
    assert shown == "9h às 12h, 13h às 24h"
    assert inputs.hours(Form({"monday": [shown]}), "monday") == (NINE_TO_NOON, (46800, 86400))


def test_days_in_a_row_with_the_same_hours_are_told_as_one():
    week = (*((NINE_TO_NOON, ONE_TO_SIX),) * 4, (NINE_TO_NOON,), (NINE_TO_NOON,), ())
    assert week_text(week) == "seg. a qui. 9h às 12h, 13h às 18h; sex. e sáb. 9h às 12h"


@pytest.mark.parametrize(("text", "day"), [("2026-12-31", "2026-12-31"), ("31/12/2026", "2026-12-31"), ("", "None")])
def test_dates_are_read_as_browsers_send_and_as_people_write_them(text, day):
    assert str(Form({"first": [text]}).day("first")) == day
