"""Closures as a table shows them."""

import json
from datetime import date
from typing import NamedTuple

from web.pages.words.settings import time
from web.tickets.sla.settings_queries import ClosureSetting


class ShownClosure(NamedTuple):
    """A closure with its dates and hours in words."""

    id: int
    name: str
    organization_name: str | None
    dates: str
    open: str


def shown_closure(found: ClosureSetting) -> ShownClosure:
    hours = tuple((opens, closes) for opens, closes in json.loads(found.hours))
    dates, opening = time.dates_text(*days_of(found)), time.rule_text(hours, opens=found.opens)
    return ShownClosure(found.id, found.name, found.organization_name, dates, opening)


def days_of(found: ClosureSetting) -> tuple[date, date]:
    """The first and the last date."""
    return date.fromisoformat(found.first_day), date.fromisoformat(found.last_day)
