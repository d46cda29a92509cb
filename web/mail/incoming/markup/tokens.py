"""The tokens that the HTML of a mail is parsed into: text, breaks, and the few elements that carry meaning."""

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """`LINE` begins a line unless one has just begun, `PARAGRAPH` also adds a blank line; `BREAK` always begins one.

    `NUMBER` is the number of a list item: programs write it into their text, and a browser draws it by itself.
    """

    OPEN = auto()
    CLOSE = auto()
    TEXT = auto()
    NUMBER = auto()
    LINE = auto()
    PARAGRAPH = auto()
    BREAK = auto()
    RULE = auto()
    PICTURE = auto()


class Token(NamedTuple):
    """`text` is the text, the name of the element, or the HTML of a picture.

    `more` holds the attributes of an opening element, the text behind a closing one, or the text of a picture.
    """

    kind: Kind
    text: str = ""
    more: str = ""


class Around(NamedTuple):
    """The tokens at the beginning and at the end of an element."""

    begin: tuple[Token, ...] = ()
    end: tuple[Token, ...] = ()
