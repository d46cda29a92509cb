"""Replaces the name of an erased person in the texts of their tickets, a batch at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as, fetch_column, within
from web.people.directory import search_words
from web.people.identifiers import phones
from web.people.privacy.tables import ErasureText
from web.sql import literals


@dataclass(frozen=True)
class _Text:
    id: int
    text: str


AT_ONCE = 25
"""The most names, addresses and phones in one statement; SQLite does not parse deeper nesting."""
THEIRS = (
    "(SELECT id FROM ticket WHERE requester IN ({ids}) UNION SELECT ticket FROM participant WHERE person IN ({ids}) "
    "UNION SELECT ticket FROM message WHERE author IN ({ids}))"
)


async def accounts_of(person: int) -> list[int]:
    """The account, and those merged into it."""
    return await fetch_column(
        int,
        "WITH RECURSIVE own (id) AS (SELECT CAST({} AS INTEGER) UNION SELECT a.merged FROM account_merge a "
        "JOIN own ON own.id = a.remaining AND a.parted_at IS NULL) SELECT id FROM own ORDER BY id",
        person,
    )


async def texts_of(people: Sequence[int]) -> list[str]:
    """The texts that identify the person, longest first: names of several words, addresses, phones."""
    ids = literals(people)
    known = await fetch_column(str, _KNOWN_BY.format(ids=ids))
    numbers = await fetch_column(str, f"SELECT number FROM phone WHERE person IN ({ids})")
    spelled = [form for text in known for form in (text, text.lower(), text.upper(), text.title())]
    called = [form for number in numbers for form in _dialled(number)]
    return sorted({*filter(None, [*called, *spelled])}, key=lambda text: (-len(text), text))


_KNOWN_BY = (
    "SELECT value FROM identity WHERE person IN ({ids}) UNION "
    "SELECT address FROM participant WHERE person IN ({ids}) UNION "
    "SELECT recipient FROM outgoing WHERE person IN ({ids}) AND state = 'waiting' UNION "
    "SELECT name FROM person WHERE id IN ({ids}) AND name LIKE '% %'"
)


async def begin(person: int, texts: Sequence[str], *, called: str) -> None:
    """Records all of them, and replaces the first ones at once. The caller has begun a transaction."""
    if texts:
        await ErasureText.insert(*(ErasureText(person=person, text=text) for text in texts))
    await _go_on(person, called=called)


async def run_due(at: datetime, *, called: str) -> None:
    """Continues for erased people until nothing is left. It is safe to run twice."""
    while due := await fetch_column(int, "SELECT person FROM erasure_text ORDER BY id LIMIT 1"):
        async with within():
            await _go_on(due[0], called=called)
            await search_words.index_person(due[0])


async def _go_on(person: int, *, called: str) -> None:
    some = await fetch_as(
        _Text, f"SELECT id, text FROM erasure_text WHERE person = {{}} ORDER BY id LIMIT {AT_ONCE}", person
    )
    if not some:
        return
    ids, texts = literals(await accounts_of(person)), [each.text for each in some]
    for table, column, length, which in _TEXTS:
        await _replace(table, column, length, which.format(ids=ids), texts, called)
    await execute(f"DELETE FROM erasure_text WHERE id IN ({literals(each.id for each in some)})")


_TEXTS = (
    ("message", "body", 10**6, f"ticket IN {THEIRS}"),
    ("ticket", "title", 200, f"id IN {THEIRS}"),
    ("event", "data", 10**6, f"ticket IN {THEIRS}"),
    ("held_reply", "typed", 10**6, f"ticket IN {THEIRS}"),
    ("rating", "comment", 10**6, f"ticket IN {THEIRS}"),
    ("approval", "reason", 10**6, f"ticket IN {THEIRS}"),
    ("field_value", "value", 10**6, f"ticket IN {THEIRS}"),
    ("attachment", "name", 150, f"ticket IN {THEIRS} OR message IN (SELECT id FROM message WHERE ticket IN {THEIRS})"),
    *(
        ("article", column, length, f"ticket IN {THEIRS}")
        for column, length in (("title", 200), ("objective", 300), ("sort_title", 200))
    ),
    *(
        ("article_version", column, length, f"article IN (SELECT id FROM article WHERE ticket IN {THEIRS})")
        for column, length in (("title", 200), ("objective", 300), ("body", 10**6), ("html", 10**6))
    ),
)
"""Table, column, its length, and the rows that may name the person.

Article drafts are included, because they are made of tickets.
"""


async def _replace(table: str, column: str, length: int, which: str, texts: Sequence[str], called: str) -> None:
    """Replaces the texts in one statement, however many there are."""
    changed = column
    for _ in texts:
        changed = f"replace({changed}, {{}}, {{}})"
    pairs = [value for text in texts for value in (text, called)]
    await execute(
        f"UPDATE {table} SET {column} = substr({changed}, 1, {length}) WHERE ({which}) AND {column} <> {changed}",
        *(*pairs, *pairs),
    )


def _dialled(number: str) -> Iterator[str]:
    """Yields the ways a number is written: +5511987654321, 11987654321, (11) 98765-4321, 11 98765-4321."""
    shown = phones.shown(number)
    yield from (number, shown, shown.replace("(", "").replace(")", ""))
    yield number.removeprefix("+55") if number.startswith("+55") else number.removeprefix("+")
