"""Counts of a period's tickets by each option of the fields that leads defined."""

from dataclasses import dataclass

from web.database import fetch_as, unhurried
from web.people.permissions import Actor
from web.sql import literals
from web.tickets.fields import catalog
from web.tickets.fields.field import Field
from web.tickets.lists.reporting.reports import Period, opened_in


@dataclass(frozen=True)
class _Counted:
    field: int
    value: str
    count: int


@dataclass(frozen=True)
class OptionCount:
    """How many tickets of a period have an option."""

    field: Field
    option: str
    count: int


async def option_counts(period: Period, *, by: Actor) -> list[OptionCount]:
    """Counts the reported tickets by option, field by field, the most frequent first.

    No query is made without fields.
    """
    fields = {each.id: each for each in catalog.with_options()}
    if not fields:
        return []
    with unhurried():
        found = await fetch_as(_Counted, _COUNTED.format(fields=literals(fields)), opened_in(period, by))
    counted = [OptionCount(fields[each.field], each.value, each.count) for each in found]
    order = list(fields)
    return sorted(counted, key=lambda each: (order.index(each.field.id), -each.count, each.option))


_COUNTED = """
SELECT field_value.field, field_value.value, count(*) AS count
FROM ticket JOIN field_value ON field_value.ticket = ticket.id
WHERE {{}} AND field_value.field IN ({fields}) GROUP BY field_value.field, field_value.value
"""
