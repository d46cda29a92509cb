"""The text of an HTML mail, with quoted parts marked as in plain text, without recursion."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from web.mail.incoming import phrases
from web.mail.incoming.markup.targets import target

_BREAK, _QUOTE, _END, _LINE = "\ue000", "\ue001", "\ue002", "\ue003"
"""Stand for a line break, the beginning and end of a quote, and a line start unless one has just begun."""

_UNSEEN = "script, style, head, title, template, noscript, object, iframe, svg, math"
_BLOCKS = (
    "p, div, tr, li, ul, ol, dl, dt, dd, table, h1, h2, h3, h4, h5, h6, pre, address, section, article, header, footer"
    ", hr"
)
_PARAGRAPHS = {"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
_QUOTES = "blockquote[type=cite], blockquote.gmail_quote, div.yahoo_quoted blockquote, blockquote[cite]"
_HIDDEN = '[style*="display:none" i], [style*="display: none" i], [hidden]'
_FLAT = {"br", "hr", "im", "p>", "p ", "li", "me", "in"}
_DEEPEST = 400
"""The greatest depth.

In deeper documents searches take time proportional to the depth, so only text between tags is read.
"""
_TAG = re.compile(r"<(/?)[a-zA-Z][^>]{0,2000}>")


def text_of(html: str) -> str:
    body = seen(html)
    if body is None:
        return _lined(_TAG.sub(f"{_BREAK}", html))
    listed = numbers(body)
    for node in body.css("br"):
        node.replace_with(_BREAK)
    for node in body.css(_BLOCKS):
        around = _BREAK * 2 if node.tag in _PARAGRAPHS else _LINE
        node.insert_before(_mark(listed.get(node.mem_id)) if node.tag == "li" else around)
        node.insert_after(around)
    for node in body.css("td, th"):
        node.insert_after(" ")
    for node in {each.mem_id: each for each in body.css(_QUOTES)}.values():
        node.insert_before(_QUOTE)
        node.insert_after(_END)
    for node in body.css("a[href]"):
        _tell_target(node)
    return _lined(body.text(deep=True))


def seen(html: str) -> LexborNode | None:
    """The body of a document without invisible parts; None if it nests too deep to search."""
    if _depth(html) > _DEEPEST:
        return None
    body = LexborHTMLParser(_without_marks(html)).body
    if body is not None:
        _remove_unseen(body)
    return body


def numbers(body: LexborNode) -> dict[int, int]:
    """The numbers of the lines of its ordered lists, by node."""
    found: dict[int, int] = {}
    for each in body.css("ol"):
        start = each.attributes.get("start") or ""
        lines = (child for child in each.iter() if child.tag == "li")
        first = int(start) if re.fullmatch(r"[1-9][0-9]{0,3}", start) else 1
        found |= {line.mem_id: number for number, line in enumerate(lines, first)}
    return found


def _mark(number: int | None) -> str:
    return "- " if number is None else f"{number}. "


def _depth(html: str) -> int:
    """An upper bound of the depth; elements without an end tag count too."""
    deepest = depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag.group(1) else depth + (tag.group(0)[1:3].lower() not in _FLAT)
        deepest = max(deepest, depth)
    return deepest


def _without_marks(html: str) -> str:
    return re.sub(f"[{_BREAK}{_QUOTE}{_END}{_LINE}]", "", html)


def _remove_unseen(body: LexborNode) -> None:
    for node in body.css(_UNSEEN):
        node.decompose()
    for node in body.css(_HIDDEN):
        if phrases.ABOVE not in (node.text(deep=True) or ""):
            node.decompose()


def _tell_target(link: LexborNode) -> None:
    """Adds the target behind a link, because its text may say something else."""
    said = (link.text(deep=True) or "").strip()
    found = target(link.attributes.get("href") or "", said)
    if found and found.href.startswith("http") and found.href.rstrip("/") not in (said, said.rstrip("/")):
        link.insert_after(f" <{found.href}>")


def _lined(text: str) -> str:
    """Folds spaces, breaks lines, and marks quoted ones with ">"."""
    lines, depth = [], 0
    folded = re.sub(r"[ \t\r\n\f]+", " ", text)
    folded = re.sub(f"(?<={_BREAK})[ {_LINE}]+", "", folded)
    folded = re.sub(f"{_LINE}[ {_LINE}]*", _BREAK, folded)
    folded = re.sub(f"(?<={_QUOTE})[ {_BREAK}]+|(?<![ {_BREAK}])[ {_BREAK}]++(?={_END})", "", folded)
    folded = re.sub(f"([{_QUOTE}{_END}])", rf"{_BREAK}\1{_BREAK}", folded)
    for line in folded.split(_BREAK):
        if line in (_QUOTE, _END):
            depth = max(0, depth + (1 if line == _QUOTE else -1))
        else:
            lines.append(f"{'>' * min(depth, 9)} {line.strip()}".rstrip() if depth else line.strip())
    text = re.sub(r"(\n>+)(\1)+(?=\n|$)", r"\1", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
