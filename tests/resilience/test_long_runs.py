"""A server that runs long leaks no open files and no memory."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client import values_of
from tests.resilience.portals import MEGABYTE, Portal, portal

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.anywhere,
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are read from Linux"),
]

ROUNDS = 12


@pytest.fixture
def running() -> Iterator[Portal]:
    with portal() as running:
        yield running


async def test_f38_after_many_visits_as_many_files_are_open_and_hardly_more_memory_is_used(running: Portal) -> None:
    """The first third warms it up: templates are compiled, caches filled."""
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Dia inteiro")
    for number in range(ROUNDS):
        await come_and_go(running, address, number)
    files, memory = open_files(running), resident(running)
    for number in range(ROUNDS, 3 * ROUNDS):
        await come_and_go(running, address, number)
    assert open_files(running) <= files + 2
    assert resident(running) - memory <= 8 * MEGABYTE


async def come_and_go(running: Portal, address: str, number: int) -> None:
    rui = await running.visited_by("Rui" if number % 2 else "Ana")
    await rui.get("/tickets?q=dia")
    page = await rui.get("/tickets")
    if number % 2 == 0:
        shown = await rui.get(address)
        files = [("nota.bin", bytes([number]) * 50_000)]
        await rui.send(shown, f"{address}/replies", body=f"Visita {number}", files=files)
    (leaving,) = [form for form in page.html.css("form") if form.attributes.get("action") == "/sign-out"]
    assert (await rui.post("/sign-out", values_of(leaving))).status == 303
    await rui.client.aclose()


def open_files(running: Portal) -> int:
    return len(list(Path(f"/proc/{running.pid}/fd").iterdir()))


def resident(running: Portal) -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{running.pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
