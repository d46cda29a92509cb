"""The recipients of a message at the desk with their channel, shown before it is sent."""

from collections.abc import Iterable
from typing import NamedTuple

from web.notifications.preferences import wants
from web.notifications.rules import Notification
from web.people.identifiers import desk_addresses
from web.tickets.lists.composing import Reader


class Addressee(NamedTuple):
    """A recipient. `text` is a name with the channel in brackets."""

    person: int
    text: str
    is_copy: bool


def addressees(readers: Iterable[Reader]) -> list[Addressee]:
    return [Addressee(each.person, f"{each.name} ({_way(each)})", each.is_copy) for each in readers]


def _way(reader: Reader) -> str:
    is_told = bool(reader.address) and wants(reader.wanted, Notification.ANSWERED)
    return "e-mail" if is_told and desk_addresses.sends_mail() else "portal"
