"""Pictures of a mail: its own are shown in place, external ones are links until the reader loads them."""

import re
from collections.abc import Container, Mapping
from html import escape, unescape
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from web.mail.incoming.markup.targets import host_of, target
from web.mail.incoming.phrases import OWN_PICTURE, PICTURE, PICTURE_OF

_TINY = frozenset(("0", "1", "2", "0px", "1px", "2px"))
_HAS_TINY_STYLE = re.compile(r"(?<![a-z-])(width|height)\s*:\s*[0-2](px)?\s*(;|!|$)", re.IGNORECASE)

SCHEME = "picture:"
"""The scheme of a file's address by its number, until the page replaces it."""
_PLACE = re.compile(rf'(<a href="{SCHEME}\d+"[^>]*>)?<img src="{SCHEME}(\d+)"([^>]*)>(?(1)</a>)')
"""Marks a picture of the mail. Text cannot contain it, because "<" is escaped there."""
OUTSIDE = "outside:"
"""Marks the address of an external picture, until it is shown."""
_ELSEWHERE = re.compile(rf'(<a href="{OUTSIDE}[^"]*"[^>]*>)?<img src="{OUTSIDE}([^"]*)"([^>]*)>(?(1)</a>)')
_MOST_LOADED = 50


def picture(node: LexborNode, known: Mapping[str, int], *, is_linked: bool) -> str:
    """The HTML of a picture. `known` are the numbers of files by their id; `is_linked` means inside a link."""
    source = (node.attributes.get("src") or "").strip()
    alt = " ".join(re.sub(r'[<>"]', " ", node.attributes.get("alt") or "").split())[:200]
    if source[:4].lower() == "cid:":
        number = known.get(unquote(source[4:]))
        return escape(alt) if number is None else _own(number, alt, node, is_linked=is_linked)
    return _elsewhere(source, alt, node, is_linked=is_linked) if not _is_tiny(node) else ""


def placed(html: str, addresses: Mapping[int, str]) -> str:
    """Replaces the marks by these addresses. A picture without one is replaced by its text."""

    def place(found: re.Match[str]) -> str:
        address = addresses.get(int(found[2]))
        return found[0].replace(f'"{SCHEME}{found[2]}"', f'"{escape(address)}"') if address else _words(found[3])

    return _PLACE.sub(place, html)


def numbers(html: str) -> set[int]:
    """The numbers of the pictures that the HTML shows."""
    return {int(found[2]) for found in _PLACE.finditer(html)}


def told(html: str, loaded: Container[str] = ()) -> str:
    """Shows external pictures of these hosts without a referrer, and each other one as a link."""
    left = _MOST_LOADED

    def tell(found: re.Match[str]) -> str:
        nonlocal left
        href, alt = unescape(found[2]), unescape(_words(found[3]))
        if left and href.startswith("https:") and host_of(href) in loaded:
            left -= 1
            drawn = f'<img src="{found[2]}"{found[3]} referrerpolicy="no-referrer">'
            return _led(found[2], drawn) if found[1] else drawn
        said = escape(PICTURE_OF.format(alt=alt) if alt else PICTURE)
        return f"{_led(found[2], said)} <small>({escape(host_of(href))})</small>" if found[1] else said

    return _ELSEWHERE.sub(tell, html)


def hosts(html: str) -> set[str]:
    """The hosts of external pictures that may be loaded."""
    found = (unescape(each[2]) for each in _ELSEWHERE.finditer(html))
    return {host_of(href) for href in found if href.startswith("https:")}


def is_elsewhere(html: str) -> bool:
    """Whether it is an external picture outside a link."""
    return html.startswith(f'<a href="{OUTSIDE}')


def _led(href: str, said: str) -> str:
    return f'<a href="{href}" rel="noopener nofollow">{said}</a>'


def _own(number: int, alt: str, node: LexborNode, *, is_linked: bool) -> str:
    """A picture of the mail. A click opens it in full, unless it is inside a link."""
    return _drawn(f"{SCHEME}{number}", alt or OWN_PICTURE, node, is_linked=is_linked)


def _elsewhere(source: str, alt: str, node: LexborNode, *, is_linked: bool) -> str:
    found = target(source, "") if host_of(source) else None
    return _drawn(f"{OUTSIDE}{found.href}", alt, node, is_linked=is_linked) if found else escape(alt)


def _drawn(source: str, alt: str, node: LexborNode, *, is_linked: bool) -> str:
    width = node.attributes.get("width") or ""
    size = f' width="{width}"' if re.fullmatch(r"[1-9]\d{0,3}", width) else ""
    drawn = f'<img src="{escape(source)}" alt="{escape(alt)}"{size}>'
    return drawn if is_linked else f'<a href="{escape(source)}">{drawn}</a>'


def _is_tiny(node: LexborNode) -> bool:
    """Whether the picture is a tracking pixel."""
    attributes = node.attributes
    return bool(
        _TINY & {attributes.get("width"), attributes.get("height")}
        or _HAS_TINY_STYLE.search(attributes.get("style") or "")
    )


def _words(attributes: str) -> str:
    found = re.search(r'alt="([^"]*)"', attributes)
    return found[1] if found else ""
