"""Filters of a list by the fields that leads defined."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.errors import Invalid
from web.sql import Fragment
from web.text import one_line
from web.tickets.fields import catalog
from web.tickets.fields.field import Field
from web.tickets.fields.kinds import parse, sort_key


@dataclass(frozen=True)
class FieldFilter:
    """An option that a ticket must have, or the bounds of its value; empty for any."""

    field: Field
    option: str = ""
    first: str = ""
    last: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filter as query parameters."""
        name = self.field.name
        return {name: self.option, f"{name}-first": self.first, f"{name}-last": self.last}

    def tickets(self) -> Fragment:
        """The tickets with a matching value, found along the index of values."""
        found = Fragment(f"SELECT ticket FROM field_value WHERE field = {self.field.id}")
        for sign, value in (("=", self.option), (">=", self.first), ("<=", self.last)):
            if value:
                found = Fragment(
                    f"{found.text} AND sort {sign} {{}}", (*found.values, sort_key(self.field.kind, value))
                )
        return found


def filterable(category: int | None) -> list[Field]:
    """The fields by which a list of one category can be filtered; empty without a category."""
    found = catalog.of_category(category) if category else []
    return [each for each in found if each.kind.has_options or each.kind.has_range]


def read_filters(query: Mapping[str, str], category: int | None) -> tuple[FieldFilter, ...]:
    """Reads filters from a query. A value that cannot be parsed is ignored; a retired option still counts."""
    found = (_filter(each, query) for each in filterable(category))
    return tuple(each for each in found if each.option or each.first or each.last)


def _filter(field: Field, query: Mapping[str, str]) -> FieldFilter:
    if field.kind.has_options:
        return FieldFilter(field, option=one_line(query.get(field.name, ""))[:100])
    return FieldFilter(
        field, first=_value(field, query, f"{field.name}-first"), last=_value(field, query, f"{field.name}-last")
    )


def _value(field: Field, query: Mapping[str, str], name: str) -> str:
    try:
        return parse(field.kind, query.get(name, ""))
    except Invalid:
        return ""
