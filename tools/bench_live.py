"""Measures open pages: what 1,000 streams and 500 chats cost, and how soon one is told what another process changed.

Client, servers and database share the machine: read the processor time and the ratios.
"""

import argparse
import asyncio
import re
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median, quantiles

from tests.servers import serving
from tools.bench import client, costs, crowds
from tools.bench.client import Connection, connected
from tools.bench.databases import databases
from tools.bench.portals import port_of, ticket_numbers, token_of
from web.live.hub import MOST_OF_PERSON

PAGES, CHANGES, IDLE = 150, 60, 30
PEOPLE, CHATS, MESSAGES = 600, 500, 100
SWAP = b"\r\nHX-Request: true\r\n"
"""In place of the end of a request's first line: a page asks for a block."""


@dataclass
class Found:
    """Of one database; times in milliseconds, memory in megabytes, the processor in percent of one core."""

    database: str
    streams: int
    grown: float
    idle: float
    idle_before: float
    page_before: float
    page_with: float
    told_p50: float
    told_p95: float
    seen_p95: float
    """Until the page has its block as well."""
    nothing_new: int
    chats: int
    chatting: float
    message: float
    """Milliseconds of the processor, of both processes."""

    def row(self) -> str:
        ratio = self.page_with / self.page_before
        return (
            f"| {self.database} | {self.streams:,} | {self.grown:.1f} | {self.idle_before:.1f} | {self.idle:.1f} | "
            f"{self.page_before:.1f} | {self.page_with:.1f} | {ratio:.2f}x | "
            f"{self.told_p50:.0f} | {self.told_p95:.0f} | {self.seen_p95:.0f} | {self.nothing_new} | "
            f"{self.chats} | {self.chatting:.1f} | {self.message:.1f} |"
        )


HEAD = (
    "| Database | streams | more MB | idle CPU before, % | with them, % | page p95 before, ms | with them | ratio | "
    "told p50, ms | p95 | seen p95 | bytes of 204 | chats | CPU with them, % | a message, ms |\n"
    "| --- |" + " ---: |" * 14
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_live", description=__doc__)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), action="append")
    options = parser.parse_args(arguments)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(HEAD, flush=True)  # noqa: T201
    for kind in options.database or ("sqlite", "postgres"):
        print(measured(kind, options.streams).row(), flush=True)  # noqa: T201
    return 0


def measured(kind: str, streams: int) -> Found:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guiche-bench-")))
        version, (made,) = stack.enter_context(databases(kind, folder, [1]))
        env = {"DATABASE_URL": made.url, "GUICHE_VAR": str(folder), "GUICHE_DEMO_PASSWORD": secrets.token_hex(8)}
        size = ["--organizations=2", f"--people={PEOPLE}", "--tickets=500"]
        crowds.ran(["-m", "web", "demo", *size], env)
        needed = 2 + -(-streams // (MOST_OF_PERSON - 1))
        tokens = crowds.ran(["-c", crowds.SESSIONS, str(needed)], env).split()
        cookies = [f"guiche={token}" for token in tokens]
        chats = [line.split() for line in crowds.ran(["-c", crowds.CHATS, str(CHATS)], env).splitlines()]
        one, other = (stack.enter_context(serving(["web"], env)) for _ in range(2))
        measuring = Measuring(port_of(one), port_of(other), one.process.pid, other.process.pid, cookies, chats)
        return asyncio.run(measuring.all(version, streams))


@dataclass
class Measuring:
    port: int
    other: int
    process: int
    other_process: int
    cookies: list[str]
    """Ana's and Bia's first."""
    chats: list[list[str]]
    """The session of each visitor, and the number of their chat."""

    async def all(self, version: str, streams: int) -> Found:
        await self.pages()
        before, idle_before = await self.pages(), await self.idle()
        memory = costs.resident(self.process)
        async with self.following(self.of_lists(streams)) as many:
            grown, idle = costs.resident(self.process) - memory, await self.idle()
            page_with = await self.pages()
            told, seen = await self.told()
        nothing = (await self.ask("/notices/unread?shown=0", swap=True)).size
        of_chats = [(f"n,t{number},w{number}", f"guiche={token}") for token, number in self.chats]
        async with self.following(of_chats) as open_chats:
            chatting = await self.idle()
            message = await self.message()
        told_in = (median(told), _p95(told), _p95(seen))
        return Found(
            *(version, many, grown, idle, idle_before, before, page_with, *told_in),
            *(nothing, open_chats, chatting, message),
        )

    def of_lists(self, streams: int) -> list[tuple[str, str]]:
        """Topics and cookie of each: a list and notices, of many people."""
        return [("l,n", self.cookies[2 + place // (MOST_OF_PERSON - 1)]) for place in range(streams)]

    async def pages(self) -> float:
        """The p95 of Ana's list and of one of her tickets, one request at a time."""
        number = await self.ticket()
        taken = []
        for place in range(PAGES):
            answer = await self.ask(("/tickets", f"/tickets/{number}")[place % 2])
            taken.append(answer.seconds * 1000)
        return _p95(taken)

    async def ticket(self) -> int:
        """One of Ana's."""
        request = client.get(self.port, "/tickets", self.cookies[0], encoding="")
        async with connected(self.port) as connection:
            return ticket_numbers(await connection.ask(request))[0]

    async def ask(self, path: str, *, swap: bool = False) -> client.Answer:
        request = client.get(self.port, path, self.cookies[0])
        if swap:
            request = request.replace(b"\r\n", SWAP, 1)
        async with connected(self.port) as connection:
            return await connection.ask(request)

    async def idle(self) -> float:
        """Percent of a core while nothing happens."""
        before = costs.processor_time(self.process)
        await asyncio.sleep(IDLE)
        return (costs.processor_time(self.process) - before) / IDLE * 100

    @asynccontextmanager
    async def following(self, pages: list[tuple[str, str]]) -> AsyncIterator[int]:
        """A stream of each of these topics by its cookie; how many were had."""
        writers, drains = [], []
        for topics, cookie in pages:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(client.get(self.port, f"/live?topics={topics}", cookie))
            if (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200"):
                writers.append(writer)
                drains.append(asyncio.create_task(_drained(reader)))
        try:
            yield len(writers)
        finally:
            for each in drains:
                each.cancel()
            for writer in writers:
                writer.close()

    async def told(self) -> tuple[list[float], list[float]]:
        """Milliseconds from when a reply is sent to one process to when the stream of another names its ticket.

        And to when the page there has asked for its block, and has got it.
        """
        number = await self.ticket()
        at, told, seen = f"/desk/tickets/{number}", list[float](), list[float]()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(client.get(self.port, f"/live?topics=t{number}", self.cookies[0]))
        async with connected(self.other) as desk, connected(self.port) as page:
            asked = await self._block(page, self.port, f"/tickets/{number}", self.cookies[0])
            for _ in range(CHANGES):
                began = await self._reply(desk, at)
                await reader.readuntil(f"data: t{number}\n".encode())
                told.append((time.perf_counter() - began) * 1000)
                assert (await page.ask(asked)).status == 200
                seen.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(0.7)
        writer.close()
        return told, seen

    async def message(self) -> float:
        """Of the processor, for a message in a chat, as its page sends it, with what its two pages ask for then."""
        async with connected(self.port) as chat, connected(self.other) as desk:
            asked = []
            for token, number in self.chats[:MESSAGES]:
                at, cookie = f"/chat/{number}", f"guiche={token}"
                page = await chat.ask(client.get(self.port, at, cookie, encoding=""))
                fields = {"_token": token_of(page), "_key": secrets.token_hex(16), "body": "Ainda não achei o boleto."}
                said = client.post(self.port, f"{at}/replies", fields, cookie).replace(b"\r\n", SWAP, 1)
                of_agent = await self._block(desk, self.other, f"/desk/tickets/{number}", self.cookies[1])
                asked.append((said, cookie, of_agent))
            before = self.spent()
            for said, cookie, of_agent in asked:
                answer = await chat.ask(said)
                news = [await chat.ask(_block_of(answer, self.port, cookie)), await desk.ask(of_agent)]
                assert [each.status for each in (answer, *news)] == [200, 204, 200], (answer, news)
            return (self.spent() - before) / MESSAGES * 1000

    def spent(self) -> float:
        return costs.processor_time(self.process) + costs.processor_time(self.other_process)

    async def _block(self, connection: Connection, port: int, path: str, cookie: str) -> bytes:
        """What the page at this path asks for when it is told that something happened."""
        return _block_of(await connection.ask(client.get(port, path, cookie, encoding="")), port, cookie)

    async def _reply(self, desk: Connection, at: str) -> float:
        page = await desk.ask(client.get(self.other, at, self.cookies[1], encoding=""))
        fields = {"_token": token_of(page), "_key": secrets.token_hex(16), "body": f"Sobre {secrets.token_hex(8)}"}
        began = time.perf_counter()
        answer = await desk.ask(client.post(self.other, f"{at}/replies", fields, self.cookies[1]))
        assert answer.status == 303, answer.status
        return began


def _block_of(page: client.Answer, port: int, cookie: str) -> bytes:
    found = re.search(r'hx-get="([^"]+/(?:news|presence)\?[^"]+)"', page.body.decode())
    assert found, page.head
    return client.get(port, unescape(found[1]), cookie).replace(b"\r\n", SWAP, 1)


async def _drained(reader: asyncio.StreamReader) -> None:
    while await reader.read(4096):
        pass


def _p95(some: list[float]) -> float:
    return quantiles(some, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
