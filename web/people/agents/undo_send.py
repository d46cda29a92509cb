"""Whether an agent's replies are held for some seconds, so that sending can be undone."""

from web.database import fetch_column
from web.errors import NotPermitted
from web.people.permissions import Actor
from web.people.tables import Person


async def holds_replies(person: int) -> bool:
    return bool((await fetch_column(int, "SELECT holds_replies FROM person WHERE id = {}", person))[0])


async def choose(*, holds: bool, by: Actor) -> None:
    """Raises `NotPermitted` unless `by` is an agent."""
    if not by.is_agent:
        raise NotPermitted("sending")
    await Person.update({Person.holds_replies: holds}).where(Person.id == by.id)
