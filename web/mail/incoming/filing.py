"""Files a mail by the same moves as a page: as a reply or a ticket, ignored, or put into quarantine."""

import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from web.database import RULES_BROKEN, transaction
from web.errors import DeskError, NotFromHere, NotPermitted
from web.mail.incoming import attachments, automatic, bounces, queue, routing
from web.mail.incoming.attachments import Contents
from web.mail.incoming.parse import Mail
from web.mail.incoming.parts import Refused
from web.mail.incoming.phrases import NO_SUBJECT
from web.mail.incoming.queue import Arrived
from web.mail.incoming.sandbox import Reader
from web.mail.screening import authors, cc_proposals, floods, forwards, refusals
from web.mail.screening.authors import AnsweredTicket
from web.mail.screening.exceptions import Quarantined, TurnedAway
from web.notifications.outbox import own_number
from web.people import accounts, actors
from web.people.permissions import Actor
from web.storage import Storage, StorageError
from web.tickets.actions import replies
from web.tickets.life.states import Channel, Priority, Status
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import LONGEST_TITLE, TicketDetails, find_ticket
from web.tickets.requests import copies, drafts, submission
from web.tickets.requests.categories import by_mail
from web.tickets.requests.drafts import Request

log = logging.getLogger("guiche.mail")

_HEAD = 64 * 1024
"""How many bytes of a mail that cannot be parsed are read for its headers."""


@dataclass(frozen=True)
class FilingResult:
    """What a mail became.

    `reason` tells its sender if that may surprise them; `html` is the sanitized HTML of the message.
    """

    made: MoveResult
    is_unproven: bool
    reason: str = ""
    html: str = ""


async def file_arrived(at: datetime, *, storage: Storage, reader: Reader) -> int:
    """Files the mail that has arrived, each once with any number of workers. Returns how many."""
    filed = last = 0
    while numbers := await queue.waiting(after=last):
        for last in numbers:
            if mail := await queue.arrived(last):
                filed += await _file_or_leave(mail, at, storage=storage, reader=reader)
    return filed


async def _file_or_leave(arrived: Arrived, at: datetime, *, storage: Storage, reader: Reader) -> bool:
    """Files a mail, unless the storage fails for it: then it stays in the queue, and the others go on."""
    try:
        await _file(arrived, at, storage=storage, reader=reader)
    except StorageError as error:
        log.warning("mail %s waits for the storage: %s", arrived.id, error)
        return False
    return True


async def _file(arrived: Arrived, at: datetime, *, storage: Storage, reader: Reader) -> None:
    raw = await queue.raw_of(arrived, storage)
    try:
        mail = await reader.read(raw)
    except Refused as error:
        await _refuse_unread(arrived, error.code, raw[:_HEAD], reader, at)
        return
    mail = replace(mail, mailbox=arrived.mailbox, is_let_in=arrived.is_let_in)
    told = {"sender": mail.sender.address if mail.sender else "", "subject": mail.subject}
    state, reason = await _become(arrived, mail, await attachments.store(mail.files, storage), told, at)
    if state and await queue.claim(arrived, state, reason=reason, **told, at=at) and state == "parked":
        await refusals.tell(mail, reason, at=at)


async def _refuse_unread(arrived: Arrived, code: str, head: bytes, reader: Reader, at: datetime) -> None:
    """Refuses a mail that cannot be parsed. If it is too large, its beginning still names the sender."""
    with suppress(Refused):
        if code == "too_large":
            mail = await reader.read(head)
            sender = mail.sender.address if mail.sender else ""
            await queue.claim(arrived, "parked", reason=code, sender=sender, subject=mail.subject, at=at)
            await refusals.tell(mail, code, at=at)
    await queue.claim(arrived, "parked", reason=code, at=at)


async def _become(arrived: Arrived, mail: Mail, sent: Contents, told: dict[str, str], at: datetime) -> tuple[str, str]:
    """Files the mail in one transaction. Returns its final state, and the reason if it became no message."""
    try:
        async with transaction():
            return await _settle(arrived, mail, sent, told, at)
    except Quarantined as error:
        return error.state, error.reason
    except DeskError as error:
        return "parked", error.code
    except RULES_BROKEN:
        return "ignored", "duplicate"  # another worker filed the same mail at this moment
    except Exception:
        log.exception("mail %s could not be filed", arrived.id)
        return "parked", "fault"


async def _settle(arrived: Arrived, mail: Mail, sent: Contents, told: dict[str, str], at: datetime) -> tuple[str, str]:
    if reason := await _why_ignored(mail, at):
        return "ignored", reason
    if await queue.claim(arrived, "filed", fingerprint=_fingerprint(mail), **told, at=at):
        became = await _filed(mail, sent, at)
        await cc_proposals.propose(mail, became.made.ticket, is_unproven=became.is_unproven, at=at)
        await queue.name_message(arrived, became.made, became.reason, html=became.html, is_unproven=became.is_unproven)
    return "", ""


async def _why_ignored(mail: Mail, at: datetime) -> str:
    """The code of why the mail is ignored; empty if a person wrote it to be read."""
    if own_number(mail.message_id) is not None:
        return "ours"
    kind = automatic.kind_of(mail)
    if kind is automatic.Automatic.BOUNCE:
        await bounces.note(mail, at=at)
    if kind is not None:
        return kind
    if mail.sender is not None and accounts.is_the_desks(mail.sender.address):
        return "ours"
    return "duplicate" if await queue.is_known(_fingerprint(mail)) else ""


def _fingerprint(mail: Mail) -> str:
    """A hash that copies of a mail share. Another sender's mail with the same id has another hash."""
    sender = mail.sender.address if mail.sender else ""
    sent = mail.message_id or (mail.date, mail.to)
    said = (sent, sender, mail.subject, mail.text, [each.name for each in mail.files])
    return hashlib.sha256(repr(said).encode()).hexdigest()


async def _filed(mail: Mail, sent: Contents, at: datetime) -> FilingResult:
    if mail.sender is None:
        raise Quarantined("no_sender")
    await floods.refuse("sender", mail.sender.address, at)
    found = await authors.meant(mail)
    if isinstance(found, AnsweredTicket):
        await floods.refuse("ticket", found.ticket.number, at)
        return await _answer(found, mail, sent, at)
    return await _open(mail, sent, reason="out_of_sight" if found else "", at=at)


async def _answer(meant: AnsweredTicket, mail: Mail, sent: Contents, at: datetime) -> FilingResult:
    """Adds a reply. Files that the desk does not accept are reported in the answer; a new ticket names them itself."""
    ticket, by = meant.ticket, meant.by
    is_unproven = not authors.is_proven(mail, by.id)
    if ticket.status is Status.DRAFT:
        return FilingResult(await _fill(ticket, mail, sent, by=by, at=at), is_unproven)
    files = await attachments.give(sent, by=by, at=at)
    made = await _reply(ticket, mail, attachments.said(mail.text, sent), files, by=by, at=at)
    if sent.left_out:
        await refusals.tell(mail, "files", names=", ".join(sent.left_out)[:1000], at=at)
    html = attachments.shown(mail.html.reply, sent, files)
    return FilingResult(made, is_unproven, "files" if sent.left_out else "", html)


async def _fill(draft: TicketDetails, mail: Mail, sent: Contents, *, by: Actor, at: datetime) -> MoveResult:
    """Replaces the subject and the text of a draft; the rest stays."""
    request = Request(
        title=_title(mail) or draft.title,
        description=attachments.said(mail.text, sent),
        category=draft.category,
        topic=draft.topic,
        organization=draft.organization,
        requester=draft.requester,
        primary_contact=draft.primary_contact,
        priority=Priority(draft.priority),
        files=await attachments.give(sent, by=by, at=at),
        copies=draft.copies,
        fields={each.field.id: each.values for each in draft.fields},
    )
    return await drafts.update_draft(draft, request, by=by, at=at)


async def _reply(
    ticket: TicketDetails, mail: Mail, body: str, files: list[int], *, by: Actor, at: datetime
) -> MoveResult:
    try:
        return await replies.reply(ticket, body, files=files, by=by, at=at)
    except (NotFromHere, NotPermitted):
        return await _follow_up(ticket, mail, body, files, by=by, at=at)


async def _follow_up(
    ticket: TicketDetails, mail: Mail, body: str, files: list[int], *, by: Actor, at: datetime
) -> MoveResult:
    """Opens a follow-up, because a closed ticket takes no replies."""
    draft = await copies.follow_up(ticket, body, files=files, channel=Channel.EMAIL, by=by, at=at)
    begun = await find_ticket(draft.ticket, by=by)
    about = Request(category=begun.category, topic=begun.topic, organization=begun.organization)
    request = replace(about, title=_title(mail) or ticket.title, description=body)
    return await submission.submit(begun, request, by=by, at=at)


async def _open(mail: Mail, sent: Contents, *, reason: str, at: datetime) -> FilingResult:
    """Opens a ticket of the sender, who may be unknown. Only they can see it."""
    led = await routing.of_mailbox(mail.mailbox)
    await _refuse_stranger(mail, led.strangers)
    by = await _newcomer(mail, at)
    request = Request(
        title=_title(mail) or NO_SUBJECT,
        category=led.category or await by_mail(by),
        team=led.team,
        channel=Channel.EMAIL,
        files=await attachments.give(sent, by=by, at=at),
    )
    if by.is_agent:
        said = attachments.said(mail.forwarded.text if mail.forwarded else "", sent)
        made = await forwards.record(mail, replace(request, description=said), by=by, at=at)
        return FilingResult(made, is_unproven=True, html=attachments.shown(mail.html.forwarded, sent, request.files))
    request = replace(
        request,
        description=attachments.said("\n\n".join(filter(None, (mail.text, mail.rest))), sent),
        organization=next(iter(by.organizations)) if len(by.organizations) == 1 else None,
    )
    made = await submission.open_ticket(request, by=by, at=at)
    html = attachments.shown(mail.html.opening, sent, request.files)
    return FilingResult(made, not authors.is_proven(mail, by.id), reason, html)


async def _refuse_stranger(mail: Mail, fate: str) -> None:
    """Quarantines or refuses mail of an unknown sender, if its mailbox says so and no administrator has let it in."""
    assert mail.sender is not None
    if fate != "ticket" and not mail.is_let_in and await accounts.find(mail.sender.address) is None:
        raise Quarantined("stranger") if fate == "parked" else TurnedAway("stranger")


async def _newcomer(mail: Mail, at: datetime) -> Actor:
    assert mail.sender is not None
    by = await actors.of_person(await accounts.find_or_create(mail.sender.address, at=at))
    if by is None:
        raise Quarantined("inactive")
    return by


def _title(mail: Mail) -> str:
    return mail.subject[:LONGEST_TITLE].strip()
