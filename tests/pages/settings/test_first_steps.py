"""The first steps of an administrator: what is missing and why, and the example in one click."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from web.people import accounts
from web.people.permissions import Role

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AT = "/desk/settings"
STEPS = [
    *("Nome e logotipo", "Calendário", "Equipe", "Categoria", "Pessoas", "E-mail"),
    *("Central de ajuda", "Canais de ajuda"),
]


async def newcomer(role: Role = Role.ADMIN, name: str = "Ivo Braga") -> Browser:
    """The browser of somebody in an empty installation."""
    return await browser_of(await accounts.create(name, [f"{role}@ipe.example"], role=role, at=NOW))


def steps(page: Page) -> list[str]:
    return page.texts(".steps h3")


async def test_a_new_place_is_told_what_is_missing_in_the_order_in_which_it_unblocks(database: None) -> None:
    ivo = await newcomer()
    home = await ivo.get("/")
    page = await ivo.get(home.links()["Primeiros passos"])
    assert steps(page) == STEPS
    assert "Sem categoria ninguém consegue abrir uma solicitação" in page.words


async def test_a_team_without_people_is_not_enough_and_the_example_is_offered_no_more(database: None) -> None:
    ivo = await newcomer()
    at = f"{AT}/teams"
    await ivo.send(await ivo.get(at), at, name="Atendimento", tier="1")
    page = await ivo.get(AT)
    assert "Equipe" in steps(page)
    assert f"{AT}/example" not in page.attributes("form", "action")
    page = await ivo.get(at)
    (team,) = page.attributes("tbody th a", "href")
    page = await ivo.get(team)
    await ivo.send(page, team, members=page.html.css_first("input[name=members]").attributes["value"])
    assert "Equipe" not in steps(await ivo.get(AT))


async def test_the_example_makes_a_place_that_takes_requests(database: None) -> None:
    ivo = await newcomer()
    page = await ivo.send(await ivo.get(AT), f"{AT}/example")
    assert page.text(".notice").startswith("Pronto: equipes, categorias, horário e prazos.")
    assert steps(page) == ["Nome e logotipo", "Pessoas", "E-mail", "Central de ajuda", "Canais de ajuda"]
    assert [page.text(f"li:has(a[href='{AT}/{each}']) .quiet") for each in ("teams", "targets")] == [
        "3 equipes",
        "8 prazos prometidos",
    ]
    form = await ivo.get("/tickets/new")
    assert form.options("category") == [
        "Escolha…",
        "Cobrança",
        "Acesso ao portal",
        "Material didático",
        "Sistema de avaliações",
    ]


async def test_the_example_is_refused_where_something_is_set_already(database: None) -> None:
    ivo = await newcomer()
    page = await ivo.get(AT)
    assert (await ivo.send(page, f"{AT}/example")).status == 200
    again = await ivo.send(page, f"{AT}/example")
    assert again.status == 422
    assert again.text(".summary") == "Já há equipes ou categorias. O exemplo é só para quem ainda não tem nada."
    assert f"{AT}/example" not in again.attributes("form", "action")


async def test_a_step_that_is_well_as_it_is_and_then_all_can_be_passed_over(database: None) -> None:
    ivo = await newcomer()
    token = (await ivo.get(AT)).values(f"{AT}/example")
    page = await ivo.get((await ivo.post(f"{AT}/first-steps", {**token, "step": "mail"})).location)
    assert page.text(".notice") == "Passo dispensado."
    assert page.text("details:not([open]) p") == (
        "Os passos não voltam, nem a oferta do exemplo. Tudo continua na lista abaixo."
    )
    assert steps(page) == [each for each in STEPS if each != "E-mail"]
    for step in ("category", "tudo"):
        assert (await ivo.post(f"{AT}/first-steps", {**token, "step": step})).status == 404
    page = await ivo.get((await ivo.post(f"{AT}/first-steps", {**token, "step": "all"})).location)
    assert page.text(".notice") == "Primeiros passos dispensados. Tudo o que se configura está abaixo."
    assert "Primeiros passos" not in page.texts("h2")


async def test_the_portal_has_no_name_yet_while_only_sites_were_listed(database: None) -> None:
    ivo = await newcomer()
    at = f"{AT}/embedding"
    page = await ivo.send(await ivo.get(at), at, origins="https://www.ipe.example")
    assert page.text(".notice") == "Salvo. Vale já para a próxima página."
    assert steps(await ivo.get(AT)) == STEPS
    at = f"{AT}/place"
    await ivo.send(await ivo.get(at), at, name="Escola Ipê")
    assert steps(await ivo.get(AT)) == STEPS[1:]


async def test_every_step_leads_to_a_page_that_is_there(database: None) -> None:
    ivo = await newcomer()
    page = await ivo.get(AT)
    addresses = page.attributes(".steps a", "href")
    assert len(addresses) == len(STEPS)
    assert [(await ivo.get(each)).status for each in addresses] == [200] * len(addresses)


async def test_a_place_without_teams_and_categories_says_what_they_are_for(database: None) -> None:
    ivo = await newcomer()
    assert [(await ivo.get(f"{AT}/{each}")).text("main > .quiet") for each in ("teams", "categories")] == [
        "Nenhuma ainda. É na fila de uma equipe que um ticket espera por quem atende.",
        "Nenhuma ainda. Sem categoria ninguém consegue abrir uma solicitação.",
    ]


async def test_who_opens_a_ticket_without_categories_is_told_so_and_meets_no_dead_form(database: None) -> None:
    eva = await newcomer(Role.REQUESTER, "Eva Reis")
    page = await eva.get("/tickets/new")
    assert page.text(".empty h2") == "Ainda não dá para abrir solicitações"
    assert "/tickets" not in page.attributes("main form", "action")
    ivo = await newcomer()
    for address in ("/tickets/new", "/desk/contacts/new"):
        page = await ivo.get(address)
        assert page.links()["Ver os primeiros passos"] == AT
        assert page.html.css("main form") == []


async def test_a_lead_is_shown_no_first_steps(database: None) -> None:
    people = await cast.enrol()
    assert "Primeiros passos" not in (await (await browser_of(people.lia)).get(AT)).words
