"""The delivery status of messages, on the ticket and on a person's page."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.post_office import post_office, worked
from tests.pages.reading import facts, statements
from tests.presets import started_with
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(minutes=2)


@pytest.fixture
async def people(database, storage):
    return await cast.enrol()


@pytest.fixture
async def office():
    async with post_office() as office:
        with started_with(GUICHE_SMTP=office.url):
            yield office


async def answered(people) -> int:
    number = await cast.ticket(people.ana, copies=("rui@aurora.example", "eva@familia.example"))
    await replies.reply(await cast.seen(number, people.bia), "Vamos ver.", by=people.bia, at=NOW)
    return number


async def told(people, number: int) -> list[str]:
    """The deliveries below the agent's reply."""
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")
    return page.texts(".message[data-side=me] .message__told")


async def test_f15_each_message_says_how_far_it_got_with_the_words_of_the_server(people, office):
    number = await answered(people)
    office.says = {"rui@": "451 Try again later", "eva@": "550 5.1.1 No such user"}
    await worked(office, NOW)
    assert await told(people, number) == [
        "Entregue ao servidor: Ana Prado",
        "Ainda não enviada: Rui Alves (rui@aurora.example: 451 Try again later)",
        "Voltou: eva (eva@familia.example: 550 5.1.1 No such user)",
    ]
    office.says = {}
    await worked(office, LATER)
    assert (await told(people, number))[0] == "Entregue ao servidor: Ana Prado, Rui Alves"


async def test_what_nobody_has_sent_yet_is_told_as_such(people, office):
    number = await answered(people)
    office.says = {"": "451 Busy"}
    await worked(office, NOW)
    assert [each.partition(":")[0] for each in await told(people, number)] == ["Ainda não enviada"]


async def test_without_a_server_nothing_is_said_to_be_delivered(people):
    number = await answered(people)
    async with post_office() as office:
        await worked(office, NOW)
    assert [each.partition(":")[0] for each in await told(people, number)] == [
        "Guardada, pois este portal ainda não envia e-mail"
    ]


@pytest.mark.parametrize(
    ("answer", "is_gone"),
    [
        ("550 5.1.1 No such user", True),
        ("550 No such user", True),
        ("553 Mailbox name not allowed", True),
        ("554 5.2.1 Mailbox disabled", True),
        ("550 5.7.1 Message looks like spam", False),
        ("552 5.2.2 Mailbox full", False),
    ],
)
async def test_an_address_at_which_nobody_is_is_marked_on_the_ticket_and_the_persons_page(
    people, office, answer, is_gone
):
    office.says = {"ana@": answer}
    number = await answered(people)
    await worked(office, NOW)
    bia = await browser_of(people.bia)
    mark = f" não recebe mensagens {answer}" if is_gone else ""
    assert facts(await bia.get(f"/desk/tickets/{number}"))["Endereços"] == f"ana@aurora.example{mark}"
    assert facts(await bia.get(f"/desk/people/{people.ana.id}"))["E-mail"] == f"ana@aurora.example{mark}"


async def test_the_mark_goes_when_a_message_is_taken_again(people, office):
    office.says = {"ana@": "550 No such user"}
    number = await answered(people)
    await worked(office, NOW)
    office.says = {}
    await replies.reply(await cast.seen(number, people.bia), "E agora?", by=people.bia, at=LATER)
    await worked(office, LATER)
    bia = await browser_of(people.bia)
    assert facts(await bia.get(f"/desk/tickets/{number}"))["Endereços"] == "ana@aurora.example"


async def test_one_read_tells_of_all_messages_in_view(people, office):
    number = await answered(people)
    for n in range(5):
        await replies.reply(await cast.seen(number, people.bia), f"Mais {n}.", by=people.bia, at=LATER)
    await worked(office, LATER)
    bia = await browser_of(people.bia)
    with statements() as asked:
        await bia.get(f"/desk/tickets/{number}")
    assert sum("FROM outgoing JOIN person" in str(each) for each in asked) == 1
