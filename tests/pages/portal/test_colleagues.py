"""Members of an organization: removed, restored, invited, and what becomes of their tickets."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import GOOD_PASSWORD, facts, happened, member, signed_in_as, titles
from tests.security.world import link
from web.clock import set_now
from web.database import fetch
from web.people import accounts, actors, organizations
from web.people.one_time_links import Purpose

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AURORA = "11.222.333/0001-81"


async def removed(people, **typed):
    """Ana's page after she removed Rui."""
    ana = await browser_of(people.ana)
    at = f"/organization/members/{await member('Rui Alves', people.ana)}"
    return ana, at, await ana.send(await ana.get(f"{at}/removal"), f"{at}/removal", **typed)


async def signed_up(address, name, cnpj=""):
    """The browser of somebody who opened their sign-up link."""
    set_now(NOW)
    browser, path = Browser(), await link(address, Purpose.SIGN_UP)
    page = await browser.get(path)
    await browser.send(page, path, name=name, cnpj=cnpj, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    return browser


async def of(address):
    person = await accounts.find(address)
    return await actors.of_person(person.id)


async def test_who_removes_a_colleague_is_asked_first_and_told_how_many_tickets_are_open(database):
    people = await cast.enrol()
    for title in ("Um", "Dois"):
        await cast.ticket(people.rui, title)
    ana = await browser_of(people.ana)
    asked = await ana.get((await ana.get("/organization")).links()["Remover Rui Alves"])
    assert asked.text("h1") == "Remover Rui Alves?"
    assert asked.texts("form p")[0] == "Rui Alves deixa de fazer parte de Colégio Aurora. Há 2 tickets abertos."
    assert await signed_in_as(await browser_of(people.rui)) == "Rui Alves · Colégio Aurora"


async def test_a_removal_is_undone_from_the_page_that_tells_of_it(database):
    people = await cast.enrol()
    ana, at, page = await removed(people)
    assert await signed_in_as(await browser_of(people.rui)) == "Rui Alves"
    assert page.text(".notice button") == "Desfazer"
    page = await ana.post(f"{at}/return", {"_token": page.html.css_first("input[name=_token]").attributes["value"]})
    assert (await ana.get(page.location)).text(".notice p") == "A pessoa faz parte da organização de novo."
    assert await signed_in_as(await browser_of(people.rui)) == "Rui Alves · Colégio Aurora"


async def test_a_retired_organization_takes_nobody_back_and_confirms_nobody(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    ana, at, page = await removed(people)
    await signed_up("eva@aurora.example", "Eva Melo", AURORA)
    await organizations.set_active(aurora, is_active=False, by=people.lia, at=NOW)
    after = await ana.get("/organization")
    assert after.texts("section button") == ["Recusar"]
    token = page.html.css_first("input[name=_token]").attributes["value"]
    refused = await ana.post(f"{at}/return", {"_token": token})
    assert (refused.status, await signed_in_as(await browser_of(people.rui))) == (422, "Rui Alves")
    assert "Esta organização está desativada e não recebe mais ninguém." in refused.words


async def test_the_open_tickets_of_who_is_removed_go_to_the_colleague_who_is_named(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "De Rui")
    ana, _, _ = await removed(people, to_colleague=str(people.ana.id))
    page = await ana.get(f"/tickets/{number}")
    assert facts(page)["Aberto por"] == "Ana Prado, Colégio Aurora"
    assert happened(page)[-1] == "Você corrigiu para quem é este ticket"
    rui = await browser_of(people.rui)
    assert ((await rui.get(f"/tickets/{number}")).status, titles(await rui.get("/tickets?scope=mine"))) == (404, [])


async def test_tickets_that_stayed_behind_are_handed_over_later(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "De Rui")
    ana, at, page = await removed(people)
    page = await ana.send(page, f"{at}/handover", to_colleague=str(people.ana.id))
    assert page.text(".notice p") == "Tickets passados."
    assert facts(await ana.get(f"/tickets/{number}"))["Aberto por"] == "Ana Prado, Colégio Aurora"


async def test_tickets_go_to_members_only(database):
    people = await cast.enrol()
    await cast.ticket(people.rui, "De Rui")
    ana, at, page = await removed(people)
    refused = await ana.send(page, f"{at}/handover", to_colleague=str(people.caio.id))
    assert (refused.status, refused.text(".summary li")) == (
        422,
        "Passar os tickets abertos a : Escolha uma das opções da lista.",
    )


async def test_who_is_invited_belongs_to_the_organization_once_they_sign_up_with_its_cnpj(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    pasted = "Eva Melo <Eva@aurora.example>; "
    page = await ana.send(await ana.get("/organization"), "/organization/invitations", identifier=pasted)
    assert page.texts("section h2 + p")[0] == "Colégio Aurora · convite enviado"
    (sent,) = await fetch("SELECT recipient, subject FROM outgoing")
    assert sent == {"recipient": "eva@aurora.example", "subject": "Convite para Colégio Aurora"}
    assert await signed_in_as(await signed_up("eva@aurora.example", "Eva Melo", AURORA)) == "Eva Melo · Colégio Aurora"


async def test_who_has_an_account_accepts_an_invitation_on_their_own_page(database):
    people = await cast.enrol()
    ana, caio = await browser_of(people.ana), await browser_of(people.caio)
    await ana.send(await ana.get("/organization"), "/organization/invitations", identifier="caio@horizonte.example")
    assert await signed_in_as(caio) == "Caio Lima · Escola Horizonte"
    page = await caio.get("/account")
    assert page.text("form.notice p") == "Há um convite para você fazer parte de Colégio Aurora ."
    await caio.send(page, page.one("form.notice").attributes["action"])
    assert (await cast.fresh(people.caio)).organizations.keys() >= people.ana.organizations.keys()


async def test_who_belongs_already_is_not_invited_again(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/organization")
    refused = await ana.send(page, "/organization/invitations", identifier="rui@aurora.example")
    assert (refused.status, refused.text(".field__error")) == (422, "Esta pessoa já faz parte da organização.")
    assert await fetch("SELECT recipient FROM outgoing") == []


async def test_what_is_no_address_is_not_invited_and_stays_typed(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    refused = await ana.send(await ana.get("/organization"), "/organization/invitations", identifier="Eva Melo")
    assert (refused.status, refused.text(".field__error")) == (
        422,
        "Escreva um endereço de e-mail, como nome@escola.com.br: um só, sem espaço nem acento.",
    )
    assert refused.values("/organization/invitations")["identifier"] == "Eva Melo"


async def test_who_was_only_in_copy_signs_up_and_waits_for_who_manages_the_organization(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana", copies=("eva@aurora.example",))
    eva = await signed_up("eva@aurora.example", "Eva Melo", AURORA)
    assert await signed_in_as(eva) == "Eva Melo"
    assert titles(await eva.get("/tickets?scope=copied")) == ["De Ana"]
    ana = await browser_of(people.ana)
    asked = "1 pessoa pediu para entrar na sua organização. Confirmar ou recusar"
    assert (await ana.get("/")).texts(".notice p") == [asked]
    page = await ana.get("/organization")
    assert page.texts("section h2 + p")[0] == "eva@aurora.example · Colégio Aurora · pediu para entrar"
    page = await ana.send(page, f"/organization/members/{await member('Eva Melo', people.ana)}")
    assert (await ana.get("/")).texts(".notice p") == []


async def test_what_a_newcomer_asked_before_being_confirmed_belongs_to_the_organization_afterwards(database):
    people = await cast.enrol()
    await signed_up("eva@aurora.example", "Eva Melo", AURORA)
    number = await cast.ticket(await of("eva@aurora.example"), "De Eva", at=NOW + timedelta(minutes=5))
    ana = await browser_of(people.ana, at=NOW + timedelta(minutes=10))
    assert (await ana.get(f"/tickets/{number}")).status == 404
    page = await ana.get("/organization")
    await ana.send(page, f"/organization/members/{await member('Eva Melo', people.ana)}")
    page = await ana.get(f"/tickets/{number}")
    assert facts(page)["Aberto por"] == "Eva Melo, Colégio Aurora"
    assert happened(page)[-1] == "O ticket passou a ser da organização do solicitante"


async def test_what_a_newcomer_asked_before_they_wished_to_join_stays_their_own(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana", copies=("eva@aurora.example",), at=NOW - timedelta(days=2))
    eva = await of("eva@aurora.example")
    number = await cast.ticket(eva, "De antes", at=NOW - timedelta(days=1))
    await signed_up("eva@aurora.example", "Eva Melo", AURORA)
    ana = await browser_of(people.ana)
    await ana.send(await ana.get("/organization"), f"/organization/members/{await member('Eva Melo', people.ana)}")
    assert (await ana.get(f"/tickets/{number}")).status == 404
