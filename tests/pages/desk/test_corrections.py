"""Corrections of a ticket's requester, and requesters of two organizations."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.portal.test_requests import newest
from tests.pages.reading import facts, happened, refusals, titles
from web.people import accounts, memberships
from web.people.permissions import Sees
from web.tickets.actions.ownership import departures

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


async def corrected(people, number, **typed):
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    return await bia.send(await bia.get(at), f"{at}/correction", **typed)


async def with_two_homes():
    """The cast, with Caio in both schools."""
    people = await cast.enrol()
    await memberships.add(people.caio.id, next(iter(people.ana.organizations)), sees=Sees.OWN, at=NOW)
    return people


async def test_an_agent_corrects_the_requester_who_sees_it_from_then_on(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "Boletos do terceiro ano")
    page = await corrected(people, number, requester="caio@horizonte.example", organization="")
    assert page.text("#asker") == "Caio Lima Solicitante"
    assert happened(page)[-1] == (
        "Você corrigiu o solicitante: era Rui Alves, agora é Caio Lima e o contato primário: era Rui Alves, "
        "agora é Caio Lima e a organização: era Colégio Aurora, agora é Escola Horizonte"
    )
    caio = await browser_of(people.caio)
    assert facts(await caio.get(f"/tickets/{number}"))["Aberto por"] == "Caio Lima, Escola Horizonte"
    assert titles(await caio.get("/tickets?q=terceiro")) == ["Boletos do terceiro ano"]


async def test_who_is_no_longer_the_requester_finds_no_such_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "Boletos do terceiro ano")
    await corrected(people, number, requester="ana@aurora.example")
    rui = await browser_of(people.rui)
    assert (await rui.get(f"/tickets/{number}")).status == 404
    assert (titles(await rui.get("/tickets?scope=mine")), titles(await rui.get("/tickets?q=terceiro"))) == ([], [])


async def test_who_is_in_copy_still_sees_a_ticket_that_is_not_theirs_any_more(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, copies=("rui@aurora.example",))
    await corrected(people, number, requester="ana@aurora.example")
    assert (await (await browser_of(people.rui)).get(f"/tickets/{number}")).status == 200


async def test_an_agent_corrects_the_primary_contact_alone(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    page = await corrected(people, number, primary_contact="rui@aurora.example")
    assert happened(page)[-1] == "Você corrigiu o contato primário: era Ana Prado, agora é Rui Alves"
    assert page.values(f"/desk/tickets/{number}/correction")["primary_contact"] == "rui@aurora.example"


async def test_a_person_of_two_organizations_is_asked_about_when_a_ticket_becomes_theirs(database):
    people = await with_two_homes()
    number = await cast.ticket(people.rui)
    page = await corrected(people, number, requester="caio@horizonte.example", organization="")
    assert page.status == 422
    assert (
        page.text(".summary li") == "Organização : Esta pessoa é de mais de uma organização. Escolha para qual delas é."
    )
    assert page.texts("#new-organization option") == ["Escolha…", "Colégio Aurora", "Escola Horizonte"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"requester": ""}, "requester", "Preencha este campo."),
        ({"requester": "nina@aurora.example"}, "requester", "Não encontramos ninguém com este e-mail."),
        ({"requester": "eva@aurora.example"}, "requester", "O acesso desta pessoa foi encerrado. Escolha outra."),
        ({}, "requester", "É isto mesmo que o ticket já diz. Escreva o que muda."),
    ],
)
async def test_a_correction_that_cannot_be_is_refused_in_words(database, typed, field, sentence):
    people = await cast.enrol()
    eva = await accounts.create("Eva Melo", ["eva@aurora.example"], at=NOW)
    await departures.deactivate(eva, at=NOW)
    number = await cast.ticket(people.rui)
    page = await corrected(people, number, **typed)
    assert (page.status, refusals(page)) == (422, {field: sentence})


async def test_a_ticket_is_not_for_an_organization_that_its_requester_is_not_of(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui)
    page = await corrected(people, number, requester="caio@horizonte.example")
    assert page.text(".summary li") == "Organização : Esta pessoa não é desta organização. Escolha uma das dela."


async def test_an_agent_who_opens_a_ticket_says_for_which_organization_of_the_person_it_is(database):
    people = await with_two_homes()
    about, topic = await cast.subject()
    bia = await browser_of(people.bia)
    typed = {
        "title": "Boletos",
        "description": "Vieram errados.",
        "requester": "caio@horizonte.example",
        "primary_contact": "caio@horizonte.example",
        "category": str(about),
        "topic": str(topic),
    }
    asked = await bia.send(await bia.get("/tickets/new"), "/tickets", press="send", **typed)
    assert refusals(asked) == {"organization": "Esta pessoa é de mais de uma organização. Escolha para qual delas é."}
    assert asked.options("organization") == ["Escolha…", "Colégio Aurora", "Escola Horizonte"]
    aurora = next(iter(people.ana.organizations))
    await bia.send(asked, "/tickets", press="send", organization=str(aurora))
    caio = await browser_of(people.caio)
    assert facts(await caio.get(f"/tickets/{await newest()}"))["Aberto por"] == "Caio Lima, Colégio Aurora"


async def test_a_contact_is_recorded_for_the_organization_that_the_agent_chooses(database):
    people = await with_two_homes()
    about, topic = await cast.subject()
    bia = await browser_of(people.bia)
    typed = {"requester": "caio@horizonte.example", "channel": "phone", "category": str(about), "topic": str(topic)}
    said = {"title": "Boletos", "description": "Vieram errados.", "body": "Emitidos de novo."}
    asked = await bia.send(await bia.get("/desk/contacts/new"), "/desk/contacts", **typed, **said)
    assert asked.options("organization") == ["Escolha…", "Colégio Aurora", "Escola Horizonte"]
    (horizonte,) = people.caio.organizations
    made = await bia.send(asked, "/desk/contacts", organization=str(horizonte))
    assert "Escola Horizonte" in made.texts("aside dd")[1]


async def test_rows_say_for_which_organization_a_ticket_is_and_the_filter_offers_all_of_the_person(database):
    people = await with_two_homes()
    number = await cast.ticket(people.rui)
    aurora = next(iter(people.ana.organizations))
    await corrected(people, number, requester="caio@horizonte.example", organization=str(aurora))
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?view=all&requester={people.caio.id}")
    assert page.texts("td[data-column=who]") == ["Caio Lima · Colégio Aurora"]
    assert page.options("organization") == ["Todas", "Colégio Aurora", "Escola Horizonte"]
    (horizonte,) = people.caio.organizations
    assert titles(await bia.get(f"/desk?view=all&requester={people.caio.id}&organization={horizonte}")) == []
