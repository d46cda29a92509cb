"""Measures how many requests one worker serves, how fast, and how near it comes to a page made of nothing.

Client and server share a machine: nothing runs at the same time that is compared with each other, but in turns, and
what is told is the median of the rounds. Everything stays on this machine and ends with the program.
"""

import argparse
import asyncio
import json
import math
import os
import platform
import re
import secrets
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import asyncpg

from tests.servers import ROOT, postgres, serving
from web.demo.generator.ticket_generator import MEASURED

AT_ONCE = 16
UPLOAD = 100 * 2**20
_LONGEST = 15
"""Seconds of requests one after the other, however slow a page is."""
_PER_ORGANIZATION, _PEOPLE = 500, 10
"""At every size, so that what a person sees is as much in a small database as in a large one."""

_FOUND = re.compile(rb'/tickets/(\d+)"')
_TOKEN = re.compile(rb'name="_token" value="([^"]+)"')
_RATE = re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m)")


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: int
    """Of each run with many connections."""
    reads: int
    """Requests one after the other."""
    writes: int


FULL = Effort(rounds=3, seconds=3, reads=400, writes=200)
QUICK = Effort(rounds=1, seconds=1, reads=100, writes=50)


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


@dataclass(frozen=True)
class Worker:
    """A server under measurement, and two sessions in it: Ana's, and Bia's for the desk."""

    tickets: int
    port: int
    pid: int
    cookie: str = ""
    agent: str = ""
    token: str = ""
    measured: int = 0
    """The ticket with ten messages."""
    open: Sequence[int] = ()

    def get(self, path: str, wish: str = "") -> bytes:
        return self._head("GET", path, {"x-bench": wish} if wish else {}) + b"\r\n"

    def post(self, path: str, fields: dict[str, str], wish: str = "") -> bytes:
        body = urlencode(fields).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self._head("POST", path, headers | ({"x-bench": wish} if wish else {})) + b"\r\n" + body

    def upload(self, path: str, fields: dict[str, str], boundary: str) -> tuple[bytes, bytes]:
        """What goes before the file's bytes and what after them."""
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        opening = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="video.dat"\r\n\r\n'
        before, after = ("".join(parts) + opening).encode(), f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(before) + UPLOAD + len(after)),
        }
        return self._head("POST", path, headers) + b"\r\n" + before, after

    def cookie_for(self, path: str) -> str:
        return self.agent if path.startswith("/desk") else self.cookie

    def _head(self, method: str, path: str, more: dict[str, str]) -> bytes:
        headers = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "br", "Cookie": self.cookie_for(path)} | more
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
        return "\r\n".join([*lines, ""]).encode()


@dataclass(frozen=True)
class Page:
    """Something to measure: a request made anew each time, and the bare page of the same size where there is one."""

    name: str
    request: Callable[[Worker, str], bytes]
    path: Callable[[Worker], str] | None = None
    """Of a GET, for a client that repeats one address."""
    bare: str = ""


def _reading(name: str, path: Callable[[Worker], str], bare: str = "") -> Page:
    return Page(name, lambda worker, wish: worker.get(path(worker), wish), path, bare)


VIEW = {"status": "active", "priority": "high", "category": 1, "sort": "oldest"}
"""A saved view is an address: these are its filters."""

READS = (
    _reading("List of 25", lambda worker: "/tickets?scope=organization", "list"),
    _reading(
        "List by status and priority",
        lambda worker: "/tickets?scope=organization&status=fechado&priority=high",
        "list",
    ),
    _reading("Search by words", lambda worker: "/tickets?scope=organization&q=boletos+turma", "list"),
    _reading("Search by number", lambda worker: f"/tickets?q={worker.measured}"),
    _reading("Ticket with 10 messages", lambda worker: f"/tickets/{worker.measured}", "ticket"),
    _reading("Overview", lambda worker: "/"),
    _reading("Desk: inbox", lambda worker: "/desk"),
    _reading("Desk: all", lambda worker: "/desk?view=all"),
    _reading("Desk: a saved view", lambda worker: f"/desk?view=all&{urlencode(VIEW)}"),
    _reading("Desk: ticket with 10 messages", lambda worker: f"/desk/tickets/{worker.measured}"),
)


def _reply(worker: Worker, wish: str) -> bytes:
    number = worker.open[secrets.randbelow(len(worker.open))]
    fields = _form(worker, body=f"Segue a lista pedida, com nome, matrícula e turma. {_never_said()}")
    return worker.post(f"/tickets/{number}/replies", fields, wish)


def _new(worker: Worker, wish: str) -> bytes:
    about = {"title": "Boleto de novembro com o valor errado", "category": "1", "topic": "1", "send": "1"}
    fields = _form(worker, description=f"Os boletos da turma 5A vieram errados. {_never_said()}", **about)
    return worker.post("/tickets", fields, wish)


def _never_said() -> str:
    """The same words said again would be the same message, sent twice."""
    return f"Protocolo {secrets.randbelow(10**12)}."


WRITES = (Page("Reply", _reply), Page("New ticket", _new))


def _form(worker: Worker, **fields: str) -> dict[str, str]:
    return {"_token": worker.token, "_key": secrets.token_urlsafe(12), **fields}


@dataclass
class Result:
    """What came of measuring one page; the rates are of each round."""

    page: str
    tickets: int
    queries: int
    bytes: int
    p50: float = 0
    p95: float = 0
    """Milliseconds, one request at a time."""
    rates: list[float] = field(default_factory=list)
    """Requests a second, sixteen at a time."""
    bare_rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bare_cpu: list[float] = field(default_factory=list)
    """Milliseconds of the worker's processor time for each request: hardly disturbed by what else runs here."""

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def share(self) -> float | None:
        """Of the bare page's rate, round by round."""
        pairs = zip(self.rates, self.bare_rates, strict=False)
        return statistics.median(real / bare for real, bare in pairs) if self.bare_rates else None


@dataclass
class Memory:
    """Megabytes resident: after all requests, and how many more while files of 100 MB come in."""

    tickets: int
    resident: float
    one_upload: float = 0
    four_uploads: float = 0


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


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    effort = QUICK if chosen.quick else FULL
    sizes = sorted(set(chosen.sizes or ([1_000, 10_000] if chosen.quick else [1_000, 100_000])))
    told: dict[str, object] = {"machine": machine()}
    print(f"Measured on {machine()}; one worker, client and database on the same machine.\n")  # noqa: T201
    for kind in ("sqlite", "postgres") if chosen.database == "both" else (chosen.database,):
        with running(kind, sizes) as (version, workers):
            results, memory = asyncio.run(measure(workers, effort))
        print(table(version, results, memory), flush=True)  # noqa: T201
        told[kind] = {
            "version": version,
            "results": [asdict(each) | {"rate": each.rate, "share": each.share} for each in results],
            "memory": [asdict(each) for each in memory],
        }
    if chosen.json:
        chosen.json.write_text(json.dumps(told, indent=1))
    return 0


def machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    processor = model[1] if model else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


@contextmanager
def running(kind: str, sizes: Sequence[int]) -> Iterator[tuple[str, list[Worker]]]:
    """The database's name and version, and a worker for each size, over databases filled for the purpose."""
    password = secrets.token_urlsafe(12)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guiche-bench-")))
        version, urls = stack.enter_context(databases(kind, folder, sizes))
        workers = []
        for size, url in zip(sizes, urls, strict=True):
            own = {"DATABASE_URL": url, "GUICHE_VAR": str(folder / str(size))}
            _fill(size, own | {"GUICHE_DEMO_PASSWORD": password})
            program = (sys.executable, "-m", "tools.bench_app")
            server = stack.enter_context(serving([], own, program=program))
            port = urlsplit(server.url).port or 0
            workers.append(asyncio.run(signed_in(Worker(size, port, server.process.pid), password)))
        yield version, workers


def databases(kind: str, folder: Path, sizes: Sequence[int]) -> AbstractContextManager[tuple[str, list[str]]]:
    """The name and version of `sqlite` or `postgres`, and the address of an empty database for each size."""
    return _postgres(sizes) if kind == "postgres" else _sqlite(folder, sizes)


@contextmanager
def _sqlite(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    yield f"SQLite {sqlite3.sqlite_version}", [f"sqlite:///{folder / str(size) / 'guiche.sqlite'}" for size in sizes]


@contextmanager
def _postgres(sizes: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    """New databases, gone at the end: in a cluster of our own, or on the server of DATABASE_URL."""
    given = os.environ.get("DATABASE_URL", "")
    with ExitStack() as stack:
        url = given if given.startswith("postgres") else stack.enter_context(postgres())
        names = [f"guiche_bench_{os.getpid()}_{size}" for size in sizes]
        version = asyncio.run(_told(url, "SHOW server_version"))
        safety = asyncio.run(_told(url, "SHOW fsync"))
        for name in names:
            stack.callback(lambda name: asyncio.run(_told(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")), name)
            asyncio.run(_told(url, f"CREATE DATABASE {name}"))
        urls = [urlsplit(url)._replace(path=f"/{name}").geturl() for name in names]
        yield f"PostgreSQL {version.split()[0]} (fsync {safety})", urls


async def _told(url: str, statement: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(statement))
    finally:
        await connection.close()


def _fill(size: int, env: dict[str, str]) -> None:
    organizations = max(1, size // _PER_ORGANIZATION)
    counts = {"tickets": size, "organizations": organizations, "people": organizations * _PEOPLE}
    options = [text for name, count in counts.items() for text in (f"--{name}", str(count))]
    command = [sys.executable, "-m", "web", "demo", *options, "--messages", "4", "--seed", "1"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, stdout=sys.stderr, check=True)  # noqa: S603


async def signed_in(worker: Worker, password: str) -> Worker:
    """The worker with both sessions, and the numbers of Ana's tickets that are needed."""
    known = await entered(worker, password)
    agent = (await entered(worker, password, "bia@guiche.example")).cookie
    async with connected(worker.port) as connection:
        found = await connection.ask(_plain(known.get(f"/tickets?scope=mine&{urlencode({'q': MEASURED})}")))
        opened = await connection.ask(_plain(known.get("/tickets?scope=organization&status=aberto")))
    measured = int(_FOUND.findall(found.body)[0])
    numbers = {int(number) for number in _FOUND.findall(opened.body)} - {measured}
    return replace(known, agent=agent, token=_token(found), measured=measured, open=sorted(numbers))


async def entered(worker: Worker, password: str, who: str = "ana@aurora.example") -> Worker:
    """The worker with a session of this person's."""
    async with connected(worker.port) as connection:
        form = await connection.ask(_plain(worker.get("/sign-in")))
        fields = {"_token": _token(form), "identifier": who, "password": password}
        answer = await connection.ask(replace(worker, cookie=_cookie(form)).post("/sign-in", fields))
    return replace(worker, cookie=_cookie(answer))


def _cookie(answer: Answer) -> str:
    return answer.header(b"set-cookie").split(b";")[0].decode()


def _plain(request: bytes) -> bytes:
    return request.replace(b"Accept-Encoding: br\r\n", b"")


def _token(answer: Answer) -> str:
    found = _TOKEN.search(answer.body)
    if found is None:
        raise RuntimeError(f"no form in an answer of status {answer.status}")
    return found[1].decode()


async def measure(workers: Sequence[Worker], effort: Effort) -> tuple[list[Result], list[Memory]]:
    results = []
    for page in (*READS, *WRITES):
        print(f"{page.name} ...", file=sys.stderr, flush=True)  # noqa: T201
        results += await _measure(page, workers, effort)
    return results, [await _memory(worker) for worker in workers]


async def _measure(page: Page, workers: Sequence[Worker], effort: Effort) -> list[Result]:
    results = [await _alone(page, worker, effort) for worker in workers]
    for _ in range(effort.rounds):
        for worker, result in zip(workers, results, strict=True):
            if page.bare:
                rate, cpu = await _rate(worker, _repeat(worker, f"/bench/bare/{page.bare}", effort.seconds))
                result.bare_rates.append(rate)
                result.bare_cpu.append(cpu)
            rate, cpu = await _rate(worker, _crowd(page, worker, effort.seconds))
            result.rates.append(rate)
            result.cpu.append(cpu)
    return results


async def _alone(page: Page, worker: Worker, effort: Effort) -> Result:
    """One request after the other, once the page is warm and, where it has a bare one, kept for it."""
    async with connected(worker.port) as connection:
        for _ in range(20 if page.path else 2):
            await connection.ask(page.request(worker, ""))
        if page.bare:
            await connection.ask(page.request(worker, "keep"))
        counted = await connection.ask(page.request(worker, "count"))
        answers: list[Answer] = []
        ends = time.perf_counter() + _LONGEST
        while len(answers) < (effort.reads if page.path else effort.writes) and time.perf_counter() < ends:
            answers.append(await connection.ask(page.request(worker, "")))
    bad = [answer.status for answer in answers if answer.status not in (200, 303)]
    if bad:
        raise RuntimeError(f"{page.name}: status {bad[0]}")
    times = sorted(answer.seconds * 1000 for answer in answers)
    result = Result(page.name, worker.tickets, int(counted.header(b"x-queries")), answers[-1].size)
    result.p50, result.p95 = percentile(times, 50), percentile(times, 95)
    return result


def percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]


async def _rate(worker: Worker, run: Awaitable[tuple[int, float]]) -> tuple[float, float]:
    """Requests a second, and milliseconds of processor time that each cost the worker."""
    before = _processor_time(worker.pid)
    count, seconds = await run
    return count / seconds, (_processor_time(worker.pid) - before) * 1000 / count


async def _crowd(page: Page, worker: Worker, seconds: int) -> tuple[int, float]:
    if page.path:
        return await _repeat(worker, page.path(worker), seconds)
    return await _ask_together(lambda: page.request(worker, ""), worker.port, seconds)


async def _repeat(worker: Worker, path: str, seconds: int) -> tuple[int, float]:
    """The same GET over and over; a bare page is asked for without the cookie."""
    cookie = "" if path.startswith("/bench/") else worker.cookie_for(path)
    if shutil.which("wrk") is None:
        request = replace(worker, cookie=cookie).get(path)
        return await _ask_together(lambda: request, worker.port, seconds)
    headers = ["-H", "Accept-Encoding: br", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    pace = ["-t1", f"-c{AT_ONCE}", f"-d{seconds}s", "--timeout=30s"]
    command = ["wrk", *pace, *headers, f"http://127.0.0.1:{worker.port}{path}"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told = (await process.communicate())[0].decode()
    found = _RATE.search(told)
    if found is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{path}:\n{told}")
    return int(found[1]), float(found[2]) * {"ms": 0.001, "s": 1, "m": 60}[found[3]]


async def _ask_together(request: Callable[[], bytes], port: int, seconds: int) -> tuple[int, float]:
    began = time.perf_counter()

    async def ask() -> int:
        count = 0
        async with connected(port) as connection:
            while time.perf_counter() - began < seconds:
                answer = await connection.ask(request())
                if answer.status not in (200, 303):
                    raise RuntimeError(f"status {answer.status}")
                count += 1
        return count

    counts = await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return sum(counts), time.perf_counter() - began


async def _memory(worker: Worker) -> Memory:
    memory = Memory(worker.tickets, resident(worker.pid))
    memory.one_upload = await _growth(worker, 1)
    memory.four_uploads = await _growth(worker, 4)
    return memory


async def _growth(worker: Worker, files: int) -> float:
    """Megabytes that the worker grows by, at most, while so many replies with a file of 100 MB come in at once."""
    before = most = resident(worker.pid)
    uploads = asyncio.gather(*(_upload(worker) for _ in range(files)))
    while not uploads.done():
        await asyncio.sleep(0.02)
        most = max(most, resident(worker.pid))
    for answer in await uploads:
        if answer.status != 303:
            raise RuntimeError(f"an upload was answered with status {answer.status}")
    return most - before


async def _upload(worker: Worker) -> Answer:
    fields = _form(worker, body="Segue o vídeo da tela.")
    before, after = worker.upload(f"/tickets/{worker.open[0]}/replies", fields, secrets.token_hex(16))
    async with connected(worker.port) as connection:
        return await connection.send_file(before, after)


def resident(pid: int) -> float:
    """Megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0


def _processor_time(pid: int) -> float:
    """Seconds, of all the process's threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(version: str, results: Sequence[Result], memory: Sequence[Memory]) -> str:
    """For the README: the largest size, each page beside what it does at the smallest."""
    smallest, largest = memory[0].tickets, memory[-1].tickets
    small = {each.page: each for each in results if each.tickets == smallest}
    lines = [
        f"**{version}, {largest:,} tickets**",
        "",
        "| Page | p50 ms | p95 ms | requests/s | of bare page | CPU ms (bare) | queries | bytes | "
        f"requests/s beside {smallest:,} tickets |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_line(each, small[each.page]) for each in results if each.tickets == largest),
        "",
        f"p50 and p95: one request at a time; requests/s: {AT_ONCE} at a time; CPU: the worker's, for each request. "
        f"Resident at the end {memory[-1].resident:.0f} MB; one upload of 100 MB adds {memory[-1].one_upload:.0f} MB, "
        f"four at once {memory[-1].four_uploads:.0f} MB.",
        "",
    ]
    return "\n".join(lines)


def _line(result: Result, small: Result) -> str:
    share = f"{result.share:.0%} of {statistics.median(result.bare_rates):.0f}" if result.share else ""
    bare_cpu = f" ({statistics.median(result.bare_cpu):.2f})" if result.bare_cpu else ""
    cells = (
        *(result.page, f"{result.p50:.1f}", f"{result.p95:.1f}", f"{result.rate:.0f}", share),
        *(f"{statistics.median(result.cpu):.2f}{bare_cpu}", result.queries, f"{result.bytes:,}"),
        f"{result.rate / small.rate:.2f}x",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a rough figure in a minute")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="TICKETS", help="1000 100000 if left out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
