"""Phones: parsed, stored in one form, found, and logged."""

import pytest

from tests.cast import NOW
from web.errors import Invalid, NotFound, NotPermitted
from web.pages.words.settings.changes import field_changes
from web.people.directory import listing
from web.people.directory.listing import DirectoryFilter
from web.people.identifiers import phones
from web.settings_log.listing import LogFilter, changes

pytestmark = pytest.mark.anyio


async def numbers_of(person) -> list[str]:
    return [each.number for each in await phones.phones(person.id)]


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("11987654321", "+5511987654321", "(11) 98765-4321"),
        (" (11) 3333–4444 ", "+551133334444", "(11) 3333-4444"),
        ("+55 11 98765-4321", "+5511987654321", "(11) 98765-4321"),
        ("0055 11 98765 4321", "+5511987654321", "(11) 98765-4321"),
        ("(11) 98765-4321 cel.", "+5511987654321", "(11) 98765-4321"),
        ("(11) 98765-4321 (Ana Prado)", "+5511987654321", "(11) 98765-4321"),
        ("0800 123 4567", "+558001234567", "0800 123 4567"),
        ("+351 912 345 678", "+351912345678", "+351 912 345 678"),
    ],
)
def test_a_phone_is_one_however_it_was_written(typed, kept, shown):
    assert phones.parse(typed) == kept
    assert phones.shown(kept) == shown


@pytest.mark.parametrize("typed", ["", "Ana", "190", "98765-4321", "11 98765-43210", "11 3333-4444 ramal 20"])
def test_what_nobody_can_call_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        phones.parse(typed)
    assert refused.value.fields == {"phone": "not_a_phone"}


async def test_phones_are_added_once_and_removed_by_their_owner(people):
    typed = ("11 98765-4321", "+5511987654321", "11 3333-4444")
    assert [await phones.add(people.ana.id, each, by=people.ana, at=NOW) for each in typed] == [True, False, True]
    assert await numbers_of(people.ana) == ["+5511987654321", "+551133334444"]
    first, _ = await phones.phones(people.ana.id)
    await phones.remove(people.ana.id, first.id, by=people.ana, at=NOW)
    assert await numbers_of(people.ana) == ["+551133334444"]


async def test_the_desk_changes_phones_of_requesters_and_administrators_those_of_all(people):
    await phones.add(people.ana.id, "11 98765-4321", by=people.bia, at=NOW)
    await phones.add(people.bia.id, "11 98765-4321", by=people.admin, at=NOW)
    for owner, by in ((people.davi, people.bia), (people.bia, people.lia), (people.ana, people.rui)):
        with pytest.raises(NotPermitted):
            await phones.add(owner.id, "11 3333-4444", by=by, at=NOW)
    assert [await numbers_of(each) for each in (people.ana, people.bia, people.davi)] == [
        ["+5511987654321"],
        ["+5511987654321"],
        [],
    ]


async def test_a_phone_of_another_is_not_found(people):
    await phones.add(people.ana.id, "11 98765-4321", by=people.ana, at=NOW)
    (phone,) = await phones.phones(people.ana.id)
    with pytest.raises(NotFound):
        await phones.remove(people.rui.id, phone.id, by=people.rui, at=NOW)
    with pytest.raises(NotFound):
        await phones.add(1, "11 98765-4321", by=people.admin, at=NOW)


async def test_ten_phones_are_enough(people):
    for last in range(10):
        await phones.add(people.ana.id, f"11 98765-432{last}", by=people.ana, at=NOW)
    with pytest.raises(Invalid) as refused:
        await phones.add(people.ana.id, "11 3333-4444", by=people.ana, at=NOW)
    assert refused.value.fields == {"phone": "too_many_phones"}
    assert await phones.add(people.ana.id, "11 98765-4329", by=people.ana, at=NOW) is False


@pytest.mark.parametrize("words", ["11 98765-4321", "(11) 98765", "11987654321", "98765-4321", "+5511987654321"])
async def test_people_are_found_by_their_phone(words, people):
    await phones.add(people.ana.id, "(11) 98765-4321", by=people.bia, at=NOW)
    found = await listing.people(DirectoryFilter(words=words))
    assert [row.name for row in found.rows] == ["Ana Prado"]


async def test_the_log_tells_of_phones_as_people_read_them(people):
    await phones.add(people.ana.id, "+5511987654321", by=people.bia, at=NOW)
    (change,) = await changes(LogFilter())
    assert (change.kind, change.name, change.person_name) == ("person", "Ana Prado", "Bia Nunes")
    assert [tuple(each) for each in field_changes(change)] == [("telefones", "–", "(11) 98765-4321")]
