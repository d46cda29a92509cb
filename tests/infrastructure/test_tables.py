"""The migrated database has exactly the declared tables and columns."""

import re
from pathlib import Path

import pytest

from web.database import database as engine
from web.database import dialect, fetch
from web.errors import OutOfDate
from web.people.merging.references import ENDED, MOVED, STAYS
from web.schema import migration, version
from web.schema.piccolo_app import APP_CONFIG

pytestmark = pytest.mark.anyio

NOT_OURS = {"migration", "ticket_search", "sqlite_sequence", "live_change"}


async def test_the_columns_of_each_table_are_those_declared_and_empty_only_where_declared(database):
    declared = {
        (table._meta.tablename, column._meta.name): column._meta.null
        for table in APP_CONFIG.table_classes
        for column in table._meta.columns
    }
    assert await found() == declared


async def test_every_reference_is_kept_by_the_database(database):
    declared = {
        (table._meta.tablename, column._meta.name, column._foreign_key_meta.resolved_references._meta.tablename)
        for table in APP_CONFIG.table_classes
        for column in table._meta.foreign_key_columns
    }
    assert await references() == declared


def test_of_every_column_that_names_a_person_it_is_said_what_a_merge_does():
    """A new one goes into one of the three lists of `web/people/merging/references.py`."""
    named = {
        f"{table._meta.tablename}.{column._meta.name}"
        for table in APP_CONFIG.table_classes
        for column in table._meta.foreign_key_columns
        if column._foreign_key_meta.resolved_references._meta.tablename == "person"
    }
    said = {each.place for each in MOVED} | {*ENDED, *STAYS}
    assert (named - said, said - named) == (set(), set())


async def test_a_migrated_database_is_up_to_date_and_one_step_behind_is_not(database):
    await version.check()
    (last,) = await fetch("SELECT * FROM migration ORDER BY id DESC LIMIT 1")
    await fetch("DELETE FROM migration WHERE id = {}", last["id"])
    with pytest.raises(OutOfDate, match="python -m web migrate"):
        await version.check()
    await migration.migrate()
    await version.check()


async def test_the_migrations_that_were_made_are_those_the_files_are_named_for(database):
    assert {row["name"] for row in await fetch("SELECT name FROM migration")} == version.written()


def test_no_index_bears_a_name_that_another_has():
    """The second of two would silently not be made."""
    written = "".join(each.read_text() for each in Path("migrations").glob("*.py"))
    names = re.findall(r"CREATE (?:UNIQUE )?INDEX IF NOT EXISTS (\w+)", written)
    assert len(names) > 40
    assert sorted(names) == sorted(set(names))


async def test_time_has_its_person_and_nobody_may_sign_in_as_it(database):
    assert await fetch("SELECT id, name, role, password FROM person") == [
        {"id": 1, "name": "Guichê", "role": "system", "password": None}
    ]
    assert await fetch("SELECT id FROM identity") == []


async def found() -> dict[tuple[str, str], bool]:
    """Whether each column may be null, by table and column."""
    rows = await fetch(
        dialect(
            sqlite='SELECT m.name AS relation, c.name, (c."notnull" = 0 AND c.pk = 0) AS may_be_empty '
            "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
            postgres="SELECT table_name AS relation, column_name AS name, is_nullable = 'YES' AS may_be_empty "
            "FROM information_schema.columns WHERE table_schema = 'public'",
        )
    )
    return {
        (row["relation"], row["name"]): bool(row["may_be_empty"])
        for row in rows
        if row["relation"] not in NOT_OURS and not row["relation"].startswith("ticket_search_")
    }


async def references() -> set[tuple[str, str, str]]:
    rows = await fetch(
        dialect(
            sqlite='SELECT m.name AS relation, f."from" AS name, f."table" AS target '
            "FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
            postgres="SELECT k.table_name AS relation, k.column_name AS name, t.table_name AS target "
            "FROM information_schema.key_column_usage k "
            "JOIN information_schema.referential_constraints r ON r.constraint_name = k.constraint_name "
            "JOIN information_schema.table_constraints t ON t.constraint_name = r.unique_constraint_name "
            "WHERE k.table_schema = 'public'",
        )
    )
    return {(row["relation"], row["name"], row["target"]) for row in rows}


def test_the_database_under_test_is_the_one_asked_for(pytestconfig):
    kind = type(engine()).__name__
    assert kind == {"sqlite": "SQLite", "postgres": "Postgres"}[pytestconfig.getoption("database")]
