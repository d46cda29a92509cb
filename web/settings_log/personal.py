"""Personal data of the log, stored separately, so that an erasure empties it and the log stays unchanged."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from web.database import execute
from web.sql import literals


class Personal(str):
    """A text with personal data: a name, an address, a phone."""

    person: int

    def __new__(cls, text: str, person: int) -> Self:
        made = super().__new__(cls, text)
        made.person = person
        return made


Value = str | int | float | bool | None | Iterable["Value"]
"""A value of a field as JSON. It has names instead of ids, because people read it."""


@dataclass
class Apart:
    """The personal texts of a change, by the number that replaces each in the log."""

    texts: list[Personal] = field(default_factory=list)

    def text(self, text: str) -> str:
        if not isinstance(text, Personal):
            return text
        self.texts.append(text)
        return f"\x02{len(self.texts)}\x03"

    def value(self, value: Value) -> Value:
        if isinstance(value, str):
            return self.text(value)
        return [self.value(each) for each in value] if isinstance(value, Iterable) else value

    def json(self, values: Mapping[str, Value] | None) -> str | None:
        if values is None:
            return None
        return json.dumps({name: self.value(each) for name, each in values.items()}, ensure_ascii=False)


def joined(text: str, texts: Mapping[int, str]) -> str:
    """Puts the personal texts back. Typed text cannot contain these marks, because they are removed from input."""
    return re.sub("\x02(\\d+)\x03", lambda found: texts[int(found[1])], text)


def joined_json(text: str | None, texts: Mapping[int, str]) -> str | None:
    escaped = {number: json.dumps(each, ensure_ascii=False)[1:-1] for number, each in texts.items()}
    return re.sub(r"\\u0002(\d+)\\u0003", lambda found: escaped[int(found[1])], text) if text else text


async def forget(people: Iterable[int], *, called: str) -> None:
    """Replaces the personal data of erased people by `called`, and removes it from the search index."""
    ids = literals(people)
    await execute(f"UPDATE setting_text SET text = {{}} WHERE person IN ({ids})", called)
    await execute(f"DELETE FROM setting_word WHERE person IN ({ids})")
