"""Joins lines that a program broke for transport (RFC 3676, `format=flowed`)."""

import re

from web.mail.incoming.replies.signatures import SIGNED

_SHORTEST = 60
"""A line is broken when the next word does not fit; a shorter line ends in a space by chance."""
_LINE = re.compile("(>*) ?(.*)", re.DOTALL)


def whole(text: str, *, keeps_space: bool = True) -> str:
    """Joins a line that ends in a space with the next one of its depth; `keeps_space` is `delsp=no`."""
    lines: list[tuple[str, list[str]]] = []
    goes_on = False
    for line in text.splitlines():
        mark, said = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
        if goes_on and lines[-1][0] == mark and said.strip() and said != SIGNED:
            lines[-1][1].append(said)
        else:
            lines.append((mark, [said]))
        goes_on = said.endswith(" ") and said != SIGNED and len(line) >= _SHORTEST
        if goes_on and not keeps_space:
            lines[-1][1][-1] = said[:-1]
    return "\n".join(f"{mark} {''.join(said)}".removesuffix(" ") if mark else "".join(said) for mark, said in lines)
