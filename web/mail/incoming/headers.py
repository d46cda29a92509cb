"""Headers of a mail as text: decoded from any charset, cut to a readable length, without exceptions."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from web.people.identifiers.addresses import is_address, with_quoted_names
from web.text import clean_text

LONGEST = 64 * 1024
"""The most characters of a header; longer ones are cut before they are parsed."""
MOST_ADDRESSES = 200


@dataclass(frozen=True)
class Address:
    """A person named in a header; `name` may be empty."""

    name: str
    address: str


def text(mail: Message, name: str) -> str:
    """The first header with this name, as one line."""
    return line(decoded(_raw(mail, name)))


def line(text: str) -> str:
    """The text without line breaks, control characters and double spaces."""
    return " ".join(clean_text(text).split())


def decoded(raw: str) -> str:
    """Decodes the words of RFC 2047 in any charset. What cannot be decoded stays as it is."""
    if "=?" not in raw:
        return _readable(raw)
    try:
        return "".join(
            in_charset(piece, charset) if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(raw.replace("\r", "").replace("\n", ""))
        )
    except (ValueError, LookupError):
        return raw


def in_charset(content: bytes, charset: str | None) -> str:
    """Decodes by the named charset, else as UTF-8, else as Windows-1252, which decodes any bytes."""
    said = (charset or "").strip("\"' ").lower()
    for each in ("cp1252" if said in _REALLY_WINDOWS else said, "utf-8"):
        try:
            return content.decode(each)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def addresses(mail: Message, *names: str) -> tuple[Address, ...]:
    """All people in these headers whose address is valid."""
    raw = [_raw(mail, name) for name in names]
    lines = (line.replace("\r", " ").replace("\n", " ") for line in raw if line)
    found = getaddresses([with_quoted_names(_readable(each)) for each in lines])
    people = (Address(line(decoded(name))[:100], address.strip().lower()) for name, address in found)
    known = {person.address: person for person in people if is_address(person.address)}
    return tuple(known.values())[:MOST_ADDRESSES]


def ids(mail: Message, *names: str) -> tuple[str, ...]:
    """The message ids in these headers, in angle brackets, however the lines are folded."""
    joined = " ".join(_raw(mail, name) for name in names)
    return tuple(re.sub(r"\s", "", found) for found in re.findall(r"<[^<>]{3,300}>", joined))[:100]


def date(mail: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(_raw(mail, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _raw(mail: Message, name: str) -> str:
    """A header as it stands in the mail. Bytes beyond ASCII are surrogates."""
    values = (value for each, value in mail.raw_items() if each.lower() == name.lower())
    return str(next(values, ""))[:LONGEST]


def _readable(raw: str) -> str:
    """Decodes surrogates: bytes that stand in a header without being encoded."""
    is_raw = any("\ud800" <= char <= "\udfff" for char in raw)
    return in_charset(raw.encode("utf-8", "surrogateescape"), None) if is_raw else raw


_REALLY_WINDOWS = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252"}
"""Charsets that programs name although they write Windows-1252."""
