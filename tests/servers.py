"""Starts the programs that tests need, each private to its user and stopped at the end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tests import forking
from tests.forking import Forked, forked

ROOT = Path(__file__).parent.parent
PATIENCE = 90.0
POLL = 0.05
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""The headless shell comes first, in which tests take little more than half the time."""
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.max": "50000",  # of 5,000 it would forget some, and so their counts
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Missing(Exception):
    """A program that tests can do without is not installed."""


Process = subprocess.Popen[bytes] | Forked


class Server(NamedTuple):
    url: str
    process: Process


@contextmanager
def serving(
    arguments: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    program: Sequence[str] = (sys.executable, "-m", "web"),
    ready: str = "/ready",
    at: int | None = None,
    folder: Path = ROOT,
) -> Iterator[Server]:
    """Runs the program until the block ends, which starts once `ready` answers 200.

    The port is free (or `at`), and is set as PORT and as `{port}` in the arguments. The output of the program is added
    to any exception, also one of the block.
    """
    port = at or free_port()
    command = [*program, *(argument.replace("{port}", str(port)) for argument in arguments)]
    with tempfile.TemporaryFile() as output:
        process = _started(command, {**os.environ, **(env or {}), "PORT": str(port)}, output, folder)
        try:
            _wait_for_answer(process, port, ready)
            yield Server(f"http://127.0.0.1:{port}", process)
        except BaseException as failure:
            output.seek(0)
            failure.add_note(f"{' '.join(command)} printed:\n{output.read().decode(errors='replace')}")
            raise
        finally:
            _end(process)


class Cluster(NamedTuple):
    """A PostgreSQL cluster that can be stopped and started at its port."""

    url: str
    start: Callable[[], None]
    stop: Callable[[str], None]
    """Stops it, by the mode of `pg_ctl`."""


@contextmanager
def postgres() -> Iterator[str]:
    """Yields the URL of the owner of a new, empty cluster, which trades safety in a crash for speed."""
    with cluster() as running:
        yield running.url


@contextmanager
def cluster(**more: str) -> Iterator[Cluster]:
    """A cluster with further settings, to be stopped in the middle."""
    programs = _postgres_programs()
    port = free_port()
    settings = " ".join(f"-c {name}={value}" for name, value in {**POSTGRES_SETTINGS, **more}.items())
    with tempfile.TemporaryDirectory(prefix="guiche-postgres-") as folder:
        run = _runner(programs, Path(folder))
        start = partial(run, "pg_ctl", "start", "--wait", f"--options=-p {port} {settings}")
        run("initdb", "--username=postgres", "--auth=trust", "--locale=C.UTF-8", "--no-sync")
        start()
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            yield Cluster(url, start, lambda mode: run("pg_ctl", "stop", "--wait", f"--mode={mode}"))
        finally:
            with suppress(RuntimeError):  # stopped already
                run("pg_ctl", "stop", "--wait", "--mode=immediate")


def postgres_program(name: str) -> str:
    """A program that comes with PostgreSQL."""
    return str(_postgres_programs() / name)


def chromium() -> str:
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    raise Missing("Chromium")


def text_browser() -> str:
    """w3m, a text browser."""
    if path := shutil.which("w3m"):
        return path
    raise Missing("w3m")


def java() -> str:
    """Java, for the Nu HTML checker."""
    if path := shutil.which("java"):
        return path
    raise Missing("Java")


def spreadsheet_program() -> str:
    """LibreOffice."""
    if path := shutil.which("soffice"):
        return path
    raise Missing("LibreOffice")


def imap_server() -> str:
    """Dovecot, an IMAP server."""
    if path := shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return path
    raise Missing("Dovecot")


def mail_server() -> str:
    """Postfix, an SMTP server that pipes mail to a program; only root can start it."""
    path = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path and os.geteuid() == 0:
        return path
    raise Missing("Postfix")


def web_server() -> str:
    """nginx, a reverse proxy."""
    if path := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return path
    raise Missing("nginx")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _started(command: list[str], env: Mapping[str, str], output: BinaryIO, folder: Path) -> Process:
    if forking.AT_HAND and command[:2] == [sys.executable, "-m"]:
        return forked(command[2:], env, output)
    return subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _wait_for_answer(process: Process, port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port, path):
        if process.poll() is not None:
            raise RuntimeError(f"ended with status {process.returncode} before it answered at {path}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer at {path} in {PATIENCE:.0f} seconds")
        time.sleep(POLL)


def _answers(port: int, path: str) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _end(process: Process) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _postgres_programs() -> Path:
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=shutil.which("initdb"))
    if newest is None:
        raise Missing("PostgreSQL")
    return Path(newest).parent


def _runner(programs: Path, folder: Path) -> Callable[..., None]:
    """PostgreSQL refuses to run as root, so that root uses the account of its package."""
    owner = "postgres" if os.geteuid() == 0 else None
    groups: list[str] | None = [] if owner else None
    log = folder / "log"
    if owner:
        shutil.chown(folder, owner, owner)

    def run(program: str, *arguments: str) -> None:
        command = [f"{programs}/{program}", f"--pgdata={folder}/cluster", *arguments]
        with log.open("ab") as output:
            ended = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=owner,
                group=owner,
                extra_groups=groups,
                check=False,
            )
        if ended.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text(errors='replace')}")

    return run
