"""Whether an agent's replies are held for some seconds, so that sending can be undone."""

from web.database import execute, fetch_column
from web.errors import NotPermitted
from web.people.permissions import Actor


async def holds_replies(person: int) -> bool:
    return bool((await fetch_column(int, "SELECT holds_replies FROM person WHERE id = {}", person))[0])


async def choose(*, holds: bool, by: Actor) -> None:
    """Raises `NotPermitted` unless `by` is an agent."""
    if not by.is_agent:
        raise NotPermitted("sending")
    await execute("UPDATE person SET holds_replies = {} WHERE id = {}", holds, by.id)
