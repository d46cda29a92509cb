"""Articles as agents write them: drafts, previews, pictures, lists, and edit conflicts."""

import pytest

from tests import cast
from tests.articles import factories
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import refusals
from web.articles import publication, writing
from web.articles.authoring.article_versions import authored_article
from web.articles.writing import ArticleText
from web.database import fetch
from web.demo.cast import Cast

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/articles"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200"
    "8177cd72b60000000049454e44ae426082"
)


async def begun() -> tuple[Cast, Browser, int]:
    """Bia with a new draft open."""
    people = await cast.enrol()
    number = await factories.draft(people)
    return people, await browser_of(people.bia), number


async def last(table: str) -> int:
    return int((await fetch(f"SELECT max(id) AS id FROM {table}"))[0]["id"])


async def rows(browser: Browser, query: str = "") -> list[str]:
    return (await browser.get(f"{AT}{query}")).texts("tbody th a")


def typed(page: Page, name: str) -> str:
    return page.values(page.attributes("form[data-keep]", "action")[0])[name]


async def test_an_agent_writes_a_draft_that_readers_do_not_get():
    people = await cast.enrol()
    section = await factories.section(people)
    bia = await browser_of(people.bia)
    page = await bia.send(
        await bia.get(f"{AT}/new"),
        AT,
        title="Segunda via de boleto",
        objective="Emitir outra vez um boleto.",
        body="Entre em **Cobrança**.",
        section=str(section),
    )
    assert page.text("h1") == "Segunda via de boleto"
    assert page.text("[role=status]") == "Rascunho salvo. Só atendentes o veem."
    assert await rows(bia) == ["Segunda via de boleto"]
    assert (await authored_article(await last("article"))).html == "<p>Entre em <strong>Cobrança</strong>.</p>\n"
    assert await factories.read_by(people.lia) == []


async def test_what_is_lacking_is_said_and_what_was_typed_comes_back():
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get(f"{AT}/new"), AT, body="Um texto.", follow=False)
    assert page.status == 422
    assert refusals(page) == {"title": "Escreva o título."}
    assert typed(page, "body").strip() == "Um texto."


async def test_a_form_sent_twice_makes_one_draft():
    people = await cast.enrol()
    section = await factories.section(people)
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}/new")
    sent = {"title": "Uma vez só", "body": "Texto.", "section": str(section)}
    first = await bia.send(page, AT, follow=False, **sent)
    second = await bia.send(page, AT, follow=False, **sent)
    assert first.location == second.location
    assert await rows(bia) == ["Uma vez só"]


async def test_an_author_looks_at_the_article_without_saving_it():
    _, bia, number = await begun()
    at = f"{AT}/{number}"
    page = await bia.send(await bia.get(at), at, press="preview", body="## Antes\n\n> [!AVISO]\n> Só até sexta.")
    assert page.status == 200
    assert page.text(".prose h2") == "Antes"
    assert page.text(".prose .notice") == "Aviso Só até sexta."
    assert typed(page, "body").strip().startswith("## Antes")
    assert (await authored_article(number)).newest == 1


async def test_a_picture_stands_at_the_end_of_the_text_once_it_says_what_it_shows():
    _, bia, number = await begun()
    at = f"{AT}/{number}"
    page = await bia.send(await bia.get(at), at, press="insert", files=[("tela.png", PNG)], body="Passo um.")
    assert page.status == 422
    assert refusals(page) == {"alt": "Diga em poucas palavras o que a imagem mostra, para quem não a vê."}
    page = await bia.send(page, at, press="insert", alt="A tela [de] cobrança")
    assert page.status == 200
    line = rf"![A tela \[de\] cobrança](/help/files/{await last('article_file')}/tela.png)"
    assert typed(page, "body").strip() == f"Passo um.\n\n{line}"
    page = await bia.send(page, at)
    assert page.text("[role=status]") == "Salvo."
    assert page.texts(".mini code") == [f"![tela.png](/help/files/{await last('article_file')}/tela.png)"]
    assert await fetch("SELECT count(*) AS n FROM attachment") == [{"n": 0}]
    assert await fetch("SELECT count(*) AS n FROM article_version_file") == [{"n": 1}]


async def test_a_file_that_is_no_picture_becomes_a_link_and_saving_is_enough():
    _, bia, number = await begun()
    at = f"{AT}/{number}"
    await bia.send(await bia.get(at), at, files=[("modelo de carta.odt", b"carta")], body="Use:", alt="o modelo")
    at = f"/help/files/{await last('article_file')}/modelo%20de%20carta.odt"
    assert (await authored_article(number)).body.strip() == f"Use:\n\n[o modelo]({at})"


async def test_the_second_of_two_authors_sees_what_the_first_one_wrote():
    people, bia, number = await begun()
    at = f"{AT}/{number}"
    page = await bia.get(at)
    text = ArticleText("Segunda via de boleto", "", "Um ticket é o registro de um pedido nosso.")
    await writing.write_version(number, text, seen=1, by=people.davi, at=NOW)
    page = await bia.send(page, at, body="Meu texto.", follow=False)
    assert page.status == 409
    assert page.text("form [role=alert] strong") == "Davi Reis mudou este artigo enquanto você escrevia."
    assert page.texts("[data-difference] ins") == ["[entrou: Um ticket é o registro de um pedido nosso. ]"]
    assert typed(page, "body").strip() == "Meu texto."
    page = await bia.send(page, at)
    assert page.status == 200
    assert (await authored_article(number)).body.strip() == "Meu texto."
    assert (await authored_article(number)).newest == 3


async def test_the_address_that_an_article_had_leads_to_the_new_one():
    people = await cast.enrol()
    number = await factories.article(people)
    lia, at = await browser_of(people.lia), f"{AT}/{number}"
    page = await lia.send(await lia.get(at), at, slug="emitir-boleto-de-novo")
    assert page.links()["Ver como leitor"] == "/help/emitir-boleto-de-novo"
    assert await fetch("SELECT slug, article FROM article_slug") == [
        {"slug": "segunda-via-de-boleto", "article": number}
    ]
    page = await lia.send(await lia.get(at), at, slug="Com Maiúsculas", follow=False)
    assert refusals(page) == {"slug": "Use letras minúsculas sem acento, números e hifens: segunda-via-de-boleto."}


async def test_the_address_of_a_draft_follows_its_title_until_readers_have_it():
    people, bia, number = await begun()
    at = f"{AT}/{number}"
    await bia.send(await bia.get(at), at, title="Boleto vencido")
    assert (await authored_article(number)).slug == "boleto-vencido"
    await bia.send(await bia.get(at), at, slug="pagar-boleto-vencido")
    await bia.send(await bia.get(at), at, title="Boleto que venceu")
    assert (await authored_article(number)).slug == "pagar-boleto-vencido"
    assert await fetch("SELECT slug FROM article_slug") == []
    await publication.publish(number, by=people.lia, at=NOW)
    lia = await browser_of(people.lia)
    await lia.send(await lia.get(at), at, title="Outro título")
    assert (await authored_article(number)).slug == "pagar-boleto-vencido"


async def test_an_article_is_for_the_organizations_that_are_named():
    _, bia, number = await begun()
    at = f"{AT}/{number}"
    page = await bia.send(
        await bia.get(at), at, audience="organizations", organizations="colégio aurora\n", follow=True
    )
    assert page.text("[role=status]") == "Salvo."
    assert page.text("#organizations").startswith("Colégio Aurora (")
    page = await bia.send(page, at, organizations="Escola Que Não Há", follow=False)
    assert refusals(page) == {"organizations": "Não encontramos esta organização. Escreva o CNPJ ou o nome inteiro."}


async def test_the_list_is_narrowed_by_words_state_section_and_audience():
    people = await cast.enrol()
    access = await factories.section(people, "Acesso")
    await factories.article(people, "Segunda via de boleto")
    await factories.draft(people, "Trocar a senha", of=access)
    await factories.draft(people, "Roteiro da equipe", audience="agents")
    bia = await browser_of(people.bia)
    assert await rows(bia) == ["Roteiro da equipe", "Trocar a senha", "Segunda via de boleto"]
    assert await rows(bia, "?q=BOLÊTO") == ["Segunda via de boleto"]
    assert await rows(bia, "?q=100%25") == []
    assert await rows(bia, "?state=draft") == ["Roteiro da equipe", "Trocar a senha"]
    assert await rows(bia, f"?section={access}") == ["Trocar a senha"]
    assert await rows(bia, "?audience=agents") == ["Roteiro da equipe"]


async def test_the_list_goes_on_page_by_page():
    people = await cast.enrol()
    for place in range(30):
        await factories.draft(people, f"Artigo {place:02}")
    bia = await browser_of(people.bia)
    first = await bia.get(AT)
    assert (len(first.texts("tbody th")), first.text(".pager .tabular")) == (25, "25 de 30")
    second = await bia.get(first.links()["Próximos"])
    assert second.texts("tbody th a") == [f"Artigo {place:02}" for place in (4, 3, 2, 1, 0)]
