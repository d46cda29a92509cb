"""Routes mail that opens a ticket: the team and category of its mailbox, and its rule for unknown senders."""

from dataclasses import dataclass

from web.database import fetch_as
from web.tickets.requests.categories import OPEN_TO_ALL


@dataclass(frozen=True)
class Placing:
    """Without a team or category the default applies. `strangers` is `ticket`, `parked` or `refused`."""

    team: int | None = None
    category: int | None = None
    strangers: str = "ticket"


async def of_mailbox(number: int | None) -> Placing:
    """The routing of a mailbox. A retired team or category is ignored."""
    rows = await fetch_as(
        Placing,
        "SELECT team.id AS team, category.id AS category, mailbox.strangers FROM mailbox "
        "LEFT JOIN team ON team.id = mailbox.team AND team.is_active "
        f"LEFT JOIN category ON category.id = mailbox.category AND {OPEN_TO_ALL} "
        "WHERE mailbox.id = {}",
        number,
    )
    return rows[0] if rows else Placing()
