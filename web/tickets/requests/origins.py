"""The ticket that a request comes from: the link to it, and the files taken from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_column
from web.people.permissions import Actor
from web.sql import literals
from web.tickets.life.moves import DUPLICATION, Move
from web.tickets.life.states import Priority
from web.tickets.record.events import record
from web.tickets.record.locking import lock_state
from web.tickets.record.ticket import TicketDetails
from web.tickets.tables import Link


@dataclass(frozen=True)
class Origin:
    """The ticket that a request comes from, and the move that created it."""

    ticket: TicketDetails
    move: Move

    @property
    def priority(self) -> Priority:
        """The priority of the original ticket."""
        return Priority(self.ticket.priority) if self.move is DUPLICATION else Priority.NORMAL


async def link_origin(
    number: int, origin: Origin, *, keeps: Collection[int] | None = None, by: Actor, at: datetime
) -> None:
    """Links the draft to the ticket it comes from. Raises as `Move.check` does.

    `keeps` names the files of a copied ticket to copy; None for all.
    """
    origin.move.check(await lock_state(origin.ticket.number), by)
    kind = "duplicate" if origin.move is DUPLICATION else "follow_up"
    await Link(ticket=number, other=origin.ticket.number, kind=kind, at=at).save()
    if kind == "duplicate":
        await copy_files(origin.ticket.number, number, keeps=keeps, by=by, at=at)


async def copy_files(
    source: int, target: int, *, keeps: Collection[int] | None = None, by: Actor, at: datetime
) -> None:
    """Copies the files of one ticket's opening message to another's. The contents are stored once."""
    chosen = "" if keeps is None else f"AND file.id IN ({literals(keeps) or 0}) "
    await execute(_COPY_FILES.format("{}", "{}", "{}", "{}", chosen=chosen), by.id, at, source, target)


_COPY_FILES = (
    "INSERT INTO attachment (message, person, name, media_type, size, sha256, at) "
    "SELECT copy.id, {}, file.name, file.media_type, file.size, file.sha256, {} FROM message copy "
    "JOIN message original ON original.ticket = {} AND original.kind = 'opening' "
    "JOIN attachment file ON file.message = original.id "
    "WHERE copy.ticket = {} AND copy.kind = 'opening' {chosen}ORDER BY file.id"
)


async def tell_origin(number: int, *, by: Actor, at: datetime) -> None:
    """Records on the original ticket that a follow-up was sent."""
    for origin in await fetch_column(int, "SELECT other FROM link WHERE ticket = {} AND kind = 'follow_up'", number):
        await record("follow_up", origin, by=by, at=at, data={"number": number})
