"""People and organizations in the order of their names, and the words by which they are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect, execute, fetch_as
from web.sql import Fragment
from web.text import fold, terms

ID = "2026-11-28T19:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Directory of people and organizations"

PAGE = 500

TABLES = """
CREATE TABLE IF NOT EXISTS person_word (
    word VARCHAR(100) {by_byte} NOT NULL, person INTEGER NOT NULL REFERENCES person, PRIMARY KEY (word, person)
);
CREATE INDEX IF NOT EXISTS person_word_person ON person_word (person);
CREATE TABLE IF NOT EXISTS organization_word (
    word VARCHAR(100) {by_byte} NOT NULL, organization INTEGER NOT NULL REFERENCES organization,
    PRIMARY KEY (word, organization)
);
CREATE INDEX IF NOT EXISTS organization_word_organization ON organization_word (organization);
CREATE INDEX IF NOT EXISTS person_sort ON person (sort_name, id);
CREATE INDEX IF NOT EXISTS person_desk ON person (sort_name, id) WHERE role <> 'requester';
CREATE INDEX IF NOT EXISTS person_inactive ON person (sort_name, id) WHERE NOT is_active;
CREATE INDEX IF NOT EXISTS organization_sort ON organization (sort_name, id)
"""


@dataclass(frozen=True)
class _Unsorted:
    """Somebody, or an organization, and all by which they are found."""

    id: int
    name: str
    texts: str


async def create() -> None:
    by_byte = dialect(sqlite="", postgres='COLLATE "C"')
    for table in ("person", "organization"):
        await add_column(table, "sort_name", f"VARCHAR(200) {by_byte} NOT NULL DEFAULT ''")
    for statement in TABLES.format(by_byte=by_byte).split(";"):
        await database().run_ddl(statement)


async def fill() -> None:
    """All that were there before, page by page."""
    names = dialect(sqlite="group_concat(i.value, ' ')", postgres="string_agg(i.value, ' ')")
    identities = f"COALESCE((SELECT {names} FROM identity i WHERE i.person = t.id), '')"
    for table, texts in (("person", identities), ("organization", "t.cnpj")):
        while page := await _page(table, texts):
            await _write(table, page)


async def _page(table: str, texts: str) -> list[_Unsorted]:
    return await fetch_as(
        _Unsorted,
        f"SELECT t.id, t.name, {texts} AS texts FROM {table} t WHERE t.sort_name = '' AND t.name <> '' LIMIT {PAGE}",
    )


async def _write(table: str, page: Sequence[_Unsorted]) -> None:
    words = [Fragment("({}, {})", (word, row.id)) for row in page for word in terms(f"{row.name} {row.texts}")]
    for some in _in_parts(words):
        places = ", ".join("{}" for _ in some)
        await execute(f"INSERT INTO {table}_word (word, {table}) VALUES {places} ON CONFLICT DO NOTHING", *some)
    for row in page:
        await execute(f"UPDATE {table} SET sort_name = {{}} WHERE id = {{}}", fold(row.name)[:200] or "-", row.id)


def _in_parts(words: Sequence[Fragment]) -> Iterable[Sequence[Fragment]]:
    return (words[start : start + PAGE] for start in range(0, len(words), PAGE))


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw(fill)
    return manager
