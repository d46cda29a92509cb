"""A mail server: whether connections to it are allowed, and its faults as codes."""

import asyncio
import imaplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import aiosmtplib
from imap_tools import MailboxFolderSelectError, MailboxLoginError

from web import network
from web.settings import settings

TLS = ("tls", "starttls", "none")
IMAP_PORTS = {"imaps": ("tls", 993), "imap+starttls": ("starttls", 143), "imap": ("none", 143)}
SMTP_PORTS = {"smtps": ("tls", 465), "smtp+starttls": ("starttls", 587), "smtp": ("none", 25)}
"""By the scheme of an address: how it is secured, and the default port."""
TOKEN_WITHIN = 15
"""The most seconds for the command that prints an access token."""
LONGEST_TOKEN = 20_000


class Fault(OSError):
    """Mail cannot be read or sent now; `code` says why."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


@dataclass(frozen=True)
class Server:
    """A server with an account on it. An empty host means no server."""

    host: str = ""
    port: int = 0
    tls: str = "tls"
    user: str = ""
    password: str | None = field(default="", repr=False)
    """None if it was encrypted with another secret of this installation."""
    login: str = ""
    """The name of the operator's command that prints access tokens; empty to use the password."""
    is_trusted: bool = False
    """Whether the operator set it: then any host is allowed, also without TLS."""

    def __bool__(self) -> bool:
        return bool(self.host)


def of_url(url: str, ports: Mapping[str, tuple[str, int]]) -> Server:
    """Parses an address of the operator: `imaps://user:password@host:port/folder`."""
    parts = urlsplit(url)
    tls, port = ports[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname or "", parts.port or port, tls, user, password, is_trusted=True)


async def reach(server: Server) -> str:
    """The checked IP address to connect to. The name is not resolved again. Raises `Fault`."""
    if server.is_trusted:
        return server.host
    try:
        found = await network.resolved(server.host, server.port)
    except OSError:
        raise Fault("dns") from None
    is_ours = all(network.is_among(each, settings().mail_networks) for each in found)
    if not is_ours and not all(map(network.is_public, found)):
        raise Fault("private_address")
    if server.tls == "none" and not is_ours:
        raise Fault("not_tls")
    return str(found[0])


async def secret_of(server: Server) -> str:
    """The password, or a fresh access token. Raises `Fault`."""
    if server.login:
        return await _token(server.login, server.user)
    if server.password is None:
        raise Fault("sealed")
    return server.password


async def _token(name: str, user: str) -> str:
    """The output of the operator's command (RFC 6749), run without a shell and with a time limit."""
    command = settings().token_commands.get(name)
    if command is None:
        raise Fault("token")
    pipe = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(*command, user, stdout=pipe, stderr=asyncio.subprocess.DEVNULL)
    except OSError:
        raise Fault("token") from None
    try:
        async with asyncio.timeout(TOKEN_WITHIN):
            printed, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise Fault("token") from None
    token = printed.decode(errors="replace").strip()
    if process.returncode or not token or len(token) > LONGEST_TOKEN:
        raise Fault("token")
    return token


def code_of(error: BaseException) -> str:
    """The code of a fault, from the innermost exception that tells it."""
    said = ""
    step: BaseException | None = error
    while step is not None:
        said = _code(step) or said
        step = step.__cause__
    return said or "connection"


def _code(error: BaseException) -> str:
    if isinstance(error, Fault):
        return error.code
    if isinstance(error, aiosmtplib.SMTPResponseException) and _is_full(error):
        return "quota"
    if isinstance(error, MailboxLoginError):
        said = str(error.command_result)
        return next((code for told, code in _REFUSALS.items() if f"[{told}]" in said), "password")
    if type(error) is aiosmtplib.SMTPException:  # extensions that are missing have no class of their own
        return next((code for told, code in _MISSING.items() if told in str(error)), "")
    return next((code for kind, code in _CODES if isinstance(error, kind)), "")


def _is_full(error: aiosmtplib.SMTPResponseException) -> bool:
    """Whether the mailbox is full: X.2.2 of RFC 3463, or 552 of RFC 5321."""
    return error.code == 552 or ".2.2 " in error.message[:6]


_REFUSALS = {"PRIVACYREQUIRED": "not_tls", "UNAVAILABLE": "busy", "INUSE": "busy", "LIMIT": "busy"}
"""By the code that IMAP servers give (RFC 9051, 7.1) to who signs in."""
_MISSING = {"STARTTLS extension": "tls", "AUTH extension": "no_sign_in"}

_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "dns"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (MailboxFolderSelectError, "folder"),
    (aiosmtplib.SMTPAuthenticationError, "password"),
    (aiosmtplib.SMTPSenderRefused, "sender"),
    (aiosmtplib.SMTPNotSupported, "tls"),
    (imaplib.IMAP4.abort, "connection"),
)
