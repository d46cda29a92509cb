"""A process that creates tickets with a held reply that was due an hour ago."""

import asyncio
import sys
from datetime import timedelta

from tests import cast
from tests.resilience.make_due_tickets import copied
from web.clock import now
from web.database import fetch, opened
from web.schema import migration
from web.tickets.actions import replies
from web.tickets.actions.held_replies import scheduling
from web.tickets.record.events import MoveResult


async def main(amount: int) -> None:
    async with opened():
        await migration.migrate()
        people = await cast.enrol()
        written = now() - timedelta(days=1)
        model = await cast.ticket(people.ana, at=written)
        sheet = await cast.seen(model, people.bia)

        async def rehearse() -> MoveResult:
            return await replies.reply(sheet, "Segue o boleto.", by=people.bia, at=written)

        await scheduling.hold(
            sheet,
            "replies",
            {"body": ["Segue o boleto."]},
            files=(),
            due=now() - timedelta(hours=1),
            rehearse=rehearse,
            by=people.bia,
            at=written,
            key=None,
        )
        await copied(model, amount - 1)
        await _left_on_all(model)


async def _left_on_all(model: int) -> None:
    """Copies the model's held reply to every other ticket."""
    await fetch(
        "INSERT INTO held_reply (ticket, person, noun, typed, seen, held_at, due_at) "
        "SELECT t.id, h.person, h.noun, h.typed, (SELECT max(id) FROM event), h.held_at, h.due_at "
        "FROM held_reply h, ticket t WHERE h.ticket = {} AND t.id > {}",
        model,
        model,
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
