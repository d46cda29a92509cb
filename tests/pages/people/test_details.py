"""People created, changed, deactivated and reactivated by page."""

import re

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import GOOD_PASSWORD, signed_in_as, titles
from tests.presets import started_with
from web.database import fetch
from web.people import accounts, organizations
from web.people.onboarding import joining
from web.people.passwords import hashing
from web.settings_log.listing import LogFilter, changes

KEPT = "Convite guardado, pois este portal ainda não envia e-mail. Está com quem cuida do servidor."

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


@pytest.fixture
async def people(database):
    made = await cast.enrol()
    kept = await hashing.hashed(GOOD_PASSWORD)
    for each in vars(made).values():
        await accounts.set_password(each.id, kept)
    return made


async def last_mail(to: str) -> str:
    rows = await fetch("SELECT body FROM outgoing WHERE recipient = {} ORDER BY id DESC LIMIT 1", to)
    return rows[0]["body"]


def link_in(text: str) -> str:
    found = re.search(r"/claim/[\w-]+", text)
    assert found
    return found[0]


async def made(browser, **typed):
    return await browser.send(await browser.get("/desk/people/new"), "/desk/people", **typed)


async def claimed(path: str) -> Browser:
    """A browser in which the link was opened and a password set."""
    visitor = Browser()
    await visitor.send(await visitor.get(path), path, password="tucano verde canta", again="tucano verde canta")
    return visitor


async def test_an_agent_invites_a_requester_who_makes_a_password_and_is_in(people):
    bia = await browser_of(people.bia)
    page = await made(
        bia, name="Nina Sá", identifier="Nina@aurora.example", login="loja-12", organization="11.222.333/0001-81"
    )
    assert (page.text("h1"), page.text(".notice")) == ("Nina Sá", KEPT)
    nina = await claimed(link_in(await last_mail("nina@aurora.example")))
    assert "Colégio Aurora" in (await nina.get("/account")).words


async def test_an_invitation_is_said_to_be_sent_where_the_portal_sends_mail(people):
    with started_with(GUICHE_SMTP="smtp://127.0.0.1:2525"):
        page = await made(await browser_of(people.bia), name="Nina Sá", identifier="nina@aurora.example")
        assert page.text(".notice") == "Convite enviado. O link vale por sete dias."


async def test_who_has_no_address_gets_a_link_that_is_shown_once(people):
    bia = await browser_of(people.bia)
    page = await made(bia, name="Loja 12", login="loja-12")
    assert (page.status, page.text("h1")) == (201, "Link para Loja 12")
    loja = await claimed(link_in(page.text("code.secret")))
    assert await signed_in_as(loja) == "Loja 12"


async def test_somebody_known_already_is_refused_beside_the_field_and_shown(people):
    page = await made(await browser_of(people.bia), name="Outra Ana", identifier="ana@aurora.example")
    assert (page.status, page.text("#identifier-error")) == (422, "Já há uma pessoa com este dado.")
    assert page.links()["Ana Prado"] == f"/desk/people/{people.ana.id}"
    assert page.values("/desk/people")["name"] == "Outra Ana"


async def test_a37_an_administrator_says_their_password_to_let_somebody_in_to_the_desk(people):
    admin = await browser_of(people.admin)
    page = await made(admin, name="Gil Porto", identifier="gil@guiche.example", role="agent", current="não é esta")
    assert (page.status, page.text("#current-error")) == (422, "A senha atual não confere.")
    await made(admin, name="Gil Porto", identifier="gil@guiche.example", role="agent", current=GOOD_PASSWORD)
    gil = await claimed(link_in(await last_mail("gil@guiche.example")))
    assert (await gil.get("/desk")).text("h1") == "Caixa de entrada"


async def test_a70_no_form_gives_a_role_that_was_not_offered(people):
    for person in (people.bia, people.lia):
        browser = await browser_of(person)
        page = await browser.get("/desk/people/new")
        assert page.options("role") == []
        refused = await browser.post(
            "/desk/people", {**page.values("/desk/people"), "name": "Eu", "identifier": "eu@x.example", "role": "admin"}
        )
        assert refused.status == 422
        role = f"/desk/people/{person.id}/role"
        answer = await browser.post(role, {**page.values("/desk/people"), "role": "admin", "current": GOOD_PASSWORD})
        assert answer.status == 404
    assert not await accounts.is_known("eu@x.example")


async def test_a_name_is_saved_and_the_second_of_two_sees_what_the_first_changed(people):
    at = f"/desk/people/{people.ana.id}/details"
    bia, lia = await browser_of(people.bia), await browser_of(people.lia)
    first, second = await bia.get(at), await lia.get(at)
    assert (await bia.send(first, at, name="Ana Braga")).text(".notice") == "Salvo."
    late = await lia.send(second, at, name="Ana Lima")
    assert (late.status, late.values(at)["name"]) == (409, "Ana Lima")
    assert ": nome era Ana Prado, passou a Ana Braga." in late.words
    assert (await lia.send(late, at)).text("h1") == "Cadastro de Ana Lima"


async def test_a14_an_address_is_added_once_its_owner_opened_the_link(people):
    at = f"/desk/people/{people.ana.id}"
    bia = await browser_of(people.bia)
    page = await bia.get(f"{at}/details")
    taken = await bia.send(page, f"{at}/identities", identity="rui@aurora.example", current=GOOD_PASSWORD)
    assert (taken.status, taken.text("#new-identity-error")) == (422, "Já há uma pessoa com este dado.")
    assert taken.links()["Rui Alves"] == f"/desk/people/{people.rui.id}"
    page = await bia.send(page, f"{at}/identities", identity="ana@casa.example", current=GOOD_PASSWORD)
    assert "ana@casa.example (aguardando a pessoa abrir o link)" in page.words
    assert "ana@casa.example" in await last_mail("ana@aurora.example")
    ana, path = Browser(), link_in(await last_mail("ana@casa.example"))
    await ana.send(await ana.get(path), path)
    assert "ana@casa.example" in (await ana.get("/account")).words


async def test_a37_a_way_in_is_neither_added_nor_removed_without_the_agents_password(people):
    at = f"/desk/people/{people.ana.id}"
    bia = await browser_of(people.bia)
    page = await bia.get(f"{at}/details")
    refused = await bia.send(page, f"{at}/identities", identity="loja-1")
    assert (refused.status, refused.text("#new-current-error")) == (422, "Escreva a sua senha atual.")
    page = await bia.send(page, f"{at}/identities", identity="loja-1", current=GOOD_PASSWORD)
    assert page.text(".notice") == "Usuário acrescentado. A pessoa já pode entrar por ele."
    refused = await bia.send(page, f"{at}/identities/removal", current="errada")
    assert (refused.status, refused.text("#old-current-error")) == (422, "A senha atual não confere.")
    page = await bia.send(page, f"{at}/identities/removal", current=GOOD_PASSWORD)
    assert [each.value for each in await accounts.identities(people.ana.id)] == ["loja-1"]


async def test_phones_are_added_as_they_are_written_and_removed(people):
    at = f"/desk/people/{people.ana.id}"
    bia = await browser_of(people.bia)
    page = await bia.get(f"{at}/details")
    refused = await bia.send(page, f"{at}/phones", phone="190")
    assert refused.text("#phone-error") == "Escreva um telefone com o DDD, como (11) 98765-4321: um só, sem ramal."
    for typed, told in (
        ("11987654321", "Telefone acrescentado."),
        ("(11) 98765-4321", "Este telefone já estava aqui."),
    ):
        page = await bia.send(page, f"{at}/phones", phone=typed)
        assert page.text(".notice") == told
    (removal,) = [each for each in page.attributes("form", "action") if "/phones/" in each]
    assert (await bia.get(at)).links()["(11) 98765-4321"] == "tel:+5511987654321"
    assert "(11) 98765-4321" not in (await bia.send(page, removal)).words


async def test_a_person_moves_to_another_organization_with_what_is_open(people):
    at = f"/desk/people/{people.rui.id}"
    number = await cast.ticket(people.rui)
    bia = await browser_of(people.bia)
    page = await bia.get(f"{at}/details")
    refused = await bia.send(page, f"{at}/memberships", organization="Escola que não há")
    assert refused.text("#organization-error").startswith("Não encontramos esta organização.")
    page = await bia.send(page, f"{at}/memberships", organization="Escola Horizonte", sees="organization")
    old = await bia.get(page.links()["Colégio Aurora"])
    assert "Há 1 ticket aberto." in old.words
    (horizonte,) = (await cast.fresh(people.rui)).organizations.keys() - people.rui.organizations.keys()
    removal = f"{old.path}/removal"
    page = await bia.send(old, removal, organization=str(horizonte))
    assert page.text(".notice") == "Encerrado. A pessoa não faz mais parte da organização."
    assert (await cast.fresh(people.rui)).organizations == {horizonte: "Escola Horizonte"}
    assert (await cast.seen(number, people.bia)).organization == horizonte


async def test_a_retired_organization_is_refused_in_words_and_its_waiting_members_are_only_turned_down(people):
    (aurora,), (horizonte,) = people.rui.organizations, people.caio.organizations
    await joining.request(people.rui.id, horizonte, at=NOW)
    await organizations.set_active(horizonte, is_active=False, by=people.lia, at=NOW)
    bia = await browser_of(people.bia)
    at = f"/desk/people/{people.ana.id}"
    page = await bia.send(await bia.get(f"{at}/details"), f"{at}/memberships", organization="Escola Horizonte")
    words = "Esta organização está desativada e não recebe mais ninguém."
    assert (page.status, page.text("#organization-error")) == (422, words)
    page = await made(bia, name="Nina Sá", identifier="nina@escola.example", organization="Escola Horizonte")
    assert (page.status, page.text("#organization-error")) == (422, words)
    details = await bia.get(f"/desk/people/{people.rui.id}/details")
    waiting = await bia.get(details.links()["Escola Horizonte"])
    assert waiting.texts("main form button") == ["Recusar"]
    assert (await cast.fresh(people.rui)).organizations == {aurora: "Colégio Aurora"}


async def test_the_page_says_beforehand_what_ends_and_what_returns(people):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.davi, asker=people.ana)
    davi, admin = await browser_of(people.davi), await browser_of(people.admin)
    at = f"/desk/people/{people.davi.id}"
    page = await admin.get(f"{at}/deactivation")
    assert dict(zip(page.texts("main dt"), page.texts("main dd"), strict=True)) == {
        "Tickets em atendimento que voltam à fila": "1",
        "Tickets abertos por esta pessoa, que continuam": "0",
        "Sessões que terminam": "1",
        "Chaves que deixam de valer": "0",
        "Links que deixam de valer": "0",
    }
    page = await admin.send(page, f"{at}/deactivation")
    assert page.text(".notice") == "Acesso encerrado. O que a pessoa atendia voltou à fila, em destaque."
    assert (await davi.get("/desk")).path == "/sign-in?next=%2Fdesk"
    assert titles(await (await browser_of(people.bia)).get("/desk?view=alerts")) == ["Boletos com o valor errado"]
    page = await admin.send(await admin.get(f"{at}/details"), f"{at}/reactivation")
    assert "sem acesso" not in page.words
    assert (await cast.fresh(people.davi)).role == "agent"


async def test_role_and_teams_are_given_with_the_administrators_password(people):
    at = f"/desk/people/{people.davi.id}"
    davi, admin = await browser_of(people.davi), await browser_of(people.admin)
    page = await admin.get(f"{at}/details")
    refused = await admin.send(page, f"{at}/role", role="lead", current="errada")
    assert (refused.status, refused.text("#role-current-error")) == (422, "A senha atual não confere.")
    page = await admin.send(page, f"{at}/role", role="lead", current=GOOD_PASSWORD)
    assert page.text(".notice") == "Papel e equipes salvos. Se o papel mudou, a pessoa entra de novo."
    assert (await davi.get("/desk")).path == "/sign-in?next=%2Fdesk"
    assert [(each.name, each.after) for each in await changes(LogFilter())] == [("Davi Reis", '{"role": "lead"}')]


async def test_nobody_is_offered_what_they_may_not_do_to_themselves(people):
    admin = await browser_of(people.admin)
    page = await admin.get(f"/desk/people/{people.admin.id}/details")
    at = f"/desk/people/{people.admin.id}"
    assert {each for each in page.attributes("form", "action") if each.startswith(at)} == {
        f"{at}/details",
        f"{at}/identities",
        f"{at}/phones",
    }
    assert "Só outro administrador muda o seu papel ou encerra o seu acesso." in page.words
    assert "Mudar o cadastro" not in (await (await browser_of(people.bia)).get(at)).links()
