"""Changes of tickets: each is a move through the funnel, and leaves an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from web.database import fetch
from web.errors import Invalid, NotFound, NotPermitted
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.life.moves import (
    CANCELLATION,
    CONFIRMATION,
    NOTE,
    OBJECTION,
    PARTICIPATION,
    RELEASE,
    REPLY,
    RESUMPTION,
    SOLUTION,
    TAKE,
    THANKS,
    Life,
    Resolution,
    Status,
    may_remove,
)
from web.tickets.life.workflows import MustSay
from web.tickets.record import search_index
from web.tickets.record.events import Made
from web.tickets.record.messages import Said
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import make
from web.tickets.tables import Attachment

LONGEST_REASON = 2_000


async def reply(
    ticket: Sheet,
    body: str,
    *,
    files: Sequence[int] = (),
    copies: Sequence[str] = (),
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """A public message. The requester's ends a wait for them, and reopens what was resolved if the workflow says so."""
    return await make(REPLY, ticket, says=Said(body, files), copies=copies, by=by, at=at, key=key)


async def thank(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """A public message that leaves a resolved ticket as it is."""
    return await make(THANKS, ticket, says=Said(body, files), by=by, at=at, key=key)


async def note(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """An internal note, for the desk's eyes only."""
    return await make(NOTE, ticket, says=Said(body, files, is_note=True), by=by, at=at, key=key)


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


async def take(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    held = {"assignee": by.id}
    return await make(TAKE, ticket, to=Status.OPEN, sets=held, data=held, by=by, at=at, key=key)


async def release(ticket: Sheet, *, reason: str | None = None, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Back to the queue: open, held by nobody; the reason, an internal note, tells the next one why."""
    return await make(
        RELEASE,
        ticket,
        to=Status.OPEN,
        sets={"assignee": None, "wait": None, "wait_until": None},
        says=Said(reason, is_note=True) if reason is not None else None,
        by=by,
        at=at,
        key=key,
    )


async def resume(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    return await make(
        RESUMPTION,
        ticket,
        to=Status.OPEN,
        sets={"wait": None, "wait_until": None},
        by=by,
        at=at,
        key=key,
    )


async def solve(
    ticket: Sheet,
    *,
    method: Resolution = Resolution.COMMUNICATED,
    says: Said | None = None,
    has_said: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Resolved, with the message or note that says how; raises `Invalid` where the workflow demands one.

    `has_said`: it is said already.
    """
    duty = ticket.workflow.solution_must_say
    if says is None and not has_said and duty is not MustSay.NOTHING:
        raise Invalid("body", "solution_must_say")
    if says is not None and says.is_note and duty is MustSay.MESSAGE:
        raise Invalid("body", "solution_must_be_public")
    return await settle(ticket, method=method, says=says, by=by, at=at, key=key)


async def settle(
    ticket: Sheet,
    *,
    method: Resolution = Resolution.COMMUNICATED,
    says: Said | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Resolved, whatever the workflow would have a solution say: for what was said elsewhere."""
    return await make(
        SOLUTION,
        ticket,
        to=Status.RESOLVED,
        sets={"wait": None, "wait_until": None, "resolution": method, "resolved_at": at},
        says=says,
        data={"method": method},
        by=by,
        at=at,
        key=key,
    )


async def confirm(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """SIM: the solution is right and the ticket is over."""
    return await make(CONFIRMATION, ticket, to=Status.CLOSED, sets={"closed_at": at}, by=by, at=at, key=key)


async def object_to(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """NÃO, and why: the ticket is open again."""
    return await make(
        OBJECTION,
        ticket,
        to=Status.OPEN,
        sets={"resolution": None, "resolved_at": None},
        says=Said(body, files),
        by=by,
        at=at,
        key=key,
    )


async def cancel(ticket: Sheet, *, reason: str, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Over before it was solved; raises `Invalid` without a reason."""
    return await make(
        CANCELLATION,
        ticket,
        to=Status.CLOSED,
        sets={"wait": None, "wait_until": None, "resolution": Resolution.CANCELLED, "closed_at": at},
        also=lambda life: with_reason(reason),
        by=by,
        at=at,
        key=key,
    )


async def with_reason(reason: str) -> Mapping[str, Any]:
    """What the event of a move that owes a reason keeps of it."""
    if is_blank(reason):
        raise Invalid("reason", "missing")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", "too_long")
    return {"reason": reason}


async def forget_unsent(*, before: datetime) -> None:
    """Files of people who never sent their message."""
    await fetch("DELETE FROM attachment WHERE message IS NULL AND at < {}", before)


async def keep_file(*, name: str, media_type: str, size: int, sha256: str, person: int, at: datetime) -> int:
    """A file received for a message to come; its id."""
    row = Attachment(name=name, media_type=media_type, size=size, sha256=sha256, person=person, at=at)
    await row.save()
    return int(row.id)
