"""Copies of a live installation: after a power cut, restored elsewhere, and with damaged files."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from anyio import to_thread

from tests.browser.demonstration import empty_installation
from tests.client import Page
from tests.infrastructure.subprocesses import environment, run
from tests.resilience.ledger import Ledger, write
from tests.resilience.portals import Portal, conversation, downloaded, portal
from tests.servers import postgres_program

pytestmark = pytest.mark.anyio

CLIENTS = 6
INSTANTS = (10, 25)
ENOUGH = 40


@pytest.fixture
def running() -> Iterator[Portal]:
    with portal() as running:
        yield running


@pytest.mark.anywhere
async def test_f14_the_disk_at_any_instant_opens_whole_with_all_that_was_acknowledged(tmp_path: Path) -> None:
    with portal(DATABASE_URL=f"sqlite:///{tmp_path}/house/guiche.sqlite", GUICHE_VAR=f"{tmp_path}/house") as running:
        copies = []
        async with talking(running) as (ticket, ledger):
            for count in INSTANTS:
                await ledger.grows_to(count)
                copies.append((dict(ledger.acknowledged), await to_thread.run_sync(cut_off, running, tmp_path, count)))
    for acknowledged, house in copies:
        env = {**running.env, "DATABASE_URL": f"sqlite:///{house}/guiche.sqlite", "GUICHE_VAR": str(house)}
        assert run(["web", "check"], environment(house, **env)) == (0, "ok\n", "")
        assert await lost(env, ticket, acknowledged) == {}


async def test_f33_a_backup_made_under_load_and_put_back_elsewhere_has_all_up_to_its_beginning(
    running: Portal, tmp_path: Path
) -> None:
    async with talking(running) as (ticket, ledger):
        await ledger.grows_to(INSTANTS[0])
        acknowledged = dict(ledger.acknowledged)
        backup = await to_thread.run_sync(saved, running, tmp_path)
        await ledger.grows_to(ENOUGH)
    with restored(backup, tmp_path) as elsewhere:
        env = {**running.env, **elsewhere}
        assert run(["web", "restored"], environment(tmp_path, **env)) == (0, "", "")
        assert run(["web", "check"], environment(tmp_path, **env)) == (0, "ok\n", "")
        assert await lost(env, ticket, acknowledged) == {}


async def test_f34_a_file_that_decays_is_told_by_check_and_all_else_works(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Arquivos que estragam")
    contents = {name: name.encode() * 1000 for name in ("inteiro.bin", "trocado.bin", "cortado.bin", "perdido.bin")}
    page = await ana.send(await ana.get(address), f"{address}/replies", body="Seguem.", files=list(contents.items()))
    env = environment(running.storage.parent, **running.env)
    assert run(["web", "check"], env) == (0, "ok\n", "")
    _, changed, cut, lost = await downloaded(ana, page)
    path_of = {path.name: path for path in running.files()}
    path_of[changed].write_bytes(b"T" + path_of[changed].read_bytes()[1:])
    path_of[cut].write_bytes(path_of[cut].read_bytes()[:-1])
    path_of[lost].unlink()
    status, told, errors = run(["web", "check"], env)
    assert (status, sorted(told.splitlines()), errors) == (
        1,
        sorted(
            [
                f"content {changed} is damaged in the storage",
                f"content {cut} is damaged in the storage",
                f"content {lost} is not in the storage",
            ]
        ),
        "",
    )
    page = await ana.get(address)
    answers = [await ana.client.get(link) for link in page.attributes("a.file", "href")]
    assert [each.status_code for each in answers] == [200, 200, 503, 503]
    assert answers[0].content == contents["inteiro.bin"]
    assert Page(answers[2]).text("h1") == "Estamos com um problema passageiro"
    page = await ana.send(page, f"{address}/replies", body="De novo.", files=[("cortado.bin", contents["cortado.bin"])])
    assert (await ana.client.get(page.attributes("a.file", "href")[-1])).content == contents["cortado.bin"]


@asynccontextmanager
async def talking(running: Portal) -> AsyncIterator[tuple[str, Ledger]]:
    """A ticket on which several windows of Ana's write; the block ends when enough is acknowledged."""
    ana = await running.visited_by("Ana")
    ticket, ledger = await ana.open_ticket("Sob carga"), Ledger()
    clients = [asyncio.create_task(write([running], ana, ticket, ledger, ENOUGH)) for _ in range(CLIENTS)]
    yield ticket, ledger
    await asyncio.gather(*clients)


async def lost(env: dict[str, str], ticket: str, acknowledged: dict[str, str | None]) -> dict[str, str | None]:
    """Acknowledged messages that this installation does not show to Ana."""
    house = Portal(env).start()
    try:
        found = dict(await conversation(await house.visited_by("Ana"), ticket))
    finally:
        house.stop()
    return {words: sha for words, sha in acknowledged.items() if words not in found or found[words] != sha}


def cut_off(running: Portal, folder: Path, instant: int) -> Path:
    """A copy of all files, made while the server is stopped by a signal."""
    copy = folder / f"instant-{instant}"
    os.kill(running.pid, signal.SIGSTOP)
    try:
        shutil.copytree(running.database.parent, copy)
    finally:
        os.kill(running.pid, signal.SIGCONT)
    return copy


def saved(running: Portal, folder: Path) -> tuple[Path, Path]:
    """A backup as in docs/operating.md: first the database, then the attachments."""
    rows, files, url = folder / "rows", folder / "files", running.env["DATABASE_URL"]
    if url.startswith("sqlite:///"):
        assert run(["web", "backup", str(rows)], environment(folder, **running.env)) == (0, "", "")
    else:
        subprocess.run([postgres_program("pg_dump"), f"--file={rows}", "--format=custom", url], check=True)
    shutil.copytree(running.storage, files, ignore=shutil.ignore_patterns("incoming"))
    return rows, files


@contextmanager
def restored(backup: tuple[Path, Path], folder: Path) -> Iterator[dict[str, str]]:
    """Restores the backup into an empty folder."""
    rows, files = backup
    with empty_installation() as env:
        url = env["DATABASE_URL"]
        if url.startswith("sqlite:///"):
            shutil.copy(rows, url.removeprefix("sqlite:///"))
        else:
            subprocess.run([postgres_program("pg_restore"), f"--dbname={url}", str(rows)], check=True)
        yield {**env, "GUICHE_STORAGE": str(files)}
