"""A worker with a long backlog: people who sign in and write meanwhile come first."""

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.demonstration import Remote
from tests.client import Page
from tests.infrastructure.subprocesses import empty_database, environment
from tests.resilience.test_workers import is_idle, lives, made, statuses, wait, working
from tests.servers import serving

OPENING = "Os boletos vieram com o valor de outubro."
DUE, PEOPLE = 150, 5
"""`make bench-timers` has twenty people beside six thousand."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of the test's processes, with a database of their own."""
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f49_people_who_sign_in_and_write_while_the_worker_catches_up_are_all_served(own: dict[str, str]) -> None:
    password = secrets.token_hex(8)
    made(own, DUE, "expresso", password, str(PEOPLE))
    with serving(["web"], own) as server, working(own):
        told = asyncio.run(visits(server.url, password))
        wait(lambda: is_idle(own))
    assert told == [[OPENING, "Alguém aí?"]] * PEOPLE
    assert lives(own) == {("submission", "take", "question", "solution"): DUE, ("submission", "reply"): PEOPLE}
    assert statuses(own) == {"resolved": DUE, "new": PEOPLE}


async def visits(url: str, password: str) -> list[list[str]]:
    return await asyncio.gather(*(visit(url, guest, password) for guest in range(PEOPLE)))


async def visit(url: str, guest: int, password: str) -> list[str]:
    """Somebody signs in and replies on their ticket. Returns its conversation."""
    browser = Remote(url)
    typed = {"identifier": f"hospede{guest}@aurora.example", "password": password}
    served(await browser.send(await browser.get("/sign-in"), "/sign-in", follow=False, **typed))
    address = (await browser.get("/tickets?scope=mine")).attributes(".row__title", "href")[0]
    page = await browser.get(address)
    served(await browser.send(page, f"{address}/replies", follow=False, body="Alguém aí?"))
    return (await browser.get(address)).texts(".message__body")


def served(answer: Page) -> None:
    assert answer.status == 303, answer.words
