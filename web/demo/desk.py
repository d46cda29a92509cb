"""The actors of the demonstration, who act as a story says, as far as the workflow allows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_column
from web.demo import catalog, office_hours
from web.demo.cast import Cast
from web.people.permissions import Actor
from web.tickets.actions import assignment, ratings, replies, resolution, timers, waits
from web.tickets.actions.cancellation import cancel
from web.tickets.life.moves import CANCELLATION, CONFIRMATION, OBJECTION, RATING, REPLY, Move
from web.tickets.life.states import Channel, Priority
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket
from web.tickets.requests.copies import follow_up
from web.tickets.requests.drafts import Request
from web.tickets.requests.submission import open_ticket, submit

Story = AsyncIterator[float]
"""A story. Each number that it yields lets time pass until so many office hours before now."""

Subject = tuple[str, str]
"""The names of a category and of one of its topics."""

DAYS_TO_ANSWER = 3
"""The days to answer, if the workflow sets none."""


@dataclass(frozen=True)
class Opening:
    """The contents of a new ticket."""

    title: str
    text: str
    about: Subject
    priority: Priority = Priority.NORMAL
    copies: tuple[str, ...] = ()
    channel: Channel = Channel.FORM


class Desk:
    """The acts of a story at its present instant."""

    def __init__(self, cast: Cast, *, end: datetime) -> None:
        self.cast = cast
        self.end = self.at = end

    async def goes_on_until(self, hours: float) -> None:
        """Continues until so many office hours before the end; due timers fire on the way."""
        await self._pass(office_hours.before(self.end, hours))

    async def comes_to_its_end(self) -> None:
        await self._pass(self.end)

    async def _pass(self, instant: datetime) -> None:
        self.at = instant
        due = "SELECT id FROM ticket WHERE wakes_at <= {} ORDER BY wakes_at, id"
        for number in await fetch_column(int, due, instant):
            await timers.run_due_of(number, instant)

    async def opens(self, who: Actor, opening: Opening) -> int:
        """Opens a ticket. Returns its number."""
        return (await open_ticket(await self.request(opening), by=who, at=self.at)).ticket

    async def request(self, opening: Opening, *, requester: int | None = None) -> Request:
        category, topic = await catalog.subject(*opening.about)
        return Request(
            opening.title,
            opening.text,
            category,
            topic,
            requester=requester,
            priority=opening.priority,
            channel=opening.channel,
            copies=opening.copies,
        )

    async def takes(self, agent: Actor, number: int) -> None:
        await self.does(agent, assignment.take, number)

    async def replies(self, who: Actor, number: int, text: str) -> None:
        await self.does(who, replies.reply, number, text)

    async def notes(self, agent: Actor, number: int, text: str) -> None:
        await self.does(agent, replies.note, number, text)

    async def does(
        self,
        who: Actor,
        act: Callable[..., Awaitable[MoveResult]],
        number: int,
        *args: object,
        **more: object,
    ) -> int:
        """Makes a move. Returns the number of the ticket on which it was recorded."""
        ticket = await find_ticket(number, by=who)
        return (await act(ticket, *args, **more, by=who, at=self.at)).ticket

    async def may(self, who: Actor, move: Move, number: int) -> bool:
        return move.is_open(await find_ticket(number, by=who), who)

    async def asks(self, agent: Actor, number: int, text: str, *, closes: bool = False) -> None:
        """Asks with the days to answer, if the workflow sets none; `closes` closes the ticket without an answer."""
        ticket = await find_ticket(number, by=agent)
        if ticket.workflow.timers.silence:
            await waits.ask(ticket, text, by=agent, at=self.at)
        else:
            await waits.ask(ticket, text, days=DAYS_TO_ANSWER, closes=closes, by=agent, at=self.at)

    async def solves(self, agent: Actor, number: int, text: str) -> None:
        await self.does(agent, resolution.solve, number, message=NewMessage(text))

    async def accepts(self, who: Actor, number: int, *, service: int, quality: int, comment: str = "") -> None:
        """Accepts the solution: confirms and rates it, as far as the workflow asks for that."""
        if await self.may(who, CONFIRMATION, number):
            await self.does(who, resolution.confirm, number)
        if await self.may(who, RATING, number):
            await self.does(who, ratings.rate, number, service=service, quality=quality, comment=comment)

    async def objects(self, who: Actor, number: int, said: Opening) -> int:
        """Objects to the solution. Returns the number of the ticket: a new one if this one accepts no reply."""
        if await self.may(who, OBJECTION, number):
            return await self.does(who, resolution.object_to, number, said.text)
        if await self.may(who, REPLY, number):
            return await self.does(who, replies.reply, number, said.text)
        return await self.follows_up(who, number, said)

    async def follows_up(self, who: Actor, number: int, said: Opening) -> int:
        """Opens a follow-up. Returns its number."""
        made = await self.does(who, follow_up, number)
        draft = await find_ticket(made, by=who)
        return await self.does(who, submit, made, Request(said.title, said.text, draft.category, draft.topic))

    async def withdraws(self, who: Actor, number: int, reason: str, *, agent: Actor) -> None:
        """Cancels the ticket if the requester may; otherwise says so, and the agent resolves it."""
        if await self.may(who, CANCELLATION, number):
            await self.does(who, cancel, number, reason=reason)
            return
        await self.does(who, replies.reply, number, reason)
        await self.solves(agent, number, "Combinado, encerro por aqui. Se precisar de novo, é só chamar.")
