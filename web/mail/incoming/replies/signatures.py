"""Where a signature begins below the words of somebody, and what devices and law firms add to it. In doubt, nowhere."""

import re
from collections.abc import Sequence

from web.mail.incoming import phrases
from web.mail.incoming.replies import closings
from web.text import fold

SIGNED = "-- "
"""Begins a signature (RFC 3676, 4.3); without its space it may be a line between two thoughts."""
_LONGEST = 8
"""Lines."""


def without_signature(lines: Sequence[str], by: str, *, begins: int = 1) -> list[str]:
    """Up to where a signature begins, and without what a phone, a program or a law firm writes under every message.

    A signature begins in that line or below it: a whole message is none.
    """
    kept = _without_added(lines)
    signed = next((place for place in range(begins, len(kept)) if _begins(kept, place, by)), len(kept))
    return _without_added(kept[:signed])


def _without_added(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and (phrases.END.match(kept[-1]) or _is_added(kept)):
        kept = kept[: -1 if phrases.END.match(kept[-1]) else _last_paragraph(kept)]
    return kept


def _begins(lines: Sequence[str], place: int, by: str) -> bool:
    return _begins_signature(lines, place, by) or closings.begins_signature(lines, place, by)


def _begins_signature(lines: Sequence[str], place: int, by: str) -> bool:
    """A line that nobody types as such, or a rule below which they tell who they are, and perhaps how to reach them.

    Below a rule people also write of others: it needs their own name, or a closing beside it.
    """
    above = next((line for line in reversed(lines[:place]) if line.strip()), "")
    told = [line for line in lines[place + 1 :] if line.strip()]
    below = [line for line in told if not phrases.CLOSING.match(line)]
    if above.rstrip().endswith(":"):  # it says what follows
        return False
    if lines[place] == SIGNED:
        return not any(phrases.SENTENCE.search(line) for line in lines[_next_paragraph(lines, place + 1) :])
    is_closed = phrases.CLOSING.match(above) or told[:1] != below[:1]
    if below and not is_closed and not _is_name_of(below[0], by):
        return False
    if lines[place].strip() in ("--", "—"):
        return _is_signature(below)
    is_apart = place > 0 and not lines[place - 1].strip()
    is_rule = bool(phrases.END.match(lines[place])) and is_apart and bool(lines[place].strip())
    return is_rule and any(map(phrases.CONTACT.search, below)) and _is_name(below[0]) and _is_signature(below)


def _is_name_of(line: str, person: str) -> bool:
    """Whether it begins as they are called, and has one more of their names where both have more."""
    told, names = (re.findall(r"[^\W\d_]{3,}", fold(each)) for each in (line, person))
    return told[:1] == names[:1] != [] and len({*told} & {*names}) >= min(2, len(told), len(names))


def _next_paragraph(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and lines[place].strip():
        place += 1
    return place


def _is_signature(told: Sequence[str]) -> bool:
    """Names and numbers, no sentences and no rules."""
    return len(told) <= _LONGEST and not any(
        len(each) > 78 or phrases.SENTENCE.search(each) or phrases.END.match(each) for each in told
    )


def _is_name(line: str) -> bool:
    return 2 <= len(line.split()) <= 6 and not re.search(r"[\d:@]", line)


def _is_added(lines: Sequence[str]) -> bool:
    """Whether the last paragraph is one that a device or a notice of secrecy added."""
    paragraph = phrases.LINK_BEFORE.sub("", " ".join(lines[_last_paragraph(lines) :]).strip())
    if "?" in re.sub(r"https?://\S+", "", paragraph):  # none of these asks anything
        return False
    return bool(phrases.ADDED.match(paragraph.strip(" \t*_[]")) or phrases.REMOTE_PICTURE.match(paragraph))


def _last_paragraph(lines: Sequence[str]) -> int:
    """Its first line; blank lines below it belong to it."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    while end and lines[end - 1].strip():
        end -= 1
        if phrases.ADDED.match(lines[end].strip(" \t*_[]")):
            return end - bool(end and phrases.LINK_BEFORE.fullmatch(lines[end - 1]))
    return end
