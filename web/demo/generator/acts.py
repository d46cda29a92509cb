"""Acts on a generated ticket, as far as its workflow allows, one function each."""

from collections.abc import Callable, Sequence

from web.demo import office_hours
from web.demo.generator.generated_ticket import GeneratedTicket
from web.demo.generator.vocabulary import talk
from web.demo.generator.vocabulary.categories import talk_about
from web.demo.generator.vocabulary.sentences import message, phrase
from web.demo.generator.vocabulary.talk import Talk
from web.demo.generator.world import Member, World
from web.tickets.life.consequences import Change
from web.tickets.life.moves import (
    APPROVAL_REQUEST,
    CANCELLATION,
    CASE,
    CONFIRMATION,
    NOTE,
    OBJECTION,
    PARTICIPATION,
    QUESTION,
    RATING,
    RELEASE,
    REPLY,
    SOLUTION,
    SPLIT,
    SUBMISSION,
    TAKE,
    WAIT,
    Move,
)
from web.tickets.life.states import Resolution, Status, Wait
from web.tickets.life.timeline import EventData
from web.tickets.life.workflows import Rating

DAYS_TO_ANSWER, DAYS_FOR_THE_LAST_TIME = 10, 3
"""The days to answer, if the workflow sets none."""


def draft(ticket: GeneratedTicket, world: World) -> None:
    _name(ticket)
    ticket.is_drafted(says=_asks(ticket, _talk(ticket).openings))


def submit(ticket: GeneratedTicket, world: World) -> None:
    _name(ticket)
    ticket.moves(SUBMISSION, ticket.author, to=Status.NEW, says=_asks(ticket, _talk(ticket).openings))


def take(ticket: GeneratedTicket, world: World) -> None:
    ticket.moves(TAKE, ticket.agent, to=Status.OPEN, data={"assignee": ticket.agent.id})


def release(ticket: GeneratedTicket, world: World) -> None:
    reason = phrase(talk.RELEASES, ticket.chance)
    ticket.moves(RELEASE, ticket.agent, to=Status.OPEN, says=reason, is_note=True)


def reply(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    ticket.moves(REPLY, ticket.agent, says=_tells(ticket, _talk(ticket).replies))


def note(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    ticket.moves(NOTE, ticket.agent, says=message(_talk(ticket).notes, talk.OF_NOTES, ticket.chance), is_note=True)


def ask(ticket: GeneratedTicket, world: World) -> None:
    _ask(ticket, world, {"days": DAYS_TO_ANSWER})


def ask_for_the_last_time(ticket: GeneratedTicket, world: World) -> None:
    _ask(ticket, world, {"days": DAYS_FOR_THE_LAST_TIME, "closes": True})


def answer(ticket: GeneratedTicket, world: World) -> None:
    ticket.moves(REPLY, ticket.requester.actor, says=_asks(ticket, _talk(ticket).answers))


def chase(ticket: GeneratedTicket, world: World) -> None:
    ticket.moves(REPLY, ticket.requester.actor, says=_asks(ticket, talk.CHASES))


def copy_in(ticket: GeneratedTicket, world: World) -> None:
    """Adds a colleague in copy, if there is one."""
    known = (ticket.requester, *ticket.copies)
    colleagues = [each for each in world.members[ticket.organization or 0] if each not in known]
    if colleagues:
        colleague = ticket.chance.choice(colleagues)
        ticket.copies.append(colleague)
        ticket.moves(PARTICIPATION, ticket.requester.actor, data={"copies": [colleague.address]})


def until(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    later = office_hours.after(ticket.office.end, ticket.chance.uniform(4, 90))
    change, data = Change(wait=Wait.UNTIL, wait_until=later), {"wait": Wait.UNTIL, "until": later.isoformat()}
    ticket.moves(WAIT, ticket.agent, to=Status.WAITING, change=change, data=data)


def ask_approval(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    members = world.members[ticket.organization or 0]
    ticket.state.approvers = frozenset(each.actor.id for each in members if each.approves)
    asks = _tells(ticket, talk.APPROVAL_REQUESTS)
    ticket.moves(APPROVAL_REQUEST, ticket.agent, to=Status.APPROVAL, says=asks)


def hand_over(ticket: GeneratedTicket, world: World) -> None:
    """Hands the ticket over to another team by an internal ticket."""
    _hold(ticket, world)
    others = [team for team in world.agents if team not in (None, ticket.team)]
    _add_part(ticket, world, "team", ticket.title, team=ticket.chance.choice(others or [ticket.team]))
    _wait(ticket, WAIT, Wait.TEAM, parts="ticket")


def split(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    for _ in range(2):
        _add_part(ticket, world, "split", phrase(_talk(ticket).titles, ticket.chance))
    _wait(ticket, SPLIT, Wait.CHILDREN, parts="parts")


def case(ticket: GeneratedTicket, world: World) -> None:
    _hold(ticket, world)
    _add_part(ticket, world, "case", phrase(_talk(ticket).titles, ticket.chance))
    _wait(ticket, CASE, Wait.CASE, parts="case")


def solve(ticket: GeneratedTicket, world: World) -> None:
    """Resolves the ticket, unless it is resolved already."""
    if ticket.may(ticket.agent, SOLUTION):
        _hold(ticket, world)
        change = Change(resolution=Resolution.COMMUNICATED)
        says, told = _tells(ticket, _talk(ticket).solutions), {"method": Resolution.COMMUNICATED}
        ticket.moves(SOLUTION, ticket.agent, to=Status.RESOLVED, change=change, says=says, data=told)


def object_to(ticket: GeneratedTicket, world: World) -> None:
    """Objects in the way that the workflow allows, if any."""
    says = _asks(ticket, _talk(ticket).objections)
    for move in (OBJECTION, REPLY):
        if ticket.may(ticket.requester.actor, move):
            ticket.moves(move, ticket.requester.actor, to=Status.OPEN, says=says)
            return


def accept(ticket: GeneratedTicket, world: World) -> None:
    """Confirms and rates as far as the workflow asks for it; otherwise time closes the ticket."""
    requester, rating = ticket.requester.actor, ticket.subject.workflow.rating
    if ticket.may(requester, CONFIRMATION):
        ticket.moves(CONFIRMATION, requester, to=Status.CLOSED)
    is_required = rating is Rating.REQUIRED
    if ticket.may(requester, RATING) and (is_required or ticket.chance.random() < 0.4):
        service, quality = ticket.chance.choices(range(1, 6), _SCORES, k=2)
        given: EventData = {"service": service, "quality": quality, "comment": ticket.chance.choice(talk.COMMENTS)}
        ticket.ratings.append((*given.values(), ticket.at))
        ticket.moves(RATING, requester, to=Status.CLOSED if is_required else None, data={"after": given})


def withdraw(ticket: GeneratedTicket, world: World) -> None:
    """Cancels if the workflow lets the requester; otherwise says so, and the ticket is resolved."""
    requester, reason = ticket.requester.actor, phrase(talk.REASONS, ticket.chance)
    if ticket.may(requester, CANCELLATION):
        change = Change(resolution=Resolution.CANCELLED)
        ticket.moves(CANCELLATION, requester, to=Status.CLOSED, change=change, data={"reason": reason})
        return
    ticket.moves(REPLY, requester, says=message((reason,), talk.OF_REQUESTERS, ticket.chance))
    solve(ticket, world)


ACTS: dict[str, Callable[[GeneratedTicket, World], None]] = {
    act.__name__: act
    for act in (
        *(take, release, reply, note, ask, ask_for_the_last_time, answer, chase, copy_in, until),
        *(ask_approval, hand_over, split, case, solve, object_to, accept, withdraw),
    )
}

_SCORES = (2, 4, 12, 32, 50)
"""The frequency of each score."""


def _talk(ticket: GeneratedTicket) -> Talk:
    return talk_about(ticket.subject.category, ticket.subject.name)


def _name(ticket: GeneratedTicket) -> None:
    ticket.title = ticket.title or phrase(_talk(ticket).titles, ticket.chance)


def _asks(ticket: GeneratedTicket, phrases: Sequence[str]) -> str:
    return message(phrases, talk.OF_REQUESTERS, ticket.chance)


def _tells(ticket: GeneratedTicket, phrases: Sequence[str]) -> str:
    return message(phrases, talk.OF_AGENTS, ticket.chance)


def _hold(ticket: GeneratedTicket, world: World) -> None:
    """Takes the ticket first, if time has returned it to the queue."""
    if ticket.state.assignee is None:
        take(ticket, world)


def _ask(ticket: GeneratedTicket, world: World, limit: EventData) -> None:
    _hold(ticket, world)
    sets_an_end = ticket.subject.workflow.timers.silence is not None
    data: EventData = {"wait": Wait.REQUESTER, **({} if sets_an_end else limit)}
    says = _tells(ticket, _talk(ticket).questions)
    change = Change(wait=Wait.REQUESTER)
    ticket.moves(QUESTION, ticket.agent, to=Status.WAITING, change=change, says=says, data=data)


def _wait(ticket: GeneratedTicket, move: Move, kind: Wait, *, parts: str) -> None:
    change, data = Change(wait=kind), {"wait": kind}
    ticket.moves(move, ticket.agent, to=Status.WAITING, change=change, data=data, parts=parts)


def _add_part(ticket: GeneratedTicket, world: World, kind: str, title: str, *, team: int | None = None) -> None:
    """Opens a ticket that comes from this one and is being worked on: the customer's for a split, else the desk's."""
    is_customers = kind == "split"
    part = GeneratedTicket(
        office=ticket.office,
        chance=ticket.chance,
        subject=ticket.subject,
        priority=ticket.priority,
        policy=ticket.policy,
        channel=ticket.channel,
        organization=ticket.organization if is_customers else None,
        requester=ticket.requester if is_customers else Member(ticket.agent),
        author=ticket.agent,
        agent=ticket.chance.choice(world.agents_of(team or ticket.team)),
        ago=ticket.ago,
        title=title,
        team=team,
    )
    part.moves(SUBMISSION, ticket.agent, to=Status.NEW, says=_tells(ticket, talk.HAND_OVERS))
    part.goes_on(ticket.chance.uniform(0, ticket.ago))
    reply(part, world)
    part.comes_to(part.office.end)
    ticket.parts.append((kind, part))
