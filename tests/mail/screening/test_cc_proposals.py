"""People in Cc of a mail are proposed as participants, and see nothing until they are added."""

import pytest

from tests.client import Browser, Page, browser_of, values_of
from tests.mail.arriving import LATER, answered, mail
from tests.pages.reading import happened
from web.mail.screening.cc_proposals import is_persons
from web.mail.signatures import ReplyTo, reply_address
from web.people.privacy import erasing
from web.tickets.actions import resolution
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio


async def reply(arrives, address: str, cc: str, text: str = "Segue a nota.") -> None:
    await arrives(mail("Ana <ana@aurora.example>", text, to=address, Cc=cc))


ADDS = "form:has([aria-label^=Adicionar])"


def proposed(page: Page) -> list[str]:
    """The proposed people, without the buttons."""
    return [text.removesuffix(" Adicionar Dispensar") for text in page.texts(ADDS)]


async def settled(browser: Browser, at: str, address: str, **pressed: str) -> Page:
    """The page after pressing a button beside this address."""
    page = await browser.get(at)
    (form,) = [each for each in page.html.css(ADDS) if values_of(each)["copies"] == address]
    answer = await browser.post(form.attributes["action"], values_of(form) | pressed)
    assert answer.status == 303
    return await browser.get(answer.location)


async def seen_by(person, address: str) -> list[str]:
    return proposed(await (await browser_of(person)).get(address))


async def test_people_in_copy_of_a_mail_are_proposed_and_not_added(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, "Caio <caio@horizonte.example>, fora@fora.example")
    ticket = await find_ticket(number, by=people.ana)
    assert ticket.copies == ()
    assert await seen_by(people.ana, f"/tickets/{number}") == ["caio@horizonte.example", "fora@fora.example"]
    assert (await (await browser_of(people.caio)).get(f"/tickets/{number}")).status == 404


async def test_only_agents_read_what_a_known_person_is_called(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, "Outro Nome <caio@horizonte.example>")
    assert await seen_by(people.bia, f"/desk/tickets/{number}") == ["caio@horizonte.example (Caio Lima)"]


async def test_somebody_is_added_from_the_portal_or_from_the_desk(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, "caio@horizonte.example, fora@fora.example")
    ana, bia, at = await browser_of(people.ana), await browser_of(people.bia), f"/tickets/{number}"
    page = await settled(ana, at, "caio@horizonte.example")
    assert proposed(page) == ["fora@fora.example"]
    assert happened(page)[-1] == "Você incluiu em cópia: caio@horizonte.example"
    assert proposed(await settled(bia, f"/desk{at}", "fora@fora.example")) == []
    assert (await find_ticket(number, by=people.ana)).copies == ("caio@horizonte.example", "fora@fora.example")
    assert (await (await browser_of(people.caio)).get(at)).status == 200


@pytest.mark.parametrize("desk", ["", "/desk"])
async def test_who_is_dismissed_or_removed_is_not_proposed_again(people, arrives, desk):
    number, address = await answered(people)
    await reply(arrives, address, "caio@horizonte.example, eva@fora.example")
    browser, at = await browser_of(people.bia if desk else people.ana), f"{desk}/tickets/{number}"
    before = happened(await browser.get(at))
    page = await settled(browser, at, "caio@horizonte.example", dismiss="1")
    assert (proposed(page), happened(page)) == (["eva@fora.example"], before)
    await settled(browser, at, "eva@fora.example")
    (eva,) = (await find_ticket(number, by=people.ana)).participants
    ana, at = await browser_of(people.ana), f"/tickets/{number}"
    await ana.send(await ana.get(at), f"{at}/participants/{eva}/removal")
    await reply(arrives, address, "caio@horizonte.example, eva@fora.example, nova@fora.example", "Mais uma.")
    assert await seen_by(people.ana, at) == ["nova@fora.example"]
    assert (await find_ticket(number, by=people.ana)).copies == ()


async def test_who_asks_who_wrote_and_who_is_in_copy_already_is_not_proposed(people, arrives):
    number, address = await answered(people)
    ana, at = await browser_of(people.ana), f"/tickets/{number}"
    await ana.send(await ana.get(at), f"{at}/participants", copies="caio@horizonte.example")
    await reply(arrives, address, "ana@aurora.example, caio@horizonte.example, rui@aurora.example")
    assert await seen_by(people.ana, at) == ["rui@aurora.example"]


async def test_whether_the_sender_was_proven_is_said(people, arrives):
    became = await arrives(mail("rui@aurora.example", Cc="ana@aurora.example"))
    at = f"/tickets/{became['ticket']}"
    assert await seen_by(people.rui, at) == ["ana@aurora.example de um remetente não verificado"]


async def test_of_many_people_the_first_ten_are_proposed(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, ", ".join(f"pessoa{n}@fora.example" for n in range(30)))
    assert await seen_by(people.ana, f"/tickets/{number}") == [f"pessoa{n}@fora.example" for n in range(10)]


async def test_whoever_may_add_nobody_is_offered_nobody(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, "caio@horizonte.example")
    solved = NewMessage("Feito.")
    await resolution.solve(await find_ticket(number, by=people.bia), message=solved, by=people.bia, at=LATER)
    await resolution.confirm(await find_ticket(number, by=people.ana), by=people.ana, at=LATER)
    assert await seen_by(people.ana, f"/tickets/{number}") == await seen_by(people.bia, f"/desk/tickets/{number}") == []


async def test_nobody_is_proposed_any_more_who_was_erased(people, arrives):
    number, address = await answered(people)
    await reply(arrives, address, "caio@horizonte.example, eva@fora.example")
    await erasing.erase(people.caio.id, called="Pessoa apagada", by=people.admin, at=LATER)
    assert await seen_by(people.ana, f"/tickets/{number}") == ["eva@fora.example"]


async def test_a_draft_that_mail_filled_in_can_still_be_thrown_away(people, arrives):
    ana = await browser_of(people.ana)
    number = (await drafts.draft(Request(title="Meu"), by=people.ana, at=LATER)).ticket
    address = reply_address(ReplyTo(number, people.ana.id))
    await reply(arrives, address, "caio@horizonte.example")
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/discard")
    assert (await ana.get(f"/tickets/{number}")).status == 404


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("ana@aurora.example", True),
        ("noreia@aurora.example", True),
        ("automoveis@aurora.example", True),
        ("no-reply@aurora.example", False),
        ("noreply+1@aurora.example", False),
        ("noreply2@aurora.example", False),
        ("nao-responda@aurora.example", False),
        ("naoresponder@aurora.example", False),
        ("do-not-reply@aurora.example", False),
        ("donotreply.financeiro@aurora.example", False),
        ("bounces+ana=aurora.example@envios.example", False),
        ("mailer-daemon@aurora.example", False),
        ("notifications@aurora.example", False),
    ],
)
def test_addresses_of_machines_are_nobodys(address, is_one):
    assert is_persons(address) is is_one


async def test_addresses_of_ours_are_nobodys(people, arrives):
    number, address = await answered(people)
    await reply(arrives, "suporte@fora.example", f"{address}, nao-responda@127.0.0.1")
    assert (await find_ticket(number, by=people.ana)).proposed == ()
