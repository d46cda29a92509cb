"""Organizations: created, changed, retired; their team and dates apply."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import chosen, option, refusals, ticket_row
from web.business_time.durations import Unit
from web.database import fetch
from web.people.identifiers.cnpj import check_digits
from web.people.permissions import Actor
from web.tickets.sla import settings
from web.tickets.sla.settings_rules import TargetInput
from web.tickets.sla.targets import Promise

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/organizations"
NEW = f"{AT}/new"


async def lead() -> tuple[cast.Cast, Browser, str]:
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    return people, await browser_of(people.lia), f"{AT}/{aurora}"


async def made(browser: Browser, name: str, cnpj: str) -> Page:
    return await browser.send(await browser.get(NEW), AT, name=name, cnpj=cnpj)


async def changed(browser: Browser, at: str, **labels: str) -> Page:
    """The page after choosing these labels on its form."""
    page = await browser.get((await browser.get(at)).links()["Mudar o cadastro"])
    return await browser.send(page, f"{at}/edit", **{name: option(page, name, label) for name, label in labels.items()})


def facts(page: Page) -> dict[str, str]:
    return dict(zip(page.texts(".aside dt"), page.texts(".aside dd"), strict=True))


async def told(browser: Browser) -> list[str]:
    """The entries of the log of settings, newest first."""
    page = await browser.get("/desk/settings/log")
    return [" ".join(folded(cell) for cell in row.css("th, td")[1:]) for row in page.html.css("tbody tr")]


DIGITS = check_digits("98ABC7650001")


@pytest.mark.parametrize(
    "typed", ["98.abc.765/0001-{}", " 98ABC7650001{} ", "98 ABC 765 0001–{}", "98.ABC.765/0001-{}\u200b"]
)
async def test_an_organization_is_made_however_its_cnpj_is_pasted(typed):
    _, lia, _ = await lead()
    page = await made(lia, "Escola  Ipê", typed.format(DIGITS))
    assert (page.text("h1"), page.text(".notice")) == ("Escola Ipê", "Organização criada.")
    assert (page.texts(".quiet")[0], facts(page)["Pessoas"]) == (f"98.ABC.765/0001-{DIGITS}", "0")


async def test_a_known_cnpj_is_refused_with_the_name_of_its_organization():
    _, lia, aurora = await lead()
    refused = await made(lia, "Aurora de novo", "11222333000181")
    assert (refused.status, refusals(refused)) == (422, {"cnpj": "Já existe uma organização com este CNPJ."})
    assert refused.text(".notice") == "Este CNPJ é de Colégio Aurora ."
    assert refused.links()["Colégio Aurora"] == aurora
    assert refused.values(AT)["name"] == "Aurora de novo"


async def test_a_wrong_cnpj_and_a_missing_name_are_told_together():
    _, lia, _ = await lead()
    refused = await made(lia, " ", "11222333000182")
    assert refusals(refused) == {
        "name": "Preencha este campo.",
        "cnpj": "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado.",
    }


async def test_whose_root_is_known_is_made_as_a_branch_once_that_was_said():
    _, lia, aurora = await lead()
    asked = await made(lia, "Colégio Aurora Norte", "11.222.333/0002-62")
    assert asked.status == 422
    assert asked.text(".notice") == "Já existe a matriz Colégio Aurora , 11.222.333/0001-81. Criar como filial?"
    button = asked.one(f"form[action='{AT}'] button")
    assert folded(button) == "Criar como filial"
    page = await lia.send(asked, AT, branch=button.attributes["value"])
    assert (page.text("h1"), page.links()["Colégio Aurora"]) == ("Colégio Aurora Norte", aurora)
    assert facts(page)["Mesma raiz de CNPJ"] == "Colégio Aurora 11.222.333/0001-81, matriz"
    assert facts(await lia.get(aurora))["Mesma raiz de CNPJ"] == "Colégio Aurora Norte 11.222.333/0002-62"


async def test_a_form_sent_twice_is_one_organization():
    _, lia, _ = await lead()
    form = await lia.get(NEW)
    pages = [await lia.send(form, AT, name="Escola Ipê", cnpj="22333444000181") for _ in range(2)]
    assert [page.text("h1") for page in pages] == ["Escola Ipê"] * 2


async def test_an_agent_reads_and_changes_nothing():
    people, _, aurora = await lead()
    bia = await browser_of(people.bia)
    assert "Mudar o cadastro" not in (await bia.get(aurora)).links()
    assert "Nova organização" not in (await bia.get(AT)).links()
    assert [(await bia.get(path)).status for path in (NEW, f"{aurora}/edit")] == [404, 404]


async def test_a_change_is_found_by_its_new_name_and_told_to_the_log():
    _, lia, aurora = await lead()
    page = await lia.send(await lia.get(f"{aurora}/edit"), f"{aurora}/edit", name="Liceu Aurora", cnpj="11222333000262")
    assert (page.text("h1"), page.text(".notice")) == ("Liceu Aurora", "Salvo.")
    for words, found in (("liceu", 1), ("11222333000262", 1), ("colegio aurora", 0)):
        assert len((await lia.get(f"{AT}?q={words}")).html.css("tbody tr")) == found, words
    assert len([each for each in await told(lia) if "Organização" in each and "Liceu Aurora" in each]) == 1


async def test_the_second_of_two_leads_sees_what_the_first_one_saved():
    people, lia, aurora = await lead()
    ivo, at = await browser_of(people.admin), f"{aurora}/edit"
    mine, theirs = await lia.get(at), await ivo.get(at)
    await ivo.send(theirs, at, name="Liceu Aurora")
    overtaken = await lia.send(mine, at, name="Escola Aurora")
    assert overtaken.status == 409
    assert overtaken.texts(".notice p")[0] == "Outra pessoa mudou isto enquanto você editava."
    assert "nome era Colégio Aurora, passou a Liceu Aurora" in overtaken.texts(".notice p")[1]
    assert (await lia.send(overtaken, at)).text("h1") == "Escola Aurora"


async def test_the_organizations_team_takes_what_no_category_places():
    people, lia, aurora = await lead()
    page = await changed(lia, aurora, team="Financeiro")
    assert facts(page)["Equipe da organização"] == "Financeiro"
    placed = await team_of(people.ana, lia)
    (row,) = await fetch("SELECT id FROM category WHERE name = 'Acesso ao portal'")
    at = f"/desk/settings/categories/{row['id']}"
    form = await lia.get(at)
    await lia.send(form, at, team=option(form, "team", "A da organização, ou a fila de todos"))
    after = [await team_of(each, lia) for each in (people.ana, people.caio)]
    assert [placed, *after] == ["Atendimento", "Financeiro", "Sem equipe"]


async def team_of(asker: Actor, browser: Browser) -> str:
    """The team of a new ticket, as the desk shows it."""
    number = await cast.ticket(asker, category="Acesso ao portal", topic="Senha")
    return chosen(await browser.get(f"/desk/tickets/{number}"), "team")


async def test_a_team_of_an_organization_is_not_retired_behind_its_back():
    _, lia, aurora = await lead()
    teams = "/desk/settings/teams"
    listed = await lia.send(await lia.get(teams), teams, name="Escolas")
    at = listed.links()["Escolas"]
    await changed(lia, aurora, team="Escolas")
    refused = await lia.send(await lia.get(at), f"{at}/removal")
    assert "É a equipe das organizações: Colégio Aurora." in refused.words
    told = "Ainda há organizações desta equipe. Escolha outra equipe para elas antes."
    assert refused.texts(".field__error") == [told]


async def test_a_recess_set_from_the_organizations_page_moves_its_deadlines():
    people, lia, aurora = await lead()
    wanted = TargetInput(Promise.RESOLUTION, 8, Unit.BUSINESS_HOURS, 1)
    await settings.promise(wanted, by=people.lia, at=NOW)
    page = await lia.get((await lia.get(aurora)).html.css_first("#recesses a").attributes["href"])
    at = page.path
    assert page.text("h1") == "Feriados e recessos de Colégio Aurora"
    check = await lia.send(page, at, name="Padroeira da cidade", first="2026-11-23", last="")
    assert "Colégio Aurora: Padroeira da cidade" in check.words
    after = await lia.send(check, at, press="save")
    assert (after.text("h1"), len(after.html.css("tbody tr"))) == ("Feriados e recessos de Colégio Aurora", 1)
    assert facts(await lia.get(aurora))["23/11/2026"] == "Padroeira da cidade, fechado"
    dues = [(await ticket_row(await cast.ticket(each)))["solve_due"] for each in (people.ana, people.caio)]
    assert dues == [NOW + timedelta(days=1, hours=8), NOW + timedelta(hours=8)]


async def test_a_retired_organization_takes_no_tickets_and_keeps_its_old_ones():
    people, lia, aurora = await lead()
    number = await cast.ticket(people.ana)
    page = await lia.get(f"{aurora}/edit")
    page = await lia.send(page, f"{aurora}/removal")
    assert page.text(".notice") == "Organização desativada. Ela continua nos tickets antigos."
    assert "11.222.333/0001-81 · desativada" in page.texts(".quiet")
    ana = await browser_of(people.ana)
    await ana.get("/tickets/new")
    newer = await cast.ticket(await cast.fresh(people.ana))
    shown = [(await ticket_row(each))["organization"] for each in (number, newer)]
    assert shown == [next(iter(people.ana.organizations)), None]
    assert (await ana.get(f"/tickets/{number}")).status == 200
    page = await lia.send(await lia.get(f"{aurora}/edit"), f"{aurora}/restoration")
    assert page.text(".notice") == "Organização reativada."


async def test_the_zone_of_the_organizations_people_is_chosen_by_its_calendar():
    _, lia, aurora = await lead()
    page = await changed(lia, aurora, calendar="Horário comercial")
    assert facts(page)["Fuso horário do calendário"] == "Horário comercial"
    assert chosen(await lia.get(f"{aurora}/edit"), "calendar") == "Horário comercial"
