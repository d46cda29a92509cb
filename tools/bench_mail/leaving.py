"""A notice to thousands on its way out, and the replies that overtake it: when each is handed over, and seen."""

import asyncio
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from selectolax.lexbor import LexborHTMLParser

from tests.servers import free_port, serving
from tools.bench import client, costs
from tools.bench.client import Connection, connected
from tools.bench.measuring import percentile
from tools.bench.portals import entered, port_of
from tools.bench_due import asking, installed, working

GUESTS = 20
EVERY = 2.0
"""Seconds between two replies."""
LONGEST = 900
HANDED_OVER_WITHIN, SEEN_WITHIN = 10, 2

HEAD = """| Database | notice to | minutes | replies meanwhile | handed over p50, s | p95 | longest \
| of the notice still waiting | badge p50, s | p95 | worker CPU, ms a message | load |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""

_GUESTS = "SELECT id FROM ticket WHERE title LIKE 'Pedido %' ORDER BY id"
_BELL = re.compile(rb"bell__count[^>]*>(\d+)")


@dataclass
class Office:
    """Takes whatever comes, and notes when."""

    received: list[tuple[str, float]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append((envelope.rcpt_tos[0], time.perf_counter()))
        return "250 OK"

    def told(self, address: str, times: int) -> float | None:
        """When the address was written to for the last of so many times."""
        found = [at for recipient, at in self.received if recipient == address]
        return found[times - 1] if len(found) >= times else None


@dataclass
class Replies:
    """Seconds until each was handed over, and until the bell told of it; how much of the notice waited then."""

    handed: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    waited: list[int] = field(default_factory=list)


def overtaken(kind: str, many: int) -> tuple[str, bool]:
    """A line, and whether replies were handed over and seen in time."""
    with _office() as (office, url), installed(kind, many, GUESTS) as (version, env, password):
        mail = {"GUICHE_SMTP": url, "GUICHE_MAIL": "suporte@guiche.example"}
        return asyncio.run(_overtaken(version, env | mail, password, office, many))


async def _overtaken(version: str, env: dict[str, str], password: str, office: Office, many: int) -> tuple[str, bool]:
    async with asking(env) as ask:
        tickets = [int(row["id"]) for row in await ask(_GUESTS)]
    with serving(["web"], env) as web, working(env, 1) as (worker,):
        port, began, found = port_of(web), time.perf_counter(), Replies()
        agent = await entered(port, password, "bia@guiche.example")
        guests = [await entered(port, password, f"hospede{n}@aurora.example") for n in range(GUESTS)]
        while (sent := _sent(office)) < many and time.perf_counter() - began < LONGEST:
            turn, times = len(found.handed) % GUESTS, len(found.handed) // GUESTS + 2
            waits = asyncio.create_task(asyncio.sleep(EVERY))
            told = partial(office.told, f"hospede{turn}@aurora.example", times)  # the first acknowledged the ticket
            await _reply(port, agent, guests[turn], tickets[turn], told, found)
            found.waited.append(many - sent)
            await waits
        seconds, cost = time.perf_counter() - began, costs.processor_time(worker) * 1000 / len(office.received)
    handed, seen = sorted(found.handed), sorted(found.seen)
    cells = (
        *(version, f"{many:,}", f"{seconds / 60:.1f}", len(handed)),
        *(f"{each:.1f}" for each in (percentile(handed, 50), percentile(handed, 95), handed[-1])),
        f"{min(found.waited):,} to {max(found.waited):,}",
        *(f"{percentile(seen, percent):.1f}" for percent in (50, 95)),
        f"{cost:.0f}",
        f"{os.getloadavg()[1]:.1f}",
    )
    right = percentile(handed, 95) <= HANDED_OVER_WITHIN and percentile(seen, 95) <= SEEN_WITHIN
    return f"| {' | '.join(map(str, cells))} |", right and sent >= many


def _sent(office: Office) -> int:
    """Of the notice: it goes to Ana."""
    return sum(recipient == "ana@aurora.example" for recipient, _ in office.received)


async def _reply(
    port: int, agent: str, guest: str, ticket: int, told: Callable[[], float | None], found: Replies
) -> None:
    """By an agent; then its way to the mailbox and to the bell of whoever asked."""
    async with connected(port) as connection:
        shown = await connection.ask(client.get(port, f"/desk/tickets/{ticket}", agent, encoding=""))
        said = {**_form(shown.body, f"/desk/tickets/{ticket}/replies"), "body": f"Vamos ver. {time.time_ns()}"}
        before = await _bell(connection, port, guest)
        answer = await connection.ask(client.post(port, f"/desk/tickets/{ticket}/replies", said, agent))
        if answer.status != 303:
            raise RuntimeError(f"a reply: status {answer.status}")
        began, handed, seen = time.perf_counter(), None, None
        while (handed is None or seen is None) and time.perf_counter() - began < LONGEST:
            await asyncio.sleep(0.1)
            handed = handed or told()
            if seen is None and await _bell(connection, port, guest) > before:
                seen = time.perf_counter()
    found.handed.append((handed or time.perf_counter()) - began)
    found.seen.append((seen or time.perf_counter()) - began)


def _form(page: bytes, action: str) -> dict[str, str]:
    """Its fields as the page offers them."""
    fields = LexborHTMLParser(page).css(f"form[action='{action}'] input")
    chosen = [each.attributes for each in fields if each.attributes.get("type") not in ("checkbox", "radio", "file")]
    chosen += [each.attributes for each in fields if "checked" in each.attributes]
    return {str(each["name"]): each.get("value") or "" for each in chosen if each.get("name")}


async def _bell(connection: Connection, port: int, guest: str) -> int:
    shown = _BELL.search((await connection.ask(client.get(port, "/notices", guest, encoding=""))).body)
    return int(shown[1]) if shown else 0


@contextmanager
def _office() -> Iterator[tuple[Office, str]]:
    office, port = Office(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
