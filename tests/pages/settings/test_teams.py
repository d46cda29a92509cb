"""Teams: created, changed, and retired once they are empty; edit conflicts."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.lead_settings import set_category
from tests.pages.reading import option, refusals, ticket_row, to_the_minute
from web.database import fetch
from web.people.agents.teams import team_of
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.record import reindexing
from web.tickets.settings import teams
from web.tickets.settings.teams import TeamInput

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/settings/teams"


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def address(name: str) -> str:
    (row,) = await fetch("SELECT id FROM team WHERE name = {}", name)
    return f"{AT}/{row['id']}"


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


def members(page: Page) -> list[str]:
    """The ticked members."""
    ticked = page.html.css(".checks .field")
    return [folded(each) for each in ticked if each.css("input[checked]")]


async def changed(browser: Browser, team: str, /, **typed: object) -> Page:
    """Sends the team's form with these values; None unticks a box."""
    at = await address(team)
    values = {**(await browser.get(at)).values(at), **typed}
    answer = await browser.post(at, {name: value for name, value in values.items() if value is not None})
    return await browser.get(answer.location) if answer.status == 303 else answer


async def told(browser: Browser) -> list[str]:
    """The entries of the log of settings, newest first."""
    return [" ".join(row[1:]) for row in rows(await browser.get("/desk/settings/log"))]


async def test_teams_stand_in_every_list_as_people_sort_names():
    people, lia = await lead()
    for name in ("Turma 10", "Ágil", "Turma 3"):
        await teams.save_team(TeamInput(name, 1, False, 1, frozenset()), by=people.lia, at=NOW)
    by_tier = ["Ágil", "Atendimento", "Financeiro", "Ouvidoria", "Turma 3", "Turma 10", "Integrações"]
    assert [row[0] for row in rows(await lia.get(AT))] == by_tier
    assert [each for each in (await lia.get("/desk/settings/categories")).options("team") if each in by_tier] == by_tier
    by_name = ["Ágil", "Atendimento", "Financeiro", "Integrações", "Ouvidoria", "Turma 3", "Turma 10"]
    assert [each for each in (await lia.get("/desk")).options("team") if each in by_name] == by_name


async def test_a_lead_reads_who_shares_each_queue():
    _, lia = await lead()
    assert rows(await lia.get(AT)) == [
        ["Atendimento", "N1", "2", "Horário comercial", "ativa"],
        ["Financeiro", "N1", "2", "Horário comercial", "ativa"],
        ["Ouvidoria", "N1", "1", "Horário comercial", "ativa, reservada"],
        ["Integrações", "N2", "1", "Horário comercial", "ativa"],
    ]


async def test_a_new_team_takes_tickets_at_once():
    people, lia = await lead()
    page = await lia.send(await lia.get(AT), AT, name="Suporte a escolas", tier="2", members=[str(people.davi.id)])
    assert page.texts(".notice") == ["Salvo."]
    assert ["Suporte a escolas", "N2", "1", "Horário comercial", "ativa"] in rows(page)
    number = await cast.ticket(people.ana)
    desk = f"/desk/tickets/{number}"
    shown = await lia.get(desk)
    await lia.send(shown, f"{desk}/properties", team=option(shown, "team", "Suporte a escolas"))
    davi = await browser_of(await cast.fresh(people.davi))
    assert "Boletos com o valor errado" in (await davi.get("/desk")).words
    assert await told(lia) == [
        "Lia Castro Equipe: Suporte a escolas, criação nome: Suporte a escolas nível: 2 reservada: não "
        "calendário: Horário comercial pessoas: Davi Reis"
    ]


async def test_a_team_is_renamed_and_its_people_change():
    people, lia = await lead()
    page = await changed(lia, "Financeiro", name="Cobrança e notas", members=[str(people.davi.id)])
    assert (page.text("h1"), members(page)) == ("Cobrança e notas", ["Davi Reis"])
    assert await told(lia) == [
        "Lia Castro Equipe: Cobrança e notas nome: era Financeiro, passou a Cobrança e notas "
        "pessoas: era Bia Nunes, Lia Castro, passou a Davi Reis"
    ]


async def test_another_calendar_is_looked_at_before_it_moves_deadlines():
    people, lia = await lead()
    calendars = "/desk/settings/calendars"
    typed = {"name": "Plantão", "monday": "00:00-24:00", "tuesday": "00:00-24:00"}
    await lia.send(await lia.send(await lia.get(calendars), calendars, **typed), calendars, press="save")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    (other,) = await fetch("SELECT id FROM calendar WHERE name = 'Plantão'")
    check = await changed(lia, "Financeiro", calendar=str(other["id"]))
    assert check.texts("main p strong")[0] == "Financeiro: nível 1, calendário Plantão, 2 pessoas."
    assert rows(check) == [
        [f"#{number} Boletos com o valor errado", "Resolve sozinho", "qua., 02/12, 18h", "ter., 01/12, 9h"]
    ]
    page = await lia.send(check, check.path, press="save")
    assert members(page) == ["Bia Nunes", "Lia Castro"]
    assert [row[3] for row in rows(await lia.get(AT)) if row[0] == "Financeiro"] == ["Plantão"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, {"name": "Preencha este campo."}),
        ({"name": "F" * 101}, {"name": "O texto pode ter até 100 caracteres; este tem 101."}),
        ({"name": "Atendimento"}, {"name": "Este dado já está em uso."}),
        ({"tier": "3"}, {"tier": "Escolha uma das opções da lista."}),
        ({"calendar": "98765"}, {"calendar": "Escolha uma das opções da lista."}),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(typed, told):
    _, lia = await lead()
    page = await changed(lia, "Financeiro", **{"is_confidential": "1", **typed})
    assert (page.status, refusals(page)) == (422, told)
    assert page.values(page.path)["is_confidential"] == "1"
    assert ["Financeiro", "N1", "2", "Horário comercial", "ativa"] in rows(await lia.get(AT))


async def test_somebody_who_is_no_agent_cannot_be_put_in():
    people, lia = await lead()
    page = await changed(lia, "Financeiro", members=[str(people.ana.id)])
    assert (page.status, page.texts(".field__error")) == (422, ["Escolha uma das opções da lista."])


async def test_of_two_who_save_at_once_the_second_sees_the_difference_and_keeps_what_they_typed():
    people, lia = await lead()
    at = await address("Financeiro")
    page = await lia.get(at)
    admin = await browser_of(people.admin)
    await admin.send(await admin.get(at), at, tier="2")
    second = await lia.send(page, at, name="Cobrança e notas")
    assert (second.status, [to_the_minute(each) for each in second.texts(".notice p")[:2]]) == (
        409,
        [
            "Outra pessoa mudou isto enquanto você editava.",
            "Ivo Braga, 23/11/2026, 9h00: nível era 1, passou a 2.",
        ],
    )
    assert second.values(at)["name"] == "Cobrança e notas"
    third = await lia.send(second, at, tier="2")
    assert (third.status, third.text("h1")) == (200, "Cobrança e notas")


async def test_a_team_with_open_tickets_is_not_retired_and_its_tickets_can_be_moved():
    people, lia = await lead()
    await set_category("Cobrança", team=await team_of("Atendimento"), by=people.lia)
    await set_category("Sistema de avaliações", team=None, by=people.lia)
    at = await address("Integrações")
    number = await cast.ticket(people.ana)
    desk = f"/desk/tickets/{number}"
    shown = await lia.get(desk)
    await lia.send(shown, f"{desk}/properties", team=option(shown, "team", "Integrações"))
    refused = await lia.send(await lia.get(at), f"{at}/removal")
    assert (refused.status, refused.texts(".field__error")) == (
        422,
        ["Esta equipe tem tickets em aberto. Passe-os a outra equipe antes."],
    )
    page = await lia.send(refused, f"{at}/tickets", to=option(refused, "to", "Atendimento"))
    assert page.texts(".notice") == ["Tickets em aberto passados à outra equipe."]
    assert (await cast.seen(number, people.lia)).team_name == "Atendimento"
    assert (await lia.send(page, f"{at}/removal")).texts(".notice") == [
        "Equipe desativada. Ela continua nos tickets antigos."
    ]


async def test_a_retired_team_stays_on_old_tickets_is_offered_nowhere_and_may_come_back():
    people, lia = await lead()
    await set_category("Sistema de avaliações", team=None, by=people.lia)
    at = await address("Integrações")
    number = await cast.ticket(people.ana)
    desk = f"/desk/tickets/{number}"
    shown = await lia.get(desk)
    await lia.send(shown, f"{desk}/properties", team=option(shown, "team", "Integrações"))
    await cast.brought_to(number, "closed", by=people.davi, asker=people.ana)
    await lia.send(await lia.get(at), f"{at}/removal")
    assert (await cast.seen(number, people.lia)).team_name == "Integrações"
    other = await cast.ticket(people.ana, "Outro")
    page = await lia.get(f"/desk/tickets/{other}")
    assert "Integrações" not in page.options("team")
    team = at.rpartition("/")[2]
    refused = await lia.send(page, f"/desk/tickets/{other}/properties", team=team)
    assert (refused.status, (await ticket_row(other))["team"] == int(team)) == (422, False)
    back = await lia.send(await lia.get(at), f"{at}/restoration")
    assert back.texts(".notice") == ["Equipe reativada."]
    assert "Integrações" in (await lia.get(f"/desk/tickets/{other}")).options("team")


async def test_a_team_in_which_categories_or_macros_begin_says_which():
    people, lia = await lead()
    at = await address("Integrações")
    refused = await lia.send(await lia.get(at), f"{at}/removal")
    assert refused.texts(".field__error") == [
        "Ainda há categorias que começam nesta equipe. Escolha outra equipe para elas antes."
    ]
    assert "Começam nela as categorias: Sistema de avaliações." in refused.words
    await set_category("Sistema de avaliações", team=None, by=people.lia)
    team = int(at.rpartition("/")[2])
    await canned_replies.save_canned(NewCannedReply("Ao N2", "Ver.", team=team), by=people.lia, at=NOW)
    await canned_replies.save_canned(NewCannedReply("Só da equipe", "Ver.", readers=team), by=people.lia, at=NOW)
    refused = await lia.send(await lia.get(at), f"{at}/removal")
    assert refused.texts(".field__error") == [
        "Ainda há respostas prontas desta equipe ou que encaminham a ela. Mude-as antes."
    ]
    assert "São dela ou encaminham a ela: Ao N2, Só da equipe." in refused.words


async def test_nobody_opens_a_confidential_team_to_themselves():
    people, lia = await lead()
    at = await address("Ouvidoria")
    admin = await browser_of(people.admin)
    page = await admin.get(at)
    assert page.texts(".notice") == ["Esta equipe é reservada: só quem é dela muda o que está aqui."]
    typed = {"name": "Ouvidoria", "tier": "1", "calendar": "1", "members": str(people.admin.id)}
    assert (await admin.post(at, {**typed, "_token": (await admin.get(AT)).values(AT)["_token"]})).status == 403
    await changed(lia, "Ouvidoria", members=[str(people.bia.id)])
    taken = await changed(admin, "Ouvidoria", members=[str(people.bia.id), str(people.admin.id)])
    assert members(taken) == ["Bia Nunes", "Ivo Braga"]  # with no lead in it, an administrator sees to it


async def test_tickets_of_a_team_that_is_confidential_no_more_are_found_by_their_words():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    team = (await address("Ouvidoria")).rpartition("/")[2]
    desk = f"/desk/tickets/{number}"
    await lia.send(await lia.get(desk), f"{desk}/properties", team=team)
    await changed(lia, "Ouvidoria", is_confidential=None)
    while await reindexing.run_page():
        pass
    bia = await browser_of(people.bia)
    assert "Boletos com o valor errado" in (await bia.get("/desk?view=all&q=boletos")).words


async def test_a_form_sent_twice_makes_one_team():
    _, lia = await lead()
    page = await lia.get(AT)
    for _ in range(2):
        answer = await lia.send(page, AT, name="Suporte")
        assert answer.status == 200
    assert [row[0] for row in rows(answer)].count("Suporte") == 1
