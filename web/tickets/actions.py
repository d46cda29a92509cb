"""Changes of tickets: every one passes through `make`, in one transaction, and leaves an event."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from web.database import Row, dialect, fetch, transaction
from web.errors import Invalid, NotFound, refuse
from web.people import actions as people
from web.people.actor import Actor
from web.people.addresses import is_address
from web.settings import settings
from web.tickets import lifecycle, search
from web.tickets.lifecycle import Channel, Life, Move, Priority, Resolution, Status, Wait
from web.tickets.queries import Sheet
from web.tickets.tables import Attachment, Message, Participant, Ticket
from web.tickets.words import is_blank
from web.tickets.workflows import MustSay, workflow

LONGEST_MESSAGE = 100_000
LONGEST_TITLE = 200
MOST_COPIES = 20
AGAIN = timedelta(minutes=10)
"""Within this the same words by the same person are one message."""

_FIRST_EDITS = ("reply", "note", "question", "wait", "solution", "participation")


@dataclass(frozen=True)
class Made:
    """What came of an action; `is_repeat` when the same form had already been sent."""

    ticket: int
    event: int
    is_repeat: bool = False


@dataclass(frozen=True)
class Said:
    """Words of a move: a public reply unless `is_note`, with the ids of files already received."""

    body: str
    files: Sequence[int] = ()
    is_note: bool = False


@dataclass(frozen=True)
class Request:
    """What somebody asks for; a draft may leave out anything but the people."""

    title: str = ""
    description: str = ""
    category: int | None = None
    topic: int | None = None
    organization: int | None = None
    requester: int | None = None
    primary_contact: int | None = None
    priority: Priority = Priority.NORMAL
    channel: Channel = Channel.FORM
    files: Sequence[int] = ()
    copies: Sequence[str] = ()


class _Repeated(Exception):
    """The same person's form with the same key got here first."""


async def draft(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """A new draft, seen by nobody but its author."""
    return await _once(_draft, request, by=by, at=at, key=key)


async def redraft(ticket: Sheet, request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """The draft with what it says now."""
    async with transaction():
        life = await _locked(ticket)
        if earlier := await _earlier(by, key):
            return earlier
        lifecycle.EDITION.check(life, by)
        await _write_draft(ticket.number, request, by=by, at=at)
        return await _record("edition", ticket.number, by=by, at=at, key=key, audience="internal")


async def open_ticket(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """A draft written and submitted in one go; raises `Invalid` for what is missing, and then nothing is kept."""
    return await _once(_draft_and_submit, request, by=by, at=at, key=key)


async def submit(ticket: Sheet, request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Sends a draft: into the queue, or to approval where its category asks for it."""
    async with transaction():
        life = await _locked(ticket)
        if earlier := await _earlier(by, key):
            return earlier
        lifecycle.SUBMISSION.check(life, by)
        refuse(unready(request))
        await _write_draft(ticket.number, request, by=by, at=at)
        return await _submit(ticket.number, request, by=by, at=at, key=key)


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
    return await make(lifecycle.REPLY, ticket, says=Said(body, files), copies=copies, by=by, at=at, key=key)


async def note(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """An internal note, for the desk's eyes only."""
    return await make(lifecycle.NOTE, ticket, says=Said(body, files, is_note=True), by=by, at=at, key=key)


async def copy_in(ticket: Sheet, addresses: Sequence[str], *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """People in copy, by e-mail; those already in it stay."""
    return await make(lifecycle.PARTICIPATION, ticket, copies=addresses, by=by, at=at, key=key)


async def take(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    held = {"assignee": by.id}
    return await make(lifecycle.TAKE, ticket, to=Status.OPEN, sets=held, data=held, by=by, at=at, key=key)


async def release(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Back to the queue: open, held by nobody."""
    return await make(
        lifecycle.RELEASE,
        ticket,
        to=Status.OPEN,
        sets={"assignee": None, "wait": None, "wait_until": None},
        by=by,
        at=at,
        key=key,
    )


async def ask(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """A question to the requester: from here on it is their turn."""
    return await make(
        lifecycle.QUESTION,
        ticket,
        to=Status.WAITING,
        sets={"wait": Wait.REQUESTER},
        data={"wait": Wait.REQUESTER},
        says=Said(body, files),
        by=by,
        at=at,
        key=key,
    )


async def wait(
    ticket: Sheet,
    kind: Wait,
    *,
    until: datetime | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Work stops for a while; raises `Invalid` for a date that is missing or past."""
    if kind is Wait.UNTIL and (until is None or until <= at):
        raise Invalid("until", "not_in_future")
    return await make(
        lifecycle.WAIT,
        ticket,
        to=Status.WAITING,
        sets={"wait": kind, "wait_until": until},
        data={"wait": kind, "until": until.isoformat()} if until else {"wait": kind},
        by=by,
        at=at,
        key=key,
    )


async def resume(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    return await make(
        lifecycle.RESUMPTION,
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
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Resolved, with the message or note that says how; raises `Invalid` where the workflow demands one."""
    duty = ticket.workflow.solution_must_say
    if says is None and duty is not MustSay.NOTHING:
        raise Invalid("body", "solution_must_say")
    if says is not None and says.is_note and duty is MustSay.MESSAGE:
        raise Invalid("body", "solution_must_be_public")
    return await make(
        lifecycle.SOLUTION,
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
    return await make(lifecycle.CONFIRMATION, ticket, to=Status.CLOSED, sets={"closed_at": at}, by=by, at=at, key=key)


async def object_to(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """NÃO, and why: the ticket is open again."""
    return await make(
        lifecycle.OBJECTION,
        ticket,
        to=Status.OPEN,
        sets={"resolution": None, "resolved_at": None},
        says=Said(body, files),
        by=by,
        at=at,
        key=key,
    )


async def cancel(ticket: Sheet, *, reason: str, by: Actor, at: datetime, key: str | None = None) -> Made:
    return await make(
        lifecycle.CANCELLATION,
        ticket,
        to=Status.CLOSED,
        sets={"wait": None, "wait_until": None, "resolution": Resolution.CANCELLED, "closed_at": at},
        data={"reason": reason},
        by=by,
        at=at,
        key=key,
    )


async def make(
    move: Move,
    ticket: Sheet,
    *,
    to: Status | None = None,
    sets: Mapping[str, Any] | None = None,
    says: Said | None = None,
    copies: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """The funnel: checks the move against the ticket as it is now, applies it and records it, or nothing at all.

    `key` is the form's one-time key: the same person's second sending gets the first one's result.
    Raises `NotPermitted`, `NotFromHere` and `Invalid`.
    """
    assert to is None or to in move.targets
    async with transaction():
        life = await _locked(ticket)
        if earlier := await _earlier(by, key):
            return earlier
        move.check(life, by)
        if key and says and (said := await _just_said(life.number, move, says, by=by, at=at)):
            return said
        refuse({"body": _wrong_body(says), "copies": _wrong_copies(copies)})
        if _takes_first(move, life, by):
            await _change(life, to=Status.OPEN, sets={"assignee": by.id}, at=at)
            await search.add_scope(life.number, f"p{by.id}")
            await _record(
                "take", life.number, by=by, at=at, data=_shift(life.status, Status.OPEN) | {"assignee": by.id}
            )
            life.status, life.assignee = Status.OPEN, by.id
        target = to or _after(move, life, by)
        details: dict[str, Any] = dict(data or {})
        message = await _say(life.number, move, says, by=by, at=at, details=details) if says else None
        if copies:
            details["copies"] = await _add_copies(life.number, copies, by=by, at=at)
        if target is not life.status:
            details |= _shift(life.status, target)
        if move is lifecycle.TAKE:
            await search.add_scope(life.number, f"p{by.id}")
        changed = dict(sets or {}) | _consequences(move, life, target, says, by)
        await _change(life, to=target, sets=changed, at=None if move is lifecycle.NOTE else at)
        return await _record(
            move.noun,
            life.number,
            by=by,
            at=at,
            key=key,
            data=details,
            message=message,
            audience=_audience(move),
        )


def _is_desk(by: Actor, life: Life) -> bool:
    """Whether they speak for the desk: an agent may be a requester too, and then is one."""
    return by.is_agent and by.id != life.requester


def _takes_first(move: Move, life: Life, by: Actor) -> bool:
    """Whether this first edit takes the ticket that nobody holds."""
    return (
        _is_desk(by, life)
        and life.workflow.first_edit_takes
        and life.assignee is None
        and life.status in (Status.NEW, Status.OPEN)
        and move.noun in _FIRST_EDITS
    )


def _after(move: Move, life: Life, by: Actor) -> Status:
    """Where a move that names no target leads: a requester's reply brings work back, all else stays."""
    brings_back = life.status is Status.RESOLVED or life.wait is Wait.REQUESTER
    return Status.OPEN if move is lifecycle.REPLY and not _is_desk(by, life) and brings_back else life.status


def _consequences(move: Move, life: Life, target: Status, says: Said | None, by: Actor) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if move is lifecycle.REPLY and target is not life.status:
        changed |= {"wait": None, "wait_until": None, "resolution": None, "resolved_at": None}
    if _is_desk(by, life) and says is not None and not says.is_note and not life.is_answered:
        changed["is_answered"] = True
    return changed


def _audience(move: Move) -> str:
    return "internal" if move is lifecycle.NOTE else "public"


def _shift(before: Status, after: Status) -> dict[str, str]:
    return {"from": before, "to": after}


async def _once(action: Any, request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    """A creation, which has no row to lock: the unique key decides who was first."""
    try:
        async with transaction():
            if earlier := await _earlier(by, key):
                return earlier
            made: Made = await action(request, by=by, at=at, key=key)
            return made
    except _Repeated:
        earlier = await _earlier(by, key)
        assert earlier is not None
        return earlier


async def _draft(request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    number = await _new_draft(request, by=by, at=at)
    return await _record("draft", number, by=by, at=at, key=key, audience="internal")


async def _draft_and_submit(request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    refuse(unready(request))
    if key and (asked := await _just_asked(request, by=by, at=at)):
        return asked
    number = await _new_draft(request, by=by, at=at)
    return await _submit(number, request, by=by, at=at, key=key)


async def _new_draft(request: Request, *, by: Actor, at: datetime) -> int:
    ticket = Ticket(
        title="",
        priority=request.priority,
        author=by.id,
        requester=by.id,
        primary_contact=by.id,
        channel=request.channel,
        status=Status.DRAFT,
        workflow=settings().preset,
        created_at=at,
        updated_at=at,
    )
    await ticket.save()
    await Message(ticket=ticket.id, kind="opening", author=by.id, body="", at=at).save()
    await _write_draft(ticket.id, request, by=by, at=at)
    return int(ticket.id)


async def _write_draft(number: int, request: Request, *, by: Actor, at: datetime) -> None:
    _refuse_unfit(request)
    _refuse_foreign(request, by)
    category = await _category(request.category)
    if request.topic is not None:
        await _refuse_stray_topic(request)
    await Ticket.update(
        {
            Ticket.title: " ".join(request.title.split()),
            Ticket.category: request.category,
            Ticket.topic: request.topic,
            Ticket.priority: request.priority,
            Ticket.workflow: category["workflow"] if category else settings().preset,
            Ticket.requester: request.requester or by.id,
            Ticket.primary_contact: request.primary_contact or request.requester or by.id,
            Ticket.organization: request.organization,
            Ticket.updated_at: at,
        }
    ).where(Ticket.id == number)
    opened = await fetch(
        "UPDATE message SET body = {}, at = {} WHERE ticket = {} AND kind = 'opening' RETURNING id",
        request.description,
        at,
        number,
    )
    await _attach(opened[0]["id"], request.files, by=by)
    await fetch("DELETE FROM participant WHERE ticket = {}", number)
    await _add_copies(number, request.copies, by=by, at=at)
    await search.index(number, title=request.title, body=request.description, scope=[f"p{by.id}"])


async def _submit(number: int, request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    category = await _category(request.category)
    assert category is not None
    organization = request.organization or await _home_of(request.requester or by.id)
    target = Status.APPROVAL if category["needs_approval"] else Status.NEW
    await Ticket.update(
        {
            Ticket.organization: organization,
            Ticket.team: category["team"],
            Ticket.status: target,
            Ticket.submitted_at: at,
            Ticket.updated_at: at,
        }
    ).where(Ticket.id == number)
    await search.index(number, title=request.title, body=request.description, scope=await _scope_of(number))
    opening = (await fetch("SELECT id FROM message WHERE ticket = {} AND kind = 'opening'", number))[0]["id"]
    details: dict[str, Any] = _shift(Status.DRAFT, target)
    if files := await _files(opening):
        details["files"] = files
    return await _record("submission", number, by=by, at=at, key=key, data=details, message=opening)


def _refuse_unfit(request: Request) -> None:
    """What even a draft may not say."""
    refuse(
        {
            "title": "too_long" if len(request.title) > LONGEST_TITLE else None,
            "description": "too_long" if len(request.description) > LONGEST_MESSAGE else None,
            "copies": _wrong_copies(request.copies),
        }
    )


def unready(request: Request) -> dict[str, str | None]:
    """What a ticket still needs before it is sent, as a code per field."""
    needed = ("category", "title", "description")
    missing = {field: "missing" for field in needed if is_blank(str(getattr(request, field) or ""))}
    return {**missing, "copies": _wrong_copies(request.copies)}


def _refuse_foreign(request: Request, by: Actor) -> None:
    """Only an agent registers for somebody else, or for an organization that is not their own."""
    if by.is_agent:
        return
    if request.organization is not None and request.organization not in by.organizations:
        raise Invalid("organization", "unknown")
    if request.requester not in (None, by.id) or request.primary_contact not in (None, by.id):
        raise Invalid("requester", "unknown")


async def _category(number: int | None) -> Row | None:
    if number is None:
        return None
    rows = await fetch("SELECT workflow, team, needs_approval FROM category WHERE id = {} AND is_active", number)
    if not rows:
        raise Invalid("category", "unknown")
    return rows[0]


async def _refuse_stray_topic(request: Request) -> None:
    if not await fetch(
        "SELECT 1 AS found FROM topic WHERE id = {} AND category = {} AND is_active",
        request.topic,
        request.category or 0,
    ):
        raise Invalid("topic", "not_of_category")


async def _home_of(person: int) -> int | None:
    """The organization a person's ticket belongs to when they are of just one."""
    rows = await fetch(
        "SELECT organization FROM membership WHERE person = {} AND confirmed_at IS NOT NULL LIMIT 2", person
    )
    return int(rows[0]["organization"]) if len(rows) == 1 else None


async def _scope_of(number: int) -> list[str]:
    """Who may find the ticket by its words, as marks of the index."""
    ticket = (
        await fetch(
            "SELECT ticket.author, ticket.requester, ticket.assignee, ticket.organization, ticket.team, "
            "COALESCE(team.is_confidential, false) AS is_confidential FROM ticket "
            "LEFT JOIN team ON team.id = ticket.team WHERE ticket.id = {}",
            number,
        )
    )[0]
    copied = await fetch("SELECT person FROM participant WHERE ticket = {}", number)
    people = {
        ticket["author"],
        ticket["requester"],
        ticket["assignee"],
        *(row["person"] for row in copied),
    } - {None}
    marks = [f"p{person}" for person in people]
    marks.append(f"t{ticket['team']}" if ticket["is_confidential"] else "desk")
    if ticket["organization"] is not None:
        marks.append(f"o{ticket['organization']}")
    return marks


async def _locked(ticket: Sheet) -> Life:
    """The ticket as it is now, and nobody else's until the transaction ends."""
    rows = await fetch(
        "SELECT id, author, requester, organization, team, assignee, status, wait, workflow, is_answered "
        "FROM ticket WHERE id = {}" + dialect(sqlite="", postgres=" FOR UPDATE"),
        ticket.number,
    )
    if not rows:
        raise NotFound("ticket")
    copied = await fetch("SELECT person FROM participant WHERE ticket = {}", ticket.number)
    row = rows[0]
    return Life(
        number=row["id"],
        status=Status(row["status"]),
        wait=Wait(row["wait"]) if row["wait"] else None,
        author=row["author"],
        requester=row["requester"],
        organization=row["organization"],
        team=row["team"],
        assignee=row["assignee"],
        is_answered=bool(row["is_answered"]),
        workflow=workflow(row["workflow"]),
        participants=frozenset(each["person"] for each in copied),
    )


async def _change(life: Life, *, to: Status, sets: Mapping[str, Any], at: datetime | None) -> None:
    """Nothing else after creation assigns a status. `at` is when something public happened."""
    values: dict[Any, Any] = {getattr(Ticket, name): value for name, value in sets.items()}
    if to is not life.status:
        values[Ticket.status] = to
    if at is not None:
        values[Ticket.updated_at] = at
    if values:
        await Ticket.update(values).where(Ticket.id == life.number)


async def _say(number: int, move: Move, says: Said, *, by: Actor, at: datetime, details: dict[str, Any]) -> int:
    message = Message(
        ticket=number,
        kind="note" if says.is_note else "reply",
        author=by.id,
        body=says.body,
        at=at,
        is_resolution=move is lifecycle.SOLUTION,
    )
    await message.save()
    await _attach(message.id, says.files, by=by)
    if files := await _files(message.id):
        details["files"] = files
    await search.add_words(number, says.body, internal=says.is_note)
    return int(message.id)


async def _attach(message: int, files: Sequence[int], *, by: Actor) -> None:
    """Gives the message the files its author had sent; raises `Invalid` for one that is not theirs to give."""
    for file in dict.fromkeys(files):
        given = await fetch(
            "UPDATE attachment SET message = {} WHERE id = {} AND person = {} AND message IS NULL RETURNING id",
            message,
            file,
            by.id,
        )
        if not given:
            raise Invalid("files", "not_yours")


async def _files(message: int) -> list[Row]:
    rows: list[Row] = (
        await Attachment.select(Attachment.id, Attachment.name, Attachment.size)
        .where(Attachment.message == message)
        .order_by(Attachment.id)
    )
    return rows


async def _add_copies(number: int, addresses: Iterable[str], *, by: Actor, at: datetime) -> list[str]:
    """Puts people in copy; the addresses as typed."""
    wanted = _distinct(addresses)
    marks = []
    for address in wanted:
        person = await people.known_or_new(address, at=at)
        await Participant.insert(
            Participant(ticket=number, person=person, address=address, added_by=by.id, at=at)
        ).on_conflict(target=(Participant.ticket, Participant.person), action="DO NOTHING")
        marks.append(f"p{person}")
    if marks:
        await search.add_scope(number, *marks)
    return wanted


def _distinct(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(address.strip() for address in addresses if address.strip()))


def _wrong_body(says: Said | None) -> str | None:
    if says is None:
        return None
    if is_blank(says.body):
        return "missing"
    return "too_long" if len(says.body) > LONGEST_MESSAGE else None


def _wrong_copies(addresses: Iterable[str]) -> str | None:
    wanted = _distinct(addresses)
    if len(wanted) > MOST_COPIES:
        return "too_many"
    return None if all(map(is_address, wanted)) else "not_addresses"


async def _earlier(by: Actor, key: str | None) -> Made | None:
    if key is None:
        return None
    rows = await fetch("SELECT id, ticket FROM event WHERE actor = {} AND key = {}", by.id, key)
    return Made(ticket=rows[0]["ticket"], event=rows[0]["id"], is_repeat=True) if rows else None


async def _just_said(number: int, move: Move, says: Said, *, by: Actor, at: datetime) -> Made | None:
    """The same words by the same person, the last thing that happened: sent again by somebody who saw no answer.

    A lost answer and the back button make a new form, with another key.
    """
    rows = await fetch(
        "SELECT event.id, event.kind, event.actor, event.at, message.body, "
        "(SELECT count(*) FROM attachment WHERE attachment.message = message.id) AS files "
        "FROM event LEFT JOIN message ON message.id = event.message WHERE event.ticket = {} "
        "ORDER BY event.id DESC LIMIT 1",
        number,
    )
    now = (move.noun, by.id, says.body, len(set(says.files)))
    last = [(row["kind"], row["actor"], row["body"], row["files"]) for row in rows if at - row["at"] < AGAIN]
    return Made(ticket=number, event=rows[0]["id"], is_repeat=True) if last == [now] else None


async def _just_asked(request: Request, *, by: Actor, at: datetime) -> Made | None:
    """The same request by the same person, minutes ago and untouched since: sent again by who saw no answer."""
    rows = await fetch(
        "SELECT ticket.id, event.id AS event FROM ticket JOIN event ON event.ticket = ticket.id "
        "JOIN message ON message.id = event.message WHERE ticket.requester = {} AND ticket.updated_at > {} "
        "AND event.kind = 'submission' AND event.actor = {} AND event.at > {} AND ticket.title = {} "
        "AND message.body = {} AND ticket.category = {} AND COALESCE(ticket.organization, 0) = {} "
        "AND NOT EXISTS (SELECT 1 FROM event later WHERE later.ticket = ticket.id AND later.id > event.id) LIMIT 1",
        request.requester or by.id,
        at - AGAIN,
        by.id,
        at - AGAIN,
        " ".join(request.title.split()),
        request.description,
        request.category,
        request.organization or await _home_of(request.requester or by.id) or 0,
    )
    return Made(ticket=rows[0]["id"], event=rows[0]["event"], is_repeat=True) if rows else None


async def _record(
    noun: str,
    number: int,
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
    data: Mapping[str, Any] | None = None,
    message: int | None = None,
    audience: str = "public",
) -> Made:
    rows = await fetch(
        "INSERT INTO event (ticket, kind, actor, at, audience, data, message, key) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (actor, key) WHERE key IS NOT NULL DO NOTHING RETURNING id",
        number,
        noun,
        by.id,
        at,
        audience,
        json.dumps(data or {}, ensure_ascii=False),
        message,
        key,
    )
    if not rows:
        raise _Repeated
    return Made(ticket=number, event=rows[0]["id"])


async def forget_unsent(*, before: datetime) -> None:
    """Files of people who never sent their message."""
    await fetch("DELETE FROM attachment WHERE message IS NULL AND at < {}", before)


async def keep_file(*, name: str, media_type: str, size: int, sha256: str, person: int, at: datetime) -> int:
    """A file received for a message to come; its id."""
    row = Attachment(name=name, media_type=media_type, size=size, sha256=sha256, person=person, at=at)
    await row.save()
    return int(row.id)
