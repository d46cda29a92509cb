"""What the portal "aprovacao" promises its users (facts A)."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.chatting import begun, number_in, turned_on
from tests.client import Browser, Page, around, browser_of, folded
from tests.conformance.conftest import Under
from tests.pages.reading import (
    GOOD_PASSWORD,
    chips,
    chosen,
    events,
    filtered,
    forms,
    happened,
    said,
    tab_shown,
    tabs,
    titles,
)
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.people import accounts
from web.tickets.actions import resolution
from web.tickets.record.attachments import save_file
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


def status_of(page: Page) -> str:
    return page.text(".head__sub .chip")


async def resolved(people: Cast) -> int:
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    return number


async def test_a02_a_chat_becomes_a_ticket_with_its_number_and_every_line_of_it(under: Under):
    people = await under("aprovacao")
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await begun(ana, "Meu boleto não abre.")
    number = number_in(page)
    await ana.send(page, f"/chat/{number}/replies", body="É o de dezembro.")
    ticket = await ana.get(f"/tickets/{number}")
    assert (said(ticket), ticket.text("h1")) == (["Meu boleto não abre.", "É o de dezembro."], "Meu boleto não abre.")
    facts = dict(zip(ticket.texts(".facts dt"), ticket.texts(".facts dd"), strict=True))
    assert (facts["Número"], facts["Canal"]) == (f"#{number}", "Chat")


async def test_a03_one_signs_in_with_the_identifier_of_the_shop_and_ones_own_password(under: Under):
    await under("aprovacao")
    await accounts.create("Loja Centro", ["loja-0042"], password=GOOD_PASSWORD, at=NOW)
    set_now(NOW)
    visitor = Browser()
    entrance = await visitor.get("/sign-in")
    assert entrance.text("label[for=identifier]") == "E-mail ou usuário da organização"
    refused = await visitor.send(entrance, "/sign-in", identifier="loja-0042", password="12345678")
    assert refused.text(".summary") == "E-mail, usuário ou senha não conferem. Confira e tente de novo."
    home = await visitor.send(entrance, "/sign-in", identifier="Loja-0042", password=GOOD_PASSWORD)
    assert home.text("h1") == "Olá, Loja"


async def test_a04_the_menu_leads_to_tickets_and_a_button_to_a_new_one(under: Under):
    people = await under("aprovacao")
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert (home.links()["Tickets"], home.links()["Abrir solicitação"]) == ("/tickets", "/tickets/new")
    assert (await ana.get("/tickets")).text("h1") == "Tickets"


async def test_a04_the_side_icon_opens_a_new_tab_of_tickets_inside_the_portal(under: Under):
    people = await under("aprovacao")
    for title, state in (("Aberto", "open"), ("Encerrado", "closed")):
        await cast.brought_to(await cast.ticket(people.ana, title), state, by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    side = home.one("nav[aria-label=Guias] a")
    assert (folded(side), len(side.css("svg")), side.attributes.get("target")) == ("Nova Guia", 1, None)

    first = await ana.get(tabs(await ana.get("/tickets"))["Tickets Fechados 1"])
    second = await ana.get(first.links()["Nova Guia"])
    assert list(tabs(second))[:2] == ["Guia 1: Tickets Fechados", "Guia 2: Todos os Tickets"]
    assert titles(second) == ["Encerrado", "Aberto"]
    pending = await ana.get(tabs(second)["Tickets Pendentes 1"])
    assert list(tabs(pending))[:2] == ["Guia 1: Tickets Fechados", "Guia 2: Tickets Pendentes"]
    again = await ana.get(tabs(pending)["Guia 1: Tickets Fechados"])
    assert (titles(again), again.texts(".guides [aria-selected=true]")) == (["Encerrado"], ["Guia 1: Tickets Fechados"])
    closed = await ana.get(again.links()["Fechar esta guia"])
    assert (titles(closed), closed.texts(".guides")) == (["Aberto"], [])


async def test_a04_a_tab_keeps_what_was_searched_in_it_and_nobody_elses(under: Under):
    people = await under("aprovacao")
    for title in ("Boletos", "Livros"):
        await cast.ticket(people.ana, title)
    ana = await browser_of(people.ana)
    searched = await filtered(ana, await ana.get("/tickets"), "livros")
    other = await ana.get(searched.links()["Nova Guia"])
    assert titles(other) == ["Livros", "Boletos"]
    assert titles(await ana.get(tabs(other)["Guia 1: Todos os Tickets"])) == ["Livros"]
    await ana.signs_in(people.rui.id, at=NOW)
    assert (await ana.get("/tickets")).texts(".guides") == []


@pytest.mark.parametrize("cookie", ["", "x", "1:", "{me}:", "{me}:9|a|b", "{me}:1|<b>|;", "{me}:1" + "|q=1" * 99])
async def test_a04_whatever_the_browser_kept_of_its_tabs_the_list_opens(under: Under, cookie):
    people = await under("aprovacao")
    await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    ana.client.cookies.set("guiche-tabs", cookie.format(me=people.ana.id), domain="127.0.0.1")
    for path in ("/tickets", "/tickets?tab=7", "/tickets?tab=closed", "/tickets?tab=new"):
        assert (await ana.get(path)).status == 200


async def test_a05_four_lists_divide_the_tickets(under: Under):
    people = await under("aprovacao")
    for minute, state in enumerate(("new", "open", "waiting_team", "resolved", "closed")):
        at = NOW + timedelta(minutes=minute)
        number = await cast.ticket(people.ana, title=state, at=at)
        await cast.brought_to(number, state, by=people.bia, asker=people.ana, at=at)
    ana = await browser_of(people.ana, at=NOW + timedelta(hours=1))
    page = await ana.get("/tickets")
    assert page.options("status") == []
    assert {name: titles(await ana.get(address)) for name, address in tabs(page).items()} == {
        "Tickets Pendentes 3": ["waiting_team", "open", "new"],
        "Tickets Resolvidos aguardando a Minha Aprovação 1": ["resolved"],
        "Tickets Fechados 1": ["closed"],
        "Todos os Tickets 5": ["closed", "resolved", "waiting_team", "open", "new"],
    }
    assert tab_shown(page) == "Todos os Tickets 5"
    closed = await ana.get(tabs(page)["Tickets Fechados 1"])
    assert tab_shown(closed) == "Tickets Fechados 1"


async def test_a05_a_search_stays_in_its_list(under: Under):
    people = await under("aprovacao")
    for title, state in (("Boletos abertos", "open"), ("Boletos fechados", "closed")):
        await cast.brought_to(await cast.ticket(people.ana, title), state, by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(tabs(await ana.get("/tickets"))["Tickets Fechados 1"])
    assert titles(await filtered(ana, page, "boletos")) == ["Boletos fechados"]


async def test_a06_tickets_pendentes_are_only_what_waits_for_support(under: Under):
    people = await under("aprovacao")
    waits_for_support = ("new", "unassigned", "open", "waiting_team", "waiting_until")
    for state in (*waits_for_support, "waiting_requester", "resolved", "closed"):
        await cast.brought_to(await cast.ticket(people.ana, title=state), state, by=people.lia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(tabs(await ana.get("/tickets"))["Tickets Pendentes 5"])
    assert chips(page) == dict.fromkeys(chips(page), "Pendente")
    assert set(chips(page)) == set(waits_for_support)
    home = await ana.get("/")
    tiles = dict(zip(home.texts(".tile__label"), home.texts(".tile__number"), strict=True))
    assert (tiles["espera a sua resposta"], tiles["com a equipe"]) == ("1", "5")


async def test_a14_aguardando_a_minha_aprovacao_lists_only_what_i_asked_for(under: Under):
    people = await under("aprovacao")
    for person, title in ((people.ana, "De Ana"), (people.rui, "De Rui")):
        await cast.brought_to(await cast.ticket(person, title), "resolved", by=people.bia, asker=person)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert chosen(page, "scope") == "Solicitações da organização"
    assert chips(page) == {
        "De Rui": "Resolvido, aguardando aprovação",
        "De Ana": "Resolvido, aguardando a minha aprovação",
    }
    mine = await ana.get(tabs(page)["Tickets Resolvidos aguardando a Minha Aprovação 1"])
    assert titles(mine) == ["De Ana"]
    assert titles(await filtered(ana, mine, "de")) == ["De Ana"]


async def test_a14_nobody_but_its_requester_is_asked_to_rate_it(under: Under):
    people = await under("aprovacao")
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.rui)
    rui, ana = await browser_of(people.rui), await browser_of(people.ana)
    closed = await rui.send(await rui.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    assert f"/tickets/{number}/rating" in forms(closed)
    assert f"/tickets/{number}/rating" not in forms(await ana.get(f"/tickets/{number}"))


async def test_a07_information_and_documents_are_added_to_an_open_ticket_by_enviar_mensagem(under: Under):
    people = await under("aprovacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.form(f"/tickets/{number}/replies").css_first(".form__actions").text() == "Enviar Mensagem"
    after = await ana.send(page, f"/tickets/{number}/replies", body="Segue a foto.", files=[("caixa.png", b"\x89PNG")])
    assert said(after)[-1] == "Segue a foto."
    assert after.texts(".file") == ["caixa.png 4 bytes"]


async def test_a07_a_resolved_ticket_takes_no_message_but_sim_or_nao(under: Under):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert f"/tickets/{number}/replies" not in forms(page)
    assert "Este ticket está resolvido. Diga se a solução serviu: SIM encerra, NÃO reabre." in page.words


async def test_a08_the_resolved_ticket_shows_the_answer_and_its_files(under: Under):
    people = await under("aprovacao")
    number = await cast.ticket(people.ana)
    file = await save_file(
        name="boletos.pdf", media_type="application/pdf", size=4, sha256="a" * 64, person=people.bia.id, at=NOW
    )
    message = NewMessage("Boletos emitidos de novo.", [file])
    await resolution.solve(await cast.seen(number, people.bia), message=message, by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert status_of(page) == "Resolvido, aguardando a minha aprovação"
    assert page.texts("[data-mark=solution] .message__body") == ["Boletos emitidos de novo."]
    assert page.texts("[data-mark=solution] .file") == ["boletos.pdf 4 bytes"]
    answer = page.html.css_first(f"section[aria-labelledby=answer-{number}]")
    address = answer.css_first("a").attributes["href"]
    assert page.element(address.removeprefix("#")).attributes["data-mark"] == "solution"


@pytest.mark.parametrize("htmx", [False, True])
async def test_a09_nao_asks_why_and_opens_the_ticket_again(under: Under, htmx):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    assert page.texts(f"section[aria-labelledby=answer-{number}] :is(form > .button, summary)") == [
        "SIM, pode encerrar",
        "NÃO, quero explicar",
    ]
    blank = await ana.send(page, f"/tickets/{number}/objection", body=" ")
    assert (blank.status, blank.text(".summary li")) == (422, "O que ainda não está resolvido? : Escreva o texto.")
    assert "open" in around(blank.form(f"/tickets/{number}/objection"), "details").attributes

    after = await ana.send(
        blank, f"/tickets/{number}/objection", body="Dois boletos ainda estão errados.", files=[("dois.pdf", b"%PDF")]
    )
    assert (status_of(after), said(after)[-1]) == ("Pendente", "Dois boletos ainda estão errados.")
    assert after.texts(".file") == ["dois.pdf 4 bytes"]
    assert await events(number) == ["submission", "take", "solution", "objection"]


@pytest.mark.parametrize("htmx", [False, True])
async def test_a09_sim_closes_the_ticket(under: Under, htmx):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana, htmx=htmx)
    after = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    assert status_of(after) == "Fechado"
    assert happened(after)[-1] == "Você confirmou a solução"
    assert f"/tickets/{number}/objection" not in forms(after)


async def test_a10_after_sim_two_questions_and_a_comment_are_asked(under: Under):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert f"/tickets/{number}/rating" not in forms(page)
    closed = await ana.send(page, f"/tickets/{number}/confirmation")
    survey = closed.form(f"/tickets/{number}/rating")
    assert [legend.text() for legend in survey.css("legend")] == [
        "Satisfação com o atendimento",
        "Qualidade da solução",
    ]
    assert survey.css_first(f"label[for=comment-{number}]").text() == "Comentário (opcional)"
    assert survey.css_first(".form__actions").text() == "Enviar avaliação"

    after = await ana.send(closed, f"/tickets/{number}/rating", service="5", quality="4", comment="Rápido e gentil.")
    assert after.texts(".rated dd") == ["Ótimo", "Boa", "Rápido e gentil."]
    rows = await fetch("SELECT service, quality, comment FROM rating WHERE ticket = {}", number)
    assert rows == [{"service": 5, "quality": 4, "comment": "Rápido e gentil."}]


async def test_a11_the_answers_may_still_be_changed_for_seven_days(under: Under):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana)
    closed = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    rated = await ana.send(closed, f"/tickets/{number}/rating", service="5", quality="4", comment="Bom.")
    assert rated.text("section[aria-labelledby^=rating] > p") == "Ainda pode ser editada até seg., 30/11, 9h."
    form = rated.values(f"/tickets/{number}/rating")
    assert (form["service"], form["quality"], form["comment"]) == ("5", "4", "Bom.")

    set_now(NOW + timedelta(days=6))
    edited = await ana.send(rated, f"/tickets/{number}/rating", service="3")
    assert edited.texts(".rated dd") == ["Regular", "Boa", "Bom."]
    assert happened(edited)[-2:] == ["Você avaliou o atendimento", "Você mudou a avaliação"]

    set_now(NOW + timedelta(days=7, hours=1))
    late = await ana.send(edited, f"/tickets/{number}/rating", service="1", comment="Pensando bem.")
    assert (late.status, late.text(f"#unsent-{number}")) == (409, "Pensando bem.")
    page = await ana.get(f"/tickets/{number}")
    assert page.texts(".rated dd") == ["Regular", "Boa", "Bom."]
    assert f"/tickets/{number}/rating" not in forms(page)


async def test_d03_the_last_word_is_fechado(under: Under):
    people = await under("aprovacao")
    number = await resolved(people)
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    page = await ana.get(tabs(await ana.get("/tickets"))["Tickets Fechados 1"])
    assert chips(page) == {"Boletos com o valor errado": "Fechado"}
