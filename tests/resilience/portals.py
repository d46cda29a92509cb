"""Servers to kill, uploads to interrupt, and the files that remain."""

import hashlib
import itertools
import os
import random
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from selectolax.lexbor import LexborNode

from tests.browser.demonstration import Remote, installation
from tests.client import Page
from tests.servers import ROOT, Server, serving

MEGABYTE = 2**20
_SWEEP = """
import asyncio, datetime
from web import clock, database, jobs
from web.settings import settings
from web.storage import Storage
async def tomorrow():
    async with database.opened():
        await clock.tick(jobs.jobs(Storage.at(settings().storage)), clock.now() + datetime.timedelta(hours=25))
asyncio.run(tomorrow())
"""


@dataclass
class Portal:
    """An installation whose server can be killed and restarted."""

    env: Mapping[str, str]
    command: Sequence[str] = ("run",)
    server: Server = field(init=False)
    _running: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def pid(self) -> int:
        return self.server.process.pid

    @property
    def database(self) -> Path:
        """The file of the SQLite database."""
        return Path(self.env["DATABASE_URL"].removeprefix("sqlite:///"))

    @property
    def storage(self) -> Path:
        return Path(self.env.get("GUICHE_STORAGE") or f"{self.env['GUICHE_VAR']}/attachments")

    def start(self) -> "Portal":
        self.server = self._running.enter_context(serving(self.command, self.env))
        return self

    def kill(self) -> None:
        """Kills the server at once."""
        self.server.process.kill()
        self.server.process.wait()

    def stop(self) -> None:
        self._running.close()

    def sweep(self) -> None:
        """Runs the sweeping jobs, as if it were tomorrow."""
        subprocess.run([sys.executable, "-c", _SWEEP], cwd=ROOT, env={**os.environ, **self.env}, check=True)

    def files(self) -> list[Path]:
        """All files in the storage, complete or not."""
        return [path for path in self.storage.rglob("*") if path.is_file()]

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        url = self.env["DATABASE_URL"]
        if url.startswith("sqlite:///"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10)) as connection:
                return connection.execute(sql).fetchall()
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    async def visited_by(self, who: str) -> Remote:
        browser = Remote(self.url)
        await browser.sign_in(who, self.env["GUICHE_DEMO_PASSWORD"])
        return browser

    def revisited_by(self, earlier: Remote) -> Remote:
        """The same browser after the server restarted at another port."""
        return Remote(self.url, cookies=dict(earlier.client.cookies))


@contextmanager
def small_disk(megabytes: int, *, inodes: int = 0) -> Iterator[Path]:
    """A small folder in memory; the test is skipped if mounting is not allowed.

    It has as many inodes as fit, unless told otherwise.
    """
    with tempfile.TemporaryDirectory(prefix="guiche-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,nr_inodes={inodes}", "tmpfs", folder]
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("mounting a small disk takes root")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Fills the disk for as long as the block lasts."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        for size in (MEGABYTE, 4096, 1):
            with suppress(OSError):
                while file.write(b"x" * size) == size:
                    pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def nameless(disk: Path) -> Iterator[None]:
    """Uses up the inodes for as long as the block lasts."""
    names = disk / "names"
    names.mkdir()
    with suppress(OSError):
        for number in itertools.count():
            (names / str(number)).touch()
    try:
        yield
    finally:
        shutil.rmtree(names)


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """Makes the disk read-only, as after an error, also for open files."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


@contextmanager
def portal(*command: str, **settings: str) -> Iterator[Portal]:
    with installation() as env:
        running = Portal({**env, **settings}, command or ("run",)).start()
        try:
            yield running
        finally:
            running.stop()


class Upload:
    """A reply with one large file, sent piece by piece."""

    _PIECE = random.Random(1).randbytes(MEGABYTE)

    def __init__(
        self,
        browser: Remote,
        action: str,
        values: Mapping[str, str],
        megabytes: int,
        *,
        like: "Upload | None" = None,
    ) -> None:
        """`values` are those of the form with its key; `like` is an upload whose file is sent again."""
        self.address = urlsplit(browser.url)
        self.megabytes = megabytes
        self._first = like._first if like else secrets.token_bytes(16) + self._PIECE[16:]
        boundary = secrets.token_hex(16)
        text = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in values.items()
        )
        file = 'Content-Disposition: form-data; name="files"; filename="grande.bin"'
        self._before = f"{text}--{boundary}\r\n{file}\r\n\r\n".encode()
        self._after = f"\r\n--{boundary}--\r\n".encode()
        cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
        length = len(self._before) + megabytes * MEGABYTE + len(self._after)
        self._headers = (
            f"POST {action} HTTP/1.1\r\nHost: {self.address.netloc}\r\nOrigin: {browser.url}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {length}\r\n"
            "Connection: close\r\n\r\n"
        ).encode()
        self._sent = 0
        self._socket: socket.socket | None = None

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256(self._first)
        for _ in range(self.megabytes - 1):
            digest.update(self._PIECE)
        return digest.hexdigest()

    def send(self, share: float) -> "Upload":
        """Sends up to this share of the file."""
        if self._socket is None:
            self._socket = socket.create_connection((self.address.hostname, self.address.port), timeout=60)
            self._socket.sendall(self._headers + self._before)
        while self._sent < int(share * self.megabytes):
            self._socket.sendall(self._PIECE if self._sent else self._first)
            self._sent += 1
        return self

    def finish(self) -> tuple[int, str]:
        """Sends the rest. Returns the status and the redirect of the response."""
        connection = self.send(1)._socket
        assert connection is not None
        with connection:
            connection.sendall(self._after)
            head, _, _ = b"".join(iter(lambda: connection.recv(65536), b"")).decode().partition("\r\n\r\n")
        status, *lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        return int(status.split()[1]), headers.get("location", "")

    def finish_unanswered(self) -> None:
        """Sends the rest to a server that may be killed meanwhile."""
        with suppress(OSError, IndexError):
            self.finish()
        self.drop()

    def drop(self) -> None:
        if self._socket is not None:
            self._socket.close()


def reply(page: Page, address: str, body: str) -> dict[str, str]:
    """The values of the ticket's form with this text and its one-time key."""
    return {**page.values(f"{address}/replies"), "body": body}


async def conversation(browser: Remote, address: str) -> list[tuple[str, str | None]]:
    """The text of every message after the first, with the hash of its file."""
    found: list[tuple[str, str | None]] = []
    earlier: str | None = address
    while earlier:
        page = await browser.get(earlier)
        found += [await _message(browser, message) for message in page.html.css(".message")]
        earlier = page.links().get("Ver o que veio antes")
    return [pair for pair in found if pair[0] != "Como de costume."]


async def _message(browser: Remote, message: LexborNode) -> tuple[str, str | None]:
    words, link = message.css(".message__body")[0].text(), message.css_first("a.file")
    if link is None:
        return words, None
    return words, hashlib.sha256((await browser.client.get(str(link.attributes["href"]))).content).hexdigest()


async def downloaded(browser: Remote, page: Page) -> list[str]:
    """SHA-256 of each file on the page."""
    answers = [await browser.client.get(link) for link in page.attributes("a.file", "href")]
    return [hashlib.sha256(answer.content).hexdigest() for answer in answers]
