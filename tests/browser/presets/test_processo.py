"""Processo: to do, in progress, four kinds of waiting, and a window in which a reply reopens."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import Words, opens, solved, solves_again

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "processo"
WORDS = Words(
    new="A Fazer",
    open="Em andamento",
    waiting="Aguarde: mais informações",
    resolved="Resolvido",
    desk_new="A Fazer",
    desk_open="Em andamento",
    desk_waiting="Aguarde: mais informações",
    days_to_answer="3",
)


SHOWN = {
    "A Fazer": "Lentidão no diário durante a chamada",
    "Em andamento": "Senha do portal de conteúdo não chega no e-mail da coordenação",
    "Aguarde: mais informações": "Boletos de novembro com o valor errado",
    "Aguarde: outra equipe": "Inclusão de três professores no sistema de avaliações",
    "Aguarde: esperar até": "Gabarito da questão 14 do simulado",
    "Aguarde: dividido": "Turmas e professores de 2027",
    "Aguarde: caso lançado": "Notas não chegam ao boletim desde o fechamento",
    "Resolvido": "Relatório de frequência sem a turma 8B",
    "Fechado": "Contrato sem a assinatura da mantenedora",
}
"""A ticket of the demonstration for each status."""


def test_ana_finds_a_ticket_of_each_status(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=organization")
        for status, title in SHOWN.items():
            ana.filters(Status=status)
            ana.finds(title, status)


def test_a_reply_within_the_window_reopens(tab: Tab, title: str) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        ana.types("Adicionar à conversa", "O de dezembro também veio em dobro.")
        ana.presses("Não foi resolvido")
        ana.stands("Em andamento")
        solves_again(bia, title, WORDS, after="O de dezembro também veio em dobro.")
        ana.goes_to(address)
        ana.stands("Resolvido")


def test_bia_waits_until_a_date_gives_back_and_takes_again(tab: Tab, title: str) -> None:
    title = f"{title} para depois"
    with tab("Ana") as ana, tab("Bia") as bia:
        address = opens(ana, title, WORDS)
        bia.goes_to(f"/desk{address}")
        bia.presses("Assumir")
        bia.stands("Em andamento")
        bia.opens_fold("Esperar")
        bia.chooses("O que se espera", "Esperar até")
        bia.types("Até quando", "2030-01-02T09:00")
        bia.main.get_by_role("button", name="Esperar", exact=True).click()
        bia.stands("Aguarde: esperar até")
        ana.goes_to(address)
        ana.stands("Aguarde: esperar até")
        bia.goes_to("/desk?view=own")
        bia.is_at("Trabalho próprio")
        bia.follows(title)
        bia.presses("Retomar")
        bia.stands("Em andamento")
        bia.presses("Devolver à fila")
        expect(bia.page.get_by_role("heading", name=re.compile("^Sem atendente"))).to_be_visible()
        ana.goes_to(address)
        ana.stands("A Fazer")


def test_bia_replies_in_another_window_and_resolves_on_the_page_of_the_ticket(tab: Tab, title: str) -> None:
    title = f"{title} em outra janela"
    with tab("Ana") as ana, tab("Bia") as bia:
        address = opens(ana, title, WORDS)
        bia.goes_to(f"/desk{address}")
        with bia.page.context.expect_page() as opened:
            bia.main.get_by_role("link", name="Abrir em outra janela").click()
        bia.page = opened.value
        bia.is_at(title)
        expect(bia.main.get_by_role("button", name="Enviar e Resolver")).to_have_count(0)
        bia.types("Mensagem ao solicitante", "Vou ver.")
        bia.presses("Enviar")
        expect(bia.messages().last).to_have_text("Vou ver.")
        bia.stands("Em andamento")
        bia.types("Mensagem ao solicitante", "Feito.")
        bia.presses("Enviar e Resolver")
        bia.stands("Resolvido")
        bia.presses("Reabrir")
        bia.stands("Em andamento")


def test_a_request_is_an_esboco_until_it_is_sent(tab: Tab, title: str) -> None:
    title = f"{title} em esboço"
    with tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.types("Título", title)
        ana.presses("Salvar esboço")
        ana.is_at("Terminar o esboço")
        ana.goes_to("/tickets?scope=mine")
        ana.filters(Status="Esboço")
        ana.finds(title, "Esboço")
        ana.page.get_by_role("link", name=title, exact=True).click()
        ana.is_at("Terminar o esboço")
        ana.refused(422, f"{ana.path}/submission")
        ana.presses("Enviar")
        expect(ana.page.get_by_role("alert").get_by_role("listitem")).to_have_text(
            ["Categoria: Escolha a categoria.", "Descrição: Escreva a descrição."]
        )
