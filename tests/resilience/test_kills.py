"""Killed servers: acknowledged changes are there once, and nothing is half done."""

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from anyio import to_thread

from tests.browser.demonstration import installation
from tests.resilience.ledger import Ledger, write
from tests.resilience.portals import Portal, Upload, conversation, downloaded, portal, reply

pytestmark = pytest.mark.anyio

CLIENTS = 20
KILLS_AFTER = (20, 50, 80)
ENOUGH = 100


@pytest.fixture
def killed() -> Iterator[Portal]:
    with portal() as running:
        yield running


async def test_f1_whatever_was_acknowledged_while_servers_were_killed_is_there_exactly_once() -> None:
    with installation() as env:
        nodes = [Portal(env).start(), Portal(env, ("web",)).start()]
        try:
            ana = await nodes[0].visited_by("Ana")
            tickets = [await ana.open_ticket(f"Conversa {number}") for number in range(4)]
            ledger = Ledger()
            clients = [write(nodes, ana, tickets[number % 4], ledger, ENOUGH) for number in range(CLIENTS)]
            await asyncio.gather(_kill_now_and_then(nodes, ledger), *clients)
            ana = nodes[1].revisited_by(ana)
            found = [pair for ticket in tickets for pair in await conversation(ana, ticket)]
        finally:
            for node in nodes:
                node.stop()
    assert Counter(words for words, _ in found).most_common(1)[0][1] == 1
    assert {words: sha for words, sha in found if words in ledger.acknowledged} == ledger.acknowledged


async def test_f5_an_upload_killed_half_way_leaves_nothing_to_be_seen_and_can_be_sent_again(killed: Portal) -> None:
    ana = await killed.visited_by("Ana")
    address = await ana.open_ticket("Envio grande")
    page = await ana.get(address)
    known = set(killed.files())
    for share in (0.01, 0.5, 0.99):
        upload = Upload(ana, f"{address}/replies", reply(page, address, "Segue o vídeo."), 100)
        await to_thread.run_sync(upload.send, share)
        killed.kill()
        upload.drop()
        killed.start()
        ana = killed.revisited_by(ana)
        page = await ana.get(address)
        assert page.texts(".message__body, .file") == ["Como de costume."]
    left = set(killed.files()) - known
    killed.sweep()
    assert (bool(left), set(killed.files())) == (True, known)
    upload = Upload(ana, f"{address}/replies", reply(page, address, "Segue o vídeo."), 100)
    status, _ = await to_thread.run_sync(upload.finish)
    page = await ana.get(address)
    assert (status, page.texts(".message__body, .file")) == (
        303,
        ["Como de costume.", "Segue o vídeo.", "grande.bin 100 MB"],
    )
    assert await downloaded(ana, page) == [upload.sha256]


async def test_f6_a_server_killed_between_file_and_row_leaves_no_row_without_its_file(killed: Portal) -> None:
    ana = await killed.visited_by("Ana")
    address = await ana.open_ticket("Entre o arquivo e a linha")
    page = await ana.get(address)
    said = ["Como de costume."]
    for moment in (_begun, _settled, _named, _settled):
        words = f"{moment.__name__} {len(said)}"
        upload = Upload(ana, f"{address}/replies", reply(page, address, words), 3)
        begun = await _traces(killed)
        sending = asyncio.create_task(to_thread.run_sync(upload.finish_unanswered))
        while not (sending.done() or moment(begun, await _traces(killed))):
            await asyncio.sleep(0)
        killed.kill()
        await sending
        assert await _rows_without_file(killed) == []
        killed.start()
        ana = killed.revisited_by(ana)
        again = Upload(ana, f"{address}/replies", reply(page, address, words), 3, like=upload)
        assert (await to_thread.run_sync(again.finish))[0] == 303
        page = await ana.get(address)
        said.append(words)
        assert page.texts(".message__body") == said
        assert page.texts(".file") == ["grande.bin 3 MB"] * (len(said) - 1)
        assert (await downloaded(ana, page))[-1] in (upload.sha256, again.sha256)
        assert await _rows_without_file(killed) == []


@dataclass(frozen=True)
class _Traces:
    staged: frozenset[Path]
    settled: frozenset[Path]
    rows: int


def _begun(before: _Traces, now: _Traces) -> bool:
    return now.staged > before.staged


def _settled(before: _Traces, now: _Traces) -> bool:
    return now.settled > before.settled


def _named(before: _Traces, now: _Traces) -> bool:
    return now.rows > before.rows


async def _traces(portal: Portal) -> _Traces:
    files = frozenset(portal.files())
    staged = frozenset(path for path in files if path.parent.name == "incoming")
    return _Traces(staged, files - staged, (await portal.rows("SELECT count(*) FROM attachment"))[0][0])


async def _rows_without_file(portal: Portal) -> list[str]:
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in portal.files()}
    return [sha for (sha,) in await portal.rows("SELECT sha256 FROM attachment") if kept.get(sha) != sha]


async def _kill_now_and_then(nodes: list[Portal], ledger: Ledger) -> None:
    for count in KILLS_AFTER:
        await ledger.grows_to(count)
        node = random.choice(nodes)
        await to_thread.run_sync(node.kill)
        await to_thread.run_sync(node.start)
