"""What the portal "avaliacao" promises its users (facts V)."""

import json
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, around, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import (
    buttons,
    chips,
    chosen,
    count,
    facts,
    filtered,
    forms,
    happened,
    member,
    option,
    refusals,
    said,
    tab_shown,
    tabs,
    ticket_row,
    titles,
    top_level,
)
from web.clock import set_now
from web.database import fetch
from web.demo import catalog
from web.demo.cast import Cast
from web.people import accounts, memberships
from web.people.permissions import Actor, Sees
from web.tickets.actions import assignment, replies, resolution, waits
from web.tickets.life.states import Priority
from web.tickets.record.attachments import save_file
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LARGEST = 100 * 2**20


@pytest.fixture
def recording() -> Iterator[IO[bytes]]:
    """A sparse file of exactly 100 MB, which is read piece by piece."""
    with tempfile.TemporaryFile() as file:
        file.truncate(LARGEST)
        yield file


async def test_v01_every_page_begins_with_a_link_to_its_main_part(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    about, _ = await cast.subject()
    draft = await drafts.draft(Request("Rascunho", "", about), by=people.ana, at=NOW)
    set_now(NOW)
    visitor, ana = Browser(), await browser_of(people.ana)
    pages = [await visitor.get(path) for path in ("/", "/sign-in", "/sign-up", "/password", "/sign-in/link", "/sent")]
    pages += [await visitor.get("/claim/nothing"), await visitor.get("/nowhere")]
    pages += [
        await ana.get(path)
        for path in (
            "/",
            "/tickets",
            "/tickets/new",
            f"/tickets/{number}",
            f"/tickets/{draft.ticket}",
            "/account",
            "/organization",
            "/nowhere",
        )
    ]
    for page in pages:
        first = page.html.body.css_first("a, button, input, select, textarea")
        assert (first.text(), first.attributes["href"]) == ("Pular para o conteúdo principal", "#conteudo"), page.path
        assert page.element("conteudo").tag == "main", page.path


async def test_v03_the_overview_counts_ones_own_tickets_by_turn_and_leads_to_a_new_one(under: Under):
    people = await under("avaliacao")
    states = ("new", "open", "waiting_team", "waiting_requester", "waiting_requester", "resolved", "resolved", "closed")
    for state in states:
        await cast.brought_to(await cast.ticket(people.ana), state, by=people.bia, asker=people.ana)
    await cast.ticket(people.rui)
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert home.texts(".tile__number") == ["2", "3", "2"]
    assert home.texts(".tile__label")[:2] == ["esperam a sua resposta", "com a equipe"]
    assert home.form("/tickets/new").css_first("button").text().strip() == "Criar Novo"


async def test_v03_the_overview_shows_the_latest_tickets_without_technical_detail(under: Under):
    people = await under("avaliacao")
    for day in range(6):
        await cast.ticket(people.ana, f"Pedido {day}", at=NOW - timedelta(days=6 - day))
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    assert titles(home) == ["Pedido 5", "Pedido 4", "Pedido 3", "Pedido 2", "Pedido 1"]
    assert home.texts(".row__next") == ["Na fila Financeiro."] * 5
    assert set(chips(home).values()) == {"Pendente"}


async def test_v04_the_grid_filters_by_status_priority_and_category(under: Under):
    people = await under("avaliacao")
    for title, category, topic, priority in (
        ("Boleto urgente", "Cobrança", "Boletos", Priority.URGENT),
        ("Boleto normal", "Cobrança", "Boletos", Priority.NORMAL),
        ("Livro urgente", "Material didático", "Troca", Priority.URGENT),
    ):
        about, finer = await cast.subject(category, topic)
        made = await submission.open_ticket(
            Request(title, "Texto", about, finer, priority=priority), by=people.ana, at=NOW
        )
    await cast.brought_to(made.ticket, "open", by=people.bia, asker=people.ana, at=NOW + timedelta(minutes=1))
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert page.options("status") == [
        "Qualquer um",
        "Rascunho",
        "Aguardando aprovação",
        "Pendente",
        "Em atendimento",
        "Aguardando sua resposta",
        "Aguardando avaliação",
        "Concluído",
    ]
    assert page.options("priority") == ["Qualquer uma", "Baixa", "Normal", "Alta", "Urgente"]

    assert titles(await filtered(ana, page, status="Em atendimento")) == ["Livro urgente"]
    assert titles(await filtered(ana, page, priority="Urgente")) == ["Livro urgente", "Boleto urgente"]
    assert titles(await filtered(ana, page, category="Cobrança")) == ["Boleto normal", "Boleto urgente"]
    narrow = await filtered(ana, page, status="Pendente", priority="Urgente", category="Cobrança")
    assert titles(narrow) == ["Boleto urgente"]
    assert [chosen(narrow, name) for name in ("status", "priority", "category")] == ["Pendente", "Urgente", "Cobrança"]


async def test_v04_each_row_leads_to_the_details(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get((await ana.get("/tickets")).links()["Ver Detalhe: Boletos com o valor errado"])
    assert (page.path, facts(page)["Número"]) == (f"/tickets/{number}", f"#{number}")


async def test_v05_with_the_permission_one_sees_all_tickets_and_without_it_ones_own(under: Under):
    people = await under("avaliacao")
    of_ana = await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW + timedelta(minutes=1))
    await cast.ticket(people.caio, "De Caio")
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert titles(await ana.get("/tickets")) == ["De Rui", "De Ana"]
    assert titles(await rui.get("/tickets")) == ["De Rui"]
    assert (await rui.get(f"/tickets/{of_ana}")).text("h1") == "Não encontramos esta página"

    colleagues = await ana.get("/organization")
    action = colleagues.links()["Rui Alves"].replace("#c", "/organization/members/")
    await ana.send(colleagues, action, sees=option(colleagues, "sees", "Os tickets da organização"))
    assert titles(await rui.get("/tickets")) == ["De Rui", "De Ana"]
    assert (await rui.get(f"/tickets/{of_ana}")).text("h1") == "De Ana"


async def test_v06_criar_novo_stands_beside_the_heading_of_the_list(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    head = page.html.css_first(".head")
    assert [head.css_first("h1").text(), head.css_matches("h1 ~ form, :has(h1) + form")] == ["Meus tickets", True]
    way = head.css_first("form")
    assert (way.attributes["action"], way.attributes.get("method", "get")) == ("/tickets/new", "get")
    assert [each.text().strip() for each in way.css("button")] == ["Criar Novo"]
    assert (await ana.get(way.attributes["action"])).text("h1") == "Criar Novo"


async def test_v21_duplicar_cancelar_avaliar_and_criar_novo_are_buttons(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    assert "Criar Novo" in buttons(await ana.get("/tickets"))
    shown = buttons(await ana.get(f"/tickets/{number}"))
    assert ("Duplicar" in shown, "Cancelar" in shown) == (True, True)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    assert "Avaliar" in buttons(await ana.get(f"/tickets/{number}"))


async def test_v21_mensagens_and_logs_are_tabs_that_lead_to_each_other(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (list(tabs(page)), tab_shown(page)) == (["Mensagens", "Logs"], "Mensagens")
    log = await ana.get(tabs(page)["Logs"])
    assert (list(tabs(log)), tab_shown(log)) == (["Mensagens", "Logs"], "Logs")
    assert (await ana.get(tabs(log)["Mensagens"])).path == page.path


async def test_v07_choosing_a_category_offers_its_topics_alone(under: Under):
    people = await under("avaliacao")
    ana, at_once = await browser_of(people.ana), await browser_of(people.ana, htmx=True)
    page = await ana.get("/tickets/new")
    select = page.html.css_first("#category").attributes
    assert (select["data-hx-get"], select["data-hx-target"]) == ("/tickets/new/topics", "#topics")
    block = await at_once.get(f"{select['data-hx-get']}?category={option(page, 'category', 'Cobrança')}")
    assert top_level(block) == ["topics"]
    assert block.options("topic") == ["Escolha…", "Boletos", "Nota fiscal", "Contrato"]
    other = await at_once.get(f"{select['data-hx-get']}?category={option(page, 'category', 'Sistema de avaliações')}")
    assert other.options("topic") == ["Escolha…", "Cadastro de turmas", "Resultados"]


async def test_v07_without_a_script_all_topics_are_there_by_category(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    groups = {
        group.attributes["label"]: [each.text() for each in group.css("option")]
        for group in page.html.css("#topic optgroup")
    }
    assert groups == {
        "Cobrança": ["Boletos", "Nota fiscal", "Contrato"],
        "Acesso ao portal": ["Senha", "Novo usuário", "Erro na tela"],
        "Material didático": ["Pedido", "Troca", "Entrega"],
        "Sistema de avaliações": ["Cadastro de turmas", "Resultados"],
    }


async def test_v07_a_topic_of_another_category_is_refused_with_the_right_ones_offered(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    refused = await ana.send(
        page,
        "/tickets",
        press="send",
        category=option(page, "category", "Cobrança"),
        topic=option(page, "topic", "Entrega"),
        title="Boletos com o valor errado",
        description="Vieram com o valor de outubro.",
    )
    assert refused.status == 422
    assert refusals(refused) == {"topic": "Este assunto não é da categoria escolhida. Escolha de novo."}
    assert refused.options("topic") == ["Escolha…", "Boletos", "Nota fiscal", "Contrato"]
    assert refused.values("/tickets")["title"] == "Boletos com o valor errado"
    assert await count("ticket") == 0


async def test_v08_an_attachment_of_exactly_100_mb_is_taken(under: Under, recording):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    after = await ana.send(page, f"/tickets/{number}/replies", body="O vídeo do erro.", files=[("erro.mp4", recording)])
    assert said(after)[-1] == "O vídeo do erro."
    assert after.texts(".file") == ["erro.mp4 100 MB"]
    assert [row["size"] for row in await fetch("SELECT size FROM attachment")] == [LARGEST]


async def test_v08_one_byte_more_is_refused_and_the_text_is_kept(under: Under, recording):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    recording.truncate(LARGEST + 1)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(
        page, f"/tickets/{number}/replies", body="O vídeo do erro.", files=[("erro.mp4", recording)]
    )
    assert refused.status == 413
    assert refusals(refused) == {"files": "“erro.mp4” passa de 100 MB e não foi anexado."}
    assert refused.values(f"/tickets/{number}/replies")["body"] == "O vídeo do erro."
    assert said(refused) == ["Os boletos vieram com o valor de outubro."]
    assert await count("attachment") == 0


async def test_v09_after_creation_one_is_on_the_new_tickets_page(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    made = await ana.send(
        page,
        "/tickets",
        press="send",
        category=option(page, "category", "Cobrança"),
        topic=option(page, "topic", "Nota fiscal"),
        title="Nota fiscal de setembro",
        description="Preciso dela para a prestação de contas.",
        files=[("pedido.pdf", b"%PDF-1.7")],
    )
    (row,) = await fetch("SELECT id FROM ticket")
    assert made.path == f"/tickets/{row['id']}?sent=1"
    assert made.text(".notice") == f"Solicitação enviada. O número dela é #{row['id']}."
    assert made.text("h1") == "Nota fiscal de setembro"
    assert facts(made)["Categoria"] == "Cobrança / Nota fiscal"
    assert said(made) == ["Preciso dela para a prestação de contas."]
    assert made.texts(".file") == ["pedido.pdf 8 bytes"]
    assert made.text(".head__sub .chip") == "Pendente"


async def test_v09_the_answers_of_the_team_appear_on_that_page(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await replies.reply(await cast.seen(number, people.bia), "Já estou vendo.", by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert said(page) == ["Os boletos vieram com o valor de outubro.", "Já estou vendo."]
    assert page.text(".head__sub .chip") == "Em atendimento"


async def test_v02_problems_services_and_questions_come_in_by_one_form_as_categories(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    assert page.options("category") == [
        "Escolha…",
        "Cobrança",
        "Acesso ao portal",
        "Material didático",
        "Sistema de avaliações",
    ]


async def test_v10_cancelar_asks_for_the_reason_and_ends_the_ticket(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert "Cancelar" in buttons(page)
    blank = await ana.send(page, f"/tickets/{number}/cancellation", reason="")
    assert (blank.status, refusals(blank)) == (422, {"reason": "Escreva o motivo."})

    after = await ana.send(blank, f"/tickets/{number}/cancellation", reason="Achamos os boletos.")
    assert after.text(".head__sub .chip") == "Cancelado"
    assert happened(after) == ["Você cancelou o ticket: Achamos os boletos."]
    assert (await ticket_row(number))["resolution"] == "cancelled"
    assert f"/tickets/{number}/rating" not in forms(after)


async def test_v10_once_the_team_has_answered_an_open_ticket_is_not_cancelled(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    before = await ana.get(f"/tickets/{number}")
    await replies.reply(await cast.seen(number, people.bia), "Já estou vendo.", by=people.bia, at=NOW)
    assert f"/tickets/{number}/cancellation" not in forms(await ana.get(f"/tickets/{number}"))
    refused = await ana.send(before, f"/tickets/{number}/cancellation", reason="Achamos.")
    assert (refused.status, refused.text(f"#unsent-{number}")) == (409, "Achamos.")


async def test_v11_messages_are_read_sent_and_answered_in_one_place(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await waits.ask(await cast.seen(number, people.bia), "Qual turma?", by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert tab_shown(page) == "Mensagens"
    assert page.text(f"[role=tabpanel] label[for=body-{number}]") == "Nova mensagem"
    after = await ana.send(page, f"/tickets/{number}/replies", body="A do 5º ano.")
    assert said(after) == ["Os boletos vieram com o valor de outubro.", "Qual turma?", "A do 5º ano."]


async def test_v12_logs_tell_the_customer_all_that_happened_in_the_portals_words(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await waits.ask(await cast.seen(number, people.bia), "Qual turma?", by=people.bia, at=NOW)
    await replies.note(await cast.seen(number, people.bia), "Ver com o N2.", by=people.bia, at=NOW)
    await replies.reply(await cast.seen(number, people.ana), "A do 5º ano.", by=people.ana, at=NOW)
    await assignment.release(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    await resolution.solve(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(tabs(await ana.get(f"/tickets/{number}"))["Logs"])
    assert page.path == f"/tickets/{number}/log"
    assert page.texts(".log li") == [
        "Bia marcou o ticket como resolvido Status: de Em atendimento para Aguardando avaliação seg., 23/11, 9h",
        "Bia assumiu o ticket Status: de Pendente para Em atendimento seg., 23/11, 9h",
        "Bia devolveu o ticket à fila Status: de Em atendimento para Pendente seg., 23/11, 9h",
        "Você respondeu Status: de Aguardando sua resposta para Em atendimento seg., 23/11, 9h",
        "Bia fez uma pergunta Status: de Em atendimento para Aguardando sua resposta seg., 23/11, 9h",
        "Bia assumiu o ticket Status: de Pendente para Em atendimento seg., 23/11, 9h",
        "Você abriu o ticket Status: de Rascunho para Pendente seg., 23/11, 9h",
    ]


async def test_v13_what_support_has_closed_waits_for_the_rating(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.text(".head__sub .chip") == "Aguardando avaliação"
    assert page.text(".next") == (
        "Sua vez: Avalie o atendimento para concluir. Sem avaliação, conclui sozinho em 02/12, às 18h."
    )
    row = (await ana.get("/tickets")).html.css_first(".row")
    assert ("data-turn" in row.attributes, row.css_first(".chip").text().strip()) == (True, "Aguardando avaliação")


async def test_v14_the_rating_is_required_to_conclude(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    asked = around(page.form(f"/tickets/{number}/rating"), "details")
    assert (asked.css_first("summary[role=button]").text(), "open" in asked.attributes) == ("Avaliar", False)
    assert f"/tickets/{number}/confirmation" not in forms(page)
    half = await ana.send(page, f"/tickets/{number}/rating", service="4", comment="Demorou um pouco.")
    assert (half.status, refusals(half)) == (422, {"quality": "Escolha uma das cinco opções."})
    assert "open" in around(half.form(f"/tickets/{number}/rating"), "details").attributes
    kept = half.values(f"/tickets/{number}/rating")
    assert (kept["service"], kept["comment"]) == ("4", "Demorou um pouco.")

    after = await ana.send(half, f"/tickets/{number}/rating", quality="5")
    assert after.text(".head__sub .chip") == "Concluído"
    assert after.texts(".rated dd") == ["Bom", "Ótima", "Demorou um pouco."]
    assert (await ticket_row(number))["status"] == "closed"


async def test_v14_the_log_keeps_what_a_rating_was_before(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    rated = await ana.send(page, f"/tickets/{number}/rating", service="4", quality="4", comment="")
    await ana.send(rated, f"/tickets/{number}/rating", quality="2", comment="Voltou a dar erro.")
    rows = await fetch("SELECT data FROM event WHERE ticket = {} AND kind = 'rating' ORDER BY id", number)
    first = {"service": 4, "quality": 4, "comment": ""}
    second = {"service": 4, "quality": 2, "comment": "Voltou a dar erro."}
    assert [json.loads(row["data"]) for row in rows] == [
        {"after": first, "from": "resolved", "to": "closed"},
        {"before": first, "after": second},
    ]


@pytest.mark.parametrize("htmx", [False, True])
async def test_v15_problema_nao_resolvido_in_the_rating_form_opens_it_again(under: Under, htmx):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    rating = page.html.css_first(f"section[aria-labelledby=rating-{number}]")
    assert [each.text() for each in rating.css("[role=button]")] == ["Avaliar", "Problema não resolvido"]
    after = await ana.send(
        page, f"/tickets/{number}/objection", body="Continua errado.", files=[("print.png", b"\x89PNG")]
    )
    assert (after.text(".head__sub .chip"), said(after)[-1]) == ("Em atendimento", "Continua errado.")
    assert after.texts(".file") == ["print.png 4 bytes"]

    later = NOW + timedelta(hours=1)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana, at=later)
    set_now(later)
    again = await ana.get(f"/tickets/{number}")
    closed = await ana.send(again, f"/tickets/{number}/rating", service="5", quality="5")
    assert closed.text(".head__sub .chip") == "Concluído"


async def test_v17_duplicar_makes_a_draft_with_the_same_properties(under: Under):
    people = await under("avaliacao")
    file = await save_file(
        name="lista.csv", media_type="text/csv", size=4, sha256="a" * 64, person=people.ana.id, at=NOW
    )
    about, finer = await cast.subject("Material didático", "Troca")
    made = await submission.open_ticket(
        Request(
            "Capa trocada",
            "Doze livros.",
            about,
            finer,
            priority=Priority.HIGH,
            copies=("rui@aurora.example",),
            files=[file],
        ),
        by=people.ana,
        at=NOW,
    )
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{made.ticket}")
    draft = await ana.send(page, f"/tickets/{made.ticket}/duplicates")
    assert draft.text("h1") == "Terminar o rascunho"
    assert f"Cópia de #{made.ticket} : Capa trocada" in draft.words
    action = draft.html.css_first("main form").attributes["action"]
    form = draft.values(action)
    assert (form["title"], form["description"], form["copies"]) == (
        "Capa trocada",
        "Doze livros.",
        "rui@aurora.example",
    )
    assert (chosen(draft, "category"), chosen(draft, "topic")) == ("Material didático", "Troca")
    assert draft.texts(".file") == ["lista.csv 4 bytes"]

    sent = await ana.send(draft, action, press="send")
    assert facts(sent)["Prioridade"] == "Alta"
    assert sent.texts(".file") == ["lista.csv 4 bytes"]
    assert f"Copiado em #{int(action.split('/')[2])} : Capa trocada" in (await ana.get(page.path)).words


async def test_v17_a_form_already_filled_in_makes_the_same_copy(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    ana = await browser_of(people.ana)
    before = await count("ticket")
    page = await ana.get(f"/tickets/new?from={number}")
    assert await count("ticket") == before
    assert (page.values("/tickets")["title"], page.values("/tickets")["copies"]) == (
        "Boletos com o valor errado",
        "rui@aurora.example",
    )
    sent = await ana.send(page, "/tickets", press="send", description="De novo em dezembro.")
    assert said(sent) == ["De novo em dezembro."]
    assert f"Cópia de #{number} : Boletos com o valor errado" in sent.words
    assert (await ana.get("/tickets/new?from=999999999")).text("h1") == "Não encontramos esta página"


async def to_approve(people: Cast) -> int:
    """A request of Rui's that his school has to approve first."""
    return await purchase(people.rui)


async def purchase(by: Actor) -> int:
    """A request that needs the school's approval before work begins."""
    await catalog.add_purchases()
    return await cast.ticket(by, category="Compras", topic="Licenças")


async def test_v18_before_work_starts_a_responsible_person_approves(under: Under):
    people = await under("avaliacao")
    number = await to_approve(people)
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    waiting = await rui.get(f"/tickets/{number}")
    assert waiting.text(".head__sub .chip") == "Aguardando aprovação"
    assert waiting.text(".next") == "Aguardando a aprovação de um responsável."
    assert f"/tickets/{number}/approval" not in forms(waiting)

    home = await ana.get("/")
    assert (home.text("[data-tone=turn] .tile__number"), home.text("[data-tone=turn] .tile__label")) == (
        "1",
        "pedido espera a sua aprovação",
    )
    approvals = await ana.get(home.html.css_first(".tile[data-tone=turn] a").attributes["href"])
    assert (chosen(approvals, "scope"), titles(approvals)) == (
        "Pedidos para eu aprovar",
        ["Boletos com o valor errado"],
    )
    assert approvals.text(".row__next") == "Sua vez: Aprove ou recuse este pedido."
    page = await ana.get(f"/tickets/{number}")
    after = await ana.send(page, f"/tickets/{number}/approval")
    assert after.text(".head__sub .chip") == "Pendente"
    told = await rui.get(f"/tickets/{number}")
    assert (told.text(".head__sub .chip"), happened(told)) == ("Pendente", ["Ana aprovou o pedido"])
    rows = await fetch("SELECT decided_by, is_approved, reason FROM approval WHERE ticket = {}", number)
    assert [(row["decided_by"], bool(row["is_approved"]), row["reason"]) for row in rows] == [
        (people.ana.id, True, None)
    ]


async def test_v18_a_refusal_says_why_and_ends_the_request(under: Under):
    people = await under("avaliacao")
    number = await to_approve(people)
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    page = await ana.get(f"/tickets/{number}")
    blank = await ana.send(page, f"/tickets/{number}/refusal", reason="")
    assert (blank.status, refusals(blank)) == (422, {"reason": "Escreva o motivo."})
    await ana.send(blank, f"/tickets/{number}/refusal", reason="Já pedimos em setembro.")
    told = await rui.get(f"/tickets/{number}")
    assert (told.text(".head__sub .chip"), happened(told)) == (
        "Concluído",
        ["Ana recusou o pedido: Já pedimos em setembro."],
    )
    assert f"/tickets/{number}/rating" not in forms(told)
    assert (await ticket_row(number))["resolution"] == "refused"


async def test_v18_nobody_approves_what_they_asked_for_themselves(under: Under):
    people = await under("avaliacao")
    rui = await member("Rui Alves", people.ana)
    await memberships.grant(rui, sees=Sees.OWN, approves=True, manages=False, by=people.ana, at=NOW)
    number = await purchase(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert f"/tickets/{number}/approval" not in forms(page)
    assert (await ana.get("/tickets?scope=approvals")).texts(".row__title") == []
    values = {"_token": page.values(f"/tickets/{number}/replies")["_token"]}
    refused = await ana.post(f"/tickets/{number}/approval", values)
    assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
    assert (await ticket_row(number))["status"] == "approval"


async def test_v18_an_approver_without_other_sight_decides_and_is_led_back_to_the_list(under: Under):
    people = await under("avaliacao")
    number = await to_approve(people)
    (aurora,) = people.ana.organizations
    eva = await accounts.create("Eva Dias", ["eva@aurora.example"], at=NOW)
    await memberships.add(eva, aurora, sees=Sees.OWN, approves=True, at=NOW)
    browser = await browser_of(eva)
    page = await browser.get(f"/tickets/{number}")
    after = await browser.send(page, f"/tickets/{number}/approval")
    assert (after.text("h1"), after.text("[role=status]")) == ("Meus tickets", "Pedido aprovado.")
    assert (await ticket_row(number))["status"] == "new"


async def test_v20_the_form_offers_help_beside_category_and_topic(under: Under):
    people = await under("avaliacao")
    ana, ivo = await browser_of(people.ana), await browser_of(people.admin)
    assert "Para saber mais" not in (await ana.get("/tickets/new")).words
    at = "/desk/settings/place"
    await ivo.send(
        await ivo.get(at),
        at,
        category_help="https://ajuda.example/categorias",
        topic_help="https://ajuda.example/assuntos",
    )
    page = await ana.get("/tickets/new")
    beside = {
        name: (
            around(page.element(name), "div").css_first("p").text(),
            around(page.element(name), "div").css_first("a"),
        )
        for name in ("category", "topic")
    }
    assert {name: (said, link.attributes["href"]) for name, (said, link) in beside.items()} == {
        "category": ("Para saber mais sobre categorias, clique aqui.", "https://ajuda.example/categorias"),
        "topic": ("Para saber mais sobre assuntos, clique aqui.", "https://ajuda.example/assuntos"),
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ajuda", "https://ipe@mal.example/"])
async def test_v20_help_leads_only_to_whole_addresses(under: Under, address):
    people = await under("avaliacao")
    ivo = await browser_of(people.admin)
    at = "/desk/settings/place"
    refused = await ivo.send(await ivo.get(at), at, category_help=address)
    assert (refused.status, list(refusals(refused))) == (422, ["category_help"])
    assert refused.values(at)["category_help"] == address
