"""Older entries of the log: their personal data is stored separately, and erased."""

import importlib
import json
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW, Cast
from web.database import RULES_BROKEN, execute, fetch
from web.pages.words.privacy import ERASED
from web.people.merging import merge
from web.people.privacy import erasing
from web.settings_log import listing
from web.settings_log.listing import LogFilter
from web.settings_log.recording import Kind, record_change

pytestmark = pytest.mark.anyio

MIGRATION = importlib.import_module("migrations.guiche_2026_11_29t07_23_00")
LATER = NOW + timedelta(days=1)


@pytest.fixture
async def people(database, storage) -> Cast:
    """The cast, and log entries in the old format with names in them."""
    people = await cast.enrol()
    told = {"name": "Rui Alves", "identities": ["rui@aurora.example"], "phones": ["+5511987654321"]}
    kept = {"by": people.admin.id, "at": NOW}
    await record_change(Kind.PERSON, people.rui.id, "Rui Alves", {"name": "Rui A."}, told, **kept)
    await record_change(Kind.MEMBERSHIP, people.rui.id, "Rui Alves, Colégio Aurora", None, {"sees": "own"}, **kept)
    members = {"name": "Financeiro", "members": ["Bia Nunes", "Rui Alves"]}
    await record_change(Kind.TEAM, 1, "Financeiro", None, members, **kept)
    await record_change(Kind.CATEGORY, 1, "Cobrança", None, {"name": "Cobrança do Rui Alves"}, **kept)
    return people


async def log(words: str = "") -> list[tuple[str, object, object]]:
    """The log as it is read, oldest first."""
    found = await listing.changes(LogFilter(words=words))
    return [(each.name, *(json.loads(told or "null") for told in (each.before, each.after))) for each in found[::-1]]


async def as_written() -> str:
    """The stored log without the separate personal texts."""
    return str([list(row.values()) for row in await fetch("SELECT name, before, after FROM setting_change")])


async def test_the_log_reads_the_same_and_says_of_nobody_who_they_are(people):
    before, found = await log(), await log("rui")
    await MIGRATION.separate()
    assert (await log(), await log("rui")) == (before, found)
    written = await as_written()
    assert [each for each in ("Rui A.", "rui@", "98765", "Bia Nunes", "Rui Alves, ") if each in written] == []
    assert [each for each in ("Financeiro", "Cobrança do Rui Alves", "Colégio") if each in written] == [
        *("Financeiro", "Cobrança do Rui Alves"),
    ]


async def test_who_is_erased_afterwards_is_named_no_more(people):
    await MIGRATION.separate()
    await erasing.erase(people.rui.id, called=ERASED, by=people.admin, at=LATER)
    assert [name for name, *_ in await log()] == [ERASED, ERASED, "Financeiro", "Cobrança", ERASED]
    assert (await log())[2][2] == {"name": "Financeiro", "members": ["Bia Nunes", ERASED]}
    assert await log("rui@aurora.example") == []


async def test_who_was_erased_before_is_named_no_more_either(people):
    await erasing.erase(people.rui.id, called=ERASED, by=people.admin, at=LATER)
    assert (await log())[0][0] == "Rui Alves"
    await MIGRATION.separate()
    assert [name for name, *_ in await log()] == [ERASED, ERASED, "Financeiro", "Cobrança", ERASED]
    assert (await log())[0][2]["identities"] == [ERASED]
    assert (await log())[2][2]["members"] == ["Bia Nunes", ERASED]
    assert await log("rui@aurora.example") == []


async def test_the_accounts_of_a_merge_are_known_by_it(people):
    await merge.merge(people.ana.id, people.rui.id, keep=people.ana.id, by=people.admin, at=NOW)
    ((number,),) = [row.values() for row in await fetch("SELECT id FROM account_merge")]
    told = {"merged": "Rui Alves"}
    await record_change(Kind.MERGE, number, "Ana Prado", None, told, by=people.admin.id, at=NOW)
    await MIGRATION.separate()
    rows = await fetch("SELECT person, text FROM setting_text ORDER BY id DESC LIMIT 2")
    assert [tuple(row.values()) for row in rows[::-1]] == [(people.ana.id, "Ana Prado"), (people.rui.id, "Rui Alves")]


async def test_it_is_done_once_and_the_log_is_kept_from_changes_again(people):
    await MIGRATION.separate()
    first = await fetch("SELECT * FROM setting_text ORDER BY id")
    await MIGRATION.separate()
    assert await fetch("SELECT * FROM setting_text ORDER BY id") == first
    with pytest.raises(RULES_BROKEN):
        await execute("UPDATE setting_change SET name = 'outro'")
