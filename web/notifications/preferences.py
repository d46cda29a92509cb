"""Which messages somebody wants by e-mail. Notices on their page are not asked about: these disturb nobody."""

from enum import StrEnum

from web.database import execute, fetch_column
from web.errors import Invalid
from web.notifications.occasions import Occasion
from web.people.permissions import Actor


class Wanted(StrEnum):
    """`OWN`: what waits for them or is theirs, not what anybody of a queue could take."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


OF_QUEUES = frozenset({Occasion.NEW_IN_QUEUE, Occasion.BREACH_NEAR})


def wants(wanted: str, why: Occasion) -> bool:
    return wanted == Wanted.ALL or (wanted == Wanted.OWN and why not in OF_QUEUES)


async def wanted_by(by: Actor) -> str:
    return (await fetch_column(str, "SELECT mail FROM person WHERE id = {}", by.id))[0]


async def choose(by: Actor, wanted: str) -> None:
    """Raises `Invalid` for anything that can't be wanted."""
    if wanted not in list(Wanted):
        raise Invalid("mail", "unknown")
    await execute("UPDATE person SET mail = {} WHERE id = {}", wanted, by.id)
