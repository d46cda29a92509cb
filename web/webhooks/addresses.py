"""Where a webhook may lead: its host is resolved once, every address of it is checked, and one of them is used."""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

import httpx

from web.errors import Invalid
from web.settings import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 500
PATIENCE = 5
"""Seconds for the host to be resolved."""

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is given to hosts of the internet."""
_OF_THE_HOUSE = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "168.63.129.16/32")))
"""What answers only machines of the same cloud (Oracle, Azure), and Python may take for public."""


@dataclass(frozen=True)
class Target:
    """An address that was checked. The connection goes to `pinned`; the name is not resolved again."""

    pinned: httpx.URL
    host: str
    """As the certificate must name it."""
    host_header: str


async def target(address: str) -> Target:
    """Raises `Invalid` for what is no address, and for one that leads where nothing may be sent."""
    url = _read(address)
    host = url.raw_host.decode("ascii")
    found = await _resolved(host, url.port or (443 if url.scheme == "https" else 80))
    if not all(_is_allowed(each) or _is_public(each) for each in found):
        raise Invalid("address", "private_address")
    if url.scheme != "https" and not all(map(_is_allowed, found)):
        raise Invalid("address", "not_https")
    return Target(url.copy_with(host=str(found[0])), host, url.netloc.decode("ascii"))


def _read(address: str) -> httpx.URL:
    if len(address) > LONGEST:
        raise Invalid("address", "too_long")
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise Invalid("address", "not_a_web_address") from None
    is_plain = url.scheme in ("http", "https") and url.host and not url.userinfo and not url.fragment
    if not is_plain or not 0 < (url.port or 443) < 65536:
        raise Invalid("address", "not_a_web_address")
    return url


async def _resolved(host: str, port: int) -> list[Address]:
    """A number in any spelling (decimal, octal, hexadecimal) is resolved to what a connection would take it for."""
    try:
        async with asyncio.timeout(PATIENCE):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [_plain(str(place[0])) for *_, place in found]
    except (OSError, TimeoutError, ValueError):
        raise Invalid("address", "unresolved") from None


def _plain(text: str) -> Address:
    """IPv4 inside IPv6 counts as what it is."""
    address = ipaddress.ip_address(text)
    return (isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped) or address


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        return address in _UNICAST and address.is_global and address.sixtofour is None
    is_near = address.is_multicast or any(address in network for network in _OF_THE_HOUSE)
    return address.is_global and not is_near


def _is_allowed(address: Address) -> bool:
    """Whether the operator named it: a receiver of the house's own network."""
    return any(address in network for network in settings().webhook_networks)
