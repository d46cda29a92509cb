"""Durations with a unit: "72 horas úteis" is neither 72 hours nor three days."""

from dataclasses import dataclass
from enum import StrEnum

from web.errors import Invalid

LONGEST = 10_000


class Unit(StrEnum):
    """How a duration is counted."""

    BUSINESS_HOURS = "business_hours"
    """Hours of open time."""
    BUSINESS_DAYS = "business_days"
    """Working days after the first, until the close of the last."""
    CALENDAR_HOURS = "calendar_hours"
    CALENDAR_DAYS = "calendar_days"
    """Days after the first, until the end of the last (Código Civil, art. 132)."""


@dataclass(frozen=True)
class Duration:
    """An amount of a unit; always positive."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LONGEST:
            raise Invalid("duration", "not_positive" if self.amount <= 0 else "too_much")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    @property
    def counts_days(self) -> bool:
        return self.unit in (Unit.BUSINESS_DAYS, Unit.CALENDAR_DAYS)

    @property
    def needs_calendar(self) -> bool:
        return self.unit in (Unit.BUSINESS_HOURS, Unit.BUSINESS_DAYS)


def parse(text: str) -> Duration:
    """Parses a duration as settings write it: `72 business_hours`. Raises `Invalid`."""
    amount, _, unit = text.strip().partition(" ")
    if not amount.lstrip("-").isdecimal() or unit not in Unit._value2member_map_:
        raise Invalid("duration", "not_a_duration")
    return Duration(int(amount), Unit(unit))
