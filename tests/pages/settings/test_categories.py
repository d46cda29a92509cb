"""Categories and topics set by leads: what the request form offers, to whom, and where it leads."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import option, refusals, statements, ticket_row, to_the_minute
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/settings/categories"
NEW = "/tickets/new"


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def address(name: str) -> str:
    (row,) = await fetch("SELECT id FROM category WHERE name = {}", name)
    return f"{AT}/{row['id']}"


async def topic_address(category: str, topic: str) -> str:
    _, finer = await cast.subject(category, topic)
    return f"{await address(category)}/topics/{finer}"


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


async def changed(browser: Browser, action: str, page: str = "", /, **typed: object) -> Page:
    """Sends a form with these values; None unticks a box."""
    values = {**(await browser.get(page or action)).values(action), **typed}
    answer = await browser.post(action, {name: value for name, value in values.items() if value is not None})
    return await browser.get(answer.location.partition("#")[0]) if answer.status == 303 else answer


async def sent(browser: Browser, category: str, topic: str = "", **more: object) -> int:
    """The number of the ticket that the form opened."""
    page = await browser.get(NEW)
    typed = {"category": option(page, "category", category), "title": "Título", "description": "Texto", **more}
    if topic:
        typed["topic"] = option(page, "topic", topic)
    answer = await browser.send(page, "/tickets", press="send", follow=False, **typed)
    assert answer.status == 303, answer.words
    return int(answer.location.partition("?")[0].rpartition("/")[2])


async def told(browser: Browser) -> list[str]:
    """The entries of the log of settings, newest first."""
    return [" ".join(row[2:]) for row in rows(await browser.get("/desk/settings/log"))]


async def test_a_lead_reads_the_tree_in_the_order_of_the_form():
    _, lia = await lead()
    assert [row[:5] for row in rows(await lia.get(AT))] == [
        ["Cobrança", "Boletos, Nota fiscal, Contrato", "Financeiro", "Guichê", "Todos"],
        ["Acesso ao portal", "Senha, Novo usuário, Erro na tela", "Atendimento", "Guichê", "Todos"],
        ["Material didático", "Pedido, Troca, Entrega", "Atendimento", "Guichê", "Todos"],
        ["Sistema de avaliações", "Cadastro de turmas, Resultados", "Integrações", "Guichê", "Todos"],
    ]


async def test_the_form_says_what_each_workflow_does_and_offers_each_priority_once():
    _, lia = await lead()
    page = await lia.get(AT)
    workflows = page.texts("select[name=workflow] option")
    assert sorted(each.partition(":")[0] for each in page.texts("details.more li")) == sorted(workflows)
    assert page.texts("select[name=priority] option") == ["Baixa", "Normal", "Alta", "Urgente"]
    assert page.values(AT)["priority"] == "normal"


async def test_a_new_category_is_offered_at_once_and_decides_where_its_requests_lead():
    people, lia = await lead()
    page = await lia.get(AT)
    page = await lia.send(
        page, AT, name="Eventos", team=option(page, "team", "Atendimento"), priority="high", workflow="expresso"
    )
    assert page.texts(".notice") == ["Salvo."]
    ana = await browser_of(people.ana)
    number = await sent(ana, "Eventos")
    row, found = await ticket_row(number), await cast.seen(number, people.lia)
    assert (row["workflow"], row["priority"], found.team_name) == ("expresso", "high", "Atendimento")
    assert await told(lia) == [
        "Categoria: Eventos, criação nome: Eventos fluxo: Expresso equipe: Atendimento prioridade: Alta "
        "pede aprovação: não quem usa: Todos ativa: sim"
    ]


async def test_a_topic_outweighs_its_category():
    people, lia = await lead()
    at = await topic_address("Cobrança", "Boletos")
    page = await lia.get(AT)
    team = option(page, "team", "Integrações")
    await changed(lia, at, await address("Cobrança"), team=team, priority="urgent", needs_approval="1")
    rui = await browser_of(people.rui)
    number = await sent(rui, "Cobrança", "Boletos")
    row, found = await ticket_row(number), await cast.seen(number, people.rui)
    assert (row["status"], row["priority"], found.team_name) == ("approval", "urgent", "Integrações")
    other = await cast.seen(await sent(rui, "Cobrança", "Contrato"), people.rui)
    assert (str(other.status), other.team_name) == ("new", "Financeiro")


@pytest.mark.parametrize(
    ("audience", "offered"),
    [
        ("everybody", {"ana": True, "caio": True, "bia": True}),
        ("agents", {"ana": False, "caio": False, "bia": True}),
        ("organizations", {"ana": True, "caio": False, "bia": True}),
    ],
)
async def test_only_those_may_use_a_category_who_were_chosen_and_the_form_of_all_others_is_silent(audience, offered):
    people, lia = await lead()
    at = await address("Cobrança")
    page = await changed(lia, at, audience=audience)
    if audience == "organizations":
        await lia.send(page, f"{at}/organizations", organization="Colégio Aurora")
    category = at.rpartition("/")[2]
    for name, is_offered in offered.items():
        browser = await browser_of(getattr(people, name))
        page = await browser.get(NEW)
        assert ("Cobrança" in page.options("category"), "Boletos" in page.options("topic")) == (is_offered,) * 2, name
        typed = {"category": category, "title": name, "description": "Texto"}
        if name == "bia":
            typed |= {"requester": "ana@aurora.example", "primary_contact": "ana@aurora.example"}
        answer = await browser.send(page, "/tickets", press="send", follow=False, **typed)
        assert (answer.status == 303) is is_offered, name
        if not is_offered:
            assert refusals(answer) == {"category": "Escolha uma das opções da lista."}


async def test_an_organization_is_taken_out_again():
    people, lia = await lead()
    at = await address("Cobrança")
    page = await changed(lia, at, audience="organizations")
    page = await lia.send(page, f"{at}/organizations", organization="11.222.333/0001-81")
    (aurora,) = people.ana.organizations
    await lia.post(f"{at}/organizations", {"_token": page.values(at)["_token"], "gone": str(aurora)})
    assert "Cobrança" not in (await (await browser_of(people.ana)).get(NEW)).options("category")
    assert (await told(lia))[:2] == [
        "Categoria: Cobrança organizações: era Colégio Aurora, passou a –",
        "Categoria: Cobrança organizações: era –, passou a Colégio Aurora",
    ]


async def test_a_retired_category_stays_on_its_tickets_and_is_offered_no_more():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    at = await address("Cobrança")
    await changed(lia, at, is_active=None)
    ana = await browser_of(people.ana)
    assert "Cobrança" not in (await ana.get(NEW)).options("category")
    assert "Cobrança" in (await ana.get(f"/tickets/{number}")).words
    assert rows(await lia.get(AT))[-1][0] == "Cobrança não é oferecida"
    await changed(lia, at, is_active="1")
    assert "Cobrança" in (await ana.get(NEW)).options("category")


async def test_what_is_in_use_is_not_deleted_and_what_is_not_goes():
    people, lia = await lead()
    await cast.ticket(people.ana)
    at = await address("Cobrança")
    refused = await lia.send(await lia.get(at), f"{at}/removal")
    assert (refused.status, refused.texts(".field__error")) == (
        422,
        ["Há tickets ou prazos desta categoria. Ela só pode deixar de ser oferecida."],
    )
    topic = await topic_address("Cobrança", "Boletos")
    refused = await lia.post(f"{topic}/removal", {"_token": refused.values(at)["_token"]})
    assert (refused.status, refused.texts(".field__error")) == (
        422,
        ["Há tickets com este assunto. Ele só pode deixar de ser oferecido."],
    )
    other = await address("Material didático")
    workflow = f"{other}/workflow"
    check = await lia.send(await lia.get(workflow), workflow, label_new="Chegou")
    await lia.send(check, workflow, press="save")
    page = await lia.send(await lia.get(other), f"{other}/removal")
    assert page.texts(".notice") == ["Categoria excluída."]
    assert "Material didático" not in page.words
    page = await lia.get(at)
    contract = await topic_address("Cobrança", "Contrato")
    answer = await lia.post(f"{contract}/removal", {"_token": page.values(at)["_token"]})
    page = await lia.get(answer.location.partition("#")[0])
    assert page.texts("section[aria-labelledby=topics] > .notice") == ["Assunto excluído."]
    assert (await told(lia))[:2] == [
        "Assunto: Cobrança / Contrato, remoção nome: Contrato pede aprovação: não ativo: sim",
        "Categoria: Material didático, remoção nome: Material didático fluxo: Próprio, de Guichê equipe: Atendimento "
        "pede aprovação: não quem usa: Todos ativa: sim",
    ]


async def test_the_order_of_the_form_is_changed_one_place_at_a_time():
    people, lia = await lead()
    at = await address("Material didático")
    page = await lia.get(AT)
    page = await lia.send(page, f"{at}/position", press="up")
    assert page.texts("[autofocus]") == ["Subir Material didático"]
    topic = await topic_address("Cobrança", "Boletos")
    home = await address("Cobrança")
    page = await lia.send(await lia.get(home), f"{topic}/position", press="down")
    assert page.texts("details[open]:has(.order) > summary") == ["Boletos"]
    assert page.texts("[autofocus]") == ["Descer Boletos"]
    page = await (await browser_of(people.ana)).get(NEW)
    assert page.options("category")[1:4] == ["Cobrança", "Material didático", "Acesso ao portal"]
    assert page.options("topic")[1:4] == ["Nota fiscal", "Boletos", "Contrato"]
    first = await address("Cobrança")
    assert (await lia.post(f"{first}/position", {"_token": page_token(await lia.get(AT)), "up": "1"})).status == 303


async def test_one_of_many_is_put_at_a_place_at_once():
    people, lia = await lead()
    few = await lia.get(AT)
    assert few.html.css("input[name=place]") == []
    for name in ("Biblioteca", "Cantina", "Esportes", "Ônibus", "Uniforme"):
        await lia.send(few, AT, name=name, workflow="expresso")
    page = await lia.get(AT)
    before = page.texts("tbody th a")
    at = await address("Ônibus")
    page = await lia.send(page, f"{at}/position", place="2")
    moved = [before[0], "Ônibus", *(each for each in before[1:] if each != "Ônibus")]
    assert page.texts("tbody th a") == moved
    assert page.attributes("[autofocus]", "aria-label") == [f"Lugar de Ônibus, de 1 a {len(before)}"]
    page = await lia.send(page, f"{at}/position", place="onde?")
    assert page.texts("tbody th a") == moved
    page = await lia.send(page, f"{at}/position", place="999")
    assert page.texts("tbody th a") == [*(each for each in before if each != "Ônibus"), "Ônibus"]
    assert (await (await browser_of(people.ana)).get(NEW)).options("category")[-1] == "Ônibus"


def page_token(page: Page) -> str:
    return str(page.attributes("input[name=_token]", "value")[0])


async def test_a_category_counts_by_its_own_calendar_after_a_look():
    people, lia = await lead()
    calendars = "/desk/settings/calendars"
    typed = {"name": "Plantão", "monday": "00:00-24:00", "tuesday": "00:00-24:00"}
    await lia.send(await lia.send(await lia.get(calendars), calendars, **typed), calendars, press="save")
    (other,) = await fetch("SELECT id FROM calendar WHERE name = 'Plantão'")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    check = await changed(lia, await address("Cobrança"), calendar=str(other["id"]))
    assert rows(check) == [
        [f"#{number} Boletos com o valor errado", "Resolve sozinho", "qua., 02/12, 18h", "ter., 01/12, 9h"]
    ]
    await lia.send(check, check.path, press="save")
    fresh = await cast.ticket(people.ana, "Outro", at=NOW + timedelta(minutes=1))
    await cast.brought_to(fresh, "waiting_requester", by=people.bia, asker=people.ana, at=NOW + timedelta(minutes=1))
    (row,) = await fetch("SELECT lapses_at FROM ticket WHERE id = {}", fresh)
    assert row["lapses_at"] == NOW + timedelta(days=8, minutes=1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, {"name": "Preencha este campo."}),
        ({"name": "C" * 101}, {"name": "O texto pode ter até 100 caracteres; este tem 101."}),
        ({"name": "Material didático"}, {"name": "Este dado já está em uso."}),
        ({"workflow": "nenhum"}, {"workflow": "Escolha uma das opções da lista."}),
        ({"team": "98765"}, {"team": "Escolha uma das opções da lista."}),
        ({"calendar": "98765"}, {"calendar": "Escolha uma das opções da lista."}),
        ({"priority": "ontem"}, {"priority": "Escolha uma das opções da lista."}),
        ({"audience": "ninguém"}, {"audience": "Escolha uma das opções da lista."}),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(typed, told):
    _, lia = await lead()
    at = await address("Cobrança")
    page = await changed(lia, at, **{"needs_approval": "1", **typed})
    assert (page.status, refusals(page)) == (422, told)
    assert page.values(at)["needs_approval"] == "1"


async def test_a_topic_without_a_name_comes_back_opened_with_its_words():
    _, lia = await lead()
    home, at = await address("Cobrança"), await topic_address("Cobrança", "Boletos")
    page = await changed(lia, at, home, name="Nota fiscal", priority="high")
    assert (page.status, refusals(page)) == (422, {"name": "Este dado já está em uso."})
    assert page.values(at)["priority"] == "high"


async def test_of_two_who_save_at_once_the_second_sees_the_difference():
    people, lia = await lead()
    at = await address("Cobrança")
    page = await lia.get(at)
    await changed(await browser_of(people.admin), at, priority="high")
    second = await lia.send(page, at, name="Cobranças")
    assert (second.status, to_the_minute(second.texts(".notice p")[1])) == (
        409,
        "Ivo Braga, 23/11/2026, 9h00: prioridade era –, passou a Alta.",
    )
    assert second.values(at)["name"] == "Cobranças"


async def test_the_form_costs_the_requester_as_many_queries_whatever_is_set():
    people, lia = await lead()
    ana = await browser_of(people.ana)
    with statements() as before:
        await ana.get(NEW)
    at = await address("Cobrança")
    page = await changed(lia, at, audience="organizations", priority="high")
    await lia.send(page, f"{at}/organizations", organization="Colégio Aurora")
    with statements() as after:
        await ana.get(NEW)
    assert len(after) == len(before)
