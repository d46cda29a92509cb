"""The page of one's own data, and the register of erasure requests."""

import io
import zipfile
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of, folded, portal
from web.people.privacy import exports

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]


async def test_a_copy_is_asked_for_built_and_downloaded_by_its_owner():
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get(
        (await ana.get("/account")).links()["O que guardamos de você, uma cópia de tudo, e como pedir que apaguem"]
    )
    assert "pelo menos 24 meses depois de resolvidas" in page.words
    page = await ana.send(page, "/account/data/exports")
    assert page.text(".notice") == "Estamos preparando a cópia. Ela aparece aqui em alguns minutos."
    await exports.run_due(NOW + timedelta(minutes=1), storage=portal().state.storage)
    page = await ana.get("/account/data")
    answer = await ana.get(page.links()["Baixar a cópia"])
    assert answer.response.headers["content-disposition"].startswith("attachment")
    assert "messages.json" in zipfile.ZipFile(io.BytesIO(answer.response.content)).namelist()


async def test_a79_who_asks_to_be_erased_is_in_the_register_and_is_erased_by_an_administrator():
    people = await cast.enrol()
    await cast.ticket(people.rui)
    rui, admin = await browser_of(people.rui), await browser_of(people.admin)
    page = await rui.get((await rui.get("/account/data")).links()["Pedir que apaguem"])
    assert page.text("h1") == "Pedir que apaguem seus dados?"
    assert page.text("form strong") == "Você tem 1 ticket aberto."
    page = await rui.send(page, "/account/data/erasure")
    assert "Você pediu em 23/11/2026 que seus dados sejam apagados. Respondemos até 08/12/2026." in page.words
    register = await admin.get("/desk/settings/privacy")
    (row,) = [[folded(cell) for cell in each.css("th, td")] for each in register.html.css("tbody tr")]
    assert row == ["Rui Alves", "23/11/2026", "08/12/2026", "Aguarda", "Conferir"]
    preview = await admin.get(register.links()["Conferir o pedido de Rui Alves"])
    facts = dict(zip(preview.texts("main dt"), preview.texts("main dd"), strict=True))
    assert (facts["E-mails e usuários que somem"], facts["Tickets que ficam sem o nome"]) == ("1", "1")
    person = f"/desk/people/{people.rui.id}"
    assert (await (await browser_of(people.lia)).get(person)).texts(".notice") == []
    told = await admin.get(person)
    assert told.text(".notice p") == (
        "Pediu que seus dados sejam apagados; responder até 08/12/2026. Conferir o pedido"
    )
    preview = await admin.get(told.links()["Conferir o pedido"])
    done = await admin.send(preview, f"{preview.path}/erasure")
    assert done.text(".notice") == "Dados apagados."
    (row,) = [[folded(cell) for cell in each.css("th, td")] for each in done.html.css("tbody tr")]
    assert row == ["Pessoa removida", "23/11/2026", "08/12/2026", f"Atendido por {people.admin.name}", ""]
    assert (await rui.get("/account")).path.startswith("/sign-in")
    ticket = await (await browser_of(people.bia)).get("/desk?view=all")
    assert ("Rui Alves" in ticket.words, "Pessoa removida" in ticket.words) == (False, True)
    after = await admin.get(person)
    assert [each for each in ("Mudar o cadastro", "Juntar com outra conta") if each in after.links()] == []
    assert (await admin.get(f"{person}/details")).status == 403
    refused = await admin.get(f"/desk/people/{people.ana.id}/merge?account={people.rui.id}")
    assert refused.texts(".summary li") == ["Outra conta : Uma das duas já foi juntada a outra conta, ou foi apagada."]


async def test_a_wish_to_be_erased_can_be_taken_back():
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/account/data/erasure"), "/account/data/erasure")
    page = await ana.send(page, "/account/data/erasure/withdrawal")
    assert page.text(".notice") == "Pedido retirado. Nada foi apagado."
    register = await (await browser_of(people.admin)).get("/desk/settings/privacy")
    assert [folded(each) for each in register.html.css("tbody td[data-label='Situação']")] == [
        "Retirado por quem pediu"
    ]
