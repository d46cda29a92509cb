"""A process that creates tickets that are long due: asked, and silent for two months."""

import asyncio
import sys
from datetime import timedelta

from tests import cast, lead_settings
from web.clock import now
from web.database import fetch, opened
from web.people import accounts, actors, memberships
from web.people.permissions import Actor, Sees
from web.schema import migration

LONG = timedelta(days=60)
COLUMNS = (
    "title, category, topic, priority, author, requester, primary_contact, organization, team, assignee, channel, "
    "status, wait, workflow, is_answered, created_at, submitted_at, updated_at, wakes_at, lapses_at, lapses_to"
)


async def main(amount: int, preset: str, password: str | None = None, guests: str = "0") -> None:
    """`guests` are so many more people of Ana's school, who sign in as `hospede0@aurora.example` and so on.

    Each has a ticket without due timers.
    """
    async with opened():
        await migration.migrate()
        people = await cast.enrol(password=password)
        await lead_settings.live_by(preset)
        await _invited(int(guests), password, people.ana)
        asked = now() - LONG
        model = await cast.ticket(people.ana, at=asked)
        await cast.brought_to(model, "waiting_requester", by=people.bia, asker=people.ana, at=asked)
        await copied(model, amount - 1)


async def _invited(guests: int, password: str | None, host: Actor) -> None:
    (aurora,) = host.organizations
    for each in range(guests):
        address = f"hospede{each}@aurora.example"
        person = await accounts.create(f"Hóspede {each}", [address], password=password, at=now())
        await memberships.add(person, aurora, sees=Sees.OWN, at=now())
        guest = await actors.of_person(person)
        assert guest is not None
        await cast.ticket(guest, f"Pedido {each}", at=now())


async def copied(model: int, times: int) -> None:
    """More tickets with the same events, in two statements; their messages are the model's."""
    await fetch(
        f"INSERT INTO ticket ({COLUMNS}) WITH RECURSIVE n(i) AS "
        f"(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times}) SELECT {COLUMNS} FROM ticket, n WHERE id = {{}}",
        model,
    )
    await fetch(
        "INSERT INTO event (ticket, kind, actor, at, audience, data, message) "
        "SELECT t.id, e.kind, e.actor, e.at, e.audience, e.data, e.message FROM event e, ticket t "
        "WHERE e.ticket = {} AND t.id > {} ORDER BY t.id, e.id",
        model,
        model,
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
