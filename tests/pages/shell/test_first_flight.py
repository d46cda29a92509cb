"""Each page fits into the first round trip of a connection, for every reader."""

import pytest

from tests.security.routes import paths_by_route
from tests.security.world import built

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

FLIGHT = 14_000
"""Bytes of a response, headers included, that a server sends before it waits for an acknowledgement."""


@pytest.mark.parametrize("name", ["ana", "bia", "lia", "admin"])
async def test_every_page_comes_in_one_flight(name: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    sizes = {}
    for route, path in (await paths_by_route("GET", world, name)).items():
        answer = await browser.client.get(path, headers={"Accept-Encoding": "br"})
        if answer.headers.get("content-type", "").startswith("text/html"):
            head = sum(len(key) + len(value) + 4 for key, value in answer.headers.raw)
            sizes[route] = head + answer.num_bytes_downloaded
    assert sizes
    assert {route: size for route, size in sizes.items() if size > FLIGHT} == {}
