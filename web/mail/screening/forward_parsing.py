"""Parses a forwarded mail: its original author and text, and the text above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

from web.mail.incoming import headers, phrases
from web.mail.incoming.headers import Address
from web.people.identifiers.addresses import is_address

_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>\[\]()\"',;:]+@[^\s<>\[\]()\"',;:]+)", re.IGNORECASE)
_HEADERS = 10
"""How many lines below the sender the other headers may stand."""


@dataclass(frozen=True)
class Forwarded:
    """A forwarded mail. `above` is the text of the person who forwarded it."""

    sender: Address
    text: str
    above: str


def is_forward(subject: str) -> bool:
    return subject.lower().lstrip().startswith(phrases.PASSED_ON)


def plain_subject(subject: str) -> str:
    return phrases.MARKED.sub("", subject).strip()


def of(subject: str, text: str, enclosed: bytes | None) -> Forwarded | None:
    """From the mail that it encloses, else from the headers in its text."""
    if enclosed is not None and (is_forward(subject) or not text.strip()):
        inner = message_from_bytes(enclosed[: headers.LONGEST], policy=policy.compat32)
        senders = headers.addresses(inner, "From")
        return Forwarded(senders[0], text, "") if len(senders) == 1 else None
    return _in_text(text.splitlines()) if is_forward(subject) or _is_announced(text) else None


def _is_announced(text: str) -> bool:
    return any(phrases.FORWARDED.match(line) for line in text.splitlines()[:100])


def _in_text(lines: Sequence[str]) -> Forwarded | None:
    for place, line in enumerate(lines[:200]):
        told = phrases.SENDER.match(line)
        found = _ADDRESS.search(told[2]) if told else None
        end = _end(lines, place + 1)
        if told and found and end and is_address(found[1].lower()):
            name = told[2][: found.start()].strip(" <[\"'*")
            above = [each for each in lines[:place] if not _is_rule(each)]
            said = "\n".join(re.sub(r"^> ?", "", each) for each in lines[end:])
            return Forwarded(Address(name[:100], found[1].lower()), said.strip(), "\n".join(above).strip())
    return None


def _end(lines: Sequence[str], start: int) -> int:
    """The index of the line below the headers that begin before `start`; 0 if there are none."""
    known, place = 0, start
    while place < min(start + _HEADERS, len(lines)):
        bare = lines[place].strip("> *")
        if phrases.HEADER.match(bare.replace("*", "")):
            known += 1
        elif not bare:
            break
        place += 1
    return place if known >= 2 else 0


def _is_rule(line: str) -> bool:
    return bool(phrases.FORWARDED.match(line) or phrases.ORIGINAL.match(line) or phrases.RULE.match(line))
