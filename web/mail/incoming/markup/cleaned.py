"""The sanitized HTML of a mail: all of it, or the part that matches a part of its text."""

import re
from collections.abc import Iterable, Mapping

import nh3

from web.mail.incoming.markup.comparison import letters, of_plain, place
from web.mail.incoming.markup.pictures import OUTSIDE, SCHEME
from web.mail.incoming.markup.reading import read
from web.mail.incoming.markup.tokens import Kind
from web.mail.incoming.markup.writing import written

LONGEST = 100_000
"""The most characters; longer HTML is shown as text."""

_CLEANER = nh3.Cleaner(
    tags={"a", "b", "blockquote", "br", "code", "div", "h3", "h4", "hr", "i", "img", "li", "ol", "pre", "s", "small"}
    | {"sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"},
    attributes={
        "a": {"href"},
        "div": {"tabindex"},
        "img": {"src", "alt", "width"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel", SCHEME.rstrip(":"), OUTSIDE.rstrip(":")},
    url_relative="deny",
    link_rel="noopener nofollow",
    set_tag_attribute_values={"img": {"loading": "lazy"}},
)
_MEANT = re.compile(r"<(?!br>)")


class Cleaned:
    """Parsed once, shown in parts. `pictures` are the numbers of files by their id in the mail."""

    def __init__(self, html: str, pictures: Mapping[str, int]) -> None:
        self._tokens = read(html, pictures)
        self._names = {each.more for each in self._tokens if each.kind is Kind.PICTURE}
        read_in = (each.text for each in self._tokens if each.kind in (Kind.TEXT, Kind.NUMBER))
        self._letters = letters("".join(read_in))

    def whole(self) -> str:
        return _clean(written(self._tokens))

    def part(self, text: str, said: str) -> str:
        """The HTML of `text`, which is the beginning or the end of `said`, the whole text of the mail.

        Empty if the HTML says anything else, or if the text shows as much.
        """
        span = place(self._letters, of_plain(text, self._names), of_plain(said, self._names))
        if span is None:
            return ""
        html = _clean(written(self._tokens, None if span == (0, len(self._letters)) else span))
        return html if _MEANT.search(html) or _lines(html.split("<br>")) != _lines(text.splitlines()) else ""


def _clean(html: str) -> str:
    """Sanitizes HTML. Wide tables scroll in a box that the keyboard can reach."""
    boxed = html.replace("<table>", '<div tabindex="0"><table>').replace("</table>", "</table></div>")
    return _CLEANER.clean(boxed) if len(boxed) <= LONGEST else ""


def _lines(lines: Iterable[str]) -> int:
    return sum(1 for line in lines if line.strip())
