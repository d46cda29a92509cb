"""Remarks of the desk about a person or an organization."""

from datetime import datetime

from web.database import execute
from web.errors import refuse
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.record.ticket import TicketDetails

LONGEST_REMARK = 2_000


async def remark(ticket: TicketDetails, body: str, *, of_organization: bool, by: Actor, at: datetime) -> None:
    """Adds a remark about the requester or their organization."""
    refuse({"remark": "missing" if is_blank(body) else "too_long" if len(body) > LONGEST_REMARK else None})
    about = "organization" if of_organization and ticket.organization else "person"
    await execute(
        f"INSERT INTO remark ({about}, body, author, at) VALUES ({{}}, {{}}, {{}}, {{}})",
        ticket.organization if about == "organization" else ticket.requester,
        body,
        by.id,
        at,
    )
