"""A mail as agents read its original: text alone, where each link tells where it leads, and nothing is fetched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from web.files import clean_name
from web.mail.incoming.headers import Address
from web.mail.incoming.parse import Mail
from web.pages.words.formats import exactly
from web.tickets.record.attachments import File

_PICTURE = re.compile(r"\[cid:([^\]\s]{1,300})\]")


class Piece(NamedTuple):
    """Some of its text, or a picture that is one of our own files."""

    text: str
    picture: File | None = None


class Shown(NamedTuple):
    """`cut` is what was left out of the message; `html` is empty where the text says the same."""

    headers: list[tuple[str, str]]
    text: list[Piece]
    cut: str
    html: list[Piece]


def shown(mail: Mail, files: Sequence[File]) -> Shown:
    pictures = _pictures(mail, files)
    whole = "\n\n".join(filter(None, (mail.text, mail.rest)))
    html = mail.html if "".join(mail.html.split()) != "".join(whole.split()) else ""
    return Shown(_headers(mail), _pieces(mail.text, pictures), mail.rest, _pieces(html, pictures))


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


def _pictures(mail: Mail, files: Sequence[File]) -> dict[str, File]:
    """The stored files that the text shows in place, by their id in the mail."""
    stored = {each.name: each for each in files}
    shown = {each.inline.strip("<>"): stored.get(clean_name(each.name)) for each in mail.files if each.inline}
    return {name: file for name, file in shown.items() if file}


def _pieces(text: str, pictures: Mapping[str, File]) -> list[Piece]:
    return list(_split(text, pictures)) if text else []


def _split(text: str, pictures: Mapping[str, File]) -> Iterator[Piece]:
    """A picture that we don't have stays the words that stood for it."""
    start = 0
    for found in _PICTURE.finditer(text):
        if picture := pictures.get(found[1]):
            yield Piece(text[start : found.start()].strip())
            yield Piece("", picture)
            start = found.end()
    yield Piece(text[start:].strip())
