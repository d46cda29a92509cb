"""Topics that a page can follow, as in the address of its stream: ids, never text."""

import re
from dataclasses import dataclass

from web.people.permissions import Actor

MOST = 20
"""The most tickets that one page follows."""

_TICKET = re.compile(r"[tw][1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True)
class Topics:
    """`t17`: ticket 17 changed; `w17`: who looks at it or writes; `n`: notices; `l`: lists."""

    names: frozenset[str]

    @property
    def tickets(self) -> frozenset[int]:
        return frozenset(int(name[1:]) for name in self.names if name[1:])

    @property
    def looked_at(self) -> frozenset[int]:
        return frozenset(int(name[1:]) for name in self.names if name.startswith("w"))

    def keys(self, person: Actor) -> dict[str, str]:
        """The topics by the database's keys; keys in capitals are for the desk only."""
        keys = {name: name for name in self.names if name[1:]}
        if person.is_agent:
            keys |= {name.upper(): name for name in keys}
        return keys | {key: key[0] for key in (f"n{person.id}", "l") if key[0] in self.names}


def is_of_ticket(key: str) -> bool:
    """Whether the database's key means that a ticket changed."""
    return key[0] in "tT"


def parse(text: str) -> Topics:
    """Parses the topics in an address; anything else is ignored."""
    named = [name for name in text.split(",") if name in ("n", "l") or _TICKET.fullmatch(name)]
    return Topics(frozenset(named[:MOST]))
