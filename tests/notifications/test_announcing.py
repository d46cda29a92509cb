"""Events become notices and messages: once each, for the right people, with any number of workers."""

import asyncio
import importlib
from contextvars import Context
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import chosen, option, statements
from tests.resilience.make_due_tickets import copied
from tests.servers import PATIENCE
from web.database import dialect, fetch, transaction
from web.notifications import announcing, notices, outbox, pending_events
from web.tickets.actions import assignment, participants, replies, resolution
from web.tickets.actions.replies import note
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_new_ticket_is_told_to_the_queue_and_acknowledged_to_who_asked(people):
    number = await cast.ticket(people.ana, copies=("eva@familia.example",))
    assert await announcing.announce(NOW) == 1
    assert await noticed() == {("Bia Nunes", "new_in_queue"), ("Lia Castro", "new_in_queue"), ("eva", "copied")}
    assert await queued(number) == {("ana@aurora.example", "acknowledged"), ("eva@familia.example", "copied")}


async def test_who_is_put_in_copy_later_is_told_and_those_before_are_not(people):
    number = await cast.ticket(people.ana, copies=("eva@familia.example",))
    await announcing.announce(NOW)
    later = NOW + timedelta(minutes=5)
    sheet = await find_ticket(number, by=people.ana)
    await participants.add(sheet, ["leo@familia.example", "eva@familia.example"], by=people.ana, at=later)
    before = await queued(number)
    await announcing.announce(later)
    assert await queued(number) - before == {("leo@familia.example", "copied")}


@pytest.mark.parametrize(
    ("wanted", "written_to"),
    [
        ("Tudo, também o que é novo na fila", {"ana@aurora.example", "bia@guiche.example"}),
        ("O que é meu ou espera por mim", {"ana@aurora.example"}),
        ("Nada", {"ana@aurora.example"}),
    ],
)
async def test_each_person_chooses_which_messages_they_want(people, storage, wanted, written_to):
    bia = await browser_of(people.bia)
    page = await bia.get("/account")
    done = await bia.send(page, "/account/mail", mail=option(page, "mail", wanted))
    assert (done.text(".notice"), chosen(done, "mail")) == ("Avisos por e-mail salvos.", wanted)
    number = await cast.ticket(people.ana)
    await announcing.announce(NOW)
    assert {address for address, _ in await queued(number)} == written_to
    assert ("Bia Nunes", "new_in_queue") in await noticed()


async def test_only_agents_choose_messages_about_queues(people):
    page = await (await browser_of(people.ana)).get("/account")
    assert page.options("mail") == ["O que é meu ou espera por mim", "Nada"]


async def test_what_was_told_is_forgotten_after_a_year(people):
    old = await cast.ticket(people.ana)
    await announcing.announce(NOW)
    new = await cast.ticket(people.rui, at=NOW + timedelta(days=1))
    await announcing.announce(NOW + timedelta(days=1))
    told = await noticed_of(old, new), await queued(old), await queued(new)
    for each in (notices, outbox):
        await each.sweep(NOW + timedelta(days=365))
    assert (await noticed_of(old, new), await queued(old), await queued(new)) == told
    for each in (notices, outbox):
        await each.sweep(NOW + timedelta(days=365, hours=1))
    assert (await noticed_of(old, new), await queued(old), await queued(new)) == ({new}, set(), told[2])


async def test_what_was_announced_is_not_announced_again(people):
    number = await cast.ticket(people.ana)
    assert [await announcing.announce(NOW) for _ in range(2)] == [1, 0]
    ticket = await find_ticket(number, by=people.bia)
    await replies.reply(ticket, "Vamos ver.", by=people.bia, at=NOW)
    assert await announcing.announce(NOW) == 2  # her reply took the ticket
    assert [each for each in await noticed() if each[0] == "Ana Prado"] == [("Ana Prado", "answered")]


async def test_f19_any_number_of_workers_tells_each_person_once(people):
    for title in ("Boleto", "Nota", "Acesso"):
        await cast.ticket(people.ana, title)
    announced = await asyncio.gather(*(announcing.announce(NOW) for _ in range(4)))
    assert sum(announced) == 3
    assert await fetch("SELECT event, person FROM notice GROUP BY event, person HAVING count(*) > 1") == []


async def test_a_worker_does_not_ask_again_for_what_another_is_at(people):
    if dialect(sqlite="waits", postgres=""):
        pytest.skip("SQLite lets one write at a time")
    for _ in range(announcing.AT_ONCE):
        await cast.ticket(people.ana)
    begun, looked = asyncio.Event(), asyncio.Event()

    async def meanwhile(_: object) -> None:
        begun.set()
        await looked.wait()

    first = asyncio.get_running_loop().create_task(announcing.announce(NOW, also=meanwhile), context=Context())
    await begun.wait()
    with statements() as asked:
        async with asyncio.timeout(PATIENCE):
            second = await announcing.announce(NOW)
    looked.set()
    assert (second, await first) == (0, announcing.AT_ONCE)
    assert len([each for each in asked if "chosen.alike" in each]) == 1


async def test_a_whole_turn_is_announced_in_as_many_statements_as_one_event(people):
    sent = []
    for many in (1, announcing.AT_ONCE - 1):
        for _ in range(many):
            await cast.ticket(people.ana)
        with statements() as asked:
            assert await announcing.announce(NOW) == many
        sent.append(len(asked))
    assert sent == [6, 6]


async def test_a_colleague_is_mentioned_by_their_first_name(people):
    number = await cast.ticket(people.ana)
    await announcing.announce(NOW)
    before = await noticed()
    await note(await find_ticket(number, by=people.bia), "Veja isto, @davi: é da integração?", by=people.bia, at=NOW)
    await announcing.announce(NOW)
    assert await noticed() - before == {("Davi Reis", "mentioned")}


async def test_the_bell_tells_what_was_decided_and_the_ticket_that_it_was_not_approved(people):
    number = await cast.unsolved(people, "refused")
    await announcing.announce(NOW + timedelta(days=1))
    rui = await browser_of(people.rui)
    assert (await rui.get("/notices")).texts(".log li p")[0] == "Ana Prado não aprovou o pedido (não lido)"
    assert (await rui.get(f"/tickets/{number}")).text(".next") == "Não aprovado em 23/11."


async def test_the_bell_counts_what_is_unread_and_the_page_tells_it(people, storage):
    number = await cast.ticket(people.ana)
    ticket = await find_ticket(number, by=people.bia)
    await assignment.take(ticket, by=people.bia, at=NOW)
    await resolution.solve(ticket, message=NewMessage("Corrigimos o boleto."), by=people.bia, at=NOW)
    await announcing.announce(NOW + timedelta(seconds=1))
    ana = await browser_of(people.ana)
    page = await ana.get("/")
    assert page.text(".bell__count") == "1"
    notices = await ana.get("/notices")
    assert notices.texts(".log li p") == [
        "Bia Nunes propôs uma solução (não lido)",
        f"#{number} Boletos com o valor errado",
    ]
    read = await ana.send(notices, "/notices/reading")
    assert (read.texts(".bell__count"), read.texts(".log strong")) == ([], [])


async def test_reading_a_ticket_reads_its_notices(people, storage):
    number = await cast.ticket(people.ana)
    await replies.reply(await find_ticket(number, by=people.bia), "Vamos ver.", by=people.bia, at=NOW)
    await announcing.announce(NOW)
    ana = await browser_of(people.ana)
    assert (await ana.get("/")).text(".bell__count") == "1"
    assert (await ana.get(f"/tickets/{number}")).texts(".bell__count") == []
    assert (await ana.get("/")).texts(".bell__count") == []


async def test_a_notice_leads_agents_to_what_is_new_since_they_looked(people, storage):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    await bia.get(f"/desk/tickets/{number}")
    later = NOW + timedelta(hours=1)
    await replies.reply(await find_ticket(number, by=people.ana), "E o boleto?", by=people.ana, at=later)
    await announcing.announce(later)
    notices_of_bia = await (await browser_of(people.bia, at=later)).get("/notices")
    link = notices_of_bia.links()[f"#{number} Boletos com o valor errado"]
    assert link == f"/desk/tickets/{number}#unseen"
    assert (await bia.get(link)).text("#unseen") == "Novo desde que você viu"


async def test_who_lost_sight_of_a_ticket_finds_no_notice_of_it(people, storage):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    await announcing.announce(NOW)
    rui, ana = await browser_of(people.rui), await browser_of(people.ana)
    assert (await rui.get("/notices")).texts(".log a") == [f"#{number} Boletos com o valor errado"]
    page = await ana.get(f"/tickets/{number}")
    await ana.send(page, f"/tickets/{number}/participants/{people.rui.id}/removal")
    assert (await rui.get("/notices")).texts(".log a") == []


async def noticed() -> set[tuple[str, str]]:
    rows = await fetch("SELECT person.name, notice.occasion FROM notice JOIN person ON person.id = notice.person")
    return {(row["name"], row["occasion"]) for row in rows}


async def noticed_of(*numbers: int) -> set[int]:
    """The tickets that somebody has a notice about."""
    return {row["ticket"] for row in await fetch("SELECT ticket FROM notice")} & {*numbers}


async def queued(number: int) -> set[tuple[str, str]]:
    rows = await fetch(
        "SELECT recipient, occasion FROM outgoing JOIN event ON event.id = outgoing.event WHERE event.ticket = {}",
        number,
    )
    return {(row["recipient"], row["occasion"]) for row in rows}


async def test_what_happened_before_there_were_notices_is_told_to_nobody(people):
    await cast.ticket(people.ana)
    upgrade = importlib.import_module("migrations.guiche_2026_11_28t18_45_00")
    await upgrade.create()
    assert await announcing.announce(NOW) == 0


async def test_f40_a_notice_to_many_keeps_no_other_reply_waiting_not_even_of_its_author(people):
    many = [await cast.ticket(people.ana, f"Boleto {n}") for n in range(announcing.MANY + announcing.AT_ONCE)]
    others = [await cast.ticket(people.rui, f"Nota {n}") for n in range(2)]
    await announcing.announce(NOW)
    for number in many:
        await replies.reply(await find_ticket(number, by=people.bia), "Voltou.", by=people.bia, at=NOW)
    for number, agent in zip(others, (people.lia, people.bia), strict=True):
        await replies.reply(await find_ticket(number, by=agent), "Vamos ver.", by=agent, at=NOW)
    await announcing.announce(NOW)
    rows = await fetch("SELECT recipient, urgency FROM outgoing WHERE occasion = 'answered' ORDER BY id")
    told = [(row["recipient"], row["urgency"]) for row in rows]
    assert [each for each in told if each[1] == outbox.FOR_SOMEBODY].count(("rui@aurora.example", 1)) == 2
    assert [place for place, each in enumerate(told) if each[0] == "rui@aurora.example"][-1] < announcing.AT_ONCE
    assert told.count(("ana@aurora.example", outbox.TO_MANY)) >= announcing.AT_ONCE


async def test_f40_a_notice_is_one_also_where_its_first_were_told_of_already(people):
    many = [await cast.ticket(people.ana, f"Boleto {n}") for n in range(announcing.MANY + 1)]
    for number in many:
        await replies.reply(await find_ticket(number, by=people.bia), "Voltou.", by=people.bia, at=NOW)
        await announcing.announce(NOW)
    rows = await fetch("SELECT urgency FROM outgoing WHERE occasion = 'answered' ORDER BY id")
    told = [row["urgency"] for row in rows]
    assert told == [outbox.FOR_SOMEBODY] * announcing.MANY + [outbox.TO_MANY]


async def test_f40_a_notice_that_overtakes_thousands_of_others_is_known_as_one(people):
    await copied(await cast.ticket(people.ana), 1_500)
    alike = []
    for number in [await cast.ticket(people.rui, f"Nota {n}") for n in range(3)]:
        await replies.reply(await find_ticket(number, by=people.bia), "Voltou.", by=people.bia, at=NOW)
        async with transaction():
            turn = await pending_events.claim(await pending_events.next_turn(NOW), NOW)
        alike.append([each.alike for each in turn if each.kind == "reply"])
    assert alike == [[1], [2], [3]]
