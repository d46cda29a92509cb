"""Several e-mail addresses of one account; each counts once its owner opened the link sent to it."""

import re

import pytest

from tests import cast
from tests.cast import Cast
from tests.client import Browser, Page, browser_of
from tests.mail.post_office import link_in, post_office, worked
from tests.pages.reading import GOOD_PASSWORD, give_password, mail_to, mail_written, refusals
from web.people import accounts
from web.people.directory import listing
from web.people.directory.listing import DirectoryFilter
from web.tickets.actions import resolution
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AT = "/account/addresses"
NEW = "ana@casa.example"


async def ana() -> tuple[Cast, Browser]:
    people = await cast.enrol()
    await give_password(people.ana)
    return people, await browser_of(people.ana)


async def asked(browser: Browser, address: str = NEW, current: str = GOOD_PASSWORD) -> Page:
    return await browser.send(await browser.get("/account"), AT, address=address, current=current)


async def link() -> str:
    """The path of the link in the message to the new address."""
    await mail_written()
    (message,) = await mail_to(NEW)
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/account/confirmations/\S+)", message["body"])
    return str(path)


async def addresses(person: int) -> list[str]:
    return [each.value for each in await accounts.identities(person)]


async def signs_in(identifier: str) -> int:
    visitor = Browser()
    page = await visitor.get("/sign-in")
    answer = await visitor.send(page, "/sign-in", identifier=identifier, password=GOOD_PASSWORD, follow=False)
    return answer.status


async def test_an_address_counts_once_its_link_is_opened_and_confirmed(database: None) -> None:
    people, browser = await ana()
    assert (await asked(browser)).text(".notice").startswith("Se este e-mail estiver livre")
    assert await addresses(people.ana.id) == ["ana@aurora.example"]
    path = await link()
    page = await browser.get(path)
    assert NEW in page.words
    assert await addresses(people.ana.id) == ["ana@aurora.example"], "opening the link changes nothing"
    assert (await browser.send(page, path)).text(".notice") == "E-mail acrescentado. Você já pode entrar por ele."
    assert await addresses(people.ana.id) == ["ana@aurora.example", NEW]
    assert await signs_in(NEW) == 303
    assert [row.name for row in (await listing.people(DirectoryFilter(words="casa"))).rows] == ["Ana Prado"]
    again = await browser.get(path)
    assert (again.status, again.links()["Pedir outro link"]) == (404, "/account#addresses"), "the link opens once"


async def test_a5_the_link_is_good_in_ones_own_account_only_and_signs_nobody_in(database: None) -> None:
    people, browser = await ana()
    await asked(browser)
    path = await link()
    caio = await browser_of(people.caio)
    assert (await caio.get(path)).status == 404
    assert (await Browser().get(path.replace("/account/confirmations", "/claim"))).status == 404
    token = (await caio.get("/account")).values("/account")["_token"]
    assert (await caio.post(path, {"_token": token})).status == 404
    assert await addresses(people.ana.id) == ["ana@aurora.example"]


async def test_a14_an_address_in_use_is_told_as_any_other_and_sent_nothing(database: None) -> None:
    people, browser = await ana()
    page = await asked(browser, "caio@horizonte.example")
    assert page.text(".notice").startswith("Se este e-mail estiver livre")
    await mail_written()
    assert await mail_to("caio@horizonte.example") == []
    assert await addresses(people.caio.id) == ["caio@horizonte.example"]


async def test_a14_an_address_that_has_gone_to_another_meanwhile_is_refused(database: None) -> None:
    people, browser = await ana()
    await asked(browser)
    path = await link()
    await accounts.create("Outra Ana", [NEW], at=cast.NOW)
    page = await browser.send(await browser.get(path), path)
    assert page.status == 422
    assert page.texts(".summary li") == ["E-mail : Este dado já está em uso."]
    assert await addresses(people.ana.id) == ["ana@aurora.example"]


@pytest.mark.parametrize(
    ("address", "current", "told"),
    [
        (NEW, "não é esta", {"current": "A senha atual não confere."}),
        ("", GOOD_PASSWORD, {"address": "Preencha este campo."}),
        (
            "ana",
            GOOD_PASSWORD,
            {"address": "Escreva um endereço de e-mail, como nome@escola.com.br: um só, sem espaço nem acento."},
        ),
        (
            "nao-responda@127.0.0.1",
            GOOD_PASSWORD,
            {"address": "Este endereço é do próprio atendimento. Use o da pessoa."},
        ),
    ],
)
async def test_a37_what_cannot_be_is_told_and_what_was_typed_stays(
    address: str, current: str, told: dict[str, str], database: None
) -> None:
    _, browser = await ana()
    page = await asked(browser, address, current)
    assert page.status == 422
    assert refusals(page) == told
    assert page.values(AT)["address"] == address


async def test_an_address_is_removed_with_the_password_and_one_always_stays(database: None) -> None:
    people, browser = await ana()
    await asked(browser)
    path = await link()
    page = await browser.send(await browser.get(path), path)
    removal = f"{AT}/removal"
    wrong = await browser.send(page, removal, address="ana@aurora.example", current="não é esta")
    assert refusals(wrong) == {"current": "A senha atual não confere."}
    page = await browser.send(wrong, removal, address="ana@aurora.example", current=GOOD_PASSWORD)
    assert page.text(".notice") == "E-mail removido. Por ele ninguém entra mais."
    assert await addresses(people.ana.id) == [NEW]
    assert await signs_in("ana@aurora.example") == 422
    values = {**page.values(AT), "address": NEW, "current": GOOD_PASSWORD}
    last = await browser.post(removal, values)
    assert last.status == 422
    assert await addresses(people.ana.id) == [NEW]


async def test_a31_links_sent_to_an_address_given_up_are_dead(database: None) -> None:
    people, browser = await ana()
    ticket = await find_ticket(await cast.ticket(people.ana), by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigido."), by=people.bia, at=cast.NOW)
    async with post_office() as office:
        await worked(office, cast.NOW)
        answer = link_in(office.to("ana@aurora.example")[-1])
    assert (await Browser().get(answer)).text("h1") == "Boletos com o valor errado"
    await asked(browser)
    path = await link()
    page = await browser.send(await browser.get(path), path)
    await browser.send(page, f"{AT}/removal", address="ana@aurora.example", current=GOOD_PASSWORD)
    dead = await Browser().get(answer)
    assert (dead.status, dead.text("h1")) == (404, "Este link não vale mais")


async def test_who_has_no_password_is_asked_to_make_one_first(database: None) -> None:
    people = await cast.enrol()
    page = await (await browser_of(people.ana)).get("/account")
    assert "Crie uma senha antes de mudar os endereços." in page.words
    assert AT not in page.attributes("form", "action")
