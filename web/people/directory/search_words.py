"""The words by which people and organizations are searched, and the names by which they are sorted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from web.database import execute, fetch_as
from web.people.tables import Reindexing
from web.sorting import by_name
from web.sql import Condition, Fragment, literals, rows
from web.text import terms
from web.word_index import found_by

LONGEST_SORT_NAME = 200
_AT_ONCE = 5_000
"""Words in one statement: databases take at most some thirty thousand values."""

Subject = Literal["person", "organization"]


@dataclass(frozen=True)
class _Text:
    """A name or an address of a person."""

    id: int
    name: str
    more: str | None


def sort_name(name: str) -> str:
    """The stored sort key of a person or an organization, by which they are listed as `by_name` sorts."""
    return by_name(name)[:LONGEST_SORT_NAME] or "-"


def person_matches(text: str) -> Condition:
    """Whether the person `p` has all these words in their name, addresses or phones."""
    return found_by(_LABEL.sub("", text), column="p.id", table="person_word", subject="person")


def organization_matches(text: str) -> Condition:
    """Whether the organization `o` has all these words in its name or CNPJ."""
    return found_by(_LABEL.sub("", text), column="o.id", table="organization_word", subject="organization")


_LABEL = re.compile(r"^\W*(?:CNPJ|CPF|e-?mail|tel(?:efone)?|fone|cel(?:ular)?|nome)\b\W*(?=\w)", re.IGNORECASE)
"""The label pasted with an address or a number."""

_DIALLED = "phone.number || ' ' || substr(phone.number, 4) || ' ' || substr(phone.number, 6)"
"""+5511987654321, and as it is dialled in Brazil: with and without the area code."""


def dialled(number: str) -> str:
    """A phone number in the ways it is dialled."""
    return f"{number} {number[3:]} {number[5:]}"


async def index_person(person: int) -> None:
    """Rebuilds the words of a person after a change of names or addresses; ticket search follows later."""
    await index_people([person])


async def index_people(people: Sequence[int]) -> None:
    """Rebuilds the words of several people, in as many statements as for one."""
    if not people:
        return
    await _replace("person", await fetch_as(_Text, _TEXTS.format(people=literals(people))))
    await execute("INSERT INTO reindexing (person) VALUES " + ", ".join(f"({int(each)})" for each in people))


_TEXTS = (
    "SELECT p.id, p.name, i.value AS more FROM person p LEFT JOIN identity i ON i.person = p.id "
    f"WHERE p.id IN ({{people}}) UNION ALL SELECT p.id, p.name, {_DIALLED} FROM phone "
    "JOIN person p ON p.id = phone.person WHERE p.id IN ({people})"
)


async def index_organization(organization: int) -> None:
    """Rebuilds the words of an organization."""
    found = await fetch_as(_Text, "SELECT id, name, cnpj AS more FROM organization WHERE id = {}", organization)
    await _replace("organization", found)
    await Reindexing(organization=organization).save()


async def add(subject: Subject, number: int, texts: Sequence[str]) -> None:
    """Adds the words of these texts; existing ones stay."""
    await add_all(subject, {number: texts})


async def add_all(subject: Subject, texts: Mapping[int, Sequence[str]]) -> None:
    """Adds words of several subjects, by their ids."""
    words = [(word, number) for number, some in texts.items() for word in terms(" ".join(some))]
    for begin in range(0, len(words), _AT_ONCE):
        insert = f"INSERT INTO {subject}_word (word, {subject}) VALUES {{}} ON CONFLICT DO NOTHING"
        await execute(insert, rows(words[begin : begin + _AT_ONCE]))


async def _replace(subject: Subject, found: Sequence[_Text]) -> None:
    texts: dict[int, list[str]] = {}
    for each in found:
        texts.setdefault(each.id, [each.name]).extend([each.more] if each.more else [])
    if texts:
        sorted_by = [Fragment(f"WHEN {number} THEN {{}}", (sort_name(some[0]),)) for number, some in texts.items()]
        chosen, cases = literals(texts), " ".join("{}" for _ in texts)
        await execute(f"UPDATE {subject} SET sort_name = CASE id {cases} END WHERE id IN ({chosen})", *sorted_by)
        await execute(f"DELETE FROM {subject}_word WHERE {subject} IN ({chosen})")
        await add_all(subject, texts)
