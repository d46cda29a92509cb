"""Values of custom fields, as tickets store them."""

from collections.abc import Sequence
from dataclasses import dataclass

from web import sql
from web.database import columns_of, execute, fetch_as, json_list, read_json
from web.people.permissions import Actor
from web.sql import Fragment, literals
from web.tickets.fields import catalog
from web.tickets.fields.field import Field, Values
from web.tickets.fields.kinds import Kind, file_number, sort_key


@dataclass(frozen=True)
class _Kept:
    """A row of `field_value`."""

    field: int
    value: str


@dataclass(frozen=True)
class FieldValue:
    """The value of a ticket in a field."""

    field: Field
    values: tuple[str, ...]

    @property
    def shown(self) -> str:
        return self.field.shown(self.values)

    @property
    def file(self) -> int | None:
        """The number of the attachment, for a field that holds a file."""
        return file_number(self.values[0]) if self.field.kind is Kind.FILE else None


def of_ticket_in_sql() -> Fragment:
    """The values of `ticket` as a column of a larger statement: a list in JSON; NULL when no field exists."""
    kept = "SELECT field, value FROM field_value WHERE field_value.ticket = ticket.id ORDER BY field_value.id"
    return Fragment(json_list(columns_of(_Kept), kept) if catalog.are_any() else "NULL")


def of_ticket(text: str | None, *, by: Actor) -> tuple[FieldValue, ...]:
    """Reads such a column: the values that `by` may read, in the order of the forms."""
    values = _gathered(read_json(_Kept, text or "[]"))
    fields = [each for each in catalog.find_all(values) if each.is_read_by(by)]
    return tuple(FieldValue(each, values[each.id]) for each in fields)


async def kept_of(ticket: int) -> Values:
    """All current values of a ticket, public or not."""
    return _gathered(
        await fetch_as(_Kept, "SELECT field, value FROM field_value WHERE ticket = {} ORDER BY id", ticket)
    )


def _gathered(rows: Sequence[_Kept]) -> Values:
    found = Values()
    for row in rows:
        found[row.field] = (*found.get(row.field, ()), row.value)
    return found


async def write_values(ticket: int, values: Values, *, is_new: bool = False) -> None:
    """Replaces the values of these fields on a ticket."""
    if values and not is_new:
        await execute(f"DELETE FROM field_value WHERE ticket = {{}} AND field IN ({literals(values)})", ticket)
    rows = [
        (ticket, field.id, value, sort_key(field.kind, value))
        for field in catalog.find_all(values)
        for value in values[field.id]
    ]
    if rows:
        await execute("INSERT INTO field_value (ticket, field, value, sort) VALUES {}", sql.rows(rows))


async def forget_values(ticket: int) -> None:
    """Deletes all values of a draft."""
    if catalog.are_any():
        await execute("DELETE FROM field_value WHERE ticket = {}", ticket)
