"""Writes tokens as minimal HTML: breaks between lines, nothing empty, and elements nested validly."""

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from web.mail.incoming.markup.comparison import Span, letters
from web.mail.incoming.markup.pictures import is_elsewhere
from web.mail.incoming.markup.tokens import Kind, Token

_SPACES = re.compile(r"[ \t\r\n\f]+")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Elements that change the direction of writing, also of what follows them (UAX #9)."""
_EDGES = " \t\r\n\f\xa0"
_APART = frozenset(("ul", "ol", "li", "blockquote", "pre", "h3", "h4", "table", "thead", "tbody", "tfoot", "tr"))
_CELLS = frozenset(("td", "th"))
"""Elements that are kept when empty, because they hold the columns of a table."""
_BLOCKS = _APART | _CELLS
_LISTS = frozenset(("ul", "ol"))
_SEPARATORS = re.compile(r"[\s>\-–—_*#=|\[(]*")
_SEPARATORS_LAST = re.compile(r"[\s>\-–—_*#=|\[(]+$")
"""Lines that programs write before a history or a signature."""


class _Open(NamedTuple):
    """An open element: its name, where it begins, and how much had been written before."""

    tag: str
    place: int
    written: int


def written(tokens: Sequence[Token], part: Span | None = None) -> str:
    """The HTML of the tokens, or of the part of them that is given as a range of letters."""
    writer, place = _Writer(), 0
    for token in tokens:
        if token.kind is Kind.TEXT:
            count = len(letters(token.text))
            writer.text(token.text if part is None else _in_part(token.text, count, place, part))
            place += count
        elif token.kind is Kind.NUMBER:
            place += len(token.text)
        elif token.kind is Kind.PICTURE:
            if part is None or part.start <= place <= part.end:
                writer.picture(token.text)
        else:
            writer.other(token)
    return writer.end()


def _in_part(text: str, count: int, place: int, part: Span) -> str:
    """The piece of a text that lies in the part; signs without letters belong to the letters before them."""
    if part.start <= place and place + count <= part.end:
        is_edge = count == 0 and place in (part.start or -1, part.end)
        return "" if is_edge and _SEPARATORS.fullmatch(text) and text.strip(_EDGES) else text
    if place + count <= part.start or place >= part.end:
        return ""
    kept = []
    for char in text:
        place += len(letters(char))
        if place <= part.end and (place > part.start or not part.start):
            kept.append(char)
    said = "".join(kept)
    return _SEPARATORS_LAST.sub("", said) if place > part.end else said


class _Writer:
    """Writes HTML. Breaks and spaces are written only when something follows them."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[_Open] = []
        self._written = 0
        self._breaks = 0
        self._has_space = self._has_rule = self._has_begun = self._has_told = False
        """`_has_begun` means that this block has content, `_has_told` that a link's target was written last."""

    def text(self, text: str) -> None:
        text = _TURNING.sub("", text)
        if any(each.tag == "pre" for each in self._open):
            return self._say(escape(text, quote=False)) if text else None
        words = text.strip(_EDGES)
        if words:
            self._has_space |= text[0] in _EDGES or (self._has_told and words[0].isalnum())
            self._say(escape(_SPACES.sub(" ", words), quote=False))
            self._has_space = text[-1] in _EDGES
        elif "\xa0" in text and (self._breaks or not self._has_begun):
            self._break(self._breaks + 1)
        else:
            self._has_space |= bool(text)
        return None

    def picture(self, html: str) -> None:
        if html:
            self._has_space |= self._has_told
            self._say(html)
            self._has_told = is_elsewhere(html)

    def other(self, token: Token) -> None:
        if token.kind is Kind.OPEN:
            self._begin(token)
        elif token.kind is Kind.CLOSE:
            self._close(token)
        elif token.kind is Kind.RULE:
            self._has_rule, self._breaks = self._has_begun or bool(self._out), 0
        else:
            self._break({Kind.LINE: 1, Kind.PARAGRAPH: 2}.get(token.kind, self._breaks + 1))

    def end(self) -> str:
        while self._open:
            self._end_last("")
        return "".join(self._out)

    def _break(self, lines: int) -> None:
        """Requests at least so many line breaks; at most one blank line is written."""
        self._breaks, self._has_space = max(self._breaks, min(lines, 2)), False

    def _say(self, html: str) -> None:
        if self._open and self._open[-1].tag in _LISTS:
            self._begin(Token(Kind.OPEN, "li"))
        if self._has_rule:
            self._lead("<hr>")
        elif self._has_begun:
            self._lead("<br>" * self._breaks or " " * self._has_space)
        self._out.append(html)
        self._written += 1
        self._breaks, self._has_begun = 0, True
        self._has_space = self._has_rule = self._has_told = False

    def _lead(self, html: str) -> None:
        """Writes HTML before the elements that were just opened."""
        fresh = [place for place, each in enumerate(self._open) if each.written == self._written]
        fresh = [place for place in fresh if self._open[place].tag not in _BLOCKS]
        self._out.insert(self._open[fresh[0]].place if fresh else len(self._out), html)
        for place in fresh:
            self._open[place] = self._open[place]._replace(place=self._open[place].place + 1)

    def _begin(self, token: Token) -> None:
        tag = token.text
        around = self._open[-1].tag if self._open else ""
        if tag == "li" and around == "li":
            self._end_last("")
        elif tag in _LISTS and around in _LISTS:
            self._begin_below()
        if tag in _BLOCKS:
            self._part()
        self._open.append(_Open(tag, len(self._out), self._written))
        self._out.append(f"<{tag}{token.more}>")

    def _begin_below(self) -> None:
        """Moves a nested list into the item before it."""
        if self._out[-1] == "</li>":
            self._out.pop()
            self._open.append(_Open("li", len(self._out), -1))
        else:
            self._begin(Token(Kind.OPEN, "li"))

    def _close(self, token: Token) -> None:
        if not any(each.tag == token.text for each in self._open):
            return
        while self._open[-1].tag != token.text:
            self._end_last("")
        self._end_last(token.more)

    def _end_last(self, told: str) -> None:
        tag, place, before = self._open.pop()
        if self._written == before and tag not in _CELLS:
            del self._out[place:]
        else:
            self._out.append(f"</{tag}> <small>({told})</small>" if told else f"</{tag}>")
            self._has_told = bool(told)
        if tag in _BLOCKS:
            self._part()

    def _part(self) -> None:
        """Begins or ends a block; blocks are separated without extra breaks."""
        self._breaks, self._has_space, self._has_begun = 0, False, False
