"""Rewrites links in a Markdown text, to local files, other texts and external addresses."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from web.errors import Unreadable

Target = Callable[[str, bool], str]
"""Returns the new target; the second argument says whether it is a picture."""

_CODE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[^\n]*$|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(!?)(\[(?:[^\[\]\n]|!\[[^\[\]\n]*\]\([^()\n]*\))*\]\(\s*)<?([^\s<>()]+)>?")
_DEFINED = re.compile(r"^( {0,3}\[[^\[\]\n]+\]:[ \t]*)<?([^\s<>]+)>?", re.MULTILINE)
_PICTURE = re.compile(r"<img\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ACTS = re.compile(r"<(?:script|iframe|object|embed)\b", re.IGNORECASE)


def rewritten(text: str, target: Target) -> str:
    """The text with rewritten targets; code stays as it is.

    Raises `Unreadable` with the line if the text contains active HTML.
    """
    return "".join(_prose(part, target, text) if is_prose else part for part, is_prose in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yields code and the text between; the second item says whether it is code."""
    begin = 0
    for code in _CODE.finditer(text):
        yield text[begin : code.start()], True
        yield code[0], False
        begin = code.end()
    yield text[begin:], True


def _prose(part: str, target: Target, text: str) -> str:
    if acting := _ACTS.search(part):
        raise Unreadable("acts", line=text.count("\n", 0, text.find(part) + acting.start()) + 1, about=acting[0][1:])
    part = _BREAK.sub(" ", _PICTURE.sub(_as_markdown, part))
    part = _INLINE.sub(lambda found: _inline(found, target), part)
    return _DEFINED.sub(lambda found: found[1] + target(found[2], False), part)


def _inline(found: re.Match[str], target: Target) -> str:
    """Rewrites a link; its text may contain a picture."""
    shown = _INLINE.sub(lambda inner: _inline(inner, target), found[2]) if "![" in found[2] else found[2]
    return found[1] + shown + target(found[3], bool(found[1]))


def _as_markdown(found: re.Match[str]) -> str:
    said = {each[0].lower(): each[1] or each[2] for each in _ATTRIBUTE.findall(found[0])}
    shown = re.sub(r"[\[\]\n]", " ", said.get("alt", ""))
    return f"![{shown}](<{said['src']}>)" if said.get("src") else ""


def is_elsewhere(target: str) -> bool:
    """Whether the target is an external address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
