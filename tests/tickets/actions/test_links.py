"""Tickets that are split, handed to another team, made a case, or related."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from web.database import fetch
from web.errors import Invalid
from web.tickets.actions import resolution, waits
from web.tickets.actions.links import Part, hand_over, launch_case, relate, split
from web.tickets.life.states import Resolution, Wait
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_split_ticket_waits_for_all_its_parts_and_then_goes_on(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await split(sheet, [Part("Emitir boletos"), Part("Avisar as famílias"), Part(" ")], by=people.bia, at=NOW)
    assert ((await row(number))["status"], (await row(number))["wait"]) == ("waiting", "children")
    first, second = [child for child, other, kind in await links() if (other, kind) == (number, "split")]
    ana = await cast.seen(first, people.ana)
    assert (ana.title, ana.requester, ana.organization) == ("Emitir boletos", people.ana.id, sheet.organization)
    await resolution.solve(await cast.seen(first, people.bia), message=NewMessage("Emitidos."), by=people.bia, at=NOW)
    assert (await row(number))["status"] == "waiting"
    await resolution.resolve(await cast.seen(second, people.bia), Resolution.SPAM, by=people.bia, at=LATER)
    after = await row(number)
    assert (after["status"], after["wait"], after["assignee"]) == ("open", None, people.bia.id)
    last = (await fetch("SELECT kind, actor, at FROM event WHERE ticket = {} ORDER BY id DESC LIMIT 1", number))[0]
    assert (last["kind"], last["actor"], last["at"]) == ("resumption", 1, LATER)


@pytest.mark.parametrize("parts", [[], [Part("")], [Part(" "), Part("\u200b")], [Part(f"{n}") for n in range(11)]])
async def test_a_split_without_parts_or_with_too_many_is_refused_whole(people, parts):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    with pytest.raises(Invalid):
        await split(sheet, parts, by=people.bia, at=NOW)
    assert (await row(number))["status"] == "open"
    assert len(await fetch("SELECT id FROM ticket")) == 1


async def test_work_of_another_team_is_an_internal_ticket_and_the_wait_ends_with_it(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Integrações'")
    await hand_over(sheet, team["id"], "Vincular a turma 8B.", by=people.bia, at=NOW)
    assert (await row(number))["wait"] == "team"
    ((child, *_),) = await links()
    work = await cast.seen(child, people.davi)
    assert (work.title, work.team, work.requester, work.organization) == (
        "Boletos com o valor errado",
        team["id"],
        people.bia.id,
        None,
    )
    for somebody in (people.ana, people.rui):
        with pytest.raises(Exception, match="ticket"):
            await find_ticket(child, by=somebody)
    await resolution.solve(work, message=NewMessage("Vinculada."), by=people.davi, at=LATER)
    assert ((await row(number))["status"], (await row(number))["assignee"]) == ("open", people.bia.id)


async def test_a_wait_left_by_hand_is_not_ended_again(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await launch_case(sheet, Part("Migrar o convênio", "Banco novo."), by=people.bia, at=NOW)
    ((child, *_),) = await links()
    await waits.resume(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    await waits.wait(await cast.seen(number, people.bia), Wait.UNTIL, until=LATER, by=people.bia, at=NOW)
    await resolution.solve(await cast.seen(child, people.davi), message=NewMessage("Migrado."), by=people.davi, at=NOW)
    assert ((await row(number))["status"], (await row(number))["wait"]) == ("waiting", "until")


async def test_related_tickets_are_linked_once_and_only_where_both_are_seen(people):
    first, second = await cast.ticket(people.ana), await cast.ticket(people.caio)
    for _ in range(2):
        await relate(await cast.seen(first, people.bia), second, by=people.bia, at=NOW)
    assert await links() == [(first, second, "related")]
    with pytest.raises(Invalid, match="unknown_ticket"):
        await relate(await cast.seen(first, people.bia), 98765, by=people.bia, at=NOW)


async def row(number: int):
    (found,) = await fetch(
        "SELECT status, wait, wait_until, resolution, resolved_at, closed_at, assignee, team FROM ticket WHERE id = {}",
        number,
    )
    return found


async def links() -> list[tuple[int, int, str]]:
    return [(each["ticket"], each["other"], each["kind"]) for each in await fetch("SELECT * FROM link ORDER BY id")]
