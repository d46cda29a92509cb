"""What becomes of a mail: a reply, a new ticket, nothing, or a matter for a person. The same moves as any page."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from web.database import RULES_BROKEN, fetch_column, transaction
from web.errors import DeskError, NotFound, NotFromHere, NotPermitted
from web.mail.incoming import authentication, automatic, bounces, contents, mailbag
from web.mail.incoming.contents import Contents
from web.mail.incoming.guarded import Reader
from web.mail.incoming.mailbag import Arrived
from web.mail.incoming.parse import Mail, Refused
from web.mail.incoming.phrases import LEFT_OUT, NO_SUBJECT
from web.mail.signatures import ReplyTo, read_address
from web.notifications.outbox import own_number
from web.people import accounts, actors
from web.people.permissions import Actor
from web.settings import settings
from web.storage import Storage, StorageError
from web.tickets.actions import replies
from web.tickets.life.states import Channel
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.record.ticket import LONGEST_TITLE, TicketDetails, find_ticket
from web.tickets.requests import copies, submission
from web.tickets.requests.categories import by_mail
from web.tickets.requests.drafts import Request

log = logging.getLogger("guiche.mail")

MOST_BY_MAIL = ((timedelta(minutes=10), 10), (timedelta(minutes=30), 15), (timedelta(hours=1), 25))
"""Messages of one ticket, or of one sender, in so much time: two programs that answer each other come to rest."""


class Parked(Exception):
    """A person has to look at it; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def file_arrived(at: datetime, *, storage: Storage, reader: Reader) -> int:
    """Files what has arrived; how many. Safe in any number of workers: each mail is filed once."""
    filed = last = 0
    while numbers := await mailbag.waiting(after=last):
        for last in numbers:
            if mail := await mailbag.arrived(last):
                filed += await _file_or_leave(mail, at, storage=storage, reader=reader)
    return filed


async def _file_or_leave(arrived: Arrived, at: datetime, *, storage: Storage, reader: Reader) -> bool:
    """Where the storage can't be used for this mail, it waits for the next time, and the others go on."""
    try:
        await _file(arrived, at, storage=storage, reader=reader)
    except StorageError as error:
        log.warning("mail %s waits for the storage: %s", arrived.id, error)
        return False
    return True


async def _file(arrived: Arrived, at: datetime, *, storage: Storage, reader: Reader) -> None:
    try:
        mail = await reader.read(await mailbag.raw_of(arrived, storage))
    except Refused as error:
        await mailbag.claim(arrived, "parked", reason=error.code, at=at)
        return
    told = {"sender": mail.sender.address if mail.sender else "", "subject": mail.subject}
    state, reason = await _become(arrived, mail, await contents.store(mail.files, storage), told, at)
    if state:
        await mailbag.claim(arrived, state, reason=reason, **told, at=at)


async def _become(arrived: Arrived, mail: Mail, sent: Contents, told: dict[str, str], at: datetime) -> tuple[str, str]:
    """Files it in one transaction; else what it is to be instead, and why."""
    try:
        async with transaction():
            return await _settle(arrived, mail, sent, told, at)
    except (Parked, DeskError) as error:
        return "parked", error.reason if isinstance(error, Parked) else error.code
    except RULES_BROKEN:
        return "ignored", "duplicate"  # another worker filed the same mail at this moment
    except Exception:
        log.exception("mail %s could not be filed", arrived.id)
        return "parked", "fault"


async def _settle(arrived: Arrived, mail: Mail, sent: Contents, told: dict[str, str], at: datetime) -> tuple[str, str]:
    if reason := await _why_ignored(mail, at):
        return "ignored", reason
    if await mailbag.claim(arrived, "filed", fingerprint=_fingerprint(mail), **told, at=at):
        await mailbag.name_ticket(arrived, await _filed(mail, sent, at))
    return "", ""


async def _why_ignored(mail: Mail, at: datetime) -> str:
    """A code, or nothing where a person wrote it to be read."""
    if own_number(mail.message_id) is not None:
        return "ours"
    kind = automatic.kind_of(mail)
    if kind is automatic.Automatic.BOUNCE:
        await bounces.note(mail, at=at)
    if kind is not None:
        return kind
    if mail.sender is not None and accounts.is_the_desks(mail.sender.address):
        return "ours"
    return "duplicate" if await mailbag.is_known(_fingerprint(mail)) else ""


def _fingerprint(mail: Mail) -> str:
    """The same mail comes by several ways; another sender's with the same id is another mail."""
    sender = mail.sender.address if mail.sender else ""
    sent = mail.message_id or (mail.date, mail.to)
    said = (sent, sender, mail.subject, mail.text, [each.name for each in mail.files])
    return hashlib.sha256(repr(said).encode()).hexdigest()


async def _filed(mail: Mail, sent: Contents, at: datetime) -> int:
    """The number of the ticket it became, or became part of."""
    if mail.sender is None:
        raise Parked("no_sender")
    await _refuse_flood("sender", mail.sender.address, at)
    meant = await _meant(mail)
    if meant is not None:
        ticket, by = meant
        await _refuse_flood("ticket", ticket.number, at)
        return await _reply(ticket, mail, sent, by=by, at=at)
    return await _open(mail, sent, at=at)


async def _refuse_flood(column: str, value: str | int, at: datetime) -> None:
    sent = await fetch_column(
        datetime,
        f"SELECT filed_at FROM inbound_mail WHERE {column} = {{}} AND filed_at > {{}} AND state = 'filed' "
        "ORDER BY filed_at DESC LIMIT 26",
        value,
        at - MOST_BY_MAIL[-1][0],
    )
    if any(sum(each > at - span for each in sent) > most for span, most in MOST_BY_MAIL):
        raise Parked("flood")


async def _meant(mail: Mail) -> tuple[TicketDetails, Actor] | None:
    """The ticket that it answers, and who answers; None where it begins something new."""
    signed = next((found for each in (*mail.to, *mail.copies) if (found := read_address(each.address))), None)
    number = signed.ticket if signed else await _answered(mail)
    by = await _author(mail, signed)
    if number is None or by is None:
        return None
    try:
        return await find_ticket(number, by=by), by
    except NotFound:
        return None


async def _author(mail: Mail, signed: ReplyTo | None) -> Actor | None:
    """Who wrote it. Only the signed address in a message to them lets somebody speak as an agent."""
    assert mail.sender is not None
    person = await accounts.find(mail.sender.address)
    if person is None:
        return None
    by = await actors.of_person(person.id)
    if by is not None and (signed is None or signed.person != person.id):
        _refuse_unproven(by, mail)
    return by


def _refuse_unproven(by: Actor, mail: Mail) -> None:
    if by.is_agent:
        raise Parked("unproven_agent")
    if authentication.is_forged(mail, settings().mail_servers):
        raise Parked("unverified")


async def _answered(mail: Mail) -> int | None:
    """The ticket of the message of ours that it answers."""
    for known in mail.references:
        found = await fetch_column(
            int,
            "SELECT event.ticket FROM outgoing JOIN event ON event.id = outgoing.event "
            "WHERE outgoing.message_id = {} AND outgoing.message_id <> ''",
            known,
        )
        if found:
            return found[0]
    return None


async def _reply(ticket: TicketDetails, mail: Mail, sent: Contents, *, by: Actor, at: datetime) -> int:
    files = await contents.give(sent, by=by, at=at)
    body = _body(mail.text, sent.left_out)
    try:
        return (await replies.reply(ticket, body, files=files, by=by, at=at)).ticket
    except (NotFromHere, NotPermitted):
        return await _follow_up(ticket, mail, body, files, by=by, at=at)


async def _follow_up(ticket: TicketDetails, mail: Mail, body: str, files: list[int], *, by: Actor, at: datetime) -> int:
    """An ended ticket takes no reply: what is written begins a new one that names it."""
    draft = await copies.follow_up(ticket, body, files=files, by=by, at=at)
    begun = await find_ticket(draft.ticket, by=by)
    about = Request(category=begun.category, topic=begun.topic, organization=begun.organization)
    request = replace(about, title=_title(mail) or ticket.title, description=body, channel=Channel.EMAIL)
    return (await submission.submit(begun, request, by=by, at=at)).ticket


async def _open(mail: Mail, sent: Contents, *, at: datetime) -> int:
    """A new ticket of the sender, whom nobody has to know: what they ask is theirs alone."""
    by = await _newcomer(mail, at)
    request = Request(
        title=_title(mail) or NO_SUBJECT,
        description=_body("\n\n".join(filter(None, (mail.text, mail.rest))), sent.left_out),
        category=await by_mail(),
        organization=next(iter(by.organizations)) if len(by.organizations) == 1 else None,
        channel=Channel.EMAIL,
        files=await contents.give(sent, by=by, at=at),
    )
    return (await submission.open_ticket(request, by=by, at=at)).ticket


async def _newcomer(mail: Mail, at: datetime) -> Actor:
    assert mail.sender is not None
    by = await actors.of_person(await accounts.find_or_create(mail.sender.address, at=at))
    if by is None:
        raise Parked("inactive")
    if by.is_agent:
        raise Parked("unproven_agent")
    return by


def _title(mail: Mail) -> str:
    return mail.subject[:LONGEST_TITLE].strip()


def _body(text: str, left_out: Sequence[str]) -> str:
    """Files that the desk does not take are named below the text."""
    named = LEFT_OUT.format(names=", ".join(left_out))[:2000] if left_out else ""
    return "\n\n".join(filter(None, (text[: LONGEST_MESSAGE - len(named) - 2].strip(), named)))
