"""What portals hold in memory: one while large files come in, several processes after many requests."""

import asyncio
import itertools
import time
from dataclasses import dataclass

from tests.servers import serving
from tools.bench import client, costs
from tools.bench.client import Answer, connected
from tools.bench.measuring import AT_ONCE, answered, ask_together
from tools.bench.pages import READS, WRITES, form
from tools.bench.portals import Portal


@dataclass
class Memory:
    """Megabytes of one process: after all requests, and how many more while files of 100 MB come in."""

    tickets: int
    resident: float
    one_upload: float
    four_uploads: float


@dataclass
class Processes:
    """Several processes and one for the timers: megabytes that they hold together, and how soon they answer."""

    workers: int
    at_rest: float
    after_load: float
    ready: float
    """Seconds until one answers."""
    first: float
    """Milliseconds of the slowest first page."""


async def of_one(portal: Portal) -> Memory:
    before = costs.resident(portal.process)
    return Memory(portal.tickets, before, await _growth(portal, 1), await _growth(portal, 4))


def of_several(portal: Portal, workers: int, seconds: int) -> Processes:
    began = time.perf_counter()
    with serving(["web", "--workers", str(workers), "--timers"], portal.env) as server:
        ready = time.perf_counter() - began
        return asyncio.run(_of_several(portal.moved_to(server), workers, seconds, ready))


async def _of_several(portal: Portal, workers: int, seconds: int, ready: float) -> Processes:
    first = max([await _first_page(portal) for _ in range(AT_ONCE)])
    at_rest = costs.proportional(portal.process)
    pages = itertools.cycle((*READS, *WRITES))
    await ask_together(lambda: next(pages).request(portal, ""), portal.port, seconds)
    return Processes(workers, at_rest, costs.proportional(portal.process), ready, first)


async def _first_page(portal: Portal) -> float:
    """Milliseconds of a page over a connection of its own, which any of the processes may take."""
    async with connected(portal.port) as connection:
        return (await answered(connection, READS[0].request(portal, ""))).seconds * 1000


async def _growth(portal: Portal, files: int) -> float:
    """Megabytes that the process grows by, at most, while so many replies with a file of 100 MB come in at once."""
    before = most = costs.resident(portal.process)
    uploads = asyncio.gather(*(_upload(portal) for _ in range(files)))
    while not uploads.done():
        await asyncio.sleep(0.02)
        most = max(most, costs.resident(portal.process))
    for answer in await uploads:
        if answer.status != 303:
            raise RuntimeError(f"an upload was answered with status {answer.status}")
    return most - before


async def _upload(portal: Portal) -> Answer:
    path, fields = f"/tickets/{portal.open[0]}/replies", form(portal, body="Segue o vídeo da tela.")
    before, after = client.upload(portal.port, path, fields, portal.cookie)
    async with connected(portal.port) as connection:
        return await connection.send_file(before, after)
