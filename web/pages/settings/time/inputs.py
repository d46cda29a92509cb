"""Parses times typed into a form: opening hours, whole numbers."""

import re

from web.business_time.calendars import Interval
from web.errors import Invalid
from web.pages.shell.form import Form
from web.pages.words.settings.time import BETWEEN_INTERVALS, INTERVAL
from web.text import plain_code
from web.tickets.sla.settings_rules import WEEKDAYS, Week


def hours(form: Form, name: str) -> tuple[Interval, ...]:
    """ "09:00-12:00, 13:00-18:00", or "das 9h às 12h e 13h às 18h"; no interval for a closed day."""
    text = plain_code(form.text(name))
    if BETWEEN_INTERVALS.sub("", INTERVAL.sub("", text)):
        raise Invalid(name, "not_hours")
    return tuple(_interval(*found.groups(), name=name) for found in INTERVAL.finditer(text))


def week(form: Form) -> Week:
    return tuple(hours(form, name) for name in WEEKDAYS)


def whole(form: Form, name: str) -> int | None:
    text = plain_code(form.text(name))
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise Invalid(name, "not_a_number")
    return int(text)


def _interval(*parts: str | None, name: str) -> Interval:
    opens, opens_past, closes, closes_past = (int(part or 0) for part in parts)
    if max(opens_past, closes_past) > 59:
        raise Invalid(name, "not_hours")
    return opens * 3600 + opens_past * 60, closes * 3600 + closes_past * 60
