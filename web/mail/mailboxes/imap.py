"""Opens a mailbox by IMAP (RFC 9051) at an address that was checked. It blocks: run it in a thread."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imap_tools import BaseMailBox

from web.mail.mailboxes.servers import Fault, Server

TIMEOUT = 15
"""Seconds for each answer of the server."""


@contextmanager
def opened(server: Server, folder: str, *, address: str, secret: str) -> Iterator[BaseMailBox]:
    """Selects the folder. `address` is the checked address of the server, `secret` a password or a token.

    Raises errors that `code_of` translates.
    """
    box = _Box(server, address)
    try:
        _enter(box, server, secret)
        _, told = box.client.capability()  # many servers list their capabilities only now
        box.client.capabilities = tuple(told[-1].decode("ascii", "replace").upper().split())
        box.folder.set(folder)
        yield box
    finally:
        box.client.shutdown()


def _enter(box: BaseMailBox, server: Server, secret: str) -> None:
    try:
        enter = box.xoauth2 if server.login else box.login if secret.isascii() else box.login_utf8
        enter(server.user, secret, None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise Fault("password") from None


class _Box(BaseMailBox):
    def __init__(self, server: Server, address: str) -> None:
        self._server, self._address = server, address
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        if self._server.tls == "tls":
            return _Secure(self._address, self._server)
        client = _Plain(self._address, self._server)
        if self._server.tls == "starttls":
            self._secure(client)
        return client

    def _secure(self, client: imaplib.IMAP4) -> None:
        if "STARTTLS" not in client.capabilities:
            client.shutdown()
            raise Fault("tls")
        client.starttls(ssl.create_default_context())


class _Plain(imaplib.IMAP4):
    """Connects to the address that was checked, whatever its name resolves to by now."""

    def __init__(self, address: str, server: Server) -> None:
        self._address = address
        super().__init__(server.host, server.port, TIMEOUT)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return socket.create_connection((self._address, self.port), timeout)


class _Secure(imaplib.IMAP4_SSL):
    """A connection with TLS from the start, whose certificate must name the host."""

    def __init__(self, address: str, server: Server) -> None:
        self._address = address
        super().__init__(server.host, server.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self.port), timeout)
        secured: socket.socket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return secured
