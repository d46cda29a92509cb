"""What the portal "expresso" promises its users (facts E)."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import (
    GOOD_PASSWORD,
    chips,
    chosen,
    events,
    facts,
    filtered,
    forms,
    give_password,
    happened,
    option,
    said,
    statements,
    titles,
    top_level,
)
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.tickets.actions import participants
from web.tickets.life.states import Channel
from web.tickets.record.messages import NewMessage
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request
from web.tickets.requests.first_contact import record_contact

pytestmark = pytest.mark.anyio


async def one_in_each_state(people: Cast) -> None:
    """Ana's tickets, one in each state and titled with it, the newest last."""
    for minute, state in enumerate(("new", "open", "unassigned", "waiting_requester", "waiting_team", "resolved")):
        at = NOW + timedelta(minutes=minute)
        number = await cast.ticket(people.ana, title=state, at=at)
        await cast.brought_to(number, state, by=people.lia, asker=people.ana, at=at)
    number = await cast.ticket(people.ana, title="closed", at=NOW + timedelta(hours=1))
    await cast.brought_to(number, "closed", by=people.lia, asker=people.ana, at=NOW + timedelta(hours=1))


async def test_e01_open_and_closed_tickets_of_all_subjects_are_followed_in_one_list(under: Under):
    people = await under("expresso")
    asked = await cast.ticket(people.ana, "Boletos com o valor errado", at=NOW)
    solved = await cast.ticket(people.ana, "Capa trocada", category="Material didático", topic="Troca", at=NOW)
    closed = await cast.ticket(
        people.ana, "Turma 8B", category="Sistema de avaliações", topic="Resultados", at=NOW - timedelta(hours=1)
    )
    await cast.brought_to(asked, "open", by=people.bia, asker=people.ana)
    await cast.brought_to(solved, "resolved", by=people.bia, asker=people.ana, at=NOW - timedelta(minutes=30))
    await cast.brought_to(closed, "closed", by=people.davi, asker=people.ana, at=NOW - timedelta(hours=1))
    ana = await browser_of(people.ana)

    page = await ana.get("/tickets")
    assert chips(page) == {
        "Boletos com o valor errado": "Aberto",
        "Capa trocada": "Resolvido",
        "Turma 8B": "Resolvido",
    }

    ticket = await ana.get(page.links()["Ver Detalhe: Boletos com o valor errado"])
    assert ticket.text("h1") == "Boletos com o valor errado"
    assert ticket.text(".next") == "Com Bia, da equipe Financeiro."
    assert happened(ticket) == ["Bia assumiu o ticket"]
    after = await ana.send(ticket, f"/tickets/{asked}/replies", body="São 28 famílias.")
    assert said(after) == ["Os boletos vieram com o valor de outubro.", "São 28 famílias."]


async def test_e03_after_login_the_menu_and_the_button_meus_tickets_open_the_list_in_a_new_tab(under: Under):
    people = await under("expresso")
    await give_password(people.ana)
    set_now(NOW)
    ana = Browser()
    entrance = await ana.get("/sign-in")
    home = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert home.text("h1") == "Olá, Ana"

    ways = [(way.attributes["target"], " ".join(way.text().split())) for way in home.html.css('a[href="/tickets"]')]
    assert ways == [("_blank", "Meus Tickets (abre em nova aba)")] * 2
    opened = await ana.get("/tickets")
    assert (opened.text("h1"), opened.title) == ("Meus Tickets", "Meus Tickets · Guichê")
    assert "target" not in opened.html.css_first('.nav a[href="/tickets"]').attributes


async def test_e04_minhas_solicitacoes_are_those_the_user_registered(under: Under):
    people = await under("expresso")
    await cast.ticket(people.ana, "De Ana", copies=("rui@aurora.example",))
    await cast.ticket(people.rui, "De Rui", copies=("ana@aurora.example",))
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)

    page = await ana.get("/tickets")
    assert page.text("label[for=scope]") == "Tipo de Solicitação"
    assert page.options("scope") == [
        "Solicitações da organização",
        "Minhas solicitações",
        "Solicitações nas quais estou em cópia",
    ]
    assert titles(await filtered(ana, page, scope="Minhas solicitações")) == ["De Ana"]
    assert titles(await filtered(rui, await rui.get("/tickets"), scope="Minhas solicitações")) == ["De Rui"]


async def test_e04_the_filter_bar_is_called_filtro_das_solicitacoes(under: Under):
    people = await under("expresso")
    ana = await browser_of(people.ana)
    bar = (await ana.get("/tickets")).form("/tickets")
    assert bar.css_first("h2").text() == "Filtro das solicitações"
    assert bar.attributes["aria-labelledby"] == bar.css_first("h2").attributes["id"]


async def test_e08_aberto_stands_once_among_the_statuses_wherever_one_comes_from(under: Under):
    people = await under("expresso")
    await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    from_overview = await ana.get((await ana.get("/")).links()["Acompanhar : com a equipe"])
    for page in (await ana.get("/tickets"), from_overview):
        assert page.options("status") == [
            "Qualquer um",
            "Rascunho",
            "Aguardando aprovação",
            "Aberto",
            "Aguardando resposta",
            "Resolvido",
        ]
    assert chosen(from_overview, "status") == "Aberto"


async def test_e05_in_copy_means_copied_or_registered_by_colleagues_one_may_see(under: Under):
    people = await under("expresso")
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW - timedelta(minutes=1))
    await cast.ticket(people.caio, "De Caio com cópia", copies=("ana@aurora.example",), at=NOW - timedelta(minutes=2))
    await cast.ticket(people.caio, "De Caio")
    await cast.ticket(people.ana, "De Ana com cópia", copies=("rui@aurora.example",))
    label = "Solicitações nas quais estou em cópia"
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)

    assert titles(await filtered(ana, await ana.get("/tickets"), scope=label)) == ["De Rui", "De Caio com cópia"]
    assert titles(await filtered(rui, await rui.get("/tickets"), scope=label)) == ["De Ana com cópia"]


async def test_e06_solicitacoes_da_organizacao_are_all_of_the_schools_cnpj(under: Under):
    people = await under("expresso")
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW - timedelta(minutes=1))
    await cast.ticket(people.caio, "De Caio com cópia", copies=("ana@aurora.example",))
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)

    page = await filtered(ana, await ana.get("/tickets"), scope="Solicitações da organização")
    assert titles(page) == ["De Ana", "De Rui"]
    assert (await rui.get("/tickets")).options("scope") == [
        "Minhas solicitações",
        "Solicitações nas quais estou em cópia",
    ]


async def test_e07_qualquer_um_shows_every_status(under: Under):
    people = await under("expresso")
    await one_in_each_state(people)
    ana = await browser_of(people.ana, at=NOW + timedelta(hours=2))

    narrowed = await filtered(ana, await ana.get("/tickets"), status="Resolvido")
    assert len(titles(narrowed)) == 2
    page = await filtered(ana, narrowed, status="Qualquer um")
    assert chips(page) == {
        "closed": "Resolvido",
        "resolved": "Resolvido",
        "waiting_team": "Aberto",
        "waiting_requester": "Aguardando resposta",
        "unassigned": "Aberto",
        "open": "Aberto",
        "new": "Aberto",
    }


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        pytest.param("Aberto", ["waiting_team", "unassigned", "open", "new"], id="e08"),
        pytest.param("Aguardando resposta", ["waiting_requester"], id="e09"),
        pytest.param("Resolvido", ["closed", "resolved"], id="e10"),
    ],
)
async def test_e08_e09_e10_each_status_shows_what_its_words_say(under: Under, label, shown):
    people = await under("expresso")
    await one_in_each_state(people)
    ana = await browser_of(people.ana, at=NOW + timedelta(hours=2))
    page = await filtered(ana, await ana.get("/tickets"), status=label)
    assert chips(page) == dict.fromkeys(shown, label)
    assert titles(page) == shown


async def test_e08_an_open_ticket_says_the_company_has_it(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (page.text(".head__sub .chip"), page.text(".next")) == ("Aberto", "Na fila Financeiro.")


async def test_e09_a_ticket_that_waits_for_the_requester_says_so_and_the_answer_starts_the_work(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.text(".head__sub .chip") == "Aguardando resposta"
    assert page.text(".next") == "Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido."

    after = await ana.send(page, f"/tickets/{number}/replies", body="É o 11.222.333/0001-81.")
    assert after.text(".head__sub .chip") == "Aberto"


async def test_e10_a_solved_ticket_says_resolvido_and_shows_the_solution(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (page.text(".head__sub .chip"), page.text(".next")) == ("Resolvido", "Resolvido em 23/11.")
    assert page.texts(".message[data-mark=solution] .message__body") == ["Boletos emitidos de novo."]


async def test_e11_search_finds_by_the_words_of_the_subject(under: Under):
    people = await under("expresso")
    await cast.ticket(people.ana, "Emissão de boletos em dobro", "Vieram duas vezes.")
    await cast.ticket(people.ana, "Capa trocada", "Vieram livros errados.")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert page.text("label[for=q]") == "Busca pelo Assunto ou Número do Ticket"
    assert titles(await filtered(ana, page, "EMISSAO boleto")) == ["Emissão de boletos em dobro"]
    assert titles(await filtered(ana, page, "boletos capa")) == []


@pytest.mark.parametrize("written", ["{}", "#{}", " {} "])
async def test_e11_search_by_number_goes_straight_to_the_ticket(under: Under, written):
    people = await under("expresso")
    await cast.ticket(people.ana, "Outro")
    number = await cast.ticket(people.ana, "Capa trocada")
    ana = await browser_of(people.ana)
    found = await filtered(ana, await ana.get("/tickets"), written.format(number))
    assert (found.path, found.text("h1")) == (f"/tickets/{number}", "Capa trocada")


async def test_e12_one_click_on_meus_tickets_shows_everything(under: Under):
    people = await under("expresso")
    await one_in_each_state(people)
    await cast.ticket(people.rui, "De Rui", at=NOW - timedelta(hours=1))
    ana = await browser_of(people.ana, at=NOW + timedelta(hours=2))

    narrowed = await filtered(
        ana, await ana.get("/tickets"), "capa", scope="Minhas solicitações", status="Resolvido", priority="Alta"
    )
    assert titles(narrowed) == []
    page = await ana.get(narrowed.links()["Meus Tickets"])
    assert (chosen(page, "scope"), chosen(page, "status")) == ("Solicitações da organização", "Qualquer um")
    assert titles(page) == [
        "closed",
        "resolved",
        "waiting_team",
        "waiting_requester",
        "unassigned",
        "open",
        "new",
        "De Rui",
    ]


async def test_e13_a_row_shows_subject_status_and_last_activity(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana, at=NOW - timedelta(hours=2))
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert page.text(".row") == (
        f"Boletos com o valor errado Na fila Financeiro. Aberto #{number} mudou há 2 h Ver Detalhe"
    )
    assert page.html.css_first(".row time").attributes["title"] == "23/11/2026, 7h00min00s"


async def test_e14_ver_detalhe_opens_the_ticket_as_a_page(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    button = (await ana.get("/tickets")).html.css_first(".row__open")
    assert (button.text(), button.attributes["aria-label"]) == (
        "Ver Detalhe",
        "Ver Detalhe: Boletos com o valor errado",
    )
    page = await ana.get(button.attributes["href"])
    assert (page.path, page.text("h1")) == (f"/tickets/{number}", "Boletos com o valor errado")


async def test_e14_ver_detalhe_opens_the_ticket_in_its_row_with_htmx(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana, at_once = await browser_of(people.ana), await browser_of(people.ana, htmx=True)
    row = (await ana.get("/tickets")).html.css_first(".row")
    button = row.css_first(".row__open")
    assert button.attributes["data-hx-target"] == "next .row__detail"
    assert row.css_first(".row__detail").text() == ""
    block = await at_once.get(button.attributes["data-hx-get"])
    assert top_level(block) == [f"ticket-{number}"]
    assert said(block) == ["Os boletos vieram com o valor de outubro."]


async def test_e15_adicionar_a_conversa_takes_a_message_and_attachments(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    below = page.html.css(".talk > *")[-1]
    assert (below.tag, "open" in below.attributes) == ("details", False)
    assert below.css_first("summary[role=button]").text() == "Adicionar à conversa"
    assert below.css_first("form").attributes["action"] == f"/tickets/{number}/replies"
    assert page.text(f"label[for=body-{number}]") == "Mensagem"

    after = await ana.send(
        page,
        f"/tickets/{number}/replies",
        body="Segue a lista.",
        files=[("lista.csv", b"nome;turma\n"), ("boleto.pdf", b"%PDF-1.7")],
    )
    assert said(after) == ["Os boletos vieram com o valor de outubro.", "Segue a lista."]
    assert after.texts(".file") == ["lista.csv 11 bytes", "boleto.pdf 8 bytes"]
    download = await ana.get(after.html.css_first(".file").attributes["href"])
    assert download.response.content == b"nome;turma\n"


async def test_e15_a_refused_message_comes_back_in_the_open_box(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/replies", body="Segue.", copies="ninguém")
    assert refused.status == 422
    box = refused.html.css(".talk > *")[-1]
    assert ("open" in box.attributes, box.css_first("textarea").text()) == (True, "Segue.")


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("resolved", "Este ticket está resolvido e não recebe mais mensagens."),
        ("closed", "Este ticket está encerrado e não reabre."),
    ],
)
async def test_e16_a_resolved_ticket_takes_no_reply_and_says_so(under: Under, state, why):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    while_open = await ana.get(f"/tickets/{number}")
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    before = await events(number)

    page = await ana.get(f"/tickets/{number}")
    assert f"/tickets/{number}/replies" not in forms(page)
    assert f"/tickets/{number}/follow-ups" in forms(page)
    assert page.text(".notice") == (
        f"{why} Se ainda precisar de ajuda, abra um novo, ligado a este. Novo ticket ligado a este"
    )

    refused = await ana.send(while_open, f"/tickets/{number}/replies", body="Ainda não chegou.")
    told = "O ticket mudou enquanto isso. O que você escreveu está aqui:"
    assert (refused.status, refused.text(f"label[for=unsent-{number}]")) == (409, told)
    assert refused.text(f"#unsent-{number}") == "Ainda não chegou."
    assert any(why in each for each in refused.texts(".notice"))
    assert await events(number) == before


async def test_e17_detalhes_do_ticket_expands_the_registration(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    details = page.html.css_first("details.facts")
    assert (details.css_first("summary").text(), "open" in details.attributes) == ("Detalhes do ticket", False)
    assert facts(page) == {
        "Número": f"#{number}",
        "Com quem está": "Fila Financeiro",
        "Categoria": "Cobrança / Boletos",
        "Prioridade": "Normal",
        "Aberto por": "Ana Prado, Colégio Aurora",
        "Em cópia": "rui@aurora.example",
        "Aberto em": "seg., 23/11, 9h",
        "Canal": "Formulário",
    }


async def test_e17_the_details_name_the_channel_of_the_registration(under: Under):
    people = await under("expresso")
    about, finer = await cast.subject()
    made = await submission.open_ticket(
        Request("Ligou", "Pediu retorno.", about, finer, channel=Channel.PHONE), by=people.ana, at=NOW
    )
    ana = await browser_of(people.ana)
    assert facts(await ana.get(f"/tickets/{made.ticket}"))["Canal"] == "Telefone"


async def called(people: Cast) -> tuple[int, int]:
    """Ana's phone call as Bia recorded it, and the ticket for the remaining work."""
    about, finer = await cast.subject("Acesso ao portal", "Erro na tela")
    wanted = Request("Tela em branco", "Ana ligou.", about, finer, requester=people.ana.id, channel=Channel.PHONE)
    made = await record_contact(
        wanted, message=NewMessage("A correção segue com a equipe."), handling=True, by=people.bia, at=NOW
    )
    (link,) = await fetch("SELECT ticket, other, kind FROM link")
    assert (link["other"], link["kind"]) == (made.ticket, "handling")
    return made.ticket, link["ticket"]


async def test_e18_a_contact_is_born_resolvido_and_its_handling_aberto(under: Under):
    people = await under("expresso")
    contact, handling = await called(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{contact}")
    assert (page.text(".head__sub .chip"), facts(page)["Canal"]) == ("Resolvido", "Telefone")
    assert said(page) == ["Ana ligou.", "A correção segue com a equipe."]
    assert await events(contact) == ["submission", "take", "solution"]
    other = await ana.get(f"/tickets/{handling}")
    assert (other.text(".head__sub .chip"), said(other)) == ("Aberto", ["Ana ligou."])
    assert await events(handling) == ["submission"]


@pytest.mark.parametrize("channel", ["Telefone", "WhatsApp", "Chat", "Formulário"])
async def test_e18_an_agent_records_a_contact_that_is_born_resolvido(under: Under, channel):
    people = await under("expresso")
    bia, ana = await browser_of(people.bia), await browser_of(people.ana)
    page = await bia.get("/desk/contacts/new")
    await bia.send(
        page,
        "/desk/contacts",
        requester="ana@aurora.example",
        channel=option(page, "channel", channel),
        category=option(page, "category", "Acesso ao portal"),
        title="Tela em branco",
        description="A tela de notas fica em branco.",
        body="A correção segue com a equipe.",
        handling="1",
    )
    listed = await ana.get("/tickets")
    assert sorted(listed.texts(".row .chip")) == ["Aberto", "Resolvido"]
    (contact,) = await fetch("SELECT id FROM ticket WHERE status = 'resolved'")
    page = await ana.get(f"/tickets/{contact['id']}")
    assert (page.text(".head__sub .chip"), facts(page)["Canal"]) == ("Resolvido", channel)


async def test_e18_both_pages_say_why_there_are_two_and_lead_to_each_other(under: Under):
    people = await under("expresso")
    contact, handling = await called(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{contact}")
    assert page.texts(".notice")[0] == (
        f"Por que há dois tickets? Este é o registro do seu contato por telefone. O que ficou por fazer segue no "
        f"#{handling} . Os dois são um só protocolo: não é duplicidade."
    )
    other = await ana.get(page.links()[f"#{handling}"])
    assert other.texts(".notice")[0] == (
        f"Por que há dois tickets? Este é o atendimento do que ficou por fazer. O seu contato por telefone está "
        f"registrado no #{contact} . Os dois são um só protocolo: não é duplicidade."
    )
    assert other.links()[f"#{contact}"] == f"/tickets/{contact}"


async def test_e18_the_list_says_so_too_in_as_many_queries(under: Under):
    people = await under("expresso")
    ana = await browser_of(people.ana)
    with statements() as without:
        await ana.get("/tickets")
    contact, handling = await called(people)
    with statements() as made:
        page = await ana.get("/tickets")
    assert [row.css_first(".row__next + .row__next").text() for row in page.html.css(".row")] == [
        f"Atende o contato registrado no #{contact}. Um só protocolo, não é duplicidade.",
        f"Registro do seu contato; o atendimento segue no #{handling}. Um só protocolo, não é duplicidade.",
    ]
    assert len(made) == len(without) == 3


async def test_e18_who_sees_only_one_of_the_two_learns_nothing_of_the_other(under: Under):
    people = await under("expresso")
    contact, handling = await called(people)
    await participants.add(await cast.seen(handling, people.ana), ["caio@horizonte.example"], by=people.ana, at=NOW)
    caio = await browser_of(people.caio)
    page = await caio.get(f"/tickets/{handling}")
    assert (said(page), page.texts(".talk > .notice")) == (["Ana ligou."], [])
    listed = await caio.get("/tickets?scope=copied")
    assert (titles(listed), len(listed.texts(".row__next"))) == (["Tela em branco"], 1)
    assert str(contact) not in page.response.text + listed.response.text
