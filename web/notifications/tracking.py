"""Delivery of each message about an event, for agents who look at the ticket."""

from dataclasses import dataclass

from web.database import columns_of, json_list, read_json
from web.notifications.rules import OF_AGENTS
from web.sql import Fragment, literals


@dataclass(frozen=True)
class Sending:
    """A message to one person. `answer` is the server's last answer."""

    event: int
    name: str
    recipient: str
    state: str
    answer: str


def sendings_in_sql() -> Fragment:
    """The deliveries of a message of a conversation, as a column. Messages that go to agents only are left out."""
    return Fragment(f"CASE WHEN event.message IS NULL THEN '[]' ELSE {json_list(columns_of(Sending), _SENDINGS)} END")


def read(column: str) -> list[Sending]:
    return read_json(Sending, column)


_SENDINGS = f"""
SELECT outgoing.event, person.name, outgoing.recipient, outgoing.state, outgoing.error AS answer
FROM outgoing JOIN person ON person.id = outgoing.person
WHERE outgoing.event = event.id AND outgoing.state <> 'dropped'
AND outgoing.occasion NOT IN ({literals(sorted(OF_AGENTS))})
ORDER BY outgoing.id
"""
