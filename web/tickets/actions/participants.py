"""People in copy: added and removed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from web.database import fetch
from web.errors import Invalid, NotFound, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.moves import PARTICIPATION
from web.tickets.life.rights import may_remove
from web.tickets.life.states import Life
from web.tickets.record import search_index
from web.tickets.record.events import Made
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import make


async def copy_in(ticket: Sheet, addresses: Sequence[str], *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """People in copy, by e-mail; those already in it stay."""

    async def name_somebody(life: Life) -> Mapping[str, Any]:
        if not addresses:
            raise Invalid("copies", "missing")
        return {}

    return await make(PARTICIPATION, ticket, copies=addresses, also=name_somebody, by=by, at=at, key=key)


async def remove_copy(ticket: Sheet, person: int, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Out of copy: from here on they neither see nor find the ticket, unless by another right."""

    async def remove(life: Life) -> dict[str, list[str]]:
        if person not in life.participants:
            raise NotFound("participant")
        rows = await fetch(
            "SELECT address, added_by FROM participant WHERE ticket = {} AND person = {}", life.number, person
        )
        if not may_remove(by, life, person=person, added_by=rows[0]["added_by"]):
            raise NotPermitted("participation")
        await fetch("DELETE FROM participant WHERE ticket = {} AND person = {}", life.number, person)
        await search_index.rescope(life.number)
        return {"removed": [rows[0]["address"]]}

    return await make(PARTICIPATION, ticket, also=remove, by=by, at=at, key=key)
