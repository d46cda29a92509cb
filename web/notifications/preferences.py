"""Which messages a person wants by e-mail, and whether open pages alert them."""

from enum import StrEnum

from web.database import fetch_column
from web.errors import Invalid, refuse
from web.notifications.rules import Notification
from web.people.permissions import Actor
from web.people.tables import Person


class Wanted(StrEnum):
    """`OWN`: tickets that are theirs or wait for them, not those that anybody in a queue could take."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


class Subscription(StrEnum):
    """What a link in a message unsubscribes from: the copy of its ticket, messages about queues, or all messages."""

    COPY = "copy"
    QUEUES = "queues"
    ALL = "all"


SOUNDS = ("bell", "drop", "knock")
CHAT_SOUNDS = ("discreet", "clear")

OF_QUEUES = frozenset({Notification.NEW_IN_QUEUE, Notification.BREACH_NEAR})


def wants(wanted: str, why: Notification) -> bool:
    return wanted == Wanted.ALL or (wanted == Wanted.OWN and why not in OF_QUEUES)


def without(wanted: str, what: Subscription) -> str:
    """The choice that remains; never more than was wanted before."""
    if what is Subscription.ALL:
        return Wanted.NONE
    return Wanted.OWN if what is Subscription.QUEUES and wanted == Wanted.ALL else wanted


async def wanted_by(by: Actor) -> str:
    return (await fetch_column(str, "SELECT mail FROM person WHERE id = {}", by.id))[0]


async def choose(by: Actor, wanted: str) -> None:
    """Saves which messages they want. Raises `Invalid` for an unknown choice."""
    if wanted not in list(Wanted):
        raise Invalid("mail", "unknown")
    await Person.update({Person.mail: wanted}).where(Person.id == by.id)


async def choose_alerts(by: Actor, *, on_screen: bool, sound: str, chat_sound: str = "") -> None:
    """Saves how open pages alert them. Raises `Invalid` for an unknown sound."""
    refuse(
        {
            "sound": None if sound in ("", *SOUNDS) else "unknown",
            "chat_sound": None if chat_sound in ("", *CHAT_SOUNDS) else "unknown",
        }
    )
    alerts = " ".join(way for way in ("screen" * on_screen, sound) if way)
    await Person.update({Person.alerts: alerts, Person.chat_sound: chat_sound}).where(Person.id == by.id)
