"""An author's journey, with and without JavaScript: draft, review, publication, restored version."""

import re
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.cutting_proxy import line
from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visit, Visitor, visit
from tests.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PICTURE = ROOT / "docs" / "img" / "list.png"
LONG = " ".join(f"palavra-{number}" for number in range(5000))


@pytest.fixture
def scripted(chrome: Browser, home: Demonstration) -> Visit:
    return partial(visit, chrome, home)


def begins(visitor: Visitor, title: str, body: str = "Entre em **Cobrança**.") -> None:
    visitor.goes_to("/desk/articles/new")
    visitor.types("Título", title)
    visitor.types("Texto", body)
    visitor.chooses("Seção", "Cobrança")


def drafts(visitor: Visitor, title: str, body: str = "Entre em **Cobrança**.") -> str:
    """Creates a draft. Returns its address."""
    begins(visitor, title, body)
    visitor.presses("Salvar rascunho")
    visitor.is_at(title)
    return visitor.path


def standing(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("region", name="Situação").locator(".chip")).to_have_text(words)


def test_an_article_is_drafted_given_a_picture_reviewed_published_and_restored(tab: Visit) -> None:
    with tab("Bia") as bia:
        title = f"Como cancelar um boleto {bia.has_script}"
        address = drafts(bia, title)
        bia.sees("Rascunho salvo. Só atendentes o veem.")
        bia.presses("Ver como fica")
        expect(bia.page.get_by_role("region", name="Como fica").locator("strong").last).to_have_text("Cobrança")
        bia.field("Escolher").set_input_files(PICTURE)
        bia.types("O que a imagem mostra", "A lista de boletos")
        bia.presses("Enviar e pôr no texto")
        expect(bia.field("Texto")).to_have_value(
            bia.field("Texto").input_value().partition("!")[0] + f"![A lista de boletos]({picture_of(bia)})"
        )
        bia.presses("Pedir revisão")
        standing(bia, "Em revisão")
    with tab("Lia") as lia:
        lia.goes_to("/desk/articles?state=review")
        lia.follows(title)
        lia.is_at(title)
        lia.chooses("Quem lê", "Todos, mesmo sem entrar")
        lia.presses("Publicar")
        standing(lia, "Publicado")
        lia.follows("Ver como leitor")
        lia.is_at(title)
        expect(lia.page.get_by_role("img", name="A lista de boletos")).to_be_visible()
        with tab() as reader:
            votes_and_comments(reader, lia.path)
        publishes_comment(lia, title)
        lia.goes_to(address)
        lia.types("Texto", "Entre em Financeiro.")
        lia.presses("Salvar sem publicar")
        standing(lia, "Publicado, com mudanças")
        lia.follows("Versões e histórico")
        lia.follows("Versão 3")
        expect(lia.page.get_by_role("insertion").first).to_contain_text("Entre em Financeiro.")
        lia.goes_to(f"{address}/versions/2")
        lia.presses("Restaurar esta versão")
        standing(lia, "Publicado, com mudanças")
        assert lia.field("Texto").input_value().startswith("Entre em **Cobrança**.")


def votes_and_comments(reader: Visitor, path: str) -> None:
    reader.goes_to(path)
    reader.presses("Sim")
    reader.sees("Que bom que ajudou. Obrigado por dizer.")
    reader.opens_fold("Deixe um comentário")
    for label, text in (("Nome *", "Marta"), ("E-mail *", "marta@casa.example"), ("Comentário *", "Funcionou.")):
        reader.types(label, text)
    reader.presses("Enviar comentário")
    reader.sees("Recebemos seu comentário. Ele aparece aqui depois de lido pela equipe.")


def publishes_comment(agent: Visitor, title: str) -> None:
    agent.goes_to("/desk/articles/comments")
    held = agent.main.get_by_role("region", name=title)
    held.get_by_role("button", name="Publicar").click()
    agent.follows("Publicados")
    agent.follows(title)
    expect(agent.main.get_by_role("listitem").filter(has_text="Funcionou.")).to_have_count(1)


def picture_of(visitor: Visitor) -> str:
    """The address of the newest file on the page."""
    kept = visitor.page.get_by_role("region", name="Imagens e arquivos").get_by_role("link").first
    return kept.get_attribute("href") or ""


def test_a_solved_ticket_becomes_an_article_once_nobody_is_named_in_it(tab: Visit) -> None:
    with tab("Ana") as ana:
        ticket = ana.opens_ticket(
            f"Boleto da Ana Prado {ana.has_script}", "Sou Ana Prado, (11) 98765-4321. O boleto venceu."
        )
    with tab("Lia") as lia:
        lia.goes_to(f"/desk{ticket}")
        lia.types("Mensagem ao solicitante", "Emita outro em Cobrança.")
        lia.presses("Enviar e Resolver")
        lia.presses("Fazer artigo deste ticket")
        lia.is_at(f"Boleto da [REMOVER: Ana Prado] {lia.has_script}")
        lia.sees("Há dados de pessoas neste texto")
        lia.refused(422, f"{lia.path}/publication")
        lia.presses("Publicar")
        expect(lia.page.get_by_role("alert")).to_contain_text("Ana Prado, (11) 98765-4321")
        lia.types("Título", f"O boleto venceu {lia.has_script}")
        lia.types("Texto", "## Como resolver\n\nEmita outro em Cobrança.")
        lia.chooses("Quem lê", "Todos, mesmo sem entrar")
        lia.presses("Publicar")
        lia.is_at(f"O boleto venceu {lia.has_script}")
        standing(lia, "Publicado")
        lia.goes_to(f"/desk{ana_asks(tab)}")
        lia.opens_fold("Artigo da ajuda")
        lia.types("Procurar artigo", f"boleto venceu {lia.has_script}")
        lia.page.get_by_label("Procurar artigo").press("Enter")
        lia.page.get_by_role("button", name=f"Inserir O boleto venceu {lia.has_script}").click()
        expect(lia.field("Mensagem ao solicitante")).to_have_value(
            f"O boleto venceu {lia.has_script}\n{lia.home.url}/help/o-boleto-venceu-{str(lia.has_script).lower()}"
        )
        if lia.has_script:
            lia.field("Mensagem ao solicitante").press("Control+End")
            lia.page.keyboard.type("\n[")
            found = lia.page.get_by_role("dialog", name="Artigo da ajuda")
            expect(found.get_by_role("button").first).to_be_visible()
            lia.page.keyboard.type("primeiro acesso")
            expect(found.get_by_role("button", name=f"O boleto venceu {lia.has_script}")).to_have_count(0)
            lia.page.keyboard.press("Enter")
            expect(lia.field("Mensagem ao solicitante")).to_be_focused()
            expect(lia.field("Mensagem ao solicitante")).to_have_value(re.compile(r"-true\n.*\n.*/help/[^/]+$"))
        lia.presses("Enviar")
        expect(lia.messages().last).to_contain_text("/help/o-boleto-venceu-")


def ana_asks(tab: Visit) -> str:
    with tab("Ana") as ana:
        return ana.opens_ticket(f"Meu boleto venceu {ana.has_script}")


def test_f20_a_double_click_makes_one_draft(tab: Visit) -> None:
    with tab("Bia") as bia:
        title = f"Rascunho com dois cliques {bia.has_script}"
        begins(bia, title)
        bia.page.get_by_role("button", name="Salvar rascunho").dblclick()
        bia.is_at(title)
        bia.goes_to(f"/desk/articles?q=dois+cliques+{bia.has_script}")
        expect(bia.page.get_by_role("rowheader")).to_have_text([title])


def test_f21_a_draft_whose_answer_was_cut_is_there_once_when_sent_again(tab: Visit) -> None:
    with line() as wire, tab("Bia", proxy={"server": wire.url, "bypass": "<-loopback>"}) as bia:
        title = f"Rascunho por linha ruim {bia.has_script}"
        begins(bia, title)
        bia.pauses()
        wire.is_cut = True
        bia.presses("Salvar rascunho")
        bia.page.wait_for_url("chrome-error://chromewebdata/")
        wire.is_cut = False
        bia.page.reload()
        bia.is_at(title)
        bia.goes_to(f"/desk/articles?q=linha+ruim+{bia.has_script}")
        expect(bia.page.get_by_role("rowheader")).to_have_text([title])


def test_f22_the_back_button_finds_the_text_of_an_article_with_errors(tab: Visit) -> None:
    with tab("Bia") as bia:
        bia.goes_to("/desk/articles/new")
        bia.types("Título", "Falta a seção")
        bia.types("Texto", "Escrevi bastante aqui.")
        bia.pauses()
        bia.refused(422, "/desk/articles")
        bia.presses("Salvar rascunho")
        bia.sees("Confira antes de enviar")
        expect(bia.field("Texto")).to_have_value("Escrevi bastante aqui.")
        bia.page.go_back()
        expect(bia.field("Título")).to_have_value("Falta a seção")
        expect(bia.field("Texto")).to_have_value("Escrevi bastante aqui.")


def test_f23_a_session_that_ends_while_an_article_is_written_loses_neither_text_nor_picture(tab: Visit) -> None:
    with tab("Bia") as bia:
        title = f"Sessão curta {bia.has_script}"
        begins(bia, title, LONG)
        bia.field("Escolher").set_input_files(PICTURE)
        bia.types("O que a imagem mostra", "A lista")
        bia.loses_the_session()
        bia.refused(401, "/desk/articles")
        bia.presses("Salvar rascunho")
        bia.sees("Sua sessão terminou.")
        bia.signs_in("Bia")
        bia.is_at("Novo artigo")
        expect(bia.field("Texto")).to_have_value(LONG)
        expect(bia.page.get_by_role("checkbox", name="list.png")).to_be_checked()
        bia.presses("Salvar rascunho")
        bia.is_at(title)
        assert bia.field("Texto").input_value() == f"{LONG}\n\n![A lista]({picture_of(bia)})"


def test_a_text_not_yet_saved_is_there_when_the_article_is_opened_again_and_hides_nobody_elses(
    scripted: Visit,
) -> None:
    with scripted("Bia") as bia:
        address = drafts(bia, "Texto pela metade", "Um.")
        bia.types("Texto", "Um e meio.")
        with scripted("Davi") as davi:
            davi.goes_to(address)
            davi.types("Texto", "Dois.")
            davi.presses("Salvar rascunho")
            davi.sees("Salvo.")
        bia.goes_to("/desk/articles")
        bia.goes_to(address)
        expect(bia.field("Texto")).to_have_value("Um e meio.")
        bia.refused(409, address)
        bia.presses("Salvar rascunho")
        expect(bia.page.get_by_role("alert")).to_contain_text("Davi Reis mudou este artigo enquanto você escrevia.")
        expect(bia.page.get_by_role("insertion")).to_contain_text("Dois")
        bia.presses("Salvar rascunho")
        bia.sees("Salvo.")
        bia.goes_to(address)
        expect(bia.field("Texto")).to_have_value("Um e meio.")
        bia.goes_to("/desk/articles/new")
        expect(bia.field("Título")).to_have_value("")


def test_buttons_put_signs_around_the_words_that_are_marked(scripted: Visit) -> None:
    with scripted("Bia") as bia:
        bia.goes_to("/desk/articles/new")
        bia.types("Texto", "Entre em Cobrança")
        bia.field("Texto").evaluate("field => field.setSelectionRange(9, 17)")
        bia.presses("Negrito")
        expect(bia.field("Texto")).to_have_value("Entre em **Cobrança**")
        bia.page.keyboard.press("ControlOrMeta+z")
        expect(bia.field("Texto")).to_have_value("Entre em Cobrança")
        bia.field("Texto").evaluate("field => field.setSelectionRange(17, 17)")
        bia.presses("Passos")
        expect(bia.field("Texto")).to_have_value("Entre em Cobrança\n1. Primeiro passo")
