"""Files in custom fields: uploaded by people who can read the fields, and owned by the ticket afterwards."""

from datetime import datetime

from web.database import execute, fetch_column
from web.errors import Invalid, NotFound
from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.field import Field, Values
from web.tickets.fields.kinds import Kind, file_number
from web.tickets.record.attachments import IN_FIELD, attachment, unsent


async def hand_in(ticket: int, values: Values, *, by: Actor, at: datetime) -> Values:
    """Returns the values with the ticket's own file numbers. Raises `Invalid` for a file that `by` cannot see.

    A file of another ticket is copied; its contents are stored once.
    """
    given = dict(values)
    for field in catalog.find_all(values):
        if field.kind is Kind.FILE and values[field.id]:
            given[field.id] = (await _given(ticket, field, values[field.id][0], by=by, at=at),)
    return given


async def _given(ticket: int, field: Field, value: str, *, by: Actor, at: datetime) -> str:
    try:
        file = await attachment(file_number(value), by=by)
    except NotFound:
        raise Invalid(field.name, "not_yours") from None
    own = f"UPDATE attachment SET ticket = {{}} WHERE ticket = {ticket} AND id = {file.id} OR {{}} RETURNING id"
    known = await fetch_column(int, own, ticket, unsent([file.id], by.id))
    if not known:
        copied = "INSERT INTO attachment (ticket, person, name, media_type, size, sha256, at) VALUES {} RETURNING id"
        values = (ticket, by.id, file.name, file.media_type, file.size, file.sha256, at)
        known = await fetch_column(int, copied.replace("{}", f"({', '.join('{}' for _ in values)})"), *values)
    return f"{known[0]} {file.name}"


async def forget_dropped(draft: int) -> None:
    """Deletes files that a draft no longer has in its fields."""
    await execute(f"DELETE FROM attachment WHERE ticket = {{}} AND NOT EXISTS ({IN_FIELD})", draft)
