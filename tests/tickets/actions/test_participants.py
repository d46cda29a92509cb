"""People in copy: added, removed, refused."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.tickets.factories import new
from tests.tickets.record.traces import copied, count, event, left_by_block
from web.errors import Invalid, NotFound, NotPermitted
from web.people import accounts
from web.tickets.actions import participants, replies
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_people_come_into_copy_by_the_address_that_was_typed(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        await replies.reply(
            sheet,
            "Incluo a direção.",
            copies=(" Rui@Aurora.example", "direcao@aurora.example"),
            by=people.ana,
            at=LATER,
        )
    assert left.events == [
        event(
            "reply",
            people.ana,
            LATER,
            says="Incluo a direção.",
            copies=["Rui@Aurora.example", "direcao@aurora.example"],
        )
    ]
    assert await copied(sheet.number) == ["Rui@Aurora.example", "direcao@aurora.example"]
    assert (await cast.seen(sheet.number, people.rui)).number == sheet.number


async def test_an_address_not_seen_before_becomes_a_person_without_a_password(people):
    sheet = await new(people)
    await participants.add(sheet, ["direcao@aurora.example"], by=people.ana, at=LATER)
    person = await accounts.find("direcao@aurora.example")
    assert (person.name, person.role, person.password) == ("direcao", "requester", None)
    assert await accounts.identities(person.id) == [accounts.IdentityShown("email", "direcao@aurora.example", None)]


async def test_who_is_in_copy_already_stays_in_it_once(people):
    sheet = await new(people)
    await participants.add(sheet, ["rui@aurora.example"], by=people.ana, at=NOW)
    await participants.add(sheet, ["RUI@aurora.example", "rui@aurora.example"], by=people.ana, at=LATER)
    assert await copied(sheet.number) == ["rui@aurora.example"]


@pytest.mark.parametrize(
    ("addresses", "code"),
    [
        (["rui"], "not_addresses"),
        (["rui@aurora"], "not_addresses"),
        (["rui@aurora.example\r\nBcc: caio@horizonte.example"], "not_addresses"),
        (["=?utf-8?q?x=0D=0ABcc=3A_caio=40horizonte.example?=@fora.example"], "not_addresses"),
        (["=?utf-8?q?caio=40horizonte.example=2C?=@fora.example"], "not_addresses"),
        (["a@b@c.example"], "not_addresses"),
        (["rui@.example"], "not_addresses"),
        (["bia@guiche.example", "x" * 250 + "@a.br"], "not_addresses"),
        ([f"p{n}@aurora.example" for n in range(21)], "too_many"),
    ],
    ids=[
        "no-at",
        "no-dot",
        "header",
        "encoded-header",
        "encoded-recipient",
        "two-ats",
        "empty-label",
        "too-long",
        "too-many",
    ],
)
async def test_copies_that_cannot_be_are_refused_whole(people, addresses, code):
    sheet, known = await new(people), await count("person")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "Incluo.", copies=addresses, by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("copies", code)
    assert left.nothing
    assert (await copied(sheet.number), await count("person")) == ([], known)


async def test_who_is_taken_out_of_copy_no_longer_sees_or_finds_the_ticket(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example", "caio@horizonte.example"))
    sheet = await cast.seen(number, people.ana)
    await replies.note(sheet, "Ver o contrato.", by=people.bia, at=NOW)
    assert await found("boletos", people.caio) == [number]
    async with left_by_block(number) as left:
        await participants.remove(sheet, people.caio.id, by=people.ana, at=LATER)
    assert left.events == [event("participation", people.ana, LATER, removed=["caio@horizonte.example"])]
    assert await copied(number) == ["rui@aurora.example"]
    with pytest.raises(NotFound):
        await cast.seen(number, people.caio)
    assert await found("boletos", people.caio) == []
    assert await found("boletos", people.rui) == [number]
    desk = await portal.page(Filter(scope="all", words="contrato"), by=people.davi)
    assert [row.id for row in desk.rows] == [number]
    mine = await portal.page(Filter(scope="mine", words="outubro"), by=people.ana)
    assert [row.id for row in mine.rows] == [number]


async def test_one_takes_out_oneself_and_whom_one_put_in_and_requester_and_desk_anybody(people):
    copies = ("rui@aurora.example", "caio@horizonte.example")
    allowed = set()
    for who in ("ana", "rui", "caio", "bia"):
        for whom in ("rui", "caio"):
            number = await cast.ticket(people.ana, copies=copies)
            try:
                sheet = await cast.seen(number, people.ana)
                await participants.remove(sheet, getattr(people, whom).id, by=getattr(people, who), at=NOW)
            except NotPermitted:
                continue
            allowed.add((who, whom))
    assert allowed == {
        *(("ana", "rui"), ("ana", "caio"), ("bia", "rui"), ("bia", "caio")),
        *(("rui", "rui"), ("caio", "caio")),
    }
    sheet = await cast.seen(await cast.ticket(people.ana, copies=("rui@aurora.example",)), people.rui)
    await participants.add(sheet, ["caio@horizonte.example"], by=people.rui, at=NOW)
    await participants.remove(sheet, people.caio.id, by=people.rui, at=NOW)
    assert await copied(sheet.number) == ["rui@aurora.example"]


async def test_nobody_is_taken_out_who_is_not_in(people):
    sheet = await cast.seen(await cast.ticket(people.ana), people.ana)
    async with left_by_block(sheet.number) as left:
        for person in (people.caio.id, 10**12):
            with pytest.raises(NotFound):
                await participants.remove(sheet, person, by=people.ana, at=LATER)
        with pytest.raises(Invalid) as refused:
            await participants.add(sheet, [], by=people.ana, at=LATER)
    assert (left.nothing, refused.value.fields) == (True, {"copies": "missing"})


async def seen(sheet, by):
    return await cast.seen(sheet.number, by)


async def found(words, by):
    page = await portal.page(Filter(scope="copied", words=words), by=by)
    return [row.id for row in page.rows]
