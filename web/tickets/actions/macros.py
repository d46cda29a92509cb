"""Macros: several moves made together or not at all."""

from datetime import datetime
from functools import partial

from web.database import execute, within
from web.errors import Invalid, NotFromHere
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.actions import assignment, canned_replies, replies, resolution, waits
from web.tickets.actions.canned_replies import CannedReply
from web.tickets.actions.placeholders import fill_placeholders, open_placeholders
from web.tickets.actions.properties import classification
from web.tickets.life.moves import available
from web.tickets.life.states import Priority, Resolution
from web.tickets.record.events import MoveResult, earlier_result
from web.tickets.record.locking import lock_state
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails, find_ticket


def fits(moves: str, may: set[str]) -> bool:
    """Whether `may`, the moves open to the agent, allow a macro of these moves. No macro works on a closed ticket."""
    return {"classification", *moves.split()} <= may


async def apply(
    ticket: TicketDetails, number: int | None, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Makes every move of a macro in order, or none of them.

    Raises as the moves do, and `NotFromHere` when one of them is not open.
    """
    wanted = await canned_replies.find(number, field="macro", by=by)
    async with within():
        await lock_state(ticket.number)
        if found := await earlier_result(by, key):
            return found
        if not fits(wanted.moves, {move.noun for move in available(await find_ticket(ticket.number, by=by), by)}):
            raise NotFromHere("macro")
        made = await _make_moves(ticket, wanted, by=by, at=at)
        if key:
            await execute("UPDATE event SET key = {} WHERE id = {}", key, made.event)
    return made


async def _make_moves(ticket: TicketDetails, wanted: CannedReply, *, by: Actor, at: datetime) -> MoveResult:
    """Makes every move of a macro. Returns the result of the last one."""
    made = await _prepare(ticket, wanted, by=by, at=at)
    body = fill_placeholders(wanted.body, ticket, by)
    if open_placeholders(body):
        raise Invalid("macro", "open_placeholder")
    if not is_blank(body):
        made = await _speak(ticket, wanted, body, by=by, at=at)
    if wanted.team:  # last, because a message would assign an unassigned ticket
        now = await find_ticket(ticket.number, by=by)
        made = await assignment.assign(now, team=wanted.team, person=None, by=by, at=at)
    if made is None:
        raise Invalid("macro", "unknown")
    return made


async def _prepare(ticket: TicketDetails, wanted: CannedReply, *, by: Actor, at: datetime) -> MoveResult | None:
    """Makes the moves that come before the message of a macro. Returns the result of the last one, if any."""
    made = None
    if wanted.takes:
        made = await assignment.take(ticket, by=by, at=at)
    if wanted.priority:
        classify = partial(classification.classify, ticket, category=ticket.category, topic=ticket.topic)
        made = await classify(priority=Priority(wanted.priority), by=by, at=at)
    if wanted.tag:
        tags = await classification.tags_of(ticket.number)
        made = await classification.tag(ticket, [*tags, wanted.tag], by=by, at=at)
    return made


async def _speak(ticket: TicketDetails, wanted: CannedReply, body: str, *, by: Actor, at: datetime) -> MoveResult:
    if wanted.ends == "question":
        return await waits.ask(ticket, body, by=by, at=at)
    if wanted.ends == "solution":
        message = NewMessage(body, is_note=wanted.is_note)
        return await resolution.resolve(ticket, Resolution.COMMUNICATED, message=message, by=by, at=at)
    if wanted.is_note:
        return await replies.note(ticket, body, by=by, at=at)
    return await replies.reply(ticket, body, by=by, at=at)
