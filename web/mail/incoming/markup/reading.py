"""Parses the HTML of a mail into tokens, without recursion, and skips what is too deep or too long."""

from collections import Counter
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from web.mail.incoming.markup import elements, text
from web.mail.incoming.markup.pictures import picture
from web.mail.incoming.markup.tokens import Around, Kind, Token

MOST = 20_000
"""The most tokens; a longer mail is shown as text."""
_MOST_TABLES = 200
"""The most tables; if there are more, all are ignored."""

_INDENTED = ("blockquote", "ul", "ol")
_DEEPEST = 8
"""The deepest nesting of quotes and lists; deeper ones are not indented further."""


def read(html: str, pictures: Mapping[str, int]) -> list[Token]:
    """Returns the tokens. `pictures` are the numbers of files by their id in the mail."""
    body = text.seen(html)
    if body is None:
        return []
    found: list[Token] = []
    for token in _Walk(body, pictures).tokens():
        found.append(token)
        if len(found) > MOST:
            return []
    return found


class _Walk:
    """One pass through a document."""

    def __init__(self, body: LexborNode, pictures: Mapping[str, int]) -> None:
        self._body, self._pictures = body, pictures
        tables = body.css("table")
        self._of_data = {each.mem_id for each in tables[:_MOST_TABLES] if elements.is_of_data(each)}
        self._tables: list[bool] = []
        """For each enclosing table, whether it holds data."""
        self._numbers = text.numbers(body)
        self._within: Counter[str] = Counter()
        """How many of each element enclose the present node."""

    def tokens(self) -> Iterator[Token]:
        for node, is_end in _visited(self._body):
            tag = node.tag or ""
            if not is_end:
                self._enter(node, tag)
            around = self._meaning(node, tag)
            if is_end:
                self._leave(tag)
            yield from around.end if is_end else around.begin
            if not is_end and (number := self._numbers.get(node.mem_id)):
                yield Token(Kind.NUMBER, str(number))

    def _enter(self, node: LexborNode, tag: str) -> None:
        self._within[tag] += 1
        if tag == "table":
            self._tables.append(node.mem_id in self._of_data)

    def _leave(self, tag: str) -> None:
        self._within[tag] -= 1
        if tag == "table":
            self._tables.pop()

    def _meaning(self, node: LexborNode, tag: str) -> Around:
        if node.is_text_node:
            return Around((Token(Kind.TEXT, node.text_content or ""),))
        if tag in ("br", "hr"):
            return Around((Token(Kind.BREAK if tag == "br" else Kind.RULE),))
        if tag == "img":
            drawn = picture(node, self._pictures, is_linked=self._within["a"] > 0)
            return Around((Token(Kind.PICTURE, drawn, node.attributes.get("alt") or ""),))
        if tag == "a":
            return elements.link(node)
        if sum(self._within[each] for each in _INDENTED) > _DEEPEST and tag in _INDENTED:
            return Around()
        if elements.is_cell(tag):
            return elements.cell(node, is_of_data=bool(self._tables) and self._tables[-1])
        return elements.meaning(node)


def _visited(body: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yields each node below `body` when it begins, and each that may have children again when it ends."""
    node, depth = body.first_child, 0
    while node is not None:
        yield node, False
        if below := node.first_child:
            node, depth = below, depth + 1
            continue
        yield node, True
        while node.next is None and depth:
            assert node.parent is not None
            node, depth = node.parent, depth - 1
            yield node, True
        node = node.next
