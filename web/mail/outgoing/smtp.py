"""Delivers messages to a mail server (RFC 5321), many over one connection."""

import asyncio
import socket
from email.message import EmailMessage
from email.utils import parseaddr

import aiosmtplib

from web.mail.mailboxes import servers
from web.mail.mailboxes.servers import Fault, Server
from web.notifications.outbox import Refused

TIMEOUT = 30
"""Seconds for each answer of the server."""


class Sender:
    """Sends messages to one server."""

    def __init__(self, server: Server) -> None:
        self._to = server
        self._server: aiosmtplib.SMTP | None = None

    async def send(self, message: EmailMessage) -> None:
        """Raises `Refused` for a permanent failure, `Fault` when the account is at fault.

        Any other `OSError` means that the message can be retried.
        """
        try:
            server = await self._connected()
            await server.send_message(message, sender=parseaddr(message["From"])[1])
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _told(error.recipients[0]) from None
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
            self.close()
            raise Fault(servers.code_of(error), f"{error.code} {error.message}") from None
        except aiosmtplib.SMTPResponseException as error:
            if error.code == 421:
                self.close()
            raise _told(error) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise Fault(servers.code_of(error), str(error) or type(error).__name__) from None

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._server is None or not self._server.is_connected:
            self._server = await connected(self._to)
        return self._server


async def connected(to: Server) -> aiosmtplib.SMTP:
    """Opens a connection to a checked address and signs in. Raises errors that `code_of` translates."""
    address, secret = await servers.reach(to), await servers.secret_of(to)
    line = await asyncio.to_thread(socket.create_connection, (address, to.port), TIMEOUT)
    line.setblocking(False)

    async def token() -> str:
        return secret

    server = aiosmtplib.SMTP(
        hostname=to.host,
        sock=line,
        username=to.user or None,
        password=secret if to.user and not to.login else None,
        oauth_token_generator=token if to.user and to.login else None,
        use_tls=to.tls == "tls",
        start_tls=to.tls == "starttls",
        timeout=TIMEOUT,
    )
    await server.connect()
    return server


def _told(error: aiosmtplib.SMTPResponseException) -> Exception:
    text = f"{error.code} {error.message}"
    return Refused(text) if error.code >= 500 else OSError(text)
