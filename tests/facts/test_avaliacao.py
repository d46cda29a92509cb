"""What the portal "avaliacao" promises its users (facts V)."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO

import pytest

from tests import cast
from tests.browser import Browser, browser_of
from tests.cast import NOW
from tests.facts.conftest import Under
from tests.pages.reading import (
    chips,
    chosen,
    count,
    facts,
    filtered,
    member,
    option,
    refusals,
    said,
    titles,
    top_level,
)
from web.clock import set_now
from web.database import fetch
from web.tickets import actions, drafting
from web.tickets.drafting import Request
from web.tickets.lifecycle import Priority

pytestmark = pytest.mark.anyio

LARGEST = 100 * 2**20


@pytest.fixture
def recording() -> Iterator[IO[bytes]]:
    """A file of exactly 100 MB, which takes no room on the disk and is read piece by piece."""
    with tempfile.TemporaryFile() as file:
        file.truncate(LARGEST)
        yield file


async def test_v01_every_page_begins_with_a_link_to_its_main_part(under: Under):
    people = await under("avaliacao")
    number = await cast.ticket(people.ana)
    about, _ = await cast.subject()
    draft = await drafting.draft(Request("Rascunho", "", about), by=people.ana, at=NOW)
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
        first = page.soup.body.select_one("a, button, input, select, textarea")
        assert (first.get_text(), first["href"]) == ("Pular para o conteúdo principal", "#conteudo"), page.path
        assert page.soup.find(id="conteudo").name == "main", page.path


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
    assert home.links()["Criar Novo"] == "/tickets/new"


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
        made = await drafting.open_ticket(
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
        "Com a equipe",
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
    action = f"/organization/members/{await member('Rui Alves', people.ana)}"
    await ana.send(colleagues, action, sees="organization")
    assert titles(await rui.get("/tickets")) == ["De Rui", "De Ana"]
    assert (await rui.get(f"/tickets/{of_ana}")).text("h1") == "De Ana"


async def test_v06_criar_novo_stands_beside_the_heading_of_the_list(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    head = page.soup.select_one(".head")
    assert [each.name for each in head.find_all(recursive=False)] == ["h1", "a"]
    assert (head.a.get_text().strip(), head.a["href"]) == ("Criar Novo", "/tickets/new")
    assert (await ana.get(head.a["href"])).text("h1") == "Criar Novo"


async def test_v07_choosing_a_category_offers_its_topics_alone(under: Under):
    people = await under("avaliacao")
    ana, at_once = await browser_of(people.ana), await browser_of(people.ana, htmx=True)
    page = await ana.get("/tickets/new")
    select = page.soup.select_one("#category")
    assert (select["hx-get"], select["hx-target"]) == ("/tickets/new/topics", "#topics")
    block = await at_once.get(f"{select['hx-get']}?category={option(page, 'category', 'Cobrança')}")
    assert top_level(block) == ["topics"]
    assert block.options("topic") == ["Escolha…", "Boletos", "Nota fiscal", "Contrato"]
    other = await at_once.get(f"{select['hx-get']}?category={option(page, 'category', 'Sistema de avaliações')}")
    assert other.options("topic") == ["Escolha…", "Cadastro de turmas", "Resultados"]


async def test_v07_without_a_script_all_topics_are_there_by_category(under: Under):
    people = await under("avaliacao")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    groups = {
        group["label"]: [each.get_text() for each in group.select("option")]
        for group in page.soup.select("#topic optgroup")
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
    await actions.reply(await cast.seen(number, people.bia), "Já estou vendo.", by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert said(page) == ["Os boletos vieram com o valor de outubro.", "Já estou vendo."]
    assert page.text(".head__sub .chip") == "Em atendimento"
