"""SIM, NÃO and ratings in Chromium, with and without JavaScript."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.demonstration import demonstration
from tests.browser.visitors import Visit, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

COVER = "Livro do 7º ano com capa trocada (12 exemplares)"
REPORT = "Relatório de frequência sem a turma 8B"
SCREEN = "Tela de notas fica em branco"
LICENCES = "Cinco licenças a mais para o laboratório"
ADDRESS = "Troca do endereço de entrega do material"


@pytest.fixture(scope="module", params=[True, False], ids=["with_script", "without_script"])
def tab(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Visit]:
    """Tabs of a demonstration for each kind of browser, because answers are final."""
    with demonstration() as home:
        yield partial(visit, chrome, home, has_script=request.param)


def test_nao_reopens_sim_closes_and_the_survey_follows(tab: Visit) -> None:
    with tab("Rui") as rui:
        opens(rui, COVER)
        unfolds_beside(rui, "NÃO, quero explicar", "SIM, pode encerrar")
        rui.types("O que ainda não está resolvido?", "Chegaram só dez.")
        rui.presses("Reabrir o ticket")
        expect(chip(rui)).to_have_text("Aberto")
        expect(rui.messages().last).to_have_text("Chegaram só dez.")
    with tab("Ana") as ana:
        opens(ana, REPORT)
        ana.presses("SIM, pode encerrar")
        expect(chip(ana)).to_have_text("Fechado")
        ana.main.get_by_role("group", name="Satisfação com o atendimento").get_by_label("Ótimo").check()
        ana.main.get_by_role("group", name="Qualidade da solução").get_by_label("Boa").check()
        ana.types("Comentário (opcional)", "Explicaram tudo.")
        ana.presses("Enviar avaliação")
        ana.sees(re.compile("Ainda pode ser editada até"))
        expect(ana.page.locator(".rated dd")).to_have_text(["Ótimo", "Boa", "Explicaram tudo."])


def test_what_was_begun_when_the_solution_came_is_not_lost_and_another_subject_leads_on(tab: Visit) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = ana.opens_ticket("Boletim sem a turma 8B")
        ana.types("Adicionar à conversa", "A turma 9A também não")
        bia.goes_to(f"/desk{address}")
        bia.types("Mensagem ao solicitante", "A turma voltou ao boletim.")
        bia.presses("Enviar e Resolver")
        bia.stands("Resolvido")
        if ana.has_script:
            ana.page.get_by_role("link", name="Mostrar").click()
            expect(ana.field("O que ainda não está resolvido?")).to_have_value("A turma 9A também não")
        else:
            ana.presses("Enviar mensagem")
            expect(ana.messages().last).to_have_text("A turma 9A também não")
            bia.goes_to(f"/desk{address}")
            bia.types("Mensagem ao solicitante", "Agora sim.")
            bia.presses("Enviar e Resolver")
            bia.stands("Resolvido")
            ana.goes_to(address)
        ana.follows("Novo ticket ligado a este")
        ana.sees(re.compile("Continuação de #"))
        ana.types("Título", "Boletim da turma 9A")
        ana.types("Descrição", "E o boletim da turma 9A?")
        ana.presses("Enviar")
        ana.is_at("Boletim da turma 9A")
        ana.main.get_by_text("Continuação de").get_by_role("link").click()
        ana.is_at("Boletim sem a turma 8B")
        assert ana.path == address
        expect(chip(ana)).to_have_text("Resolvido")


def test_words_and_a_file_in_the_box_of_nao_are_told_after_sim(tab: Visit) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = ana.opens_ticket("Diário sem a turma 7C")
        bia.goes_to(f"/desk{address}")
        bia.types("Mensagem ao solicitante", "A turma voltou ao diário.")
        bia.presses("Enviar e Resolver")
        bia.stands("Resolvido")
        ana.goes_to(address)
        ana.unfolds("NÃO, quero explicar")
        ana.types("O que ainda não está resolvido?", "Falta o 4º bimestre.")
        ana.attaches("diario.pdf", b"%PDF")
        ana.page.get_by_role("button", name="SIM, pode encerrar").dblclick()
        expect(chip(ana)).to_have_text("Fechado")
        ana.sees("Pronto: o ticket foi encerrado.")
        expect(ana.field("O que você escreveu não foi enviado")).to_have_value("Falta o 4º bimestre.")
        ana.sees("Arquivo que não foi enviado: diario.pdf.")


def test_a_double_click_opens_what_one_click_opens(chrome: Browser) -> None:
    with demonstration() as home, visit(chrome, home, "Ana") as ana:
        ana.goes_to("/tickets")
        ana.main.locator("summary", has_text="Mais filtros").dblclick()
        ana.chooses("Categoria", "Cobrança")
        ana.presses("Filtrar")
        ana.page.wait_for_url("**category=*")


def test_ana_approves_cancels_duplicates_and_changes_who_is_in_copy(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/")
        ana.page.get_by_role("link", name="Aprovar ou recusar").click()
        ana.titles().first.click()
        ana.is_at(LICENCES)
        unfolds_beside(ana, "Recusar", "Aprovar")
        ana.presses("Aprovar")
        expect(chip(ana)).to_have_text("Novo")
        opens(ana, ADDRESS)
        ana.presses("Duplicar")
        ana.is_at("Terminar o rascunho")
        expect(ana.field("Descrição")).to_have_value("Mudamos de prédio: Rua das Acácias, 120.")
        ana.presses("Enviar")
        ana.is_at(ADDRESS)
        ana.unfolds("Mudar quem está em cópia")
        ana.types("Incluir em cópia", "rui@aurora.example")
        ana.presses("Incluir")
        ana.sees(re.compile("incluiu em cópia: rui"))
        ana.unfolds("Mudar quem está em cópia")
        ana.presses("Retirar rui@aurora.example")
        ana.sees(re.compile("retirou da cópia: rui"))
        ana.unfolds("Cancelar")
        ana.types("Por que cancelar?", "Foi engano.")
        ana.presses("Cancelar o ticket")
        expect(chip(ana)).to_have_text("Cancelado")
        ana.sees(re.compile("cancelou o ticket: Foi engano."))
        ana.turns_to("Logs")
        ana.sees("Status: de Novo para Fechado")


def test_a_contact_and_its_handling_lead_to_each_other(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=mine&q=tela+notas")
        expect(ana.titles()).to_have_text([SCREEN, SCREEN])
        expect(ana.main.get_by_text("Um só protocolo, não é duplicidade.")).to_have_count(2)
        ana.titles().last.click()
        ana.sees(re.compile("Este é o registro do seu contato por telefone"))
        ana.main.get_by_text("Por que há dois tickets?").locator("..").get_by_role("link").click()
        ana.sees(re.compile("Este é o atendimento do que ficou por fazer"))


def opens(visitor: Visitor, title: str) -> None:
    visitor.goes_to("/tickets?scope=mine")
    visitor.titles().filter(has_text=title).first.click()
    visitor.is_at(title)


def unfolds_beside(visitor: Visitor, summary: str, button: str) -> None:
    """Unfolds an answer. The other one stays in its place, so that the second click of a double click misses it."""
    other = visitor.page.get_by_role("button", name=button, exact=True)
    other.scroll_into_view_if_needed()
    place = other.bounding_box()
    visitor.opens_fold(summary, exact=True)
    assert other.bounding_box() == place


def chip(visitor: Visitor) -> Locator:
    return visitor.page.locator(".head__sub .chip")
