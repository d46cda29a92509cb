"""Whether an agent's replies wait for some seconds before they go, so that they can be taken back."""

from web.database import execute, fetch_column
from web.errors import NotPermitted
from web.people.permissions import Actor


async def holds_replies(person: int) -> bool:
    return bool((await fetch_column(int, "SELECT holds_replies FROM person WHERE id = {}", person))[0])


async def choose(holds: bool, *, by: Actor) -> None:
    """Raises `NotPermitted` for who isn't an agent."""
    if not by.is_agent:
        raise NotPermitted("sending")
    await execute("UPDATE person SET holds_replies = {} WHERE id = {}", holds, by.id)
