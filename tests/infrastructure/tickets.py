"""A process that opens so many tickets and prints their numbers."""

import asyncio
import sys

from tests.cast import NOW
from web.database import fetch, opened, transaction
from web.people import accounts, actors
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request
from web.tickets.tables import Category


async def main(amount: int) -> None:
    async with opened():
        ana = await actors.of_person(await _ana())
        (category,) = await fetch("SELECT id FROM category ORDER BY id LIMIT 1")
        wanted = Request("Boletos", "Errados", category["id"])
        for _ in range(amount):
            print((await submission.open_ticket(wanted, by=ana, at=NOW)).ticket)


async def _ana() -> int:
    known = await accounts.find("ana@aurora.example")
    if known is not None:
        return known.id
    async with transaction():
        await Category(name="Cobrança", workflow="guiche").save()
    return await accounts.create("Ana Prado", ["ana@aurora.example"], at=NOW)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
