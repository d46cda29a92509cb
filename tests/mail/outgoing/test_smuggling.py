"""SMTP smuggling: an outgoing message stays one message, and the portal listens to no SMTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests import cast
from tests.cast import NOW
from tests.mail.post_office import PostOffice, worked
from tests.servers import free_port
from web.tickets.actions import replies
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

ENDS = ("\n.\n", "\r.\r", "\r\n.\r\n", "\n.\r\n", "\r\n.\n", "\r.\n", "\n.\r", "\u2028.\u2028", "\u0085.\u0085")
"""Sequences that some servers take for the end of a message."""
SECOND = "MAIL FROM:<bia@guiche.example>\r\nRCPT TO:<caio@horizonte.example>\r\nDATA\r\nSubject: Segunda\r\n\r\nOutra"
EITHER = re.compile(rb"\r\n|\r|\n")


@dataclass
class Line:
    """A server that keeps the raw bytes of each message."""

    port: int
    data: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 aqui\r\n")
        while (said := (await reader.readline()).upper()) and not said.startswith(b"QUIT"):
            if said.startswith(b"DATA"):
                writer.write(b"354 Segue\r\n")
                self.data.append(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"250 OK\r\n")
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Line]:
    line = Line(free_port())
    async with await asyncio.start_server(line.serve, "127.0.0.1", line.port):
        yield line


@pytest.mark.parametrize("end", ENDS, ids=ascii)
async def test_a76_a_text_that_looks_like_the_end_of_a_message_ends_it_for_no_server(people, end):
    number = await cast.ticket(people.ana, f"Fim{end}de tudo")
    ticket = await find_ticket(number, by=people.bia)
    await replies.reply(ticket, f"Antes{end}{SECOND}{end}QUIT", by=people.bia, at=NOW)
    async with listening() as line:
        await worked(PostOffice(f"smtp://127.0.0.1:{line.port}"), NOW)
    assert len(line.data) == 2
    for sent in line.data:
        lines = EITHER.split(sent.removesuffix(b".\r\n"))
        assert (sent.count(b"\r\n"), b"." in lines) == (len(lines), False)
