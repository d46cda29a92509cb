"""Hands messages over to a mail server (RFC 5321), one connection for many."""

from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from web.notifications.outbox import Refused

TIMEOUT = 30
"""Seconds for each word of the server."""


class Sender:
    """To the server of `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._server: aiosmtplib.SMTP | None = None

    async def send(self, message: EmailMessage) -> None:
        """Raises `Refused` for what will never be taken, `OSError` for what may be taken later."""
        try:
            server = await self._connected()
            await server.send_message(message, sender=parseaddr(message["From"])[1])
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise self._told(error.recipients[0]) from None
        except aiosmtplib.SMTPResponseException as error:
            if error.code == 421:
                self.close()
            raise self._told(error) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise OSError(str(error) or type(error).__name__) from None

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._server is None or not self._server.is_connected:
            self._server = _server(self._url)
            await self._server.connect()
        return self._server

    def _told(self, error: aiosmtplib.SMTPResponseException) -> Exception:
        text = f"{error.code} {error.message}"
        return Refused(text) if error.code >= 500 else OSError(text)


def _server(url: SplitResult) -> aiosmtplib.SMTP:
    is_tls, starts_tls = url.scheme == "smtps", url.scheme == "smtp+starttls"
    return aiosmtplib.SMTP(
        hostname=url.hostname,
        port=url.port or (465 if is_tls else 587 if starts_tls else 25),
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=is_tls,
        start_tls=starts_tls,
        timeout=TIMEOUT,
    )
