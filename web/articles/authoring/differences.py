"""The differences between two texts, line by line, and word by word inside changed lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Way = Literal["same", "added", "removed"]

_MOST_LINES = 2_000
"""The most lines on a side; longer differences are not compared further."""
_MOST_WORDS = 600
"""The most words of a line, before and after together."""
_ALIKE = 0.4
"""The share of words that two lines must have in common to count as one changed line."""
_AROUND = 2
"""How many unchanged lines are shown around a change."""
_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A run of words that stayed, were added or were removed."""

    way: Way
    text: str


@dataclass(frozen=True)
class Line:
    """A line in runs. `left_out` unchanged lines before it are not shown."""

    runs: tuple[Run, ...]
    left_out: int = 0

    @property
    def is_changed(self) -> bool:
        return any(each.way != "same" for each in self.runs)


def difference(old: str, new: str) -> list[Line]:
    """Returns an empty list when both texts are equal."""
    if old == new:
        return []
    return list(_shortened(list(_lines(old.splitlines(), new.splitlines()))))


def runs(old: str, new: str) -> tuple[Run, ...]:
    """The differences word by word."""
    mine, other = _WORD.findall(old), _WORD.findall(new)
    if len(mine) + len(other) > _MOST_WORDS:
        return _whole(old, new)
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(old, new)
    found: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Run("same", "".join(mine[a:b])))
        else:
            found += _whole("".join(mine[a:b]), "".join(other[c:d]))
    return tuple(found)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    begin = _common(old, new)
    end = _common(old[begin:][::-1], new[begin:][::-1])
    yield from (_same(each) for each in old[:begin])
    yield from _between(old[begin : len(old) - end], new[begin : len(new) - end])
    yield from (_same(each) for each in old[len(old) - end :])


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    if max(len(old), len(new)) > _MOST_LINES:
        yield from _changed(old, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from (_same(each) for each in old[a:b])
        else:
            yield from _changed(old[a:b], new[c:d])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Compares line by line if as many were added as removed."""
    if len(old) == len(new):
        yield from (Line(runs(*pair)) for pair in zip(old, new, strict=True))
        return
    yield from (Line((Run("removed", each),)) for each in old)
    yield from (Line((Run("added", each),)) for each in new)


def _shortened(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without those that are far from any change."""
    changed = [place for place, line in enumerate(lines) if line.is_changed]
    near = {place + by for place in changed for by in range(-_AROUND, _AROUND + 1)}
    left_out = 0
    for place, line in enumerate(lines):
        if place in near:
            yield Line(line.runs, left_out)
            left_out = 0
        else:
            left_out += 1


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines at the beginning are equal."""
    pairs = zip(old, new, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _same(text: str) -> Line:
    return Line((Run("same", text),))


def _whole(old: str, new: str) -> tuple[Run, ...]:
    both: tuple[tuple[Way, str], ...] = (("removed", old), ("added", new))
    return tuple(Run(way, text) for way, text in both if text)
