"""The cost of a page in steps of the database, with many tickets or with most in one organization."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests import cast
from tests.client import Browser, browser_of
from tests.pages.reading import many_like
from web.database import database as engine

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

PIECE = 20
"""Instructions of SQLite's virtual machine between two counts."""


@dataclass
class Work:
    done: int = 0

    def count(self) -> int:
        self.done += 1
        return 0


@contextmanager
def counted() -> Iterator[Work]:
    work, reader = Work(), engine().reader
    reader.set_progress_handler(work.count, PIECE)
    try:
        yield work
    finally:
        reader.set_progress_handler(None, 0)


async def work_of(browser: Browser, path: str) -> int:
    await browser.get(path)
    with counted() as work:
        assert (await browser.get(path)).status == 200
    assert work.done > 0
    return work.done


@pytest.mark.parametrize("path", ["/desk", "/desk?view=all", "/desk?view=unassigned&priority=normal"])
async def test_f36_a_list_of_the_desk_takes_at_most_twice_the_work_at_a_hundred_times_the_tickets(database, path):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    await many_like(number, 299)
    few = await work_of(bia, path)
    await many_like(number, 29_700)
    assert await work_of(bia, path) <= 2 * few


async def test_f36_a_hundred_times_the_tickets_that_wait_with_an_agent_take_at_most_twice_the_work(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_until", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    await many_like(number, 299)
    few = await work_of(bia, "/desk")
    await many_like(number, 29_700)
    assert await work_of(bia, "/desk") <= 2 * few


async def test_f36_a_ticket_and_the_list_of_who_asked_take_at_most_twice_the_work_among_many(database):
    people = await cast.enrol()
    number, other = await cast.ticket(people.rui), await cast.ticket(people.caio)
    rui, paths = await browser_of(people.rui), ("/tickets", f"/tickets/{number}")
    few = [await work_of(rui, path) for path in paths]
    await many_like(other, 20_000)
    many = [await work_of(rui, path) for path in paths]
    assert [most <= 2 * least for most, least in zip(many, few, strict=True)] == [True, True]


async def test_f37_a_school_with_ten_times_the_tickets_costs_another_no_more_than_half_as_much_again(database):
    people = await cast.enrol()
    large, small = await cast.ticket(people.ana), await cast.ticket(people.caio)
    await many_like(small, 200)
    await many_like(large, 200)
    caio, paths = await browser_of(people.caio), ("/tickets?scope=organization", "/tickets", f"/tickets/{small}")
    equal = [await work_of(caio, path) for path in paths]
    await many_like(large, 2_000)
    beside = [await work_of(caio, path) for path in paths]
    assert [2 * most <= 3 * least for most, least in zip(beside, equal, strict=True)] == [True] * 3
