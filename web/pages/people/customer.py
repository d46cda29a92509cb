"""Blocks that the pages of a person and of an organization share: tickets, notes, satisfaction."""

from web.clock import now
from web.pages.words.formats import bounded
from web.pages.words.tickets import desk_rows
from web.people.permissions import Actor
from web.tickets.life.states import Customer
from web.tickets.lists import customers, desk
from web.tickets.lists.desk_views import DeskFilter

SHOWN = 10
"""How many tickets the page shows; the others are linked."""


async def about(customer: Customer, number: int, *, me: Actor) -> dict[str, object]:
    """The context of the templates about a customer."""
    is_person = customer == "person"
    chosen = DeskFilter(view="all", requester=number if is_person else None, organization=None if is_person else number)
    found, at = await desk.page(chosen, by=me, at=now()), now()
    return {
        "tickets": [desk_rows.row(each, me, at, ("updated",)) for each in found.rows[:SHOWN]],
        "ticket_count": bounded(found.total, found.bound),
        "remarks": await customers.remarks_about(customer, number),
        "satisfaction": await customers.satisfaction(customer, number, by=me),
    }
