"""Tokens that the HTML of a mail is read as: words, breaks, and the few elements that mean something."""

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """`LINE` begins a line unless one has just begun, `PARAGRAPH` one after a blank one; `BREAK` always begins one.

    `NUMBER` is that of a line of a list: programs write it into their text, and a browser writes it by itself.
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
    """`text` is the words, the name of the element, or the HTML of a picture.

    `more` are the attributes of what opens, what is told behind what closes, and the words for a picture.
    """

    kind: Kind
    text: str = ""
    more: str = ""


class Around(NamedTuple):
    """What an element is as it begins, and as it ends."""

    begin: tuple[Token, ...] = ()
    end: tuple[Token, ...] = ()
