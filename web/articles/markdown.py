"""Renders Markdown for readers: no HTML of the author, no external pictures, bounded cost."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.text import fold

LONGEST = 200_000
"""The most characters of a text."""
FILES = "/help/files/"
"""The path of article files, each by its number."""

_FILE = re.compile(r"/help/files/([0-9]{1,9})/")
_VIDEO = re.compile(r"/help/files/[0-9]{1,9}/[^/?#]+\.(?:mp4|webm|ogv)", re.IGNORECASE)
_LABEL = re.compile(r"\[!([^\[\]\n]{1,40})\][ ]*\n?")
_NOTICES = {"note": "nota", "tip": "dica", "important": "importante", "warning": "atenção", "caution": "atenção"}
"""The labels of other help centres, in the language of ours."""
_HEADING = re.compile(r'<h([2-4]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_APART = re.compile(r"</(?:h[2-6]|th|td)>")
_BLOCK = re.compile(r"</?(?:p|h[2-6]|ul|ol|li|blockquote|pre|div|table|thead|tbody|tr|th|td|br|hr|img|video)\b[^>]*>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

_TAGS = nh3.ALLOWED_TAGS | {"video"}
"""Harmless tags. Few of them occur, because HTML of the author is text."""
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "video": {"src", "preload", "controls"},
    "ol": {"start"},
    "div": {"class", "data-kind"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str) -> str:
    """Renders safe HTML for a page."""
    tokens = _reader.parse(text)
    _set_headings(tokens)
    _set_notices(tokens)
    _set_videos(tokens)
    for token in tokens:
        if token.children:
            token.children = list(_checked(token.children))
    return nh3.clean(
        _reader.renderer.render(tokens, _reader.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def plain(rendered: str) -> str:
    """The text of rendered HTML."""
    return html.unescape(_TAG.sub("", _BLOCK.sub(" ", _APART.sub(" · ", rendered))))


def files_in(rendered: str) -> list[int]:
    """The numbers of the files in it."""
    return sorted({int(number) for number in _FILE.findall(rendered)})


def headings(rendered: str) -> list[tuple[int, str, str]]:
    """Level, id and text of each heading."""
    return [(int(level), ident, plain(inner).strip()) for level, ident, inner in _HEADING.findall(rendered)]


_reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _set_headings(tokens: Sequence[Token]) -> None:
    """Puts the highest heading right below the page's title, and gives each an id."""
    headings = [each for each in tokens if each.type in ("heading_open", "heading_close")]
    shift = 2 - min((int(each.tag[1]) for each in headings), default=2)
    for each in headings:
        each.tag = f"h{min(int(each.tag[1]) + shift, 6)}"
    seen: dict[str, int] = {}
    for opening, inner in pairwise(tokens):
        if opening.type == "heading_open":
            ident = "-".join(re.findall(r"[a-z0-9]+", fold(inner.content)))[:60] or "h"
            seen[ident] = seen.get(ident, 0) + 1
            opening.attrSet("id", f"s-{ident}" + (f"-{seen[ident]}" if seen[ident] > 1 else ""))


def _set_notices(tokens: Sequence[Token]) -> None:
    """Turns a quote that begins with [!Some word] into a notice with that title."""
    open_quotes: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "blockquote_open":
            open_quotes.append(token)
            _set_notice(token, tokens[place + 1 : place + 3])
        elif token.type == "blockquote_close":
            token.tag = open_quotes.pop().tag


def _set_notice(quote: Token, inside: Sequence[Token]) -> None:
    first = inside[-1].children if len(inside) == 2 and inside[-1].type == "inline" else None
    label = _LABEL.match(inside[-1].content) if first else None
    if not first or not label:
        return
    title = _NOTICES.get(label[1].strip().lower(), label[1].strip())
    quote.tag = "div"
    quote.attrSet("class", "notice")
    quote.attrSet("data-kind", "".join(re.findall("[a-z]+", fold(title))))
    kept = _reader.parseInline(inside[-1].content[label.end() :])[0].children or []
    inside[-1].children = [*_named("strong", title.capitalize()), _text(" "), *kept]


def _set_videos(tokens: Sequence[Token]) -> None:
    """Turns a paragraph that is only a link to a video of ours into a player."""
    for token in tokens:
        children = token.children or []
        if len(children) != 3 or children[0].type != "link_open":
            continue
        address = str(children[0].attrGet("href"))
        if _VIDEO.fullmatch(address):
            video = Token("video_open", "video", 1, attrs={"src": address})
            video.attrs |= {"preload": "none", "controls": ""}
            token.children = [video, Token("video_close", "video", -1)]


def _checked(children: Sequence[Token]) -> Iterator[Token]:
    """Turns external pictures into links.

    A link whose text shows another address than its target gets the target added.
    """
    target = ""
    shown = ""
    for token in children:
        if token.type == "link_open":
            target, shown = str(token.attrGet("href") or ""), ""
        shown += token.content if token.type == "text" else ""
        if token.type == "image":
            yield from _picture(token)
            continue
        yield token
        if token.type == "link_close" and _misleads(shown, target):
            yield _text(f" ({urlsplit(target).netloc})")


def _picture(token: Token) -> Iterator[Token]:
    source = str(token.attrGet("src") or "")
    if _FILE.match(source):
        token.attrSet("loading", "lazy")
        yield token
    else:
        link = Token("link_open", "a", 1, attrs={"href": source})
        yield from (link, _text(token.content or source), Token("link_close", "a", -1))


def _misleads(shown: str, target: str) -> bool:
    match = _ADDRESS.match(shown.strip())
    if not match:
        return False
    host = match[0].lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    return host.removeprefix("www.") != urlsplit(target).netloc.lower().removeprefix("www.")


def _named(tag: str, text: str) -> list[Token]:
    return [Token(f"{tag}_open", tag, 1), _text(text), Token(f"{tag}_close", tag, -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
