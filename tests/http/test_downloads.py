"""Downloads of stored files: whole, in ranges, revalidated, never as a page."""

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar, Request, Response, get, route
from litestar.config.compression import CompressionConfig

from tests.servers import PATIENCE, serving
from web.files import DOWNLOAD, Kind
from web.http.downloads import UNCOMPRESSED, download
from web.storage import Storage, StorageError

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

MB = 2**20
RESET_PEAK = "5"
CONTENT = b"0123456789"
TAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'
MODIFIED = datetime(2026, 11, 23, 12, 0, 0, 500_000, UTC)
DATE = "Mon, 23 Nov 2026 12:00:00 GMT"


@get("/ready")
async def ready() -> None:
    pass


def lost(request: Request[Any, Any, Any], error: StorageError) -> Response[str]:
    return Response(str(error), status_code=503)


def app_over(storage: Storage, size: int, kind: Kind = DOWNLOAD, name: str = "nota.pdf") -> Litestar:
    @route("/{sha256:str}", http_method=["GET", "HEAD"], opt={UNCOMPRESSED: True})
    async def show(request: Request[Any, Any, Any]) -> Response[Any]:
        return await download(
            request,
            storage=storage,
            sha256=request.path_params["sha256"],
            size=size,
            name=name,
            kind=kind,
            modified=MODIFIED,
        )

    return Litestar(
        [show, ready],
        compression_config=CompressionConfig(backend="brotli", minimum_size=1, exclude_opt_key=UNCOMPRESSED),
        exception_handlers={StorageError: lost},
        openapi_config=None,
        logging_config=None,
    )


def served() -> Litestar:
    """The application for a server process of its own, on the folder in STORAGE with files of 100 MB."""
    return app_over(Storage.at(os.environ["STORAGE"]), 100 * MB)


async def once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def repeated(chunk: bytes, times: int) -> AsyncIterator[bytes]:
    for _ in range(times):
        yield chunk


@asynccontextmanager
async def browser(content: bytes = CONTENT, **file: Any) -> AsyncIterator[httpx.AsyncClient]:
    storage = Storage.at("memory://")
    await storage.receive(once(content), limit=len(content))
    transport = httpx.ASGITransport(app_over(storage, len(content), **file))
    async with httpx.AsyncClient(transport=transport, base_url="http://guiche.test") as client:
        yield client


async def ask(method: str = "GET", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with browser() as client:
        return await client.request(method, f"/{TAG[1:-1]}", headers=named)


async def test_person_gets_the_whole_file_to_save() -> None:
    answer = await ask(accept_encoding="br, gzip")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert dict(answer.headers) == {
        "content-type": "application/octet-stream",
        "content-length": "10",
        "content-disposition": "attachment; filename=\"nota.pdf\"; filename*=UTF-8''nota.pdf",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-cache",
        "accept-ranges": "bytes",
        "etag": TAG,
        "last-modified": DATE,
    }


async def test_a41_picture_is_shown_under_its_own_type_and_still_boxed_in() -> None:
    async with browser(kind=Kind("image/png", inline=True), name="tela.png") as client:
        answer = await client.get(f"/{TAG[1:-1]}")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline; filename=\"tela.png\"; filename*=UTF-8''tela.png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize("range_", [{}, {"range": "bytes=0-1"}])
async def test_head_says_what_a_download_would_bring(range_: dict[str, str]) -> None:
    answer = await ask("HEAD", **range_)
    assert (answer.status_code, answer.content) == (200, b"")
    assert dict(answer.headers) == dict((await ask()).headers)


@pytest.mark.parametrize(
    "conditions",
    [
        {"if_none_match": TAG},
        {"if_none_match": f"W/{TAG}"},
        {"if_none_match": f'"other", {TAG}'},
        {"if_none_match": "*"},
        {"if_modified_since": DATE},
        {"if_modified_since": "Tue, 24 Nov 2026 12:00:00 GMT"},
        {"if_none_match": TAG, "if_modified_since": "Sun, 22 Nov 2026 12:00:00 GMT"},
        {"if_none_match": TAG, "range": "bytes=0-1"},
    ],
)
async def test_browser_that_has_the_file_does_not_get_it_again(conditions: dict[str, str]) -> None:
    answer = await ask(**conditions)
    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer.headers["etag"], answer.headers["cache-control"]) == (TAG, "private, no-cache")


@pytest.mark.parametrize(
    "conditions",
    [
        {"if_none_match": '"other"'},
        {"if_none_match": TAG[1:-1]},
        {"if_none_match": '"other"', "if_modified_since": DATE},
        {"if_modified_since": "Sun, 22 Nov 2026 12:00:00 GMT"},
        {"if_modified_since": "yesterday"},
        {"if_modified_since": "Mon, 99 Nov 99999999999999999999 12:00:00 GMT"},
        {"if_modified_since": "Mon, 23 Nov 2026 12:00:00 -0000", "if_none_match": ""},
    ],
)
async def test_browser_with_another_copy_gets_the_file(conditions: dict[str, str]) -> None:
    answer = await ask(**conditions)
    assert (answer.status_code, answer.content) == (200, CONTENT)


@pytest.mark.parametrize(
    ("asked", "content", "span"),
    [
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=2-5", b"2345", "bytes 2-5/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=7-99", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", CONTENT, "bytes 0-9/10"),
        ("bytes=0-", CONTENT, "bytes 0-9/10"),
    ],
)
async def test_player_gets_the_part_it_asks_for(asked: str, content: bytes, span: str) -> None:
    answer = await ask(range=asked)
    assert (answer.status_code, answer.content) == (206, content)
    assert answer.headers["content-range"] == span
    assert answer.headers["content-length"] == str(len(content))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999-"])
async def test_asking_past_the_end_is_told_the_size(asked: str) -> None:
    answer = await ask(range=asked)
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == "bytes */10"


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,3-4", "bytes=5-2", "bytes=-", "bytes=a-b", "lines=0-1", "bytes", f"bytes={'9' * 5000}-", "bytes=²-"],
)
async def test_range_we_do_not_serve_gets_the_whole(asked: str) -> None:
    async with browser() as client:
        answer = await client.get(f"/{TAG[1:-1]}", headers={"Range": asked.encode()})
    assert (answer.status_code, answer.content) == (200, CONTENT)


@pytest.mark.parametrize(
    ("validator", "status"), [(TAG, 206), (DATE, 206), ('"other"', 200), (f"W/{TAG}", 200), ("soon", 200)]
)
async def test_download_goes_on_only_with_the_same_content(validator: str, status: int) -> None:
    answer = await ask(range="bytes=5-", if_range=validator)
    assert answer.status_code == status


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=30))
@settings(max_examples=50, deadline=None)
async def test_no_header_breaks_the_answer(value: str) -> None:
    assert (await ask(range="bytes=" + value)).status_code in (200, 206, 416)
    assert (await ask(if_modified_since=value)).status_code in (200, 304)


async def test_file_whose_content_is_gone_is_not_begun() -> None:
    async with browser() as client:
        answer = await client.get("/" + "0" * 64)
    assert answer.status_code == 503


async def test_downloads_of_100_mb_arrive_whole_and_hardly_take_memory(tmp_path: Path) -> None:
    stored = await Storage.at(str(tmp_path)).receive(repeated(os.urandom(2**16), 1600), limit=100 * MB)
    server = ["-m", "uvicorn", "tests.http.test_downloads:served", "--factory", "--port={port}"]
    with serving(server, {"STORAGE": str(tmp_path)}, program=[sys.executable]) as (url, process):
        address = f"{url}/{stored.sha256}"
        await hash_of(address, "bytes=0-999999")
        for downloads, most in ((1, 16), (4, 64)):
            before = memory(process.pid, "VmRSS")
            Path(f"/proc/{process.pid}/clear_refs").write_text(RESET_PEAK)
            hashes = await asyncio.gather(*(hash_of(address) for _ in range(downloads)))
            growth = memory(process.pid, "VmHWM") - before
            print(f"{downloads} x 100 MB: {growth:.1f} MB")
            assert hashes == [stored.sha256] * downloads
            assert growth < most


async def hash_of(address: str, part: str = "bytes=0-") -> str:
    digest = hashlib.sha256()
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream("GET", address, headers={"Range": part}) as answer,
    ):
        async for chunk in answer.aiter_raw():
            digest.update(chunk)
    return digest.hexdigest()


def memory(pid: int, line: str) -> float:
    """Memory in MB by /proc: now (VmRSS) or at most (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024
