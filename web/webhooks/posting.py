"""Posts to a checked address, and returns the result."""

import asyncio
import functools
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx

from web.text import clean_text
from web.webhooks.addresses import Target

logging.getLogger("httpx").setLevel(logging.WARNING)  # else it logs whole addresses, which may hold a secret

PATIENCE = timedelta(seconds=10)
"""Seconds from the first byte sent to the last one read."""
LONGEST_ANSWER = 1_000
"""The most bytes of the response body that are read."""


@dataclass
class Answer:
    """The receiver's response. `error` says why there is no status, or why the body was not read completely."""

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
    """Posts to the pinned address, without a proxy and without following redirects."""
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
    """A new client for each try: a reused connection would outlive the check of its address."""
    return httpx.AsyncClient(verify=_certificates(), trust_env=False, follow_redirects=False, timeout=seconds)


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()
