"""Values of a ticket's fields: corrected by the desk, completed before it is resolved, carried to a new category."""

from collections.abc import Mapping
from datetime import datetime

from web.database import within
from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.tickets.fields import catalog, values
from web.tickets.fields.field import Field, Typed, Values, due, read
from web.tickets.life.moves import FIELDS, SOLUTION
from web.tickets.life.states import TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record import search_index
from web.tickets.record.events import MoveResult, earlier_result
from web.tickets.record.field_files import hand_in
from web.tickets.record.locking import lock_state
from web.tickets.record.transition import Numbered, apply


async def edit(ticket: Numbered, typed: Typed, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Changes fields of the ticket's category and topic. Raises `Invalid`, also when nothing changes."""

    async def change(state: TicketState) -> EventData:
        wanted = dict.fromkeys(editable(state), False)
        return await _replace(state, wanted, typed, await values.kept_of(state.number), by=by, at=at)

    async with within():
        made = await apply(FIELDS, ticket, also=change, by=by, at=at, key=key)
        await search_index.index(ticket.number)
        return made


def editable(ticket: TicketState) -> list[Field]:
    return [each for each in catalog.of_category(ticket.category) if each.fits(ticket.topic)]


async def complete(ticket: Numbered, typed: Typed, *, by: Actor, at: datetime, key: str | None = None) -> None:
    """Saves what a person fills in before they resolve a ticket.

    Raises `Invalid` for required fields that are missing.
    """
    if by.is_system or not catalog.are_any():
        return
    state = await lock_state(ticket.number)
    if await earlier_result(by, key):
        return
    SOLUTION.check(state, by)
    kept = await values.kept_of(state.number)
    wanted = due(catalog.of_category(state.category), kept, topic=state.topic, by=by)
    changed, wrong = read(wanted, typed, kept=kept)
    refuse({name: "missing_field" if code == "missing" else code for name, code in wrong.items()})
    if changed:
        await edit(state, {number: found for number, found in typed.items() if number in changed}, by=by, at=at)


async def _replace(
    state: TicketState, wanted: Mapping[Field, bool], typed: Typed, kept: Values, *, by: Actor, at: datetime
) -> EventData:
    """Saves the values. Returns the changes by the label of each field, before and after."""
    changed, wrong = read(wanted, typed, kept=kept)
    refuse(wrong)
    if not changed:
        raise Invalid(next((each.name for each in wanted), "fields"), "nothing_changes")
    changed = await hand_in(state.number, changed, by=by, at=at)
    await values.write_values(state.number, changed)
    told = {each.label: _told(each, kept, changed) for each in catalog.find_all(changed)}
    return {"fields": told}


def _told(field: Field, kept: Values, changed: Values) -> EventData:
    return {"from": field.shown(kept.get(field.id, ())), "to": field.shown(changed.get(field.id, ()))}


async def carry(number: int, category: int | None, topic: int | None) -> None:
    """Carries values into a new category: a field takes the value of the old field with the same label and kind."""
    kept = await values.kept_of(number)
    had = {(each.label.casefold(), each.kind): kept[each.id] for each in catalog.find_all(kept)}
    carried = Values()
    for each in catalog.of_category(category):
        found = had.get((each.label.casefold(), each.kind), ())
        fitting = tuple(value for value in found if value in each.options or not each.kind.has_options)
        if fitting and each.fits(topic) and each.id not in kept:
            carried[each.id] = fitting
    await values.write_values(number, carried)
