"""Routes mail that begins something new: the team and category of its mailbox, and the rule for strangers."""

from dataclasses import dataclass

from web.database import fetch_as
from web.tickets.requests.categories import OPEN_TO_ALL


@dataclass(frozen=True)
class Placing:
    """No team and no category: as for any mail. `strangers` is `ticket`, `parked` or `refused`."""

    team: int | None = None
    category: int | None = None
    strangers: str = "ticket"


async def of_mailbox(number: int | None) -> Placing:
    """A team or a category that is not offered any more leads nowhere."""
    rows = await fetch_as(
        Placing,
        "SELECT team.id AS team, category.id AS category, mailbox.strangers FROM mailbox "
        "LEFT JOIN team ON team.id = mailbox.team AND team.is_active "
        f"LEFT JOIN category ON category.id = mailbox.category AND {OPEN_TO_ALL} "
        "WHERE mailbox.id = {}",
        number,
    )
    return rows[0] if rows else Placing()
