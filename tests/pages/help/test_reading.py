"""The help centre as a visitor and a requester read it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import cast
from tests.articles.factories import article, draft, section
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import statements
from web.articles import files, publication, statistics, writing
from web.articles.writing import ArticlePlace, ArticleText
from web.clock import set_now
from web.database import execute
from web.schema import contents

pytestmark = pytest.mark.anyio


async def test_an_installation_without_articles_is_calm_and_leads_on(database):
    set_now(NOW)
    front = await Browser().get("/")
    assert front.words == (
        "Como podemos ajudar? Buscar na ajuda Buscar Aberto agora, até 18h Como falar com a gente "
        "Suas solicitações Abra solicitações, acompanhe as respostas e diga se o problema foi resolvido. "
        "Entrar Cadastre-se Acompanhar uma solicitação pelo número e pelo código do comprovante. "
        "Já abriu tickets por e-mail ou telefone? Crie uma senha e veja todos aqui."
    )
    assert "Ainda não há artigos" in (await Browser().get("/help")).words
    assert "Nenhum artigo tem “boleto”" in (await Browser().get("/help?q=boleto")).words


async def test_the_front_page_offers_topics_what_is_featured_and_what_is_read(database):
    people = await cast.enrol()
    bills, access = await section(people), await section(people, "Acesso e senhas", text="Entrar e trocar a senha.")
    for title in ("Boleto vencido", "Desconto", "Nota fiscal", "Segunda via"):
        await article(people, title, of=bills)
    await article(people, "A mensagem com a senha não chega", of=access, is_featured=True)
    await draft(people, "Rascunho")
    for reader in ("a", "b"):
        await Browser().get("/help/nota-fiscal", **{"User-Agent": reader})
    await statistics.write(NOW)
    set_now(NOW)
    page = await Browser().get("/")
    assert page.texts(".shelf h2") == ["Cobrança", "Acesso e senhas"]
    assert page.texts(".shelf li") == [
        *("Boleto vencido", "Desconto", "Nota fiscal"),
        "A mensagem com a senha não chega",
    ]
    assert page.texts(".shelf > a") == ["Ver 4 artigos de Cobrança"]
    assert page.texts(".chosen h2") == ["Em destaque", "Mais lidos"]
    assert page.texts(".chosen li") == ["A mensagem com a senha não chega", "Nota fiscal"]


async def test_an_article_is_read_with_its_place_its_aim_and_its_contents(database):
    people = await cast.enrol()
    top = await section(people, "Boletos e notas")
    below = await section(people, "Boletos", parent=top)
    text = "\n\n".join(f"## Parte {part}\n\n" + "Uma frase comprida. " * 50 for part in ("um", "dois", "três"))
    await article(people, "Segunda via", text, of=below, reviewed_on=date(2026, 11, 20))
    await article(people, "Desconto", of=below)
    page = await Browser().get("/help/segunda-via")
    assert page.text(".crumbs") == "Você está aqui: Ajuda Boletos e notas Boletos Segunda via"
    assert page.text(".lead") == "Objetivo: Emitir outra vez um boleto vencido."
    assert page.text(".article .quiet") == "Revisado em 20/11/2026"
    assert page.texts(".contents a") == ["Parte um", "Parte dois", "Parte três"]
    assert page.attributes(".contents a", "href") == ["#s-parte-um", "#s-parte-dois", "#s-parte-tres"]
    assert page.texts("aside li") == ["Desconto"]
    assert (await Browser().get(page.links()["Boletos"])).texts(".hit__title") == ["Desconto", "Segunda via"]
    assert (await Browser().get("/help/sections/boletos-e-notas")).texts(".shelf h2") == ["Boletos"]


async def test_an_old_address_leads_to_the_new_one_and_only_where_one_may_read(database):
    people = await cast.enrol()
    number, hidden = await article(people, "Boleto"), await article(people, "Segredo", audience="agents")
    home = await section(people)
    await writing.place_article(number, ArticlePlace(home, slug="fatura"), by=people.lia, at=NOW)
    await writing.place_article(hidden, ArticlePlace(home, slug="outro", audience="agents"), by=people.lia, at=NOW)
    moved = await Browser().get("/help/boleto")
    assert (moved.response.history[0].status_code, moved.path) == (301, "/help/fatura")
    assert (await Browser().get("/help/segredo")).status == 404
    assert (await (await browser_of(people.bia)).get("/help/segredo")).path == "/help/outro"


@pytest.mark.parametrize(
    ("key", "old"),
    [
        ("zendesk:360012", "/hc/pt-br/articles/360012-Segunda-via-do-boleto"),
        ("zendesk:360012", "/hc/articles/360012"),
        ("movidesk:7", "/kb/pt-br/article/7/segunda-via"),
        ("movidesk:7", "/kb/article/7/segunda-via?menuId=3"),
    ],
)
async def test_an_address_of_the_help_centre_it_was_brought_from_leads_to_the_article(key, old, database):
    people = await cast.enrol()
    number, hidden = await article(people, "Segunda via"), await article(people, "Segredo", audience="agents")
    # as the imports of these help centres note it
    brought = "INSERT INTO article_origin (key, article, digest, version) VALUES ({}, {}, '', 1)"
    await execute(brought, key, number)
    await execute(brought, f"{key}9", hidden)
    moved = await Browser().get(old)
    assert (moved.response.history[0].status_code, moved.path) == (301, "/help/segunda-via")
    of_agents = re.sub(r"(360012|7)", r"\g<1>9", old)
    assert (await Browser().get(of_agents)).status == 404
    assert (await (await browser_of(people.bia)).get(of_agents)).path == "/help/segredo"


async def test_a54_what_is_not_ones_to_read_is_answered_like_what_does_not_exist(database):
    people = await cast.enrol()
    await article(people, "Boleto")
    await draft(people, "Rascunho secreto")
    await article(people, "Manual interno", audience="agents")
    await article(people, "Para clientes", audience="signed_in")
    later = await draft(people, "Amanhã")
    await publication.publish(later, since=NOW + timedelta(days=1), by=people.lia, at=NOW)
    gone = await article(people, "Retirado")
    await publication.retire(gone, by=people.lia, at=NOW)
    set_now(NOW)
    nobody, bia = Browser(), await browser_of(people.bia)
    unknown = (await nobody.get("/help/nada")).words
    for slug in ("rascunho-secreto", "manual-interno", "para-clientes", "amanha", "retirado"):
        page = await nobody.get(f"/help/{slug}")
        assert (page.status, page.words) == (404, unknown)
    for path in ("/", "/help", "/help/sections/cobranca", "/help?q=secreto interno clientes retirado boleto"):
        shown = (await nobody.get(path)).words
        for title in ("Rascunho secreto", "Manual interno", "Para clientes", "Amanhã", "Retirado"):
            assert title not in shown
    assert (await bia.get("/help/manual-interno")).status == 200
    assert (await bia.get("/help/rascunho-secreto")).status == 404


async def test_a40_what_authors_type_is_text(database):
    people = await cast.enrol()
    evil = "<script>alert(1)</script>"
    await article(people, f"Boleto {evil}", f"Corpo {evil}", objective=f"Alvo {evil}", of=await section(people, evil))
    for path in ("/", "/help", "/help?q=boleto", f"/help?q={evil}", "/help/boleto-script-alert-1-script"):
        page = await Browser().get(path)
        assert page.status == 200
        assert evil not in page.response.text
    assert "Corpo <script>alert(1)</script>" in page.words


async def test_search_answers_while_one_types_and_by_a_plain_form(database):
    people = await cast.enrol()
    await article(people, "Segunda via de boleto")
    whole = await Browser().get("/help?q=boletos")
    assert (whole.title, whole.texts(".hit__title")) == ("“boletos” na ajuda · Guichê", ["Segunda via de boleto"])
    assert whole.texts(".hit mark") == ["boleto"]
    block = await Browser(htmx=True).get("/help?q=bol")
    assert (block.texts(".hit__title"), block.html.css("main")) == (["Segunda via de boleto"], [])
    meant = await Browser().get("/help?q=boletto")
    assert meant.text("[role=status]") == "Nenhum artigo tem “boletto”. Você quis dizer boleto ?"
    assert meant.links()["boleto"] == "/help?q=boleto"
    assert meant.texts(".hit__title") == ["Segunda via de boleto"]
    long = await Browser().get("/help?q=" + "a" * 10_000)
    assert long.text(".notice strong") == "A busca vai até 200 letras."


async def test_the_overview_of_a_requester_has_the_same_search(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/")
    found = page.one("form[role=search]").attributes
    assert (found["action"], found["data-hx-target"]) == ("/help", "#results")
    assert page.html.css("#results")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 23, 12, tzinfo=UTC), "Aberto agora, até 18h"),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "Fechado agora Abre hoje, 9h"),
        (datetime(2026, 11, 23, 22, tzinfo=UTC), "Fechado agora Abre amanhã, 9h"),
        (datetime(2026, 11, 28, 15, tzinfo=UTC), "Fechado agora Abre seg., 30/11, 9h"),
        (datetime(2026, 12, 25, 15, tzinfo=UTC), "Fechado agora Abre seg., 28/12, 9h (Natal)"),
        (datetime(2026, 12, 24, 22, tzinfo=UTC), "Fechado agora Abre seg., 28/12, 9h (Véspera de Natal)"),
    ],
)
async def test_the_hours_are_those_of_the_calendar_across_holidays(at, told, database):
    set_now(at)
    assert (await Browser().get("/")).text(".hours").removesuffix(" Como falar com a gente") == told
    page = await Browser().get("/help/channels")
    assert page.text(".hours") == told
    assert page.texts("tbody tr")[:2] == ["seg. a sex. 9h às 18h", "sáb. e dom. fechado"]


async def test_a_file_is_read_by_whoever_reads_an_article_that_names_it(database, storage):
    people = await cast.enrol()
    kept = await stored(b"\x89PNG\r\n\x1a\n picture")
    number = await files.save_file("tela.png", "image/png", 16, kept, by=people.bia, at=NOW)
    address = f"/help/files/{number}/tela.png"
    nobody, bia = Browser(), await browser_of(people.bia)
    assert [(await each.get(address)).status for each in (nobody, bia)] == [404, 200]
    made = await article(people, "Com figura", f"![Tela]({address})")
    seen = await nobody.get(address)
    assert (seen.status, seen.response.content) == (200, b"\x89PNG\r\n\x1a\n picture")
    assert seen.response.headers["cache-control"] == "public, max-age=31536000, immutable"
    await writing.write_version(made, ArticleText("Com figura", "", "Sem ela."), seen=1, by=people.bia, at=NOW)
    await publication.publish(made, by=people.lia, at=NOW)
    assert (await nobody.get(address)).status == 404
    assert await contents.known([kept, "0" * 64]) == {kept}


async def test_a_front_page_asks_the_database_as_often_for_many_articles_as_for_one(database):
    people = await cast.enrol()
    await article(people)
    set_now(NOW)
    with statements() as for_one:
        await Browser().get("/")
    for number in range(12):
        await article(people, f"Boleto {number}", of=await section(people, f"Assunto {number}"))
    with statements() as for_many:
        await Browser().get("/")
    assert (len(for_one), len(for_many)) == (4, 4)


async def stored(content: bytes) -> str:
    """Stores the content. Returns its hash."""
    from collections.abc import AsyncIterator

    from tests.client import portal

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return (await portal().state.storage.receive(chunks(), limit=1000)).sha256
