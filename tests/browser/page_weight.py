"""Measures what a browser loads for a page: requests and bytes, headers included, by kind."""

import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Page

KINDS = {"Document": "html", "Stylesheet": "css", "Script": "script"}


@dataclass
class Meter:
    """Measures one tab; the browser's own cache does not count."""

    page: Page
    requests: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Network.enable")
        self.devtools.on("Network.responseReceived", self._received)
        self.devtools.on("Network.requestServedFromCache", lambda event: self._kept.add(event["requestId"]))
        self.devtools.on("Network.loadingFinished", self._finished)

    @property
    def count(self) -> int:
        return sum(self.requests.values())

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return sum(self.sizes.values())

    def _received(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = KINDS.get(event["type"], "other")
        if event["response"].get("fromDiskCache"):
            self._kept.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"])
        if kind is None or event["requestId"] in self._kept:
            return
        self.requests[kind] = self.requests.get(kind, 0) + 1
        self.sizes[kind] = self.sizes.get(kind, 0) + int(event["encodedDataLength"])


def first_answer(url: str, cookie: str = "") -> tuple[int, str]:
    """The bytes of the response with brotli, headers included, and its text."""
    address = urlsplit(url)
    path = address.path + (f"?{address.query}" if address.query else "")
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept-Encoding: gzip, deflate, br\r\nCookie: {cookie}\r\n"
        "Connection: close\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" in head.lower():
        body = _joined(body)
    return len(answer), (brotli.decompress(body) if b"content-encoding: br" in head.lower() else body).decode()


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        body, chunks = body + rest[:length], rest[length + 2 :]
    return body
