"""Converts HTML of another help centre to Markdown, without scripts and other active content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from web.articles.imports.incoming import LARGEST_TEXT
from web.errors import Unreadable

_BREAK, _ALONE = "\ue000", "\ue001"
"""Stand for a line break, and around a separate paragraph, until spaces are folded."""

_DEEPEST = 100
_ACTS = frozenset(("script", "object", "embed", "applet"))
_UNSEEN = _ACTS | frozenset("style head title template noscript form input button select textarea svg math".split())  # noqa: SIM905
_BLOCKS = frozenset(
    """
    p div section article header footer main aside figure figcaption h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre
    table hr details summary iframe video address center
    """.split()  # noqa: SIM905
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
_NOTICE = re.compile(r"\b(?:callout|note|notice|warning|alert|tip|info|important|admonition)", re.IGNORECASE)
_LABEL = "[!AVISO]"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_AT_START = re.compile(r"^(\d*)([#+.)-])(?=\s|#)", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]{0,2000}>")
_FLAT = frozenset("br hr img input meta link wbr source col p li td tr th".split())  # noqa: SIM905


class Finder(Protocol):
    """Each returns the address in our text, or an empty one if there is none."""

    def file(self, address: str) -> str: ...

    def picture(self, address: str) -> str: ...

    def link(self, address: str) -> str: ...


@dataclass
class _Said:
    """The finder of addresses, and whether active content was removed."""

    finder: Finder
    acts: bool = False

    def target(self, address: str | None) -> str:
        return self.finder.file(address or "") or self.finder.link(address or "")


def markdown_of(html: str, finder: Finder) -> tuple[str, bool]:
    """The text, and whether something that acts was left out. Raises `Unreadable` for what is too large or deep."""
    if len(html) > LARGEST_TEXT:
        raise Unreadable("too_long")
    if _depth(html) > _DEEPEST:
        raise Unreadable("too_deep")
    body = LexborHTMLParser(re.sub(f"[{_BREAK}{_ALONE}]", "", html)).body
    said = _Said(finder)
    text = "\n\n".join(_blocks(body, said)) if body else ""
    return re.sub(r"\n{3,}", "\n\n", text).strip(), said.acts


def _depth(html: str) -> int:
    """At most; what needs no end tag is not counted."""
    deepest = depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _FLAT:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _blocks(node: LexborNode, said: _Said) -> Iterator[str]:
    """Each paragraph, list or table in it; loose words between them are paragraphs too."""
    loose: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag in _BLOCKS:
            yield from _paragraph(loose)
            yield from _block(child, said)
        else:
            loose.append(_inline(child, said))
    yield from _paragraph(loose)


def _paragraph(loose: list[str]) -> Iterator[str]:
    text = _folded("".join(loose))
    loose.clear()
    if text:
        yield _AT_START.sub(r"\1\\\2", text) if not text.startswith("![") else text


def _block(node: LexborNode, said: _Said) -> Iterator[str]:
    tag = node.tag or ""
    if tag in ("ul", "ol"):
        yield _list(node, said)
    elif tag[0] == "h" and tag[1:].isdigit():
        yield from (f"{'#' * max(int(tag[1:]), 2)} {each}" for each in [_one_line(node, said)] if each)
    elif tag == "pre":
        yield f"```\n{(node.text(deep=True) or '').strip(chr(10))}\n```"
    elif tag == "table":
        yield from _table(node, said)
    elif tag == "hr":
        yield "---"
    elif tag in ("iframe", "video"):
        yield from _video(node, said)
    elif tag == "blockquote" or _NOTICE.search(node.attributes.get("class") or ""):
        yield from _quote(node, said, is_notice=tag != "blockquote")
    elif tag in ("dt", "summary"):
        yield from (f"**{each}**" for each in [_one_line(node, said)] if each)
    else:
        yield from _blocks(node, said)


def _list(node: LexborNode, said: _Said) -> str:
    items, number = [], _first(node)
    for child in node.iter():
        mark = f"{number}. " if node.tag == "ol" else "- "
        parts = list(_blocks(child, said)) if child.tag == "li" else list(_block(child, said))
        is_tight = all("\n\n" not in each and not each.startswith(("![", "|", "```")) for each in parts[:2])
        text = ("\n" if len(parts) == 2 and is_tight and parts[1][:2] in ("- ", "1.") else "\n\n").join(parts)
        if child.tag == "li":
            items.append(mark + text.replace("\n", "\n" + " " * len(mark)))
            number += 1
        elif text and items:
            items[-1] += "\n" + " " * len(mark) + text.replace("\n", "\n" + " " * len(mark))
    return re.sub(
        r"[ \t]+$", "", ("\n\n" if any("\n\n" in each for each in items) else "\n").join(items), flags=re.MULTILINE
    )


def _first(node: LexborNode) -> int:
    start = node.attributes.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < 5 else 1


def _table(node: LexborNode, said: _Said) -> Iterator[str]:
    """One of a single column is there for its looks: what stands in it goes on as text."""
    rows = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in node.css("tr")]
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        for row in rows:
            for cell in row:
                yield from _blocks(cell, said)
        return
    lines = [[_one_line(cell, said) for cell in row] + [""] * (width - len(row)) for row in rows]
    text = [f"| {' | '.join(line)} |" for line in lines if any(line)]
    yield "\n".join([*text[:1], f"|{' --- |' * width}", *text[1:]])


def _quote(node: LexborNode, said: _Said, *, is_notice: bool) -> Iterator[str]:
    text = "\n\n".join(_blocks(node, said))
    if text:
        lines = ([_LABEL] if is_notice else []) + text.split("\n")
        yield "\n".join(f"> {line}".rstrip() for line in lines)


def _video(node: LexborNode, said: _Said) -> Iterator[str]:
    """A video becomes a link, because nothing is embedded here."""
    source = node.attributes.get("src") or next((each.attributes.get("src") for each in node.css("source")), "") or ""
    if target := said.target(source):
        shown = _escaped(_folded(node.attributes.get("title") or "") or source.partition("?")[0])
        yield f"[{shown}]({target})"


def _inline(node: LexborNode, said: _Said) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return _escaped(node.text(deep=False) or "")
    if tag in _UNSEEN or tag.startswith(("-", "!")):
        said.acts |= tag in _ACTS
        return ""
    if tag == "br":
        return _BREAK
    if tag == "img":
        return _picture(node, said)
    if tag == "code":
        return f"`{_folded((node.text(deep=True) or '').replace('`', chr(39)))}`"
    inside = "".join(_inline(child, said) for child in node.iter(include_text=True))
    if tag in _BLOCKS:
        return f" {inside} "
    if tag == "a":
        return _link(node, inside, said)
    return _marked(inside, _MARKS.get(tag, ""))


def _marked(inside: str, mark: str) -> str:
    """Puts marks around text, without spaces inside and without nesting the same marks."""
    core = inside.strip()
    if not mark or not core or mark in core or _BREAK in core:
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    return f"{before}{mark}{core}{mark}{after}"


def _picture(node: LexborNode, said: _Said) -> str:
    source = node.attributes.get("src") or node.attributes.get("data-src") or ""
    shown = _escaped(_folded(node.attributes.get("alt") or ""))
    found = said.finder.picture(source)
    return f"{_ALONE}![{shown}]({found}){_ALONE}" if found else ""


def _link(node: LexborNode, inside: str, said: _Said) -> str:
    target = said.target(node.attributes.get("href"))
    shown = _folded(inside).replace("\n", " ")
    if not target or not shown or "![" in shown:
        return inside
    return f"[{shown}]({target})"


def _one_line(node: LexborNode, said: _Said) -> str:
    inside = "".join(_inline(child, said) for child in node.iter(include_text=True))
    return " ".join(_folded(inside).replace("\\\n", " ").split())


def _folded(text: str) -> str:
    """Folds spaces; keeps intended line breaks, and puts pictures into paragraphs of their own."""
    text = re.sub(r"\s+", " ", text).strip(f" {_BREAK}{_ALONE}")
    text = re.sub(f"[ {_BREAK}]*{_ALONE}[ {_BREAK}{_ALONE}]*| ?{_BREAK}[ {_BREAK}]*{_BREAK} ?", "\n\n", text)
    return re.sub(f" ?{_BREAK} ?", r"\\\n", text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
