"""A demonstration that sends mail to a local mail server, and the links in these messages."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from aiosmtpd.controller import Controller

from tests.browser.demonstration import Demonstration, installation
from tests.infrastructure.subprocesses import run, wait
from tests.mail.post_office import PostOffice, text_of
from tests.servers import free_port, serving


class Mailed(NamedTuple):
    """The demonstration, its settings, and its mail server."""

    home: Demonstration
    env: Mapping[str, str]
    office: PostOffice

    def receive(self, raw: bytes) -> None:
        """A message comes in, by the command that a mail server calls."""
        status, _, errors = run(["web", "mail", "receive"], {**os.environ, **self.env}, given=raw)
        assert status == 0, errors

    def link_to(self, address: str, to: str = "/claim/") -> str:
        """The path of the first such link in a message to somebody, once it has arrived."""
        wait(lambda: bool(self._links(address, to)))
        return self._links(address, to)[0]

    def _links(self, address: str, to: str) -> list[str]:
        return [path for each in self.office.to(address) for path in re.findall(rf"{to}\S+", text_of(each))]


@contextmanager
def mailed() -> Iterator[Mailed]:
    port = free_port()
    office = PostOffice(f"smtp://127.0.0.1:{port}")
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with installation() as env, serving(["run"], {**env, "GUICHE_SMTP": office.url}) as server:
            yield Mailed(Demonstration(server.url, env["GUICHE_DEMO_PASSWORD"]), env, office)
    finally:
        controller.stop()
