"""A full disk: writes are refused in words, reads go on, and all recovers."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from anyio import to_thread

from tests.resilience.portals import (
    Portal,
    Upload,
    downloaded,
    filled,
    nameless,
    portal,
    read_only,
    reply,
    small_disk,
)

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]


@pytest.fixture
def cramped_files() -> Iterator[Portal]:
    with small_disk(16) as disk, portal(GUICHE_STORAGE=str(disk)) as running:
        yield running


@pytest.fixture
def cramped_rows() -> Iterator[Portal]:
    with small_disk(16) as disk, portal(DATABASE_URL=f"sqlite:///{disk}/guiche.sqlite") as running:
        yield running


async def test_f12_without_room_for_files_the_text_stays_and_the_file_is_refused_in_words(
    cramped_files: Portal,
) -> None:
    ana = await cramped_files.visited_by("Ana")
    address = await ana.open_ticket("Disco cheio")
    page = await ana.get(address)
    with filled(cramped_files.storage):
        refused = await ana.send(page, f"{address}/replies", body="Segue a foto.", files=[("foto.bin", b"foto" * 9000)])
        assert (refused.status, refused.texts(".summary li")) == (
            422,
            ["Arquivos : “foto.bin” não pôde ser guardado agora. Tente de novo em alguns minutos."],
        )
        assert refused.values(f"{address}/replies")["body"] == "Segue a foto."
        assert [path.name for path in cramped_files.files()] == ["filler"]
        page = await ana.send(refused, f"{address}/replies", body="Vai sem a foto.")
        assert page.texts(".message__body, .file") == ["Como de costume.", "Vai sem a foto."]
    page = await ana.send(page, f"{address}/replies", body="Agora vai.", files=[("foto.bin", b"foto" * 9000)])
    assert page.texts(".message__body, .file") == [
        "Como de costume.",
        "Vai sem a foto.",
        "Agora vai.",
        "foto.bin 35 KB",
    ]


async def test_f12_a_file_that_outgrows_the_disk_is_refused_and_leaves_room_for_others(cramped_files: Portal) -> None:
    ana = await cramped_files.visited_by("Ana")
    address = await ana.open_ticket("Maior que o disco")
    page = await ana.get(address)
    status, _ = await to_thread.run_sync(Upload(ana, f"{address}/replies", reply(page, address, "Segue."), 30).finish)
    assert (status, cramped_files.files()) == (422, [])
    smaller = Upload(ana, f"{address}/replies", reply(page, address, "Segue, menor."), 10)
    status, _ = await to_thread.run_sync(smaller.finish)
    page = await ana.get(address)
    assert (status, page.texts(".message__body, .file")) == (
        303,
        ["Como de costume.", "Segue, menor.", "grande.bin 10 MB"],
    )
    assert await downloaded(ana, page) == [smaller.sha256]


async def test_f12_without_room_for_rows_a_message_is_refused_in_words_and_kept_on_the_page(
    cramped_rows: Portal,
) -> None:
    ana = await cramped_rows.visited_by("Ana")
    address = await ana.open_ticket("Banco cheio")
    page = await ana.get(address)
    text = "Um texto comprido. " * 4000
    with filled(cramped_rows.database.parent):
        refused = await ana.send(page, f"{address}/replies", body=text)
        assert (refused.status, refused.text("h1")) == (503, "Estamos com um problema passageiro")
        assert refused.html.css("textarea")[0].text() == text
        assert (await ana.get(address)).texts(".message__body") == ["Como de costume."]
        assert (await ana.get("/tickets?q=banco+cheio")).texts(".row__title") == ["Banco cheio"]
    assert "Tentar de novo" in refused.texts("main button")
    page = await ana.send(refused, f"{address}/replies", body="Agora coube.")
    assert page.texts(".message__body") == ["Como de costume.", "Agora coube."]


async def test_f12_without_room_for_rows_who_comes_back_after_an_hour_still_reads(cramped_rows: Portal) -> None:
    ana = await cramped_rows.visited_by("Ana")
    address = await ana.open_ticket("Volta depois de uma hora")
    with closing(sqlite3.connect(cramped_rows.database)) as connection, connection:
        connection.execute("UPDATE session SET seen_at = '2020-01-01 00:00:00+00:00'")
    with filled(cramped_rows.database.parent):
        page = await ana.get(address)
        assert (page.status, page.texts(".message__body")) == (200, ["Como de costume."])


@pytest.fixture
def house() -> Iterator[tuple[Portal, Path]]:
    """An installation with all files on one small disk."""
    with small_disk(64, inodes=200) as disk:
        settings = {"DATABASE_URL": f"sqlite:///{disk}/guiche.sqlite", "GUICHE_STORAGE": f"{disk}/attachments"}
        with portal(**settings) as running:
            yield running, disk


async def test_f13_without_names_for_files_the_text_stays_and_all_is_well_without_a_restart(
    house: tuple[Portal, Path],
) -> None:
    running, disk = house
    await refused_with_its_text_and_taken_later(running, nameless(disk))


async def test_f13_a_storage_that_can_only_be_read_refuses_files_in_words_and_all_is_well_without_a_restart(
    cramped_files: Portal,
) -> None:
    await refused_with_its_text_and_taken_later(cramped_files, read_only(cramped_files.storage))


async def refused_with_its_text_and_taken_later(running: Portal, fault: AbstractContextManager[None]) -> None:
    ana = await running.visited_by("Ana")
    address = await ana.open_ticket("Disco teimoso")
    page, file = await ana.get(address), ("foto.bin", b"foto" * 9000)
    with fault:
        refused = await ana.send(page, f"{address}/replies", body="Segue a foto.", files=[file])
        assert (refused.status, refused.texts(".summary li"), refused.values(f"{address}/replies")["body"]) == (
            422,
            ["Arquivos : “foto.bin” não pôde ser guardado agora. Tente de novo em alguns minutos."],
            "Segue a foto.",
        )
        assert (await ana.get(address)).texts(".message__body, .file") == ["Como de costume."]
        assert (await ana.get("/tickets?q=teimoso")).texts(".row__title") == ["Disco teimoso"]
    page = await ana.send(page, f"{address}/replies", body="Segue a foto.", files=[file])
    assert page.texts(".message__body, .file") == ["Como de costume.", "Segue a foto.", "foto.bin 35 KB"]
