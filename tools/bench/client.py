"""A client that spends little itself: requests prepared beforehand, over connections that are kept."""

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

UPLOAD = 100 * 2**20


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes
    seconds: float

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body)

    def header(self, name: bytes) -> bytes:
        found = re.search(rb"(?i)^" + name + rb": *(.*?)\r$", self.head, re.MULTILINE)
        return found[1] if found else b""


class Connection:
    """One connection kept open, over which prepared requests go and whole answers come."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, request: bytes) -> Answer:
        began = time.perf_counter()
        self._writer.write(request)
        return await self._answer(began)

    async def send_file(self, before: bytes, after: bytes) -> Answer:
        began, piece = time.perf_counter(), secrets.token_bytes(2**18)
        self._writer.write(before)
        for _ in range(UPLOAD // len(piece)):
            self._writer.write(piece)
            await self._writer.drain()
        self._writer.write(after)
        return await self._answer(began)

    async def _answer(self, began: float) -> Answer:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
        body = await self._reader.readexactly(int(length[1])) if length else b""
        return Answer(int(head[9:12]), head, body, time.perf_counter() - began)


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


def get(port: int, path: str, cookie: str = "", wish: str = "", encoding: str = "br") -> bytes:
    return _head("GET", port, path, {"Cookie": cookie, "x-bench": wish, "Accept-Encoding": encoding}) + b"\r\n"


def post(port: int, path: str, fields: Mapping[str, str], cookie: str = "", wish: str = "") -> bytes:
    body = urlencode(fields).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _head("POST", port, path, {"Cookie": cookie, "x-bench": wish} | kind) + b"\r\n" + body


def upload(port: int, path: str, fields: Mapping[str, str], cookie: str) -> tuple[bytes, bytes]:
    """What goes before the file's bytes and what after them."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    opening = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="video.dat"\r\n\r\n'
    before, after = ("".join(parts) + opening).encode(), f"\r\n--{boundary}--\r\n".encode()
    headers = {
        "Cookie": cookie,
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Content-Length": str(len(before) + UPLOAD + len(after)),
    }
    return _head("POST", port, path, headers) + b"\r\n" + before, after


def _head(method: str, port: int, path: str, more: Mapping[str, str]) -> bytes:
    headers = {"Host": f"127.0.0.1:{port}", **more}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return "\r\n".join([*lines, ""]).encode()
