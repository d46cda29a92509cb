"""A reader's journey, with and without JavaScript: search, article, vote, comment, and a prevented ticket."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitors import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

TITLE = "Como tirar a segunda via do boleto"
AT = "/help/segunda-via-do-boleto"


def finds(reader: Visitor, words: str, title: str) -> None:
    """Searches on the front page, which shows results while typing."""
    reader.goes_to("/")
    reader.is_at("Como podemos ajudar?")
    reader.page.get_by_role("searchbox", name="Buscar na ajuda").press_sequentially(words)
    if not reader.has_script:
        reader.main.get_by_role("button", name="Buscar", exact=True).click()
    reader.main.get_by_role("link", name=title).first.click()
    reader.is_at(title)


def comments(reader: Visitor, name: str, text: str) -> None:
    reader.goes_to(AT)
    reader.opens_fold("Deixe um comentário")
    reader.types("Nome *", name)
    reader.types("E-mail *", "marta@casa.example")
    reader.types("Comentário *", text)
    reader.presses("Enviar comentário")
    reader.sees("Recebemos seu comentário. Ele aparece aqui depois de lido pela equipe.")


def comment_of(agent: Visitor, text: str) -> Locator:
    """The comment in the agents' list."""
    agent.goes_to("/desk/articles/comments")
    return agent.main.get_by_role("region").filter(has_text=text)


def test_a_reader_without_an_account_finds_an_article_votes_and_is_answered_below_it(tab: Visit) -> None:
    with tab() as marta, tab("Bia") as bia:
        text = f"Onde fica o beneficiário? {marta.has_script}"
        finds(marta, "segunda via boletos", TITLE)
        marta.presses("Não")
        marta.sees("Obrigado por dizer. Conte abaixo o que faltou, ou abra uma solicitação.")
        expect(marta.field("Nome *")).to_be_visible()
        marta.types("Nome *", "Marta")
        marta.types("Comentário *", text)
        marta.refused(422, f"{AT}/comments")
        marta.presses("Enviar comentário")
        expect(marta.page.get_by_role("alert")).to_contain_text("E-mail")
        expect(marta.field("Comentário *")).to_have_value(text)
        comments(marta, "Marta", text)
        expect(marta.main.get_by_text(text)).to_have_count(0)

        held = comment_of(bia, text)
        expect(held).to_contain_text("marta@casa.example")
        held.get_by_label("Resposta da equipe").fill("No alto, à esquerda.")
        held.get_by_role("button", name="Publicar").click()
        bia.sees("Comentário publicado.")

        marta.goes_to(AT)
        own = marta.main.get_by_role("listitem").filter(has_text=text)
        expect(own).to_contain_text("No alto, à esquerda.")
        assert "marta@casa.example" not in marta.page.content()


def test_a_printed_article_has_its_text_and_nothing_to_press(tab: Visit) -> None:
    with tab() as marta:
        marta.goes_to(AT)
        marta.page.emulate_media(media="print")
        expect(marta.main.get_by_role("heading", name=TITLE)).to_be_visible()
        for words in ("Isso foi útil?", "Deixe um comentário", "Buscar", "Abrir solicitação", "Você está aqui:"):
            expect(marta.page.get_by_text(words, exact=True).filter(visible=True)).to_have_count(0)


def test_a_comment_becomes_a_ticket_that_no_reader_sees(tab: Visit) -> None:
    with tab() as marta, tab("Bia") as bia:
        text = f"Meu boleto não chegou {marta.has_script}"
        comments(marta, "Marta", text)
        held = comment_of(bia, text)
        held.locator("summary").click()
        held.get_by_label("Categoria").select_option(label="Cobrança / Boletos")
        held.get_by_role("button", name="Abrir ticket").click()
        bia.is_at(TITLE)
        expect(bia.messages().first).to_contain_text(text)
        marta.goes_to(AT)
        expect(marta.main.get_by_text(text)).to_have_count(0)


@contextmanager
def spares_one_ticket(tab: Visit) -> Iterator[None]:
    """Checks that the article prevented one more ticket."""
    with tab("Lia") as lia:
        before = spared(lia)
        yield
        assert spared(lia) == before + 1


def spared(lia: Visitor) -> int:
    lia.goes_to("/desk/articles/insights")
    helped = lia.main.get_by_role("region", name="Ajudaram no atendimento")
    row = helped.get_by_role("listitem").filter(has_text=TITLE)
    told = re.search(r"(\d+) sem precisar", row.inner_text()) if row.count() else None
    return int(told[1]) if told else 0


def test_an_article_offered_for_a_title_spares_the_ticket_and_is_counted(tab: Visit) -> None:
    with spares_one_ticket(tab), tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.page.get_by_label("Título", exact=True).press_sequentially("Segunda via do boleto")
        if not ana.has_script:
            ana.types("Descrição", "Perdi o de maio.")
            ana.presses("Enviar")
            ana.sees("Ainda não enviamos. Veja se um destes artigos responde; se não, envie assim mesmo.")
            expect(ana.field("Descrição")).to_have_value("Perdi o de maio.")
        offered = ana.main.get_by_role("region", name="Talvez isto já resolva")
        expect(offered.get_by_role("link").first).to_contain_text(TITLE)
        offered.get_by_role("button", name=re.compile(f"^Isso resolveu ?: {TITLE}$")).click()
        ana.is_at(TITLE)
        ana.sees("Que bom que o artigo resolveu. Nada foi enviado.")


def test_who_is_not_helped_by_what_is_offered_sends_the_ticket_all_the_same(tab: Visit) -> None:
    with tab("Ana") as ana:
        title = "Segunda via do boleto"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.types("Título", title)
        ana.types("Descrição", f"A de maio não abre {'com' if ana.has_script else 'sem'} script.")
        if ana.has_script:
            expect(ana.main.get_by_role("region", name="Talvez isto já resolva")).to_be_visible()
        ana.presses("Enviar")
        if not ana.has_script:
            ana.sees("Ainda não enviamos. Veja se um destes artigos responde; se não, envie assim mesmo.")
            ana.presses("Enviar")
        ana.is_at(title)
