"""A process that adds one to a counter, again and again, each time by reading, adding and writing."""

import asyncio
import sys
from contextvars import Context

from web.database import dialect, fetch, opened, transaction

TASKS = 4


async def add(times: int) -> None:
    for _ in range(times):
        async with transaction():
            (row,) = await fetch("SELECT value FROM counter" + dialect(sqlite="", postgres=" FOR UPDATE"))
            await asyncio.sleep(0)
            await fetch("UPDATE counter SET value = {}", row["value"] + 1)


async def main(times: int) -> None:
    async with opened():
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.create_task(add(times // TASKS), context=Context()) for _ in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
