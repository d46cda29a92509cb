"""Resolves a host once, and checks every address of it before one is used."""

import asyncio
import ipaddress
import socket
from collections.abc import Collection, Sequence

from web.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PATIENCE = 5
"""Seconds to resolve a host."""

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""The only IPv6 range assigned to hosts of the internet."""
_OF_THE_HOUSE = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "168.63.129.16/32")))
"""Addresses that only machines of the same cloud can reach (Oracle, Azure), and that Python may call public."""


async def resolved(host: str, port: int) -> list[Address]:
    """The addresses of a host, also given as a decimal, octal or hexadecimal number. Raises `OSError`."""
    try:
        async with asyncio.timeout(PATIENCE):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [_plain(str(place[0])) for *_, place in found]
    except (OSError, TimeoutError, ValueError) as error:
        raise OSError(f"{host} is not found: {error}") from None


async def public(hosts: Collection[str]) -> set[str]:
    """The hosts that resolve only to addresses on the internet."""
    found = await asyncio.gather(*(resolved(each, 443) for each in hosts), return_exceptions=True)
    pairs = zip(hosts, found, strict=True)
    return {host for host, places in pairs if not isinstance(places, BaseException) and all(map(is_public, places))}


def is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        return address in _UNICAST and address.is_global and address.sixtofour is None
    is_near = address.is_multicast or any(address in network for network in _OF_THE_HOUSE)
    return address.is_global and not is_near


def is_among(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _plain(text: str) -> Address:
    """An IPv4 address inside IPv6 counts as IPv4."""
    address = ipaddress.ip_address(text)
    return (isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped) or address
