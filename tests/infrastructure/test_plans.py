"""Query plans of pages and moves: along an index, so that no cost grows with a table."""

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.api.robots import robot
from tests.api.test_moves import BODIES
from tests.cast import NOW
from tests.chatting import turned_on
from tests.client import portal
from tests.kiosks.lobby import follows, lobby, opened
from tests.pages.reading import statements
from tests.security.routes import FORMS, paths_by_route
from tests.security.world import built, token_of
from tests.thumbnails.drawn import picture
from web.brand.brand import known
from web.clock import tick
from web.database import fetch
from web.jobs import announcing_jobs, jobs, telling_jobs
from web.settings import settings
from web.tickets.settings.chats import choose

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

LISTED = {
    *(
        "absence",
        "article_import",
        "article_synonym",
        "calendar",
        "canned",
        "category",
        "closure",
        "field",
        "help_section",
        "kiosk",
    ),
    *("kiosk_category", "mailbox", "mailbox_fault"),
    *("people_import", "target", "team", "topic", "webhook"),
}
"""Tables of settings, which may be read completely."""
SWEPT = {"bucket", "domain_proof", "erasure_text", "kept_form", "link_request", "one_time_link", "reindexing"}
"""Tables that are swept often and stay short, which the worker may scan."""
SEARCHED = {"thumbnail"}
"""Tables that the sweeping job scans once an hour, like the storage."""
_LONG = ("ticket", "event", "message", "person", "membership", "participant")
"""A row count at which PostgreSQL uses indexes, but still scans if it must."""
ADDRESSES = (
    *("/desk?view=all&q=jabuticaba", "/desk?view=all&status=active&q=jabuticaba", "/desk?q=jabuticaba"),
    *("/desk?view=due", "/desk?view=unassigned", "/tickets?q=jabuticaba"),
    *("/tickets?scope=organization&person=2", "/tickets?scope=copied&person=2"),
    *("/desk?view=chats", "/desk/contacts/new?phone=11987654321"),
)
"""Lists in addition to the routes."""


@pytest.mark.parametrize("name", ["ana", "bia", "lia", "admin"])
async def test_every_read_walks_an_index(name: str, database: None, storage: object) -> None:
    world = await built()
    pages = await paths_by_route("GET", world, name)
    moves = await paths_by_route("POST", world, name)
    with statements() as asked:
        for path in (*pages.values(), *ADDRESSES):
            await (await world.browser(name)).client.get(path)
        for route, path in moves.items():
            browser = await world.browser(name)
            await browser.post(path, {**FORMS.get(route, {}), "_token": await token_of(browser)})
    assert _scanned(asked) == {}
    assert _read_to_be_filtered(asked) == {}


async def test_every_read_of_a_robot_walks_an_index(database: None, storage: object) -> None:
    world = await built()
    one = await robot()
    (queue,) = await fetch("SELECT id FROM team WHERE name = 'Financeiro'")
    with statements() as asked:
        await one.get("/queues")
        await one.get(f"/queues/{queue['id']}/tickets")
        await one.post(f"/queues/{queue['id']}/claims")
        await one.get("/tickets")
        for noun, body in BODIES.items():
            await one.get(f"/tickets/{world.tickets['ours']}")
            await one.post(f"/tickets/{world.tickets['ours']}/{noun}", body)
    assert _scanned(asked) == {}


async def test_every_read_at_a_kiosk_walks_an_index(database: None, storage: object) -> None:
    place = await lobby(team="Financeiro", categories=["Cobrança"])
    with statements() as asked:
        page = await place.browser.send(await place.browser.get("/kiosk"), "/kiosk/calls")
        number, code = await opened(place.browser, phone="11 98765-4321", address="ana@aurora.example")
        page = await follows(place.browser, number, code)
        photo = [("tela.png", picture())]
        page = await place.browser.send(page, "/follow/ticket/replies", body="Mais uma coisa", files=photo)
        await place.browser.client.get(page.attributes(".file img", "src")[0])
        await place.browser.send(await place.browser.get("/follow/ticket"), "/follow/end")
    assert _scanned(asked) == {}


async def test_every_read_of_an_agent_with_a_ceiling_of_chats_walks_an_index(database: None, storage: object) -> None:
    world = await built()
    await choose(await turned_on(world), ceiling=1, seen=known().version, by=world.admin, at=NOW)
    bia = await world.browser("bia")
    with statements() as asked:
        for path in ("/desk", "/desk?view=chats"):
            await bia.get(path)
        await bia.client.get("/desk/chats", headers={"HX-Request": "true"})
    assert _scanned(asked) == {}
    assert _read_to_be_filtered(asked) == {}


async def test_every_read_of_a_worker_walks_an_index(database: None, storage: object) -> None:
    await built(on_disk=True)  # which it sweeps
    with statements() as asked:
        due = (*jobs(portal().state.storage), *announcing_jobs(asyncio.Event()), *telling_jobs())
        await tick(due, NOW + timedelta(days=30))
    assert _scanned(asked).keys() - SWEPT - SEARCHED == set()


@pytest.mark.parametrize(
    ("filters", "walked"),
    [
        ("team=1&requester=1", "requester"),
        ("category=1&organization=1", "organization"),
        ("requester=1&organization=1", "requester"),
        ("category=1&topic=1&team=1", "topic"),
        ("team=1&assignee=1", "assignee"),
        ("team=1&category=1", "category"),
        ("priority=high&team=1", "team"),
        ("channel=phone&priority=high", "priority"),
        ("channel=phone&status=active", "channel"),
        ("channel=phone&updated=-30", "channel"),
        ("updated=-30", "updated_at"),
    ],
)
async def test_a_list_of_several_filters_walks_along_the_narrowest(
    filters: str, walked: str, database: None, storage: object
) -> None:
    browser = await (await built()).browser("admin")
    with statements() as asked:
        await browser.client.get(f"/desk?view=all&{filters}")
    (listed,) = [each for each in asked if "page (id)" in each]
    with _connected() as connection:
        steps = _plan(listed, connection)
    assert {
        led[1] for *_, detail in steps if (led := re.search(r"^SEARCH ticket USING .*INDEX \w+ \((\w+)[=<>]", detail))
    } == {walked}


def _scanned(asked: list[str]) -> dict[str, str]:
    """Tables that are scanned, each with a statement that does."""
    with _connected() as connection:
        reads = {each for each in asked if each.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE"))}
        return {table: each for each in reads for table in _read_from_end_to_end(each, connection) - LISTED}


def _read_to_be_filtered(asked: list[str]) -> dict[str, str]:
    """Tables that SQLite would scan after ANALYZE."""
    with _connected() as connection, closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        copy.execute("ANALYZE")
        copy.execute("DELETE FROM sqlite_stat1 WHERE idx IS NULL")
        rows = [(name, "10000" if name in _LONG else "100") for name in _tables(copy)]
        copy.executemany("INSERT INTO sqlite_stat1 VALUES (?, NULL, ?)", rows)
        copy.execute("ANALYZE sqlite_schema")
        reads = [each for each in asked if each.lstrip().startswith(("SELECT", "WITH"))]
        steps = [(each, detail) for each in reads for *_, detail in _plan(each, copy)]
    found = {_aliases(each).get(match[1], match[1]): each for each, step in steps if (match := _BLOOM.match(step))}
    return {table: each for table, each in found.items() if table in _LONG}


_BLOOM = re.compile(r"BLOOM FILTER ON (\w+)")


def _read_from_end_to_end(statement: str, connection: sqlite3.Connection) -> set[str]:
    """Tables that are scanned without an index, except for bounded counts."""
    tables = _aliases(statement)
    plan = _plan(statement, connection)
    counts = {step for step, _, _, detail in plan if detail == "CO-ROUTINE counted"}
    scans = [(within, match[1]) for _, within, _, detail in plan if (match := re.fullmatch(r"SCAN (\w+)", detail))]
    return {tables.get(name, name) for within, name in scans if within not in counts} & _tables(connection)


def _aliases(statement: str) -> dict[str, str]:
    """The tables of a statement by alias."""
    return {alias or name: name for name, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: (?:AS )?(\w+))?", statement)}


def _plan(statement: str, connection: sqlite3.Connection) -> list[tuple[int, int, int, str]]:
    return connection.execute(f"EXPLAIN QUERY PLAN {re.sub(r'[$][0-9]+', 'NULL', statement)}").fetchall()


def _connected() -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(settings().database_url.removeprefix("sqlite:///")))


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
