"""SQL composed of parts: fragments with their values, conditions, and literals."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CODE = re.compile(r"[a-z_]+", re.ASCII)


@dataclass(frozen=True)
class Fragment:
    """A part of a statement; each `{}` of the text takes one of the values, which may be a fragment."""

    text: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Condition(Fragment):
    """A condition on the rows of a statement, with its values."""

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"({self.text} AND {other.text})", self.values + other.values)

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(f"({self.text} OR {other.text})", self.values + other.values)

    def __invert__(self) -> "Condition":
        return Condition(f"NOT ({self.text})", self.values)


def rows(some: Sequence[Sequence[object]]) -> Fragment:
    """Rows for VALUES, all of one length."""
    row = f"({', '.join('{}' for _ in some[0])})"
    return Fragment(", ".join(row for _ in some), tuple(value for each in some for value in each))


def values(some: Iterable[object]) -> Fragment:
    """Values for IN; an empty list matches nothing."""
    chosen = tuple(some)
    return Fragment(", ".join("{}" for _ in chosen) or "NULL", chosen)


ALWAYS, NEVER = Condition("1 = 1"), Condition("1 = 0")


def literal(value: str | int) -> str:
    """A code or an id as literal text. Raises `ValueError` for anything else."""
    if type(value) is int:
        return str(value)
    if isinstance(value, str) and _CODE.fullmatch(value):
        return f"'{value}'"
    raise ValueError(f"neither a code nor an id: {value!r}")


def literals(values: Iterable[str | int]) -> str:
    """Codes or ids for IN, as literal text."""
    return ", ".join(map(literal, values))
