"""Generates tickets, the oldest first: draws how each ends, then the steps that lead there."""

import random
from collections.abc import Iterator
from datetime import timedelta

from web.business_time.durations import Unit
from web.demo.generator import acts, plans
from web.demo.generator.acts import ACTS
from web.demo.generator.generated_ticket import GeneratedTicket
from web.demo.generator.plans import LONG_AGO, PARTS, SHARES, Pace, Plan
from web.demo.generator.world import Member, World
from web.demo.office_hours import OfficeTime
from web.tickets.life.states import Channel, Priority, Status
from web.tickets.sla.targets import Policy, Promise

MEASURED = "Medição: dez mensagens"
"""The title of the ticket with exactly ten public messages, requested by Ana of Colégio Aurora."""

QUIET = timedelta(hours=2)
"""After the end, the last full hour, no timer is due for so long, so that measurements are not disturbed."""

_OF_ANA = 10
"""One in so many of her organization's tickets is hers."""
_CHANNELS = ((Channel.FORM, Channel.EMAIL, Channel.PHONE, Channel.WHATSAPP), (70, 15, 8, 7))
_PRIORITIES = (tuple(Priority), (12, 70, 14, 4))
_HOURS = {Promise.FIRST_RESPONSE: 9.0, Promise.RESOLUTION: 45.0}
"""The pace without targets."""


class TicketGenerator:
    """Generates tickets; the same seed and end give the same tickets."""

    def __init__(self, world: World, office: OfficeTime, *, messages: int, seed: int) -> None:
        self._world, self._office = world, office
        self._messages, self._seed = messages, seed
        self._longest = office.hours - 4 * LONG_AGO

    def tickets(self, many: int, *, overdue: int = 0) -> Iterator[GeneratedTicket]:
        """Yields so many tickets, parts included; the due timers of `overdue` of them have not fired."""
        endings = list(self._endings(many - 1, overdue))
        ages = [(self._drawn(place, ending)[1].hours, place) for place, ending in enumerate(endings)]
        for _, place in sorted(ages, reverse=True):
            yield self._lived(place, endings[place])
        yield self._measured(many)

    def _endings(self, many: int, overdue: int) -> Iterator[str]:
        chance = random.Random(self._seed)  # noqa: S311 - invented data
        made = 0
        while made < many:
            ending = "overdue" if made < overdue else chance.choices(list(SHARES), list(SHARES.values()))[0]
            made += 1 + PARTS.get(ending, 0)
            yield ending if made <= many else "open"

    def _lived(self, place: int, ending: str) -> GeneratedTicket:
        """The first of several attempts after which no timer is about to fire."""
        for attempt in range(50):
            ticket, plan = self._drawn(place, ending, attempt)
            (acts.draft if ending == "draft" else acts.submit)(ticket, self._world)
            self._go(ticket, plan)
            if ending == "overdue" or self._ends_calm(ticket):
                break
        return ticket

    def _ends_calm(self, ticket: GeneratedTicket) -> bool:
        ticket.comes_to(self._office.end)
        together = (ticket, *(part for _, part in ticket.parts))
        return min(each.calm_until for each in together) > self._office.end + QUIET

    def _go(self, ticket: GeneratedTicket, plan: Plan) -> None:
        """Makes the steps, unless time ends the ticket on the way."""
        for hours, act in plan.steps:
            ticket.goes_on(hours)
            if ticket.state.status is Status.CLOSED:
                return
            ACTS[act](ticket, self._world)

    def _drawn(self, place: int, ending: str, attempt: int = 0) -> tuple[GeneratedTicket, Plan]:
        """The requester, the subject and the plan of a ticket."""
        chance = random.Random(f"{self._seed}/{place}/{attempt}")  # noqa: S311 - invented data
        subject, priority = chance.choice(self._world.subjects), chance.choices(*_PRIORITIES)[0]
        policy = self._world.policies[subject.category, priority]
        plan = plans.plan(ending, _pace(policy), messages=self._messages, longest=self._longest, chance=chance)
        organization, requester = self._asker(place, ending, chance)
        agent = chance.choice(self._world.agents_of(subject.team))
        channel = chance.choices(*_CHANNELS)[0]
        is_by_phone = channel is Channel.PHONE and ending != "draft"
        ticket = GeneratedTicket(
            office=self._office,
            chance=chance,
            subject=subject,
            priority=priority,
            policy=policy,
            channel=channel,
            organization=organization,
            requester=requester,
            author=agent if is_by_phone else requester.actor,
            agent=agent,
            ago=plan.hours,
        )
        return ticket, plan

    def _asker(self, place: int, ending: str, chance: random.Random) -> tuple[int, Member]:
        """An organization and one of its people; a colleague can approve, if the ending needs that."""
        turn, home = divmod(place, len(self._world.organizations))
        organization = self._world.organizations[home]
        members = self._world.members[organization]
        if ending == "approval" and not any(each.approves for each in members):
            organization, members = self._world.organizations[0], self._world.members[self._world.organizations[0]]
        if ending == "approval":
            members = [each for each in members if not each.approves]
        elif home == 0 and turn % _OF_ANA == 0:
            members = [self._world.ana]
        return organization, chance.choice(members)

    def _measured(self, place: int) -> GeneratedTicket:
        """The ticket with an opening and nine replies, still open."""
        chance = random.Random(f"{self._seed}/{place}")  # noqa: S311 - invented data
        subject = self._world.subjects[0]
        ticket = GeneratedTicket(
            office=self._office,
            chance=chance,
            subject=subject,
            priority=Priority.NORMAL,
            policy=self._world.policies[subject.category, Priority.NORMAL],
            channel=Channel.FORM,
            organization=self._world.organizations[0],
            requester=self._world.ana,
            author=self._world.ana.actor,
            agent=self._world.agents_of(subject.team)[0],
            ago=1.1,
            title=MEASURED,
        )
        acts.submit(ticket, self._world)
        steps = [(0.1, "take"), *((0.1, "chase" if turn % 2 else "reply") for turn in range(9))]
        self._go(ticket, Plan(tuple(steps), rest=0.1))
        return ticket


def _pace(policy: Policy) -> Pace:
    hours = {
        target.promise: float(target.duration.amount)
        for target in policy.targets
        if target.duration.unit is Unit.BUSINESS_HOURS
    }
    hours = _HOURS | hours
    return Pace(answer=hours[Promise.FIRST_RESPONSE], solve=hours[Promise.RESOLUTION])
