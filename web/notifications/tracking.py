"""What became of each message about an event, for whoever of the desk looks at the ticket."""

from collections.abc import Iterable
from dataclasses import dataclass

from web.database import fetch_as
from web.notifications.occasions import OF_AGENTS
from web.sql import literals


@dataclass(frozen=True)
class Sending:
    """One message to one person. `answer` is what the server said last."""

    event: int
    name: str
    recipient: str
    state: str
    answer: str


async def sendings(events: Iterable[int]) -> list[Sending]:
    """Of all these events in one read. What only agents are told of is left out."""
    wanted = literals(events)
    return await fetch_as(Sending, _SENDINGS.format(events=wanted)) if wanted else []


_SENDINGS = f"""
SELECT outgoing.event, person.name, outgoing.recipient, outgoing.state, outgoing.error AS answer
FROM outgoing JOIN person ON person.id = outgoing.person
WHERE outgoing.event IN ({{events}}) AND outgoing.state <> 'dropped'
AND outgoing.occasion NOT IN ({", ".join(f"'{each}'" for each in sorted(OF_AGENTS))})
ORDER BY outgoing.event, outgoing.id
"""
