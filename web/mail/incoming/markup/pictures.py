"""Pictures of a mail: its own stand in place, those of others are links that say where they lie."""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from web.mail.incoming.markup.targets import host_of, target
from web.mail.incoming.phrases import OWN_PICTURE, PICTURE, PICTURE_OF

_TINY = frozenset(("0", "1", "2", "0px", "1px", "2px"))
_HAS_TINY_STYLE = re.compile(r"(?<![a-z-])(width|height)\s*:\s*[0-2](px)?\s*(;|!|$)", re.IGNORECASE)

SCHEME = "picture:"
"""Begins the address of a file by its number, until it is shown."""
_PLACE = re.compile(rf'(<a href="{SCHEME}\d+"[^>]*>)?<img src="{SCHEME}(\d+)"([^>]*)>(?(1)</a>)')
"""No words of people begin so: in them "<" is written otherwise, and nothing else is called so."""


def picture(node: LexborNode, known: Mapping[str, int], *, is_linked: bool) -> str:
    """Its HTML; `known` are the numbers of the files, by their id in the mail. `is_linked` inside a link already."""
    source = (node.attributes.get("src") or "").strip()
    alt = " ".join(re.sub(r'[<>"]', " ", node.attributes.get("alt") or "").split())[:200]
    if source[:4].lower() == "cid:":
        number = known.get(unquote(source[4:]))
        return escape(alt) if number is None else _own(number, alt, node, is_linked=is_linked)
    return _elsewhere(source, alt, is_linked=is_linked) if not _is_tiny(node) else ""


def placed(html: str, addresses: Mapping[int, str]) -> str:
    """With the addresses of the files of these numbers; what has none stays as its words."""

    def place(found: re.Match[str]) -> str:
        address = addresses.get(int(found[2]))
        return found[0].replace(f'"{SCHEME}{found[2]}"', f'"{escape(address)}"') if address else _words(found[3])

    return _PLACE.sub(place, html)


def numbers(html: str) -> set[int]:
    """Of the pictures that it shows."""
    return {int(found[2]) for found in _PLACE.finditer(html)}


def _own(number: int, alt: str, node: LexborNode, *, is_linked: bool) -> str:
    """Led to whole by a click, where nothing else is."""
    width = node.attributes.get("width") or ""
    size = f' width="{width}"' if re.fullmatch(r"[1-9]\d{0,3}", width) else ""
    drawn = f'<img src="{SCHEME}{number}" alt="{escape(alt or OWN_PICTURE)}"{size}>'
    return drawn if is_linked else f'<a href="{SCHEME}{number}">{drawn}</a>'


def _elsewhere(source: str, alt: str, *, is_linked: bool) -> str:
    found = target(source, "") if host_of(source) else None
    if found is None:
        return escape(alt)
    said = escape(PICTURE_OF.format(alt=alt) if alt else PICTURE)
    return said if is_linked else f'<a href="{escape(found.href)}">{said}</a> <small>({escape(found.told)})</small>'


def _is_tiny(node: LexborNode) -> bool:
    """It would only tell that the mail was opened."""
    attributes = node.attributes
    return bool(
        _TINY & {attributes.get("width"), attributes.get("height")}
        or _HAS_TINY_STYLE.search(attributes.get("style") or "")
    )


def _words(attributes: str) -> str:
    found = re.search(r'alt="([^"]*)"', attributes)
    return found[1] if found else ""
