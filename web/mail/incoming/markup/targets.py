"""Targets of links, parsed as a browser does, and shown where the text of the link does not show them."""

import re
from typing import NamedTuple
from urllib.parse import unquote

import httpx

from web.people.identifiers.addresses import is_address

LONGEST = 4000
_IGNORED = re.compile(r"[\x00-\x1f\x7f]")
"""Characters that browsers remove from an address."""
_HOST = re.compile(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]")


class Target(NamedTuple):
    """`told` is the text behind the link; empty if its own text shows the target."""

    href: str
    told: str


def target(href: str, said: str) -> Target | None:
    """Returns None if the link has no target that may be shown. `said` is the text of the link."""
    plain = _IGNORED.sub("", href).strip()
    scheme, _, rest = plain.partition(":")
    said = " ".join(said.split())
    if len(plain) > LONGEST:
        return None
    if scheme.lower() in ("http", "https"):
        return _of_web(plain, said)
    if scheme.lower() == "mailto":
        return _of_mail(unquote(rest.partition("?")[0]).strip().lower(), said)
    return _of_phone(rest, said) if scheme.lower() == "tel" else None


def host_of(href: str) -> str:
    """The host in ASCII (RFC 3492), so that lookalike letters show as "xn--..."; empty if there is none."""
    url = _url(href)
    return url.raw_host.decode("ascii") if url else ""


def _of_web(href: str, said: str) -> Target | None:
    """A target on the web, without the user name before the host, which could hide the host."""
    url = _url(href)
    if url is None:
        return None
    host = url.raw_host.decode("ascii")
    fragment = f"#{url.fragment}" if url.fragment and url.fragment.isascii() else ""
    plain = f"{url.scheme}://{url.netloc.decode('ascii')}{url.raw_path.decode('ascii')}{fragment}"
    return Target(plain, "" if _says_host(said, host) else host)


def _url(href: str) -> httpx.URL | None:
    """Parses the address. Like a browser it reads a backslash as a slash, which ends the host."""
    try:
        url = httpx.URL(href.strip().replace("\\", "/"))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return None
    return url if _HOST.fullmatch(url.raw_host.decode("ascii", "replace")) else None


def _says_host(said: str, host: str) -> bool:
    bare = said.strip("<>()[].,; ")
    if not bare.isascii() or "@" in bare or " " in bare or "." not in bare:
        return False
    found = host_of(bare if "://" in bare else f"https://{bare}")
    return bool(found) and found.removeprefix("www.") == host.removeprefix("www.")


def _of_mail(address: str, said: str) -> Target | None:
    if not is_address(address):
        return None
    return Target(f"mailto:{address}", "" if said.strip("<>").lower() == address else address)


def _of_phone(number: str, said: str) -> Target | None:
    digits = re.sub(r"[^\d+]", "", number)
    if not 3 <= len(digits) <= 20:
        return None
    is_said = re.sub(r"\D", "", said) != "" and digits.endswith(re.sub(r"\D", "", said))
    return Target(f"tel:{digits}", "" if is_said else digits)
