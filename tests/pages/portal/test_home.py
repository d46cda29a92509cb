"""The overview: numbers that link to what they count, the latest tickets, and the visitor's welcome."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import many_like, statements, titles
from tests.presets import started_under
from web.clock import set_now
from web.demo.cast import Cast
from web.settings import PRESETS
from web.tickets.actions import replies
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

STATES = (
    "new",
    "open",
    "open",
    "unassigned",
    "waiting_requester",
    "waiting_requester",
    "waiting_team",
    "waiting_until",
    "resolved",
    "resolved",
    "resolved",
    "closed",
)


async def some_in_each_state(people: Cast) -> None:
    """Ana's tickets in each state, among those of others; her colleague's copy her."""
    for state in STATES:
        await cast.brought_to(await cast.ticket(people.ana, title=state), state, by=people.lia, asker=people.ana)
    about, _ = await cast.subject()
    for _ in range(2):
        await drafts.draft(Request("draft", "", about), by=people.ana, at=NOW)
    for somebody in (people.rui, people.caio):
        number = await cast.ticket(somebody, copies=("ana@aurora.example",))
        await cast.brought_to(number, "waiting_requester", by=people.bia, asker=somebody)
    await drafts.draft(Request("draft", "", about), by=people.rui, at=NOW)


@pytest.mark.parametrize("preset", PRESETS)
async def test_each_number_leads_to_a_list_of_exactly_that_many(database, preset):
    """If one word means resolved and closed, both are counted."""
    with started_under(preset):
        people = await cast.enrol()
        await some_in_each_state(people)
        ana = await browser_of(people.ana)
        home = await ana.get("/")
        told = {}
        for tile in home.html.css(".tile"):
            label = tile.css_first(".tile__label").text()
            listed = await ana.get(tile.css_first("a").attributes["href"])
            told[label] = (tile.css_first(".tile__number").text(), str(len(titles(listed))))
        assert {label: number for label, (number, _) in told.items()} == {
            label: listed for label, (_, listed) in told.items()
        }
        assert [number for number, _ in told.values()] == ["2", "6", "4" if preset == "expresso" else "3", "2"]


async def test_the_numbers_are_of_ones_own_tickets_alone(database):
    people = await cast.enrol()
    await some_in_each_state(people)
    number = await cast.ticket(people.caio)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.caio)
    caio = await browser_of(people.caio)
    assert (await caio.get("/")).texts(".tile") == [
        "2 esperam a sua resposta Responder : esperam a sua resposta",
        "0 com a equipe Acompanhar : com a equipe",
        "0 resolvidos, esperam o seu sim Conferir : resolvidos, esperam o seu sim",
    ]


async def test_only_what_waits_for_the_reader_is_loud(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert home.texts(".tile[data-tone=turn] .tile__label") == ["espera a sua resposta"]
    assert home.texts(".row[data-turn] .row__next") == [
        "Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido."
    ]


async def test_the_latest_five_of_ones_own_are_shown_the_last_to_move_first(database):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, f"Pedido {day}", at=NOW + timedelta(days=day - 9)) for day in range(6)]
    await cast.ticket(people.rui, "De Rui")
    await replies.reply(await cast.seen(numbers[0], people.bia), "Já vi.", by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert titles(home) == ["Pedido 0", "Pedido 5", "Pedido 4", "Pedido 3", "Pedido 2"]
    assert home.texts(".row time") == [f"mudou {each}" for each in ("agora", "19/11", "18/11", "17/11", "16/11")]


async def test_who_has_no_ticket_is_told_how_to_begin(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert home.text(".empty") == (
        "Nenhum ticket ainda Conte o que você precisa. Você acompanha a resposta aqui. Abrir solicitação"
    )
    assert home.html.css_first(".empty a").attributes["href"] == "/tickets/new"


async def test_a_draft_is_offered_to_be_finished(database):
    people = await cast.enrol()
    for title in ("Livros para 2027", "Livros para 2028"):
        await drafts.draft(Request(title), by=people.ana, at=NOW)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert home.texts(".tile")[-1] == "2 rascunhos por terminar Terminar : rascunhos por terminar"
    assert home.texts(".row__next") == ["Só você vê. Termine e envie quando quiser."] * 2
    draft = await ana.get(home.html.css_first(".row__title").attributes["href"])
    assert draft.text("h1") == "Terminar o rascunho"


async def test_one_ticket_is_spoken_of_in_the_singular(database):
    people = await cast.enrol()
    await cast.brought_to(await cast.ticket(people.ana), "waiting_requester", by=people.bia, asker=people.ana)
    await cast.brought_to(await cast.ticket(people.ana), "resolved", by=people.bia, asker=people.ana)
    await drafts.draft(Request("Livros para 2027"), by=people.ana, at=NOW)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert home.texts(".tile__number") == ["1", "0", "1", "1"]
    assert home.texts(".tile__label") == [
        "espera a sua resposta",
        "com a equipe",
        "resolvido, espera o seu sim",
        "rascunho por terminar",
    ]


async def test_where_a_rating_concludes_the_overview_does_not_ask_for_a_sim(database):
    with started_under("avaliacao"):
        people = await cast.enrol()
        for _ in range(2):
            await cast.brought_to(await cast.ticket(people.ana), "resolved", by=people.bia, asker=people.ana)
        ana = await browser_of(people.ana)
        assert "sim" not in (await ana.get("/")).text(".tiles").split()


async def test_a_number_past_a_thousand_is_not_counted_to_its_end(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    await many_like(number, 999)
    assert (await ana.get("/")).texts(".tile__number")[1] == "1.000"
    await many_like(number, 1)
    home = await ana.get("/")
    assert home.texts(".tile__number")[1] == "1.000+"
    listed = await ana.get(home.html.css(".tile__link")[1].attributes["href"])
    assert listed.text(".pager .tabular") == "25 de 1.000+"


async def test_the_overview_asks_the_database_as_often_for_three_tickets_as_for_one(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    await cast.ticket(people.ana)
    with statements() as for_one:
        await ana.get("/")
    await cast.ticket(people.ana)
    await cast.ticket(people.ana)
    with statements() as for_three:
        page = await ana.get("/")
    assert len(titles(page)) == 3
    assert (len(for_one), len(for_three)) == (4, 4)


async def test_a_visitor_is_shown_the_ways_in_and_nobodys_tickets(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    set_now(NOW)
    page = await Browser().get("/")
    assert page.words == (
        "Como podemos ajudar? Buscar na ajuda Buscar Aberto agora, até 18h Como falar com a gente "
        "Suas solicitações Abra solicitações, acompanhe as respostas e diga se o problema foi resolvido. "
        "Entrar Cadastre-se Acompanhar uma solicitação pelo número e pelo código do comprovante. "
        "Já abriu tickets por e-mail ou telefone? Crie uma senha e veja todos aqui."
    )
    ways = page.links()
    assert (ways["Entrar"], ways["Cadastre-se"], ways["Crie uma senha"]) == ("/sign-in", "/sign-up", "/password")


async def test_the_bar_names_the_person_and_their_organization(database):
    people = await cast.enrol()
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    assert (await ana.get("/")).text(".bar__who a") == "Ana Prado · Colégio Aurora"
    assert (await bia.get("/")).text(".bar__who a") == "Bia Nunes"
    for page in ("/", "/desk"):
        assert (await ana.get(page)).texts(".nav a") == ["Início", "Meus tickets", "Ajuda", "Colegas"]
    assert (await bia.get("/")).texts(".nav a") == [
        "Atendimento",
        "Pessoas",
        "Artigos",
        "Meus tickets",
        "Ajuda",
        "Ir para",
    ]
