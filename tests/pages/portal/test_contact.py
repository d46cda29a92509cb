"""The phones of a person, and the signature of an agent."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.post_office import post_office, text_of, worked
from tests.pages.reading import refusals
from web.tickets.actions import replies
from web.tickets.record.ticket import find_ticket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

SIGNATURE = "Bia Nunes\nFinanceiro, ramal 12"


async def test_phones_are_added_and_removed(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/account"), "/account/phones", phone="11 98765-4321")
    assert page.text(".notice") == "Telefone acrescentado."
    page = await ana.send(page, "/account/phones", phone="+55 (11) 98765-4321")
    assert page.text(".notice") == "Este telefone já estava aqui."
    page = await ana.send(page, "/account/phones", phone="+351 212 345 678")
    assert page.texts("[aria-labelledby=phones] form span:first-child") == ["(11) 98765-4321", "+351 21 234 5678"]
    (first, _) = [each for each in page.attributes("form", "action") if each.endswith("/removal") and "phones" in each]
    page = await ana.send(page, first)
    assert page.text(".notice") == "Telefone removido."
    assert page.texts("[aria-labelledby=phones] form span:first-child") == ["+351 21 234 5678"]


async def test_what_nobody_can_call_is_refused_with_what_was_typed(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/account"), "/account/phones", phone="123")
    assert (page.status, refusals(page)) == (
        422,
        {"phone": "Escreva um telefone com o DDD, como (11) 98765-4321: um só, sem ramal."},
    )
    assert page.values("/account/phones")["phone"] == "123"


async def test_the_signature_goes_out_below_replies_and_stays_off_the_page(database):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get("/account"), "/account/signature", signature=SIGNATURE)
    assert page.text(".notice") == "Assinatura salva. Vai nas próximas respostas por e-mail."
    number = await cast.ticket(people.ana)
    async with post_office() as office:
        await replies.reply(await find_ticket(number, by=people.bia), "Vamos ver.", by=people.bia, at=NOW)
        await worked(office, NOW)
        told = office.to("ana@aurora.example")[-1]
    assert text_of(told).split("\n\n")[:3] == ["Bia Nunes respondeu:", "Vamos ver.", SIGNATURE]
    assert "ramal 12" in told.get_body(("html",)).get_content()
    ana = await browser_of(people.ana)
    assert "ramal 12" not in (await ana.get(f"/tickets/{number}")).words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("{Atendente}", "Na assinatura nada é preenchido na hora: escreva sem chaves."),
        ("a" * 501, "O texto pode ter até 500 caracteres; este tem 501."),
    ],
)
async def test_a_signature_that_cannot_be_is_refused(database, typed, sentence):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get("/account"), "/account/signature", signature=typed)
    assert (page.status, refusals(page)) == (422, {"signature": sentence})
    assert page.values("/account/signature")["signature"] == typed


async def test_requesters_have_no_signature(database):
    people = await cast.enrol()
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    assert "Assinatura" not in (await ana.get("/account")).words
    values = (await ana.get("/account")).values("/account/phones")
    refused = await ana.post("/account/signature", {"_token": values["_token"], "signature": "Ana"})
    assert refused.status == 403
    assert (await bia.get("/account")).values("/account/signature")["signature"] == ""
