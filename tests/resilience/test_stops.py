"""A stopped server finishes its requests; large uploads need little memory."""

import asyncio
import re
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from anyio import to_thread

from tests.browser.demonstration import Remote
from tests.client import Page
from tests.resilience.portals import MEGABYTE, Portal, Upload, conversation, portal, reply

pytestmark = pytest.mark.anyio

UPLOADS = 3
CLIENTS = 10
THIN_LINES = 20


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[Portal]:
    with portal(*getattr(request, "param", ())) as running:
        yield running


@pytest.mark.parametrize("running", [("run",), ("web", "--workers", "3", "--timers")], indirect=True)
async def test_f46_a_server_told_to_stop_answers_what_it_has_begun_and_loses_nothing(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Parada com gente dentro")
    page = await ana.get(address)
    uploads = [_upload(ana, page, address, f"Parte {number}", 20) for number in range(UPLOADS)]
    for upload in uploads:
        await to_thread.run_sync(upload.send, 0.5)
    said: list[str] = []
    clients = [asyncio.create_task(_talk(ana, page, address, said)) for _ in range(CLIENTS)]
    while len(said) < 3 * CLIENTS and not any(client.done() for client in clients):
        await asyncio.sleep(0)
    process = running.server.process
    process.send_signal(signal.SIGTERM)
    await asyncio.gather(*clients)
    answers = [await to_thread.run_sync(upload.finish) for upload in uploads]
    assert [status for status, _ in answers] == [303] * UPLOADS
    assert await to_thread.run_sync(process.wait, 30) == 0
    running.start()
    ana = running.revisited_by(ana)
    found = await conversation(ana, address)
    assert {words: sha for words, sha in found if sha} == {f"Parte {n}": each.sha256 for n, each in enumerate(uploads)}
    assert [words for words in said if found.count((words, None)) != 1] == []


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak of memory is read from Linux")
@pytest.mark.parametrize(("files", "most"), [(1, 16), (4, 64)], ids=["one", "four_at_once"])
async def test_f41_large_files_take_hardly_any_memory(running: Portal, files: int, most: int) -> None:
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Vídeos da formatura")
    page = await ana.get(address)
    await to_thread.run_sync(_upload(ana, page, address, "Um pequeno, para começar.", 1).finish)
    before = _memory(running.pid, "VmRSS")
    Path(f"/proc/{running.pid}/clear_refs").write_text("5")
    uploads = [_upload(ana, page, address, f"Vídeo {number}", 100) for number in range(files)]
    answers = await asyncio.gather(*(to_thread.run_sync(upload.finish) for upload in uploads))
    grown = _memory(running.pid, "VmHWM") - before
    assert [status for status, _ in answers] == [303] * files
    assert grown <= most * MEGABYTE, f"{grown / MEGABYTE:.1f} MB"


async def test_f41_uploads_on_thin_lines_hold_up_nobody_and_what_came_is_read_in_parts(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Vinte linhas finas")
    page = await ana.get(address)
    uploads = [_upload(ana, page, address, f"Parte {number}", 4) for number in range(THIN_LINES)]
    for upload in uploads:
        await to_thread.run_sync(upload.send, 0.5)
    bia = await running.visited_by("Bia")
    answered = await bia.send(await bia.get(f"/desk{address}"), f"/desk{address}/replies", body="Estou vendo.")
    assert (answered.status, (await ana.get(address)).texts(".message__body")) == (
        200,
        ["Como de costume.", "Estou vendo."],
    )
    answers = [await to_thread.run_sync(upload.finish) for upload in uploads]
    assert [status for status, _ in answers] == [303] * THIN_LINES
    link = (await ana.get(address)).attributes("a.file", "href")[-1]
    last = await ana.client.get(link, headers={"Range": "bytes=-1000"})
    whole = await ana.client.get(link)
    assert (last.status_code, last.content) == (206, whole.content[-1000:])


def _upload(browser: Remote, page: Page, address: str, body: str, megabytes: int) -> Upload:
    values = {**reply(page, address, body), "_key": secrets.token_hex(8)}
    return Upload(browser, f"{address}/replies", values, megabytes)


async def _talk(ana: Remote, page: Page, address: str, said: list[str]) -> None:
    """Sends one message after the other, until the server stops answering."""
    while True:
        words = secrets.token_hex(8)
        try:
            values = {**reply(page, address, words), "_key": secrets.token_hex(8)}
            answer = await ana.post(f"{address}/replies", values)
        except httpx.TransportError:
            return
        assert answer.status == 303, answer.words
        said.append(words)


def _memory(pid: int, kind: str) -> int:
    """Bytes of the process, by the kernel."""
    found = re.search(rf"{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
