"""The original of a mail for agents: its whole text, and the target of each link. Nothing is loaded."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from web.files import clean_name
from web.mail.incoming.headers import Address
from web.mail.incoming.invitations import Invitation
from web.mail.incoming.markup.pictures import placed, told
from web.mail.incoming.parse import Mail
from web.pages.words.formats import exactly, hour, local
from web.tickets.record.attachments import File


class Enclosed(NamedTuple):
    """A mail or an invitation inside the mail."""

    title: str
    facts: list[tuple[str, str]]
    text: str


class Shown(NamedTuple):
    """`cut` is the text that was cut off the message; `html` shows both, and is empty if there is none."""

    headers: list[tuple[str, str]]
    text: str
    cut: str
    html: str
    enclosed: list[Enclosed]


def shown(mail: Mail, files: Sequence[File]) -> Shown:
    stored = {each.name: _address(each) for each in files}
    addresses = ((number, stored.get(clean_name(each.name))) for number, each in enumerate(mail.files))
    html = placed(mail.html.whole, {number: address for number, address in addresses if address})
    enclosed = [*map(_invitation, mail.invitations), *map(_mail, mail.mails)]
    return Shown(_headers(mail), mail.text, mail.rest, html, enclosed)


def in_place(html: str, files: Iterable[File]) -> str:
    """The HTML with the addresses of its own pictures; external ones are links."""
    return told(placed(html, {each.id: _address(each) for each in files})) if html else ""


def _address(file: File) -> str:
    return f"/attachments/{file.id}/{quote(file.name)}"


def _mail(mail: Mail) -> Enclosed:
    whole = "\n\n".join(filter(None, (mail.text, mail.rest)))
    return Enclosed(f"Mensagem anexada: {mail.subject or 'sem assunto'}", _headers(mail), whole)


def _invitation(event: Invitation) -> Enclosed:
    facts = [
        ("Quando", _when(event.begins, event.ends)),
        ("Onde", event.place),
        ("Quem convida", event.organizer),
        ("Pessoas convidadas", ", ".join(event.people)),
    ]
    title = f"{_EVENTS.get(event.method, 'Evento')}: {event.title or 'sem título'}"
    return Enclosed(title, [(name, value) for name, value in facts if value], event.text)


_EVENTS = {"REQUEST": "Convite", "CANCEL": "Evento cancelado", "REPLY": "Resposta a um convite"}


def _when(begins: datetime | date | None, ends: datetime | date | None) -> str:
    """The time of an event. An all-day end is the day after the last one (RFC 5545, 3.6.1)."""
    if begins is None:
        return ""
    if not isinstance(begins, datetime):
        last = ends - timedelta(days=1) if ends and not isinstance(ends, datetime) else begins
        return f"{begins:%d/%m/%Y}" if last <= begins else f"{begins:%d/%m/%Y} a {last:%d/%m/%Y}"
    told = _clock(begins)
    if not isinstance(ends, datetime) or (ends.tzinfo is None and begins.tzinfo is not None):
        return told
    until = _clock(ends)
    return f"{told} a {until.removeprefix(told[:12])}"


def _clock(instant: datetime) -> str:
    """A time. Without a zone it stays as written."""
    here = local(instant) if instant.tzinfo else instant
    return f"{here:%d/%m/%Y}, {hour(here.hour, here.minute)}"


def _headers(mail: Mail) -> list[tuple[str, str]]:
    named = [
        ("De", _people((mail.sender,))),
        ("Para", _people(mail.to)),
        ("Cópia", _people(mail.copies)),
        ("Responder a", _people((mail.reply_to,))),
        ("Assunto", mail.subject),
        ("Data", exactly(mail.date) if mail.date and mail.date.tzinfo else ""),
        ("O que os servidores acharam do remetente", "\n".join(mail.results)),
    ]
    return [(name, value) for name, value in named if value]


def _people(people: Sequence[Address | None]) -> str:
    return ", ".join(f"{each.name} <{each.address}>" if each.name else each.address for each in people if each)
