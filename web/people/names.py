"""Rules for people's names: they must be visible and must not imitate the desk."""

import re
import unicodedata

from web import text as texts
from web.errors import refuse
from web.people.permissions import SYSTEM, Role
from web.text import fold, one_line

LONGEST_NAME = 200
_LOOK_ALIKE = str.maketrans("ɡɢԍ69υսᴜіιıɪјӏ1l|!сϲᴄ¢һհʜеєҽεᴇ€3", "ggggguuuiiiiiiiiiicccchhheeeeeee")
"""Characters that look like one of the desk's own name."""


def checked_name(text: str, *, role: Role = Role.REQUESTER) -> str:
    """The normalized name. Raises `Invalid` if it is invisible, too long or the desk's."""
    refuse({"name": wrong_name(text, role=role)})
    return one_line(text)


def wrong_name(text: str, *, role: Role) -> str | None:
    """The code of the error in a name for somebody in this role."""
    name = one_line(text)
    is_reserved = fold(name) == fold(SYSTEM.name) or (role is Role.REQUESTER and names_the_desk(name))
    return texts.wrong_name(name, longest=LONGEST_NAME) or ("reserved_name" if is_reserved else None)


def names_the_desk(name: str) -> bool:
    """Whether the desk's name is among its words, in any lookalike letters: SuporteGuichê, Guісhê, G U I C H E."""
    words = re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFKC", name)).translate(_LOOK_ALIKE))
    desk = fold(SYSTEM.name)
    lengths = range(1, len(desk) + 1)
    runs = ("".join(words[first : first + length]) for first in range(len(words)) for length in lengths)
    return any(desk in word for word in words) or desk in runs
