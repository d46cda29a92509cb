"""The people of the tests, always the same, and builders that supply defaults.

Ana is the requester, Rui her colleague who sees only his own tickets, Bia the agent, Davi works in tier 2, Lia leads,
and Caio is the stranger who must see nothing.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.emptying import kept
from web.demo import cast as demo
from web.demo import catalog
from web.demo.cast import Cast
from web.people import actors
from web.people.agents.teams import team_of
from web.people.permissions import SYSTEM, Actor
from web.settings import settings
from web.tickets.actions import approvals, assignment, resolution, waits
from web.tickets.actions.cancellation import cancel
from web.tickets.actions.merges import merge
from web.tickets.actions.properties import properties
from web.tickets.life.moves import CLOSING
from web.tickets.life.states import Priority, Resolution, Status, Wait
from web.tickets.record import transition
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday, nine in the morning in São Paulo."""


async def enrol(*, password: str | None = None) -> Cast:
    """Creates everybody, with the demonstration's teams, categories and topics."""
    at = NOW - timedelta(days=30)
    if password is not None:
        return await demo.enrol(password, at=at)
    return await kept(f"cast of {settings().preset}", lambda: demo.enrol(None, at=at))


async def subject(category: str = "Cobrança", topic: str = "Boletos") -> tuple[int, int]:
    return await catalog.subject(category, topic)


async def ticket(
    by: Actor,
    title: str = "Boletos com o valor errado",
    text: str = "Os boletos vieram com o valor de outubro.",
    *,
    category: str = "Cobrança",
    topic: str = "Boletos",
    copies: tuple[str, ...] = (),
    at: datetime = NOW,
) -> int:
    """Opens a ticket. Returns its number."""
    about, finer = await subject(category, topic)
    made = await submission.open_ticket(Request(title, text, about, finer, copies=copies), by=by, at=at)
    return made.ticket


async def seen(number: int, by: Actor) -> TicketDetails:
    return await find_ticket(number, by=by)


async def brought_to(number: int, state: str, *, by: Actor, asker: Actor, at: datetime = NOW) -> TicketDetails:
    """Opens a ticket and moves it to a state by the usual moves, with Bia (or another agent) acting for the desk."""
    sheet = await seen(number, by)
    if state != "new":
        await assignment.take(sheet, by=by, at=at)
    sheet = await seen(number, by)
    if state == "waiting_requester":
        await waits.ask(sheet, "Qual é o CNPJ da nota?", by=by, at=at)
    elif state.startswith("waiting_"):
        kind = Wait(state.removeprefix("waiting_"))
        await waits.wait(sheet, kind, until=at + timedelta(days=3) if kind is Wait.UNTIL else None, by=by, at=at)
    elif state in ("resolved", "closed"):
        await resolution.solve(sheet, message=NewMessage("Boletos emitidos de novo."), by=by, at=at)
    elif state == "leave":
        await approvals.ask_approval(sheet, "São mais R$ 300,00 por mês.", by=by, at=at)
    elif state == "unassigned":
        await assignment.release(sheet, by=by, at=at)
    if state == "closed":
        await transition.apply(CLOSING, await seen(number, by), to=Status.CLOSED, by=SYSTEM, at=at)
    return await seen(number, by)


async def hand_to(number: int, team: str, *, by: Actor, at: datetime = NOW) -> None:
    """Gives the ticket to this team, in the name of a lead."""
    await assignment.assign(await seen(number, by), team=await team_of(team), person=None, by=by, at=at)


async def set_priority(number: int, priority: str, *, by: Actor, at: datetime = NOW) -> None:
    sheet = await seen(number, by)
    wanted = replace(properties.properties_of(sheet), priority=Priority(priority))
    await properties.set_properties(sheet, wanted, by=by, at=at)


async def unsolved(people: Cast, ending: str, *, at: datetime = NOW, opened: datetime = NOW) -> int:
    """A ticket of Rui's that ended without a solution: cancelled, refused, merged or spam."""
    if ending == "refused":
        await catalog.add_purchases()
    about = ("Compras", "Licenças") if ending == "refused" else ("Cobrança", "Boletos")
    number = await ticket(people.rui, f"Fim: {ending}", category=about[0], topic=about[1], at=opened)
    sheet = await seen(number, people.bia)
    if ending == "cancelled":
        await cancel(sheet, reason="Engano.", by=people.rui, at=at)
    elif ending == "refused":
        await approvals.disapprove(sheet, reason="Caro demais.", by=people.ana, at=at)
    elif ending == "merged":
        other = await ticket(people.ana, "Reúne", at=opened)
        await merge(sheet, other, by=people.bia, at=at)
    else:
        await resolution.resolve(sheet, Resolution(ending), by=people.bia, at=at)
    return number


async def fresh(actor: Actor) -> Actor:
    """The same person with their present rights."""
    again = await actors.of_person(actor.id)
    assert again is not None
    return again
