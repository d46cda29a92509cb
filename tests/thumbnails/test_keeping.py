"""Thumbnails are made once and kept; an interrupted one is made again."""

import asyncio
import hashlib
import io
import os
import signal
from pathlib import Path

import anyio
import obstore
import pytest
from anyio.lowlevel import checkpoint

from tests.articles.imports.folders import PNG
from tests.client import portal
from tests.thumbnails.drawn import CUT, picture
from web.schema import contents
from web.storage import pieces_of
from web.thumbnails import keeping
from web.tickets.record import attachments

pytestmark = pytest.mark.anyio


async def small(sha256: str, size: int) -> bytes:
    """The thumbnail; empty if there is none."""
    storage = portal().state.storage
    made = await keeping.thumbnail(sha256, size, storage=storage)
    return b"".join([piece async for piece in storage.read(made.sha256, 0, made.size)]) if made else b""


async def stored(content: bytes) -> tuple[str, int]:
    kept = await portal().state.storage.receive(pieces_of(io.BytesIO(content)), limit=len(content))
    return kept.sha256, kept.size


def kept() -> list[str]:
    return sorted(each["path"][3:] for each in obstore.list(portal().state.storage._store).collect())


async def test_it_is_made_once_and_the_picture_is_read_no_more(database, storage):
    sha256, size = await stored(picture((1200, 600)))
    first = await small(sha256, size)
    obstore.delete(portal().state.storage._store, f"{sha256[:2]}/{sha256}")
    assert await small(sha256, size) == first
    assert kept() == [hashlib.sha256(first).hexdigest()]


async def test_of_a_bad_one_it_is_tried_once(database, storage):
    sha256, size = await stored(CUT)
    assert await small(sha256, size) == b""
    obstore.delete(portal().state.storage._store, f"{sha256[:2]}/{sha256}")
    assert await small(sha256, size) == b""


async def test_one_whose_content_was_lost_is_made_again(database, storage):
    sha256, size = await stored(PNG)
    first = await small(sha256, size)
    lost = hashlib.sha256(first).hexdigest()
    obstore.delete(portal().state.storage._store, f"{lost[:2]}/{lost}")
    assert await small(sha256, size) == first


async def test_it_goes_when_no_file_has_its_picture_any_more(database, storage):
    sha256, size = await stored(PNG)
    made = hashlib.sha256(await small(sha256, size)).hexdigest()
    assert await contents.known([made]) == {made}
    await attachments.forget_unnamed_thumbnails()
    assert await contents.known([made]) == set()


async def test_one_whose_process_was_ended_by_another_hand_is_made_when_somebody_looks_again(database, storage):
    sha256, size = await stored(PNG)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_end_next_process, _children())
        assert await small(sha256, size) == b""
    assert (await small(sha256, size))[8:12] == b"WEBP"


async def test_who_waits_long_for_pictures_of_others_gets_none_and_sees_it_later(database, storage):
    sha256, size = await stored(PNG)
    async with keeping._one:
        assert await asyncio.create_task(small(sha256, size)) == b""
    assert (await small(sha256, size))[8:12] == b"WEBP"


async def _end_next_process(known: set[int]) -> None:
    while not (begun := _children() - known):
        await checkpoint()
    os.kill(begun.pop(), signal.SIGKILL)


def _children() -> set[int]:
    return {int(each) for task in Path("/proc/self/task").iterdir() for each in _read(task / "children").split()}


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # the thread has ended
        return ""
