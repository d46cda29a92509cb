"""Builders for tests of tickets: a ticket in a state, a file, and calls at once."""

import asyncio
from contextvars import Context

from tests import cast
from tests.cast import NOW
from web.people.permissions import Actor
from web.tickets.record.attachments import save_file


async def new(people, state: str = "new"):
    """Ana's ticket, brought to that state by Bia."""
    number = await cast.ticket(people.ana)
    return await cast.brought_to(number, state, by=people.bia, asker=people.ana)


async def file(person: Actor, name: str) -> int:
    return await save_file(name=name, media_type="text/plain", size=2, sha256="0" * 64, person=person.id, at=NOW)


async def together(*calls, refusals: bool = False):
    """Runs all concurrently, each as a request of its own."""
    tasks = [asyncio.get_running_loop().create_task(call, context=Context()) for call in calls]
    return await asyncio.gather(*tasks, return_exceptions=refusals)
