"""Contact channels with their hours, and links of the footer."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from web.people.identifiers.addresses import is_address
from web.text import is_blank, too_long

MOST = 8
"""The most channels, and the most links."""
LONGEST = 200

_PHONE = re.compile(r"tel:\+?[\d().-]{3,30}", re.ASCII)


class Channel(NamedTuple):
    """A contact channel, such as a phone or an e-mail address."""

    name: str
    address: str
    hours: str


class Link(NamedTuple):
    """A link of the footer."""

    text: str
    address: str


Refusals = Mapping[str, str | None]
"""A code for each wrong field."""


def channel_refusals(channel: Channel) -> Refusals:
    """The errors of a channel. Its hours are optional."""
    return {
        "channel": _text_refusal(channel.name),
        "address": _text_refusal(channel.address),
        "hours": _length_refusal(channel.hours),
    }


def link_refusals(link: Link) -> Refusals:
    leads = _text_refusal(link.address) or (None if leads_on(link.address) else "not_a_link")
    return {"link": _text_refusal(link.text), "leads": leads}


def help_refusal(address: str) -> str | None:
    """The error of an optional address."""
    return (_length_refusal(address) or (None if leads_on(address) else "not_a_link")) if address else None


def leads_on(address: str) -> bool:
    """Whether it is a complete web address, an e-mail address or a phone, and nothing that could run code."""
    if any(c.isspace() or not c.isprintable() for c in address) or not address.isascii():
        return False
    if address.startswith("mailto:"):
        return is_address(address.removeprefix("mailto:"))
    return bool(_PHONE.fullmatch(address)) or _is_of_the_web(address)


def _is_of_the_web(address: str) -> bool:
    """Whether it is a web address, without a user name, which could hide the host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and "\\" not in address
    )


def _text_refusal(text: str) -> str | None:
    return "missing" if is_blank(text) else _length_refusal(text)


def _length_refusal(text: str) -> str | None:
    return too_long(text, LONGEST)
