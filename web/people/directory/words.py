"""The words by which people and organizations are found, and the names by which they are sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from web.database import execute, fetch_as
from web.people.tables import Reindexing
from web.sql import Condition, Fragment
from web.text import fold, terms
from web.word_index import found_by

LONGEST_SORT_NAME = 200

Subject = Literal["person", "organization"]


@dataclass(frozen=True)
class _Text:
    """A name or an address of somebody."""

    name: str
    more: str | None


def sort_name(name: str) -> str:
    """What a name is sorted by: Ágata comes before Bia."""
    return fold(name)[:LONGEST_SORT_NAME] or "-"


def person_matches(text: str) -> Condition:
    """Whether the person `p` has all these words in their name, addresses or phones."""
    return found_by(text, column="p.id", table="person_word", subject="person")


def organization_matches(text: str) -> Condition:
    """Whether the organization `o` has all these words in its name or CNPJ."""
    return found_by(text, column="o.id", table="organization_word", subject="organization")


_DIALLED = "phone.number || ' ' || substr(phone.number, 4) || ' ' || substr(phone.number, 6)"
"""+5511987654321, and as it is dialled in Brazil: with the area, and without."""


async def index_person(person: int) -> None:
    """Makes the words of a person anew, after their name or addresses changed; search follows by and by."""
    found = await fetch_as(
        _Text,
        "SELECT p.name, i.value AS more FROM person p LEFT JOIN identity i ON i.person = p.id WHERE p.id = {} "
        f"UNION ALL SELECT p.name, {_DIALLED} FROM phone JOIN person p ON p.id = phone.person WHERE p.id = {{}}",
        person,
        person,
    )
    await _replace("person", person, found)
    await Reindexing(person=person).save()


async def index_organization(organization: int) -> None:
    """The same of an organization."""
    found = await fetch_as(_Text, "SELECT name, cnpj AS more FROM organization WHERE id = {}", organization)
    await _replace("organization", organization, found)
    await Reindexing(organization=organization).save()


async def add(subject: Subject, number: int, texts: Sequence[str]) -> None:
    """Adds the words of these texts; those that are there already stay."""
    rows = [Fragment("({}, {})", (word, number)) for word in terms(" ".join(texts))]
    if rows:
        places = ", ".join("{}" for _ in rows)
        await execute(f"INSERT INTO {subject}_word (word, {subject}) VALUES {places} ON CONFLICT DO NOTHING", *rows)


async def _replace(subject: Subject, number: int, found: Sequence[_Text]) -> None:
    for first in found[:1]:
        await execute(f"UPDATE {subject} SET sort_name = {{}} WHERE id = {{}}", sort_name(first.name), number)
        await execute(f"DELETE FROM {subject}_word WHERE {subject} = {{}}", number)
        await add(subject, number, [first.name, *(each.more for each in found if each.more)])
