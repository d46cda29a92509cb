"""What a link in a message opens: a solution to answer, or service to rate, by its reader and without signing in."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_column
from web.errors import NotFound
from web.mail.signatures import Answer, read_answer
from web.people import actors
from web.people.permissions import Actor
from web.tickets.life.rights import speaks_for_requester
from web.tickets.record.ticket import TicketDetails, find_ticket


@dataclass(frozen=True)
class Question:
    """What its reader is asked. `said` are the words of the solution."""

    reader: Actor
    ticket: TicketDetails
    said: str


async def question(token: str, *, at: datetime) -> Question:
    """Raises `NotFound` for a link that was not made here, that is over, or whose reader may not answer any more."""
    answer = read_answer(token, at=at)
    reader = await actors.of_person(answer.person) if answer else None
    if answer is None or reader is None:
        raise NotFound("answer")
    ticket = await find_ticket(answer.ticket, by=reader)
    if not speaks_for_requester(reader, ticket) or await _is_older(answer):
        raise NotFound("answer")
    return Question(reader, ticket, await _solution(ticket.number))


async def _is_older(answer: Answer) -> bool:
    """Whether another solution was proposed since: the link of that one counts."""
    newer = "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} AND kind = 'solution' LIMIT 1"
    return bool(await fetch_column(int, newer, answer.ticket, answer.event))


async def _solution(number: int) -> str:
    said = await fetch_column(
        str,
        "SELECT body FROM message WHERE ticket = {} AND is_resolution AND kind <> 'note' ORDER BY id DESC LIMIT 1",
        number,
    )
    return said[0] if said else ""
