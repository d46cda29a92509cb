"""A mail as agents read its original: all that it says, where each link tells where it leads; nothing is fetched."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from web.files import clean_name
from web.mail.incoming.headers import Address
from web.mail.incoming.markup.pictures import placed
from web.mail.incoming.parse import Mail
from web.pages.words.formats import exactly
from web.tickets.record.attachments import File


class Shown(NamedTuple):
    """`cut` is what was left out of the message; `html` shows both, and is empty where there is none."""

    headers: list[tuple[str, str]]
    text: str
    cut: str
    html: str


def shown(mail: Mail, files: Sequence[File]) -> Shown:
    stored = {each.name: _address(each) for each in files}
    addresses = ((number, stored.get(clean_name(each.name))) for number, each in enumerate(mail.files))
    html = placed(mail.html.whole, {number: address for number, address in addresses if address})
    return Shown(_headers(mail), mail.text, mail.rest, html)


def in_place(html: str, files: Iterable[File]) -> str:
    """Its pictures are the files of these numbers."""
    return placed(html, {each.id: _address(each) for each in files}) if html else ""


def _address(file: File) -> str:
    return f"/attachments/{file.id}/{quote(file.name)}"


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
