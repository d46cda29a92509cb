"""Remarks of the desk about a person or an organization."""

from datetime import datetime

from web.database import execute
from web.errors import refuse
from web.people.permissions import Actor
from web.text import is_blank, too_long
from web.tickets.life.states import Customer
from web.tickets.record.ticket import TicketDetails

LONGEST_REMARK = 2_000


async def remark(ticket: TicketDetails, body: str, *, of_organization: bool, by: Actor, at: datetime) -> None:
    """Adds a remark about the requester or their organization."""
    if of_organization and ticket.organization:
        await remark_on("organization", ticket.organization, body, by=by, at=at)
    else:
        await remark_on("person", ticket.requester, body, by=by, at=at)


async def remark_on(customer: Customer, number: int, body: str, *, by: Actor, at: datetime) -> None:
    """Adds a remark about a person or an organization. Raises `Invalid`."""
    refuse({"remark": "missing" if is_blank(body) else too_long(body, LONGEST_REMARK)})
    await execute(
        f"INSERT INTO remark ({customer}, body, author, at) VALUES ({{}}, {{}}, {{}}, {{}})", number, body, by.id, at
    )
