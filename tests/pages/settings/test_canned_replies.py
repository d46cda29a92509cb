"""Canned replies: folders, rights, and a preview."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Page, browser_of
from tests.pages.reading import refusals
from web.database import fetch_column
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.life.states import Priority

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

SHARED, OWN = "/desk/settings/canned", "/desk/canned"


async def saved(person, home: str, name: str, **typed: str) -> Page:
    browser = await browser_of(person)
    return await browser.send(await browser.get(home), home, name=name, body=f"{name}.", **typed)


def offered(page: Page) -> dict[str, list[str]]:
    """The canned replies of the reply box, by folder."""
    select = page.element("canned")
    alone = [each.text() for each in select.iter() if each.tag == "option" and each.attributes.get("value")]
    grouped = {
        group.attributes["label"]: [each.text() for each in group.css("option")] for group in select.css("optgroup")
    }
    return {"": alone, **grouped}


async def test_they_are_offered_by_folder_and_only_to_those_who_may_use_them(database):
    people = await cast.enrol()
    (shared,) = people.davi.teams - people.bia.teams
    done = await saved(people.lia, SHARED, "Saudação", folder="Começos")
    assert done.text(".notice") == "Salvo. Já está à mão."
    await saved(people.lia, SHARED, "Do N2", share=str(shared))
    await saved(people.bia, OWN, "Só minha", folder="Começos")
    number = await cast.ticket(people.ana)
    at = f"/desk/tickets/{number}"
    bias = offered(await (await browser_of(people.bia)).get(at))
    davis = offered(await (await browser_of(people.davi)).get(at))
    assert bias["Começos"] == ["Saudação", "Só minha"]
    assert davis["Começos"] == ["Saudação"]
    assert ("Do N2" in bias[""], "Do N2" in davis[""]) == (False, True)


async def test_what_the_requester_may_not_read_is_offered_as_a_macro_only(database):
    people = await cast.enrol()
    for each in (
        NewCannedReply("Saudação", "Olá!"),
        NewCannedReply("Ao financeiro", "Conferir.", is_note=True),
        NewCannedReply("Encerrar", "Só entre nós.", is_note=True, ends="solution"),
        NewCannedReply("Urgente", "", priority=Priority.URGENT),
    ):
        await canned_replies.save_canned(each, by=people.lia, at=NOW)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{await cast.ticket(people.ana)}")
    assert page.options("canned") == ["Escolha…", "Saudação"]
    assert page.options("macro") == ["Escolha…", "Ao financeiro", "Encerrar", "Urgente"]


async def test_those_of_a_confidential_team_are_kept_from_within(database):
    people = await cast.enrol()
    (confidential,) = await fetch_column(int, "SELECT id FROM team WHERE name = 'Ouvidoria'")
    wanted = NewCannedReply("Sigilo", "Umbu.", readers=confidential)
    number = await canned_replies.save_canned(wanted, by=people.lia, at=NOW)
    lia, admin = await browser_of(people.lia), await browser_of(people.admin)
    assert (await lia.get(SHARED)).texts("details.panel > summary").count("Sigilo") == 1
    page = await admin.get(SHARED)
    assert "Sigilo" not in page.words
    values = {**page.values(SHARED), "name": "Outra", "body": "Outra."}
    assert (await admin.post(f"{SHARED}/{number}", values)).status == 404
    assert (await admin.post(f"{SHARED}/{number}/removal", values)).status == 404
    refused = await admin.post(SHARED, {**values, "share": str(confidential)})
    assert refusals(refused) == {"share": "Escolha uma das opções da lista."}


async def test_an_own_one_is_changed_and_removed_by_its_owner_alone(database):
    people = await cast.enrol()
    page = await saved(people.bia, OWN, "Só minha")
    (address,) = [each for each in page.attributes("main form", "action") if each != OWN]
    davi, lia, bia = await browser_of(people.davi), await browser_of(people.lia), await browser_of(people.bia)
    values = {**(await davi.get(OWN)).values(OWN), "name": "Outra", "body": "Outra."}
    assert (await davi.post(address, values)).status == 404
    assert "Só minha" not in (await lia.get(SHARED)).words
    changed = await bia.send(await bia.get(OWN), address, name="Minha ainda")
    assert changed.texts("details.panel > summary") == ["Minha ainda"]
    page = await bia.post(f"{address}/removal", changed.values(address))
    removed = await bia.get(page.location)
    assert (removed.text(".notice"), removed.texts("details.panel > summary")) == ("Removido.", [])
    log = await lia.get("/desk/settings/log?kind=canned")
    assert "Minha ainda" not in log.words


async def test_nobody_inserts_what_is_anothers(database):
    people = await cast.enrol()
    secret = await canned_replies.save_canned(
        NewCannedReply("Só minha", "Umbu.", owner=people.bia.id), by=people.bia, at=NOW
    )
    number = await cast.ticket(people.ana)
    at = f"/desk/tickets/{number}"
    davi = await browser_of(people.davi)
    page = await davi.get(at)
    answer = await davi.send(page, f"{at}/replies", canned=str(secret), insert="1")
    assert (answer.status, "Umbu" in answer.words) == (422, False)


async def test_a_text_is_seen_before_it_is_saved_with_an_example_or_with_a_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    lia = await browser_of(people.lia)
    typed = {"name": "Oi", "body": "Olá, {solicitante} da {organização}: é o #{número}.", "preview": "1"}
    page = await lia.send(await lia.get(SHARED), SHARED, **typed)
    assert (page.status, page.text(".notice .message__body")) == (
        200,
        "Olá, Maria da Escola Modelo: é o #1234.",
    )
    page = await lia.send(page, SHARED, **typed, in_ticket=str(number))
    assert page.text(".notice .message__body") == f"Olá, Ana da Colégio Aurora: é o #{number}."
    assert page.values(SHARED)["body"] == typed["body"]
    assert "Oi" not in page.texts("details.panel > summary")
    page = await lia.send(page, SHARED, **typed, in_ticket="99999")
    assert refusals(page) == {"in_ticket": "Não encontramos este ticket. Confira o número."}
    page = await lia.send(page, SHARED, **typed | {"body": "{numero}"}, in_ticket="")
    assert list(refusals(page)) == ["body"]


async def test_a_place_that_is_empty_for_the_ticket_is_told_plainly(database):
    people = await cast.enrol()
    number = await cast.ticket(people.davi)
    await canned_replies.save_canned(
        NewCannedReply("Escola", "Sobre a {organização}:", takes=True, priority=Priority.HIGH), by=people.lia, at=NOW
    )
    at = f"/desk/tickets/{number}"
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    (chosen,) = [each.attributes["value"] for each in page.element("macro").css("option") if each.text() == "Escola"]
    seen = await bia.send(page, f"{at}/macros", macro=chosen, preview="1")
    assert seen.text(".notice .message__body") == "Sobre a {organização} (vazio neste ticket) :"
    assert seen.texts(".notice .message__body ~ ul li") == ["Assume o ticket", "Prioridade: Alta"]
    assert (await bia.get(at)).texts("[data-event=take]") == []
