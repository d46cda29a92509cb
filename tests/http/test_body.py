"""Bodies of forms: their text and files, and the cost of hostile ones."""

import asyncio
import os
import socket
import sys
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar, Request, Response, get, post

from tests.servers import serving
from web.http.body import read_body
from web.http.multipart import Admission
from web.http.received import BadBody, Body, BodyTooLarge, Fields, RefusedFile
from web.storage import Storage

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

MB = 2**20
RESET_PEAK = "5"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"

Part = tuple[str, bytes] | tuple[str, bytes, str]


async def admitted(fields: Fields) -> bool:
    return fields.get("token") == ["good"]


@get("/ready")
async def ready() -> None:
    pass


def refused(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    return Response(str(error), status_code=413 if isinstance(error, BodyTooLarge) else 400)


@dataclass
class Desk:
    """An application that reads bodies, and what it read."""

    storage: Storage | None = field(default_factory=lambda: Storage.at("memory://"))
    admit: Admission = admitted
    limits: dict[str, int] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=list)

    def app(self) -> Litestar:
        @post("/", status_code=200, request_max_body_size=None)
        async def form(request: Request[Any, Any, Any]) -> dict[str, Any]:
            body = await read_body(request, storage=self.storage, admit=self.admit, **self.limits)
            self.bodies.append(body)
            return {"files": [file.stored.sha256 for file in body.files], "truncated": body.truncated}

        return Litestar(
            [form, ready],
            exception_handlers={BadBody: refused, BodyTooLarge: refused},
            openapi_config=None,
            logging_config=None,
        )

    async def answer(self, content: bytes | AsyncIterator[bytes], media_type: str, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://guiche.test") as client:
            return await client.post("/", content=content, headers={"Content-Type": media_type, **headers})

    async def read(self, content: bytes | AsyncIterator[bytes], media_type: str = MULTIPART) -> Body:
        answer = await self.answer(content, media_type)
        assert answer.status_code == 200, answer.text
        return self.bodies[-1]

    async def content(self, body: Body) -> list[bytes]:
        assert self.storage
        return [
            b"".join([piece async for piece in self.storage.read(file.stored.sha256, 0, file.stored.size)])
            for file in body.files
        ]


def served() -> Litestar:
    """The application, for a server process of its own."""
    return Desk(Storage.at(os.environ["STORAGE"])).app()


def multipart(*parts: Part) -> bytes:
    return b"".join(begun(*part) + b"\r\n" for part in parts) + b"--limite--\r\n"


def begun(name: str, content: bytes, filename: str | None = None) -> bytes:
    file = "" if filename is None else f'; filename="{filename}"\r\nContent-Type: text/html'
    return f'--limite\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content


TOKEN = ("token", b"good")
INNOCENT = st.binary(max_size=200).filter(lambda content: b"limite" not in content)
TOMORROW = datetime.now(UTC) + timedelta(days=1)


async def test_fields_of_a_plain_form_come_out_as_typed() -> None:
    body = await Desk().read(b"subject=N%C3%A3o+abre&tag=a&tag=b&empty=&bare&&%3D=%26", FORM)
    assert body.fields == {
        "subject": ["Não abre"],
        "tag": ["a", "b"],
        "empty": [""],
        "bare": [""],
        "=": ["&"],
    }


async def test_fields_and_files_of_a_form_come_out_as_sent() -> None:
    desk = Desk()
    body = await desk.read(
        multipart(
            TOKEN,
            ("subject", "Não abre".encode()),
            ("files", b"<p>", "C:\\Relato\u0301rio.html"),
            ("files", b"", ""),
            ("files", b"%PDF", "nota.pdf"),
            ("after", b"1"),
        )
    )
    assert body.fields == {"token": ["good"], "subject": ["Não abre"], "after": ["1"]}
    assert [(file.field, file.name) for file in body.files] == [("files", "Relatório.html"), ("files", "nota.pdf")]
    assert await desk.content(body) == [b"<p>", b"%PDF"]
    assert (body.refused, body.truncated) == ([], False)


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (b"a\r\nb\nc\td", "a\nb\nc\td"),
        (b"a\x00b\x1b[31mc\rd\x0be", "ab[31mcde"),
        ("Relato\u0301rio".encode(), "Relatório"),
        (b"N\xe3o", "N\ufffdo"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
        ("👩‍👧 & %20+=;".encode(), "👩‍👧 & %20+=;"),
    ],
)
async def test_text_comes_out_clean(form: str, typed: bytes, text: str) -> None:
    if form == "urlencoded":
        body = await Desk().read(b"text=" + quote_plus(typed).encode(), FORM)
    else:
        body = await Desk().read(multipart(("text", typed)))
    assert body.fields == {"text": [text]}


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.lists(st.text(max_size=20), min_size=1, max_size=3)))
@settings(max_examples=40, deadline=None)
def test_any_plain_form_comes_out_as_clean_text(fields: dict[str, list[str]]) -> None:
    typed = urlencode(fields, doseq=True, errors="replace").encode()
    body = asyncio.run(Desk().read(typed, FORM))
    texts = [*body.fields, *(text for values in body.fields.values() for text in values)]
    assert sum(map(len, body.fields.values())) == sum(map(len, fields.values()))
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    assert not {char for text in texts for char in text if ord(char) < 32} - {"\n", "\t"}


@given(
    st.lists(st.tuples(st.text("aç", min_size=1, max_size=3), INNOCENT), max_size=4),
    INNOCENT.map(lambda content: b"%PDF" + content),
    st.integers(1, 60),
)
@settings(max_examples=40, deadline=None)
def test_form_comes_out_the_same_however_it_is_cut(fields: list[tuple[str, bytes]], file: bytes, size: int) -> None:
    sent = multipart(TOKEN, *fields, ("files", file, "nota.pdf"))
    whole, cut = Desk(), Desk()

    async def both() -> None:
        await whole.read(sent)
        await cut.read(sliced(sent, size))
        assert await cut.content(cut.bodies[0]) == [file]

    asyncio.run(both())
    assert whole.bodies == cut.bodies


async def sliced(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@given(st.binary(max_size=300), st.sampled_from([FORM, MULTIPART]), st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_body_breaks_the_server(noise: bytes, media_type: str, begins_well: bool) -> None:
    body = begun("files", noise, "nota.pdf") if begins_well else noise
    assert asyncio.run(Desk().answer(body, media_type)).status_code in (200, 400)


@pytest.mark.parametrize(
    ("body", "media_type", "code"),
    [
        (b"{}", "application/json", "unsupported"),
        (b"a", "", "unsupported"),
        (b"a", "multipart/mixed; boundary=limite", "unsupported"),
        (b"a=1", "multipart/form-data", "malformed"),
        (b"", MULTIPART, "malformed"),
        (b"--other\r\n\r\n--other--", MULTIPART, "malformed"),
        (multipart(TOKEN)[:-10], MULTIPART, "malformed"),
        (begun("token", b"good").replace(b"form-data", b"file"), MULTIPART, "malformed"),
        (begun("x" * 2**15, b""), MULTIPART, "malformed"),
        (multipart(*[("a", b"")] * 201), MULTIPART, "malformed"),
        (multipart(*[("a", b"", "")] * 2001), MULTIPART, "malformed"),
        (b"&".join([b"a=1"] * 201), FORM, "malformed"),
    ],
)
async def test_what_is_no_form_is_refused(body: bytes, media_type: str, code: str) -> None:
    answer = await Desk().answer(body, media_type)
    assert (answer.status_code, answer.text) == (400, code)


async def test_form_of_200_fields_is_read() -> None:
    assert len((await Desk().read(multipart(*[("a", b"1")] * 200))).fields["a"]) == 200
    assert len((await Desk().read(b"&".join([b"a=1"] * 200), FORM)).fields["a"]) == 200


@pytest.mark.parametrize(("size", "status"), [(99, 200), (100, 413)])
async def test_text_past_its_limit_is_refused(size: int, status: int) -> None:
    bodies = [(b"a=" + b"%41" * size, FORM), (multipart(("a", b"x" * size)), MULTIPART)]
    answers = [await Desk(limits={"max_text": 100}).answer(*body) for body in bodies]
    assert [answer.status_code for answer in answers] == [status, status]


async def test_endless_plain_form_is_left_unread() -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 2**16
            yield b"%" * 2**16

    assert (await Desk().answer(endless(), FORM)).status_code == 413
    assert read < 4 * MB


async def test_bad_token_keeps_the_fields_and_no_file() -> None:
    desk = Desk()
    body = await desk.read(multipart(("token", b"bad"), ("a", b"", "x.pdf"), ("files", b"%PDF", "nota.pdf")))
    assert body == Body({"token": ["bad"]}, has_unread_files=True)
    assert await emptied(desk) == 0


async def test_token_after_the_file_comes_too_late() -> None:
    desk = Desk()
    body = await desk.read(multipart(("files", b"%PDF", "nota.pdf"), TOKEN))
    assert body == Body({"token": ["good"]}, has_unread_files=True)
    assert await emptied(desk) == 0


async def test_token_is_looked_at_once_and_only_for_a_file() -> None:
    seen: list[Fields] = []

    async def admit(fields: Fields) -> bool:
        seen.append(dict(fields))
        return True

    desk = Desk(admit=admit)
    await desk.read(multipart(TOKEN, ("files", b"", "")))
    assert seen == []
    await desk.read(multipart(TOKEN, ("f", b"1", "1.txt"), ("late", b"1"), ("f", b"2", "2.txt")))
    assert seen == [{"token": ["good"]}]


async def test_form_that_takes_no_files_drops_them() -> None:
    assert await Desk(storage=None).read(multipart(TOKEN, ("f", b"1", "1.txt"))) == Body(
        {"token": ["good"]}, has_unread_files=True
    )


async def test_a46_refused_files_are_named_and_the_others_kept() -> None:
    desk = Desk(limits={"max_file": 10, "max_files": 2})
    body = await desk.read(
        multipart(
            TOKEN,
            ("f", b"x" * 11, "grande.txt"),
            ("f", b"x" * 10, "justo.txt"),
            ("f", b"", "vazio.txt"),
            ("f", b"MZ\x90\x00", "nota.pdf"),
            ("f", b"text", "nota.pdf.exe"),
            ("f", b"2", "2.txt"),
            ("f", b"3", "3.txt"),
            ("after", b"1"),
        )
    )
    assert body.fields == {"token": ["good"], "after": ["1"]}
    assert [file.name for file in body.files] == ["justo.txt", "2.txt"]
    assert body.refused == [
        RefusedFile("f", "grande.txt", "too_large"),
        RefusedFile("f", "vazio.txt", "empty"),
        RefusedFile("f", "nota.pdf", "forbidden"),
        RefusedFile("f", "nota.pdf.exe", "forbidden"),
        RefusedFile("f", "3.txt", "too_many"),
    ]
    assert await emptied(desk) == 2


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        *(("\\\\", "arquivo"), ("\\", "arquivo"), ("/", "arquivo"), ("..", "arquivo"), ("C:\\", "arquivo")),
        *(("...", "arquivo"), ("\x07\x1b", "arquivo"), ("\u202e\u200b", "arquivo"), ("", "arquivo"), (" ", "arquivo")),
        *((".pdf", "pdf"), ("x" * 20_000 + ".pdf", "x" * 146 + ".pdf")),
    ],
)
async def test_every_chosen_file_arrives_whatever_it_is_called(sent: str, name: str) -> None:
    body = await Desk().read(multipart(TOKEN, ("f", b"1", sent), ("f", b"2", sent), ("f", b"MZ\x90\x00", sent)))
    assert [file.name for file in body.files] == [name, name]
    assert body.refused == [RefusedFile("f", name, "forbidden")]


async def test_an_empty_file_without_a_name_to_show_is_refused_and_no_file_chosen_is_none() -> None:
    body = await Desk().read(multipart(TOKEN, ("f", b"", "\\\\"), ("f", b"", "")))
    assert (body.files, body.refused) == ([], [RefusedFile("f", "arquivo", "empty")])


async def test_of_500_chosen_files_each_arrives_or_is_named() -> None:
    body = await Desk().read(multipart(TOKEN, *(("f", b"1", f"{each}.txt") for each in range(500)), ("after", b"1")))
    assert ([file.name for file in body.files], len(body.refused)) == ([f"{each}.txt" for each in range(10)], 490)
    assert body.fields == {"token": ["good"], "after": ["1"]}


async def test_a58_file_of_100_mb_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    desk = Desk(Storage.at(str(tmp_path)))
    body = await desk.read(big_form(100 * MB))
    assert [file.stored.size for file in body.files] == [100 * MB]
    body = await desk.read(big_form(100 * MB + 1))
    assert (body.files, body.refused) == ([], [RefusedFile("f", "grande.bin", "too_large")])
    assert body.fields == {"token": ["good"], "after": ["1"]}


async def big_form(size: int) -> AsyncIterator[bytes]:
    yield begun(*TOKEN) + b"\r\n" + begun("f", b"", "grande.bin")
    for _ in range(size // MB):
        yield bytes(MB)
    yield bytes(size % MB) + b"\r\n" + multipart(("after", b"1"))


async def test_a58_body_announced_past_300_mb_is_not_read() -> None:
    desk = Desk()
    await desk.answer(multipart(TOKEN), MULTIPART, **{"Content-Length": str(300 * MB + 1)})
    assert desk.bodies == [Body(truncated=True)]


async def test_a58_body_that_grows_past_300_mb_is_left_and_what_came_whole_is_kept() -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield multipart(TOKEN, ("f", b"1", "1.txt"))[:-12] + b"\r\n" + begun("f", b"", "grande.bin")
        while True:
            read += 4 * MB
            yield bytes(4 * MB)

    desk = Desk()
    body = await desk.read(endless())
    assert (body.fields, body.truncated) == ({"token": ["good"]}, True)
    assert [file.name for file in body.files] == ["1.txt"]
    assert read == 300 * MB
    assert await emptied(desk) == 1


async def test_f12_file_that_finds_no_room_is_named_and_the_fields_stay(tmp_path: Path) -> None:
    desk = Desk(Storage.at(str(tmp_path / "files")))
    (tmp_path / "files").rmdir()
    (tmp_path / "files").touch()
    body = await desk.read(multipart(TOKEN, ("f", b"1", "1.txt"), ("after", b"1")))
    assert body == Body({"token": ["good"], "after": ["1"]}, refused=[RefusedFile("f", "1.txt", "storage")])


async def emptied(desk: Desk) -> int:
    """Empties the storage. Returns how many contents it had."""

    async def none_known(hashes: list[str]) -> set[str]:
        return set()

    assert desk.storage
    return await desk.storage.sweep(older_than=TOMORROW, is_known=none_known)


HOSTILE = {
    "nested multiparts": multipart(
        ("a", b"".join(b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n) for n in range(9000)))
    ),
    "many parts": multipart(*[("a", b"1")] * 100_000),
    "many headers": b"--limite\r\n" + b"X-A: b\r\n" * 500_000,
    "one long header": b"--limite\r\nX-A: " + b"b" * 20 * MB,
    "almost boundaries": begun("f", b"\r\n--limit" * 2 * MB, "a.txt"),
    "only line ends": begun("f", b"\r" * 20 * MB, "a.txt"),
    "no boundary": b"a\r" * 10 * MB,
    "quotes": b'--limite\r\nContent-Disposition: form-data; name="' + b'\\"' * 8000 + b"\r\n\r\n",
    "marks": multipart(("a", "a\u0301\u0316".encode() + "\u0301\u0316".encode() * 240_000)),
    "tibetan marks": multipart(("a", "\u0f73".encode() * 330_000)),
}


@pytest.mark.parametrize("attack", HOSTILE)
async def test_a57_hostile_form_is_cheap(attack: str) -> None:
    started = time.process_time()
    answer = await Desk().answer(HOSTILE[attack], MULTIPART)
    assert answer.status_code in (200, 400)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("value", [b"%" * 2_900_000, b"%41+" * 499_000, b"%cc%81%cc%96" * 240_000, b"%zz" * 333_000])
async def test_a57_hostile_plain_form_is_cheap(value: bytes) -> None:
    started = time.process_time()
    answer = await Desk().answer(b"a=" + value, FORM)
    assert answer.status_code in (200, 413)
    assert time.process_time() - started < 2


@dataclass
class Server:
    url: str
    pid: int
    folder: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("files")
    arguments = ["-m", "uvicorn", "tests.http.test_body:served", "--factory", "--port={port}"]
    with serving(arguments, {"STORAGE": str(folder)}, program=[sys.executable]) as (url, process):
        yield Server(url, process.pid, folder)


async def test_a58_uploads_of_100_mb_hardly_take_memory(server: Server) -> None:
    await upload(server.url, MB)
    for uploads, most in ((1, 16), (4, 64)):
        before = memory(server.pid, "VmRSS")
        Path(f"/proc/{server.pid}/clear_refs").write_text(RESET_PEAK)
        answers = await asyncio.gather(*(upload(server.url, 100 * MB) for _ in range(uploads)))
        growth = memory(server.pid, "VmHWM") - before
        print(f"{uploads} x 100 MB: {growth:.1f} MB")
        assert [len(answer["files"]) for answer in answers] == [1] * uploads
        assert growth < most


async def test_f5_person_who_closes_the_page_in_mid_upload_leaves_nothing(server: Server) -> None:
    address = urlsplit(server.url)
    before = sorted(server.folder.glob("*/*"))
    with socket.create_connection((address.hostname, address.port)) as browser:
        browser.sendall(
            f"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: {MULTIPART}\r\nContent-Length: 9999999\r\n\r\n".encode()
            + begun(*TOKEN)
            + b"\r\n"
            + begun("f", bytes(MB), "a.bin")
        )
        await until(lambda: len(list(server.folder.glob("incoming/*"))) == 1)
    await until(lambda: sorted(server.folder.glob("*/*")) == before)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)


async def upload(url: str, size: int) -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(url, content=big_form(size), headers={"Content-Type": MULTIPART})
        body: dict[str, Any] = answer.json()
        return body


def memory(pid: int, line: str) -> float:
    """Memory in MB by /proc: now (VmRSS) or at most (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024
