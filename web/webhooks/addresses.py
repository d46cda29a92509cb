"""Checks the address of a webhook: resolves its host once, checks every IP address, and picks one."""

from dataclasses import dataclass

import httpx

from web.errors import Invalid, refuse
from web.network import Address, is_among, is_public, resolved
from web.settings import settings
from web.text import too_long

LONGEST = 500


@dataclass(frozen=True)
class Target:
    """A checked address. The connection goes to `pinned`; the name is not resolved again."""

    pinned: httpx.URL
    host: str
    """The host name that the certificate must have."""
    host_header: str


async def target(address: str) -> Target:
    """Checks an address. Raises `Invalid` for a malformed address and for one that is not allowed."""
    url = _read(address)
    host = url.raw_host.decode("ascii")
    found = await _resolved(host, url.port or (443 if url.scheme == "https" else 80))
    if not all(_is_allowed(each) or is_public(each) for each in found):
        raise Invalid("address", "private_address")
    if url.scheme != "https" and not all(map(_is_allowed, found)):
        raise Invalid("address", "not_https")
    return Target(url.copy_with(host=str(found[0])), host, url.netloc.decode("ascii"))


def _read(address: str) -> httpx.URL:
    refuse({"address": too_long(address, LONGEST)})
    try:
        url = httpx.URL(address)
        is_named = bool(url.host)  # its letters are decoded only now
    except (httpx.InvalidURL, ValueError):
        raise Invalid("address", "not_a_web_address") from None
    is_plain = url.scheme in ("http", "https") and is_named and not url.userinfo and not url.fragment
    if not is_plain or not (url.port is None or 0 < url.port < 65536):
        raise Invalid("address", "not_a_web_address")
    return url


async def _resolved(host: str, port: int) -> list[Address]:
    try:
        return await resolved(host, port)
    except OSError:
        raise Invalid("address", "unresolved") from None


def _is_allowed(address: Address) -> bool:
    """Whether the operator allowed this private address."""
    return is_among(address, settings().webhook_networks)
