"""Storage of files by hash: kept, refused, and after a failure."""

import asyncio
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.storage import Storage, StorageError, StorageFull, Stored, TooLarge

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

MB = 2**20
RESET_PEAK = "5"
CHUNK = os.urandom(2**16)
SOON = timedelta(minutes=1)

RECEIVER = """
import asyncio, sys
from web.storage import Storage

async def chunks():
    while chunk := sys.stdin.buffer.read1(2**16):
        yield chunk

asyncio.run(Storage.at(sys.argv[1]).receive(chunks(), limit=2**30))
"""


async def chunks_of(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 2**16):
        yield content[start : start + 2**16]


async def repeated(chunk: bytes, times: int) -> AsyncIterator[bytes]:
    for _ in range(times):
        yield chunk


async def failing(content: bytes) -> AsyncIterator[bytes]:
    yield content
    raise ConnectionResetError


async def keep(storage: Storage, content: bytes) -> Stored:
    return await storage.receive(chunks_of(content), limit=len(content))


async def content_of(storage: Storage, sha256: str, start: int, end: int) -> list[bytes]:
    return [chunk async for chunk in storage.read(sha256, start, end)]


async def none_known(hashes: list[str]) -> set[str]:
    return set()


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def age(folder: Path) -> None:
    yesterday = time.time() - 86400
    for path in folder.rglob("*"):
        os.utime(path, (yesterday, yesterday))


def memory(line: str) -> float:
    """Memory of this process in MB by /proc: now (VmRSS) or at most (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024


@contextmanager
def peak_of_memory() -> Iterator[list[float]]:
    """An empty list; after the block, how many MB this process grew at most."""
    growth: list[float] = []
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text(RESET_PEAK)
    yield growth
    growth.append(memory("VmHWM") - before)


@pytest.fixture(params=["folder", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return Storage.at(str(tmp_path / "files") if request.param == "folder" else "memory://")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def local(folder: Path) -> Storage:
    return Storage.at(str(folder))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


async def test_content_sent_comes_back_under_its_hash(storage: Storage) -> None:
    content = os.urandom(600_000)
    stored = await keep(storage, content)
    assert stored == Stored(hashlib.sha256(content).hexdigest(), 600_000, content[:4096])
    assert b"".join(await content_of(storage, stored.sha256, 0, 600_000)) == content


async def test_reader_gets_pieces_of_at_most_256_kb(storage: Storage) -> None:
    stored = await keep(storage, bytes(600_000))
    pieces = await content_of(storage, stored.sha256, 10, 600_000)
    assert [len(piece) for piece in pieces] == [262_144, 262_144, 75_702]


async def test_content_of_no_bytes_is_content_too(storage: Storage) -> None:
    stored = await keep(storage, b"")
    assert stored == Stored(hashlib.sha256().hexdigest(), 0, b"")
    assert await storage.exists(stored.sha256)


async def test_content_never_sent_does_not_exist(storage: Storage) -> None:
    assert not await storage.exists("0" * 64)
    with pytest.raises(StorageError):
        await content_of(storage, "0" * 64, 0, 1)


@pytest.mark.parametrize("trick", ["../" * 21 + "a", "A" * 64, "a" * 63, "a" * 64 + "\n", ""])
async def test_asking_for_anything_but_a_hash_touches_nothing(storage: Storage, trick: str) -> None:
    with pytest.raises(ValueError, match="not a hash"):
        await storage.exists(trick)


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=50, deadline=None)
def test_reader_gets_the_very_bytes_of_the_range(content: bytes, start: int, end: int) -> None:
    async def part() -> bytes:
        storage = Storage.at("memory://")
        stored = await keep(storage, content)
        return b"".join(await content_of(storage, stored.sha256, start, min(end, len(content))))

    assert asyncio.run(part()) == content[start:end]


async def test_same_content_sent_four_times_at_once_is_kept_once(local: Storage, folder: Path) -> None:
    content = os.urandom(MB)
    first, *others = await asyncio.gather(*(keep(local, content) for _ in range(4)))
    assert others == [first, first, first]
    assert files_in(folder) == [f"{first.sha256[:2]}/{first.sha256}"]


async def test_content_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(local: Storage, folder: Path) -> None:
    taken = await local.receive(chunks_of(bytes(MB)), limit=MB)
    with pytest.raises(TooLarge):
        await local.receive(chunks_of(bytes(MB + 1)), limit=MB)
    assert files_in(folder) == [f"{taken.sha256[:2]}/{taken.sha256}"]


async def test_sender_who_goes_away_leaves_nothing(local: Storage, folder: Path) -> None:
    with pytest.raises(ConnectionResetError):
        await local.receive(failing(bytes(MB)), limit=2 * MB)
    assert files_in(folder) == []


async def test_upload_that_is_cancelled_leaves_nothing(local: Storage, folder: Path) -> None:
    arrived = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield bytes(MB)
        arrived.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(local.receive(endless(), limit=2 * MB))
    await arrived.wait()
    assert len(files_in(folder)) == 1
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert files_in(folder) == []


@pytest.mark.parametrize("percent", [1, 50, 99])
async def test_f5_server_killed_during_an_upload_leaves_only_what_the_sweep_removes(
    local: Storage, folder: Path, percent: int
) -> None:
    sent = CHUNK * (640 * percent // 100)
    with subprocess.Popen([sys.executable, "-c", RECEIVER, str(folder)], stdin=subprocess.PIPE) as server:
        assert server.stdin
        server.stdin.write(sent)
        server.stdin.flush()
        while sum(path.stat().st_size for path in folder.glob("incoming/*")) < len(sent) - 2**18:
            assert server.poll() is None
            time.sleep(0.01)
        server.kill()
    assert [name.partition("/")[0] for name in files_in(folder)] == ["incoming"]
    age(folder)
    assert await local.sweep(older_than=datetime.now(UTC) - SOON, is_known=none_known) == 1
    assert files_in(folder) == []


async def test_sweep_removes_the_old_that_no_row_names(local: Storage, folder: Path) -> None:
    named, unnamed = await keep(local, b"named"), await keep(local, b"unnamed")
    age(folder)
    young = await keep(local, b"young")

    async def known(hashes: list[str]) -> set[str]:
        return {named.sha256} & set(hashes)

    assert await local.sweep(older_than=datetime.now(UTC) - SOON, is_known=known) == 1
    assert [await local.exists(stored.sha256) for stored in (named, unnamed, young)] == [True, False, True]


async def test_sweep_empties_a_bucket_of_more_than_a_page() -> None:
    storage = Storage.at("memory://")
    for number in range(1100):
        await keep(storage, str(number).encode())
    assert await storage.sweep(older_than=datetime.now(UTC) + SOON, is_known=none_known) == 1100
    assert await storage.sweep(older_than=datetime.now(UTC) + SOON, is_known=none_known) == 0


async def test_sweep_leaves_files_that_are_not_its_own(local: Storage, folder: Path) -> None:
    for name in ("LEIAME.txt", "aa/short", f"{'a' * 64}"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("other")
    assert await local.sweep(older_than=datetime.now(UTC) + SOON, is_known=none_known) == 0
    assert files_in(folder) == ["LEIAME.txt", "aa/short", "a" * 64]


async def test_old_content_sent_again_during_the_sweep_stays(local: Storage, folder: Path) -> None:
    stored = await keep(local, b"again")
    age(folder)

    async def sent_again(hashes: list[str]) -> set[str]:
        await keep(local, b"again")
        return set()

    assert await local.sweep(older_than=datetime.now(UTC) - SOON, is_known=sent_again) == 0
    assert await local.exists(stored.sha256)


async def test_content_named_during_the_sweep_stays(local: Storage, folder: Path) -> None:
    stored = await keep(local, b"named late")
    age(folder)
    asked: list[list[str]] = []

    async def known_at_second_look(hashes: list[str]) -> set[str]:
        asked.append(hashes)
        return set(hashes) if len(asked) > 1 else set()

    assert await local.sweep(older_than=datetime.now(UTC) - SOON, is_known=known_at_second_look) == 0
    assert asked == [[stored.sha256]] * 2


async def test_f12_full_disk_refuses_the_content_keeps_reading_and_recovers(small_disk: Path) -> None:
    storage = Storage.at(str(small_disk))
    old = await keep(storage, os.urandom(2 * MB))
    for size in (3 * MB, 2 * MB + 2**17):
        with pytest.raises(StorageFull):
            await keep(storage, os.urandom(size))
        assert files_in(small_disk) == [f"{old.sha256[:2]}/{old.sha256}"]
    assert len(b"".join(await content_of(storage, old.sha256, 0, old.size))) == 2 * MB
    assert (await keep(storage, os.urandom(MB))).size == MB


async def test_operator_is_told_that_the_disk_takes_no_writes(small_disk: Path) -> None:
    storage = Storage.at(str(small_disk))
    await storage.ready()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StorageError, match="Read-only"):
        await storage.ready()
    with pytest.raises(StorageError, match="Read-only"):
        await keep(storage, b"content")


async def test_operator_is_told_that_the_folder_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="Not a directory"):
        Storage.at(str(tmp_path / "file" / "files"))


async def test_storage_that_is_ready_holds_nothing(storage: Storage, folder: Path) -> None:
    await storage.ready()
    assert await storage.sweep(older_than=datetime.now(UTC) + SOON, is_known=none_known) == 0


async def test_folder_is_its_owners_alone_and_no_content_may_run(local: Storage, folder: Path) -> None:
    await keep(local, b"MZ")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o111 for path in folder.glob("??/*")] == [0]


@pytest.mark.parametrize(("uploads", "most"), [(1, 8), (4, 40)])
async def test_uploads_of_100_mb_hardly_take_memory(local: Storage, uploads: int, most: int) -> None:
    await local.receive(repeated(CHUNK, 16), limit=MB)
    with peak_of_memory() as growth:
        await asyncio.gather(*(local.receive(repeated(CHUNK, 1600), limit=100 * MB) for _ in range(uploads)))
    assert growth[0] < most
    print(f"{uploads} x 100 MB: {growth[0]:.1f} MB")


async def test_reading_100_mb_hardly_takes_memory(local: Storage) -> None:
    stored = await local.receive(repeated(CHUNK, 1600), limit=100 * MB)
    digest = hashlib.sha256()
    with peak_of_memory() as growth:
        async for piece in local.read(stored.sha256, 0, stored.size):
            digest.update(piece)
    assert digest.hexdigest() == stored.sha256
    assert growth[0] < 8
    print(f"read: {growth[0]:.1f} MB")
