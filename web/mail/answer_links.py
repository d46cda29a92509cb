"""Links in messages that answer without signing in: SIM or NÃO to a solution, or a rating."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, fetch_column
from web.errors import NotFound
from web.mail.signatures import Answer, read_answer
from web.people import actors
from web.people.permissions import Actor
from web.tickets.life.rights import speaks_for_requester
from web.tickets.record.ticket import TicketDetails, find_ticket


@dataclass(frozen=True)
class Solution:
    """The message with the solution; number 0 if there is none."""

    id: int = 0
    body: str = ""


@dataclass(frozen=True)
class Question:
    """What a link asks its reader, and the solution that it is about."""

    reader: Actor
    ticket: TicketDetails
    solution: Solution


async def question(token: str, *, at: datetime) -> Question:
    """Reads a link. Raises `NotFound` if it is forged or expired, or if its reader may no longer answer.

    Somebody who gave up the address may not answer: its mail may belong to somebody else by now.
    """
    answer = read_answer(token, at=at)
    reader = await actors.of_person(answer.person) if answer else None
    if answer is None or reader is None:
        raise NotFound("answer")
    ticket = await find_ticket(answer.ticket, by=reader)
    if not speaks_for_requester(reader, ticket) or not await _counts(answer):
        raise NotFound("answer")
    return Question(reader, ticket, await _solution(ticket.number))


async def _counts(answer: Answer) -> bool:
    """Whether the address still belongs to the reader, and the solution is still the last one."""
    return bool(await fetch_column(int, _COUNTS, answer.event, answer.person, answer.ticket, answer.event))


_COUNTS = """
SELECT 1 AS one FROM outgoing JOIN identity ON identity.person = outgoing.person
AND identity.value = outgoing.recipient AND identity.verified_at IS NOT NULL
WHERE outgoing.event = {} AND outgoing.person = {}
AND NOT EXISTS (SELECT 1 FROM event WHERE event.ticket = {} AND event.id > {} AND event.kind = 'solution')
"""


async def _solution(number: int) -> Solution:
    told = await fetch_as(
        Solution,
        "SELECT id, body FROM message WHERE ticket = {} AND is_resolution AND kind <> 'note' ORDER BY id DESC LIMIT 1",
        number,
    )
    return told[0] if told else Solution()
