"""SQL composed of parts: fragments with their values, conditions, and literals."""

import functools
import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import Formatter

_CODE = re.compile(r"[a-z_]+", re.ASCII)


@dataclass(frozen=True)
class Fragment:
    """A part of a statement; each `{}` of the text takes one of the values, which may be a fragment."""

    text: str
    values: tuple[object, ...] = ()

    def compile_string(self, engine_type: str = "postgres") -> tuple[str, list[object]]:
        """The statement as the driver of an engine takes it, with its values. It has the name that Piccolo gives it."""
        texts, values = [""], list[object]()
        self._gather(texts, values)
        if engine_type == "sqlite":
            return "?".join(texts), values
        return texts[0] + "".join(f"${place}{text}" for place, text in enumerate(texts[1:], 1)), values

    def _gather(self, texts: list[str], values: list[object]) -> None:
        """Adds the values, and the texts between them. Raises `ValueError` for a value too many or too few."""
        first, *others = self.text.split("{}")
        texts[-1] += first
        for text, value in zip(others, self.values, strict=True):
            if isinstance(value, Fragment):
                value._gather(texts, values)
                texts[-1] += text
            else:
                values.append(value)
                texts.append(text)


@dataclass(frozen=True)
class Condition(Fragment):
    """A condition on the rows of a statement, with its values."""

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"({self.text} AND {other.text})", self.values + other.values)

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(f"({self.text} OR {other.text})", self.values + other.values)

    def __invert__(self) -> "Condition":
        return Condition(f"NOT ({self.text})", self.values)


def joined(between: str, some: Iterable[Fragment]) -> Fragment:
    """All of them, with the same between two."""
    parts = tuple(some)
    return Fragment(between.join(["{}"] * len(parts)), parts)


def filled(template: str, **parts: Fragment) -> Fragment:
    """A template with a fragment for each name in braces."""
    pieces = [(text, name) for text, name, _, _ in Formatter().parse(template)]
    text = "".join(text if name is None else f"{text}{{}}" for text, name in pieces)
    return Fragment(text, tuple(parts[name] for _, name in pieces if name is not None))


def all_of(some: Iterable[Condition]) -> Condition:
    return functools.reduce(operator.and_, some, ALWAYS)


def any_of(some: Iterable[Condition]) -> Condition:
    return functools.reduce(operator.or_, some)


def rows(some: Sequence[Sequence[object]]) -> Fragment:
    """Rows for VALUES, all of one length."""
    row = f"({', '.join('{}' for _ in some[0])})"
    return Fragment(", ".join(row for _ in some), tuple(value for each in some for value in each))


def bounded_count(rows: str, most: int) -> str:
    """The column that counts rows of a table, given with their condition, up to `most` + 1."""
    return f"(SELECT count(*) FROM (SELECT 1 AS one FROM {rows} LIMIT {most + 1}) counted)"


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
