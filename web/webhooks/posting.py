"""One POST to one checked address, and what came of it."""

import asyncio
import functools
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx

from web.text import clean_text
from web.webhooks.addresses import Target

PATIENCE = timedelta(seconds=10)
"""From the first byte sent to the last one read."""
LONGEST_ANSWER = 1_000
"""Bytes that are read of an answer's body; the rest stays unread."""


@dataclass
class Answer:
    """The receiver's answer. `error` tells why there is no status, or why the body was not read whole."""

    status: int | None = None
    body: bytes = b""
    error: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def text(self) -> str:
        return clean_text(self.body[:LONGEST_ANSWER].decode(errors="replace"))


async def post(to: Target, body: bytes, headers: Mapping[str, str], *, patience: timedelta = PATIENCE) -> Answer:
    """To the pinned address, by no proxy, and no further where the answer is a redirect."""
    answer, seconds = Answer(), patience.total_seconds()
    try:
        async with asyncio.timeout(seconds), _client(seconds) as client:
            await _exchange(client, to, body, headers, answer)
    except (TimeoutError, httpx.TimeoutException):
        answer.error = "timeout"
    except httpx.ConnectError as error:
        answer.error = "tls" if "SSL" in str(error) else "unreachable"
    except httpx.HTTPError:
        answer.error = "cut"
    return answer


async def _exchange(
    client: httpx.AsyncClient, to: Target, body: bytes, headers: Mapping[str, str], answer: Answer
) -> None:
    own, named = {"Host": to.host_header, **_HEADERS}, {"sni_hostname": to.host}
    async with client.stream("POST", to.pinned, content=body, headers={**own, **headers}, extensions=named) as response:
        answer.status = response.status_code
        async for piece in response.aiter_raw():
            answer.body += piece
            if len(answer.body) >= LONGEST_ANSWER:
                break


_HEADERS = {"Content-Type": "application/json", "User-Agent": "Guiche", "Accept-Encoding": "identity"}


def _client(seconds: float) -> httpx.AsyncClient:
    """A new one for each try: a connection kept open would outlive the check of its address."""
    return httpx.AsyncClient(verify=_certificates(), trust_env=False, follow_redirects=False, timeout=seconds)


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()
