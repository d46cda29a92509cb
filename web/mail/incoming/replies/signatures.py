"""Cuts signatures and the additions of devices and law firms off the author's text. In doubt, nothing is cut."""

import re
from collections.abc import Sequence

from web.mail.incoming import phrases
from web.mail.incoming.replies import closings
from web.text import fold

SIGNED = "-- "
"""The line that begins a signature (RFC 3676, 4.3). Without its space it may be a line between two thoughts."""
_LONGEST = 8
"""The most lines of a signature."""
_AROUND = ' \t*_[]"“”'
"""Marks around what was added."""


def without_signature(lines: Sequence[str], by: str, *, begins: int = 1) -> list[str]:
    """The lines before the signature, without additions of phones, programs and law firms.

    `begins` is the first line at which a signature may begin, because a whole message is none.
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
    """Whether a signature begins here: by a line that only programs write, or a rule above the author's details.

    People also write about others below a rule, so that it needs their own name, or a closing beside it.
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
    return is_rule and _is_reached(below, by) and _is_name(below[0]) and _is_signature(below)


def _is_reached(below: Sequence[str], by: str) -> bool:
    """Whether the lines below a name tell how to reach it, or its office."""
    is_office = len(below) > 1 and all(closings.is_of_office(line, by) for line in below[1:])
    return is_office or any(map(phrases.CONTACT.search, below))


def _is_name_of(line: str, person: str) -> bool:
    """Whether the line begins with the person's first name, and shares another name if both have more."""
    told, names = (re.findall(r"[^\W\d_]{3,}", fold(each)) for each in (line, person))
    return told[:1] == names[:1] != [] and len({*told} & {*names}) >= min(2, len(told), len(names))


def _next_paragraph(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and lines[place].strip():
        place += 1
    return place


def _is_signature(told: Sequence[str]) -> bool:
    """Whether the lines hold only names and numbers: no sentences, no rules."""
    return len(told) <= _LONGEST and not any(
        len(each) > 78 or phrases.SENTENCE.search(each) or phrases.END.match(each) for each in told
    )


def _is_name(line: str) -> bool:
    return 2 <= len(line.split()) <= 6 and not re.search(r"[\d:@]", line)


def _is_added(lines: Sequence[str]) -> bool:
    """Whether the last paragraph was added by a device, or is a confidentiality notice."""
    paragraph = phrases.LINK_BEFORE.sub("", " ".join(lines[_last_paragraph(lines) :]).strip())
    if "?" in re.sub(r"https?://\S+", "", paragraph):  # none of these asks anything
        return False
    return bool(phrases.ADDED.match(paragraph.strip(_AROUND)) or phrases.REMOTE_PICTURE.match(paragraph))


def _last_paragraph(lines: Sequence[str]) -> int:
    """The index of the first line of the last paragraph; blank lines below it belong to it."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    while end and lines[end - 1].strip():
        end -= 1
        if phrases.ADDED.match(lines[end].strip(_AROUND)):
            return end - bool(end and phrases.LINK_BEFORE.fullmatch(lines[end - 1]))
    return end
