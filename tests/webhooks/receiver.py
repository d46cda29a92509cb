"""A real HTTP server on a free port of this machine, which behaves as a test tells it to."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    """One POST as it arrived."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """`answers` are used up in their order; the last one stays."""

    port: int
    answers: list[Behaviour]
    received: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/guiche"

    def verified(self, secret: str, number: int = -1) -> dict[str, Any]:
        """What one request tells, as the receiver's own library believes it; raises for a signature not ours."""
        request = self.received[number]
        return Webhook(secret).verify(request.body, request.headers)

    _busy: set[asyncio.Task[None]] = field(default_factory=set)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy.add(asyncio.get_running_loop().create_task(self._serve(reader, writer)))

    async def finished(self) -> None:
        await asyncio.gather(*self._busy)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers["content-length"]))
            self.received.append(Request(head[0], headers, body))
            behave = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            await behave(reader, writer)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def receiver(*answers: Behaviour) -> AsyncIterator[Receiver]:
    made = Receiver(0, list(answers) or [says(200)])
    server = await asyncio.start_server(made.accept, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.finished()


def says(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told = {"Content-Length": str(len(body)), "Connection": "close", **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body)

    return answer


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until the other side has had enough."""
    await reader.read()


async def cuts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes without a word."""


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes in the middle of the body."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nbeg")


async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Never ends its answer."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()
