"""Cuts quoted history and device signatures off the text of a reply.

Nothing is lost: `Reply.rest` holds what is cut off, for readers of the original. In doubt, all text counts as new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from web.mail.incoming import phrases
from web.mail.incoming.replies.signatures import SIGNED, without_signature

_SEARCHED = 3000
"""A history must begin within so many lines."""


@dataclass(frozen=True)
class Reply:
    """`text` is the new text; `rest` is the history or signature that was cut off, or empty."""

    text: str
    rest: str = ""


def split(text: str, by: str = "") -> Reply:
    """Splits a reply into new text and the rest. `by` is the name of the author, as the mail gives it."""
    seen = phrases.UNSEEN.sub("", text)
    lines = [line if line == SIGNED else line.rstrip() for line in seen.splitlines()]
    start = _history(lines, by)
    new = without_signature(lines[:start], by)
    if not _says_something(new):
        return Reply("\n".join(lines).strip())
    return Reply("\n".join(new).strip(), "\n".join(lines[len(new) :]).strip())


def _history(lines: Sequence[str], by: str) -> int:
    """The index of the first line of the history; the number of lines if there is none or answers stand in it."""
    for place, line in enumerate(lines[:_SEARCHED]):
        if phrases.FORWARDED.match(line):
            return len(lines)
        if length := _opening(lines, place):
            return len(lines) if _answers_inside(lines, place, length, by) else _announced(lines, place)
    return _trailing_quote(lines)


def _opening(lines: Sequence[str], place: int) -> int:
    """How many lines from here on announce a history; 0 if they do not."""
    if phrases.MARKER.match(lines[place]):
        return 1
    if phrases.ORIGINAL.match(lines[place]):
        return 1 + _more_of_it(lines, place + 1)
    return _attribution(lines, place) or _header_block(lines, place)


def _more_of_it(lines: Sequence[str], place: int) -> int:
    """How many further lines describe the original: many programs do so again below "Mensagem original"."""
    blank = 0
    while place + blank < len(lines) and not lines[place + blank].strip():
        blank += 1
    if place + blank == len(lines):
        return 0
    length = _attribution(lines, place + blank) or _header_block(lines, place + blank)
    return blank + length if length else 0


def _attribution(lines: Sequence[str], place: int) -> int:
    """How many lines an attribution takes: "Em 23/11/2026, Ana escreveu:", which programs break into up to four."""
    if not phrases.STARTS_ATTRIBUTION.match(lines[place]):
        return 0
    joined = ""
    for length, line in enumerate(lines[place : place + 4], start=1):
        if not _unquoted(line):
            return 0
        joined = f"{joined} {_unquoted(line)}".strip()
        if any(pattern.match(joined) for pattern in phrases.ATTRIBUTIONS):
            return length
    return 0


def _header_block(lines: Sequence[str], place: int) -> int:
    """How many lines Outlook's header block takes ("De: ... Enviado: ... Para: ..."), three headers at least."""
    first = place + bool(phrases.RULE.match(lines[place]))
    if first > place and first < len(lines) and not lines[first].strip():
        first += 1
    names: set[str] = set()
    length = 0
    for line in lines[first : first + 12]:
        found = phrases.HEADER.match(_unquoted(line).replace("*", ""))
        if not _unquoted(line) or not (found or names):
            break
        if found:
            names.add(_meaning(found.group(1)))
        length += 1
    is_whole = len(names & phrases.NEEDED) >= 3 and "from" in names and _is_of_mail(lines[first : first + length])
    return first - place + length if is_whole else 0


def _is_of_mail(block: Sequence[str]) -> bool:
    """Whether the block contains an address or a full date; people also write "de" and "para" about routes."""
    return any("@" in line or phrases.DATED.search(line) for line in block)


def _meaning(name: str) -> str:
    return phrases.MEANINGS[name.lower().replace("-", " ").split(" em")[0].strip()]


def _answers_inside(lines: Sequence[str], place: int, length: int, by: str) -> bool:
    """Whether somebody wrote between the lines of the history, or below it.

    Quote marks show that, unless the program marked the answers, too. A history without marks (Outlook) may hide
    them. Then the words above decide.
    """
    after = lines[place + length :]
    mark = _mark(after)
    if any(line.startswith(mark) for line in after):
        return _says_something(_own_lines(after, mark, by)) or _answered_within(lines[:place], by)
    return not _says_something(lines[:place]) or _points_below(lines[:place])


def _mark(after: Sequence[str]) -> str:
    """The mark that a program put before each quoted line: a bar, if the first line begins with one."""
    first = next((line for line in after if line.strip()), "")
    return "|" if first.startswith("|") else ">"


def _own_lines(after: Sequence[str], mark: str, by: str) -> list[str]:
    """Lines below a history that are new: neither quoted nor added by devices or lists."""
    own: list[str] = []
    last_was_quoted = False
    for place, line in enumerate(after):
        if line.startswith(mark):
            last_was_quoted = True
        elif not line.strip():
            last_was_quoted = False
        elif not (last_was_quoted and _continues(after, place, mark)):
            own.append(line)
    return without_signature(own, by, begins=0)


def _continues(lines: Sequence[str], place: int, mark: str) -> bool:
    """Whether the line is the unmarked second half of a long quoted line, with the quote going on after it."""
    return place + 1 < len(lines) and lines[place + 1].startswith(mark) and len(lines[place - 1]) > 60


def _points_below(above: Sequence[str]) -> bool:
    return bool(phrases.BELOW.search(" ".join(above)))


def _answered_within(above: Sequence[str], by: str) -> bool:
    """Whether the words above say that answers stand among the quoted lines."""
    said = [line for line in without_signature(above, by) if line.strip() and not phrases.THANKS.match(line)]
    return any(map(phrases.WITHIN.search, said)) or bool(said and phrases.LAST_ABOVE.search(said[-1]))


def _trailing_quote(lines: Sequence[str]) -> int:
    """The index where the quoted lines at the end begin. With new text below a quoted line, nothing is cut."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
        end -= 1
    quoted_above = any(line.startswith(">") for line in lines[:end])
    has_quote = any(line.startswith(">") for line in lines[end:])
    if not has_quote or quoted_above or not end:
        return len(lines)
    start = _announced(lines, end)
    return len(lines) if start == end and lines[end - 1].endswith(":") else start


def _announced(lines: Sequence[str], start: int) -> int:
    """The index of the line above that announces this history in words of its own: by a date and an address."""
    place = start
    while place and not lines[place - 1].strip():
        place -= 1
    above = lines[place - 1].strip() if place else ""
    return place - 1 if above.endswith(":") and "@" in above and phrases.DATED.search(above) else start


def _says_something(lines: Sequence[str]) -> bool:
    return any(map(phrases.SAID.search, lines))


def _unquoted(line: str) -> str:
    return re.sub(r"^[>\s]+", "", line).strip()
