"""Meaning of each HTML element in a mail: block, inline or ignored."""

import re
from collections.abc import Mapping
from html import escape

from selectolax.lexbor import LexborNode

from web.mail.incoming.markup.targets import target
from web.mail.incoming.markup.tokens import Around, Kind, Token

_KEPT = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("h1", "h2"), "h3"),
    **dict.fromkeys(("h3", "h4", "h5", "h6"), "h4"),
    **{each: each for each in ("sub", "sup", "ul", "ol", "blockquote", "pre")},
}
"""The elements that are kept, and as what. Headings become smaller, because the page has its own above them."""
_LINES = frozenset(
    (
        *("div", "address", "section", "article", "main", "aside", "nav", "header", "footer", "center", "form"),
        *("fieldset", "figure", "figcaption", "caption", "dl", "dt", "dd", "li", "menu"),
    )
)
_CELLS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_STYLES = (
    ("b", re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)),
    ("i", re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)),
    ("s", re.compile(r"text-decoration[a-z-]*\s*:\s*[a-z -]*line-through", re.IGNORECASE)),
)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)", re.IGNORECASE)
_NO_SPACE = re.compile(r"margin(-top)?\s*:\s*0", re.IGNORECASE)
_WIDEST = 50
"""The most columns or rows that one cell of a table may span."""

_NOTHING = Around()
_ON_LINES = Around((Token(Kind.LINE),), (Token(Kind.LINE),))
_APART = Around((Token(Kind.PARAGRAPH),), (Token(Kind.PARAGRAPH),))


def meaning(node: LexborNode) -> Around:
    tag, attributes = node.tag or "", node.attributes
    if tag == "p":
        return _ON_LINES if _is_close(attributes) else _APART
    if tag in ("b", "strong") and _NOT_BOLD.search(_style(attributes)):
        return _NOTHING
    if tag == "li" and node.parent is not None and node.parent.tag in ("ul", "ol"):
        return _around("li")
    if tag == "ol" and re.fullmatch(r"[1-9][0-9]{0,3}", attributes.get("start") or ""):
        return _around("ol", f' start="{attributes["start"]}"')
    if tag in _KEPT:
        return _around(_KEPT[tag])
    return _ON_LINES if tag in _LINES else _styled(attributes)


def link(node: LexborNode) -> Around:
    """A link, followed by its target if its text does not show it."""
    said = node.text(deep=True) or ""
    found = target(node.attributes.get("href") or "", said)
    if found is None:
        return _NOTHING
    return Around(
        (Token(Kind.OPEN, "a", f' href="{escape(found.href)}"'),), (Token(Kind.CLOSE, "a", escape(found.told)),)
    )


def cell(node: LexborNode, *, is_of_data: bool) -> Around:
    """A table cell. Tables that are used only for layout become lines."""
    tag = node.tag or ""
    if not is_of_data:
        return _ON_LINES
    spans = "".join(_span(name, node.attributes) for name in ("colspan", "rowspan") if tag in ("td", "th"))
    return _around(tag, spans)


def is_cell(tag: str) -> bool:
    return tag in _CELLS


def is_of_data(table: LexborNode) -> bool:
    """Whether a table holds data: two rows and columns at least, no nested table, and not marked as layout."""
    if table.attributes.get("role") in ("presentation", "none") or table.css_first("table table"):
        return False
    rows = table.css("tr")
    return len(rows) > 1 and any(len(row.css("td, th")) > 1 for row in rows)


def _around(tag: str, attributes: str = "") -> Around:
    return Around((Token(Kind.OPEN, tag, attributes),), (Token(Kind.CLOSE, tag),))


def _styled(attributes: Mapping[str, str | None]) -> Around:
    style = _style(attributes)
    tags = [tag for tag, pattern in _STYLES if pattern.search(style)] if style else []
    return Around(tuple(Token(Kind.OPEN, tag) for tag in tags), tuple(Token(Kind.CLOSE, tag) for tag in reversed(tags)))


def _is_close(attributes: Mapping[str, str | None]) -> bool:
    """Whether it is a paragraph without margins: Outlook writes every line as one."""
    return "mso" in (attributes.get("class") or "").lower() or bool(_NO_SPACE.search(_style(attributes)))


def _style(attributes: Mapping[str, str | None]) -> str:
    return attributes.get("style") or ""


def _span(name: str, attributes: Mapping[str, str | None]) -> str:
    value = attributes.get(name) or ""
    return f' {name}="{value}"' if re.fullmatch(r"[1-9][0-9]?", value) and 1 < int(value) <= _WIDEST else ""
