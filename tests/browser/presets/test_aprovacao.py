"""Aprovação: four lists, SIM or NÃO, and a short survey."""

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import Words, rates, solved, solves_again

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "aprovacao"
WORDS = Words(
    new="Pendente",
    open="Pendente",
    waiting="Aguardando você",
    resolved="Resolvido, aguardando a minha aprovação",
    tickets="Tickets",
    desk_resolved="Resolvido, aguardando aprovação",
    send="Enviar Mensagem",
    days_to_answer="3",
)


LISTS = {
    "Tickets Pendentes": ("Senha do portal de conteúdo não chega no e-mail da coordenação", "Pendente"),
    "Tickets Resolvidos aguardando a Minha Aprovação": (
        "Relatório de frequência sem a turma 8B",
        "Resolvido, aguardando a minha aprovação",
    ),
    "Tickets Fechados": ("Mensalidade de outubro lançada em duplicidade", "Fechado"),
    "Todos os Tickets": ("Boletos de novembro com o valor errado", "Aguardando você"),
}
"""For each list, a ticket of the demonstration and its status."""


def test_what_ana_prints_has_nothing_to_press(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=mine&status=any")
        ana.page.get_by_role("link", name="Relatório de frequência sem a turma 8B", exact=True).click()
        ana.is_at("Relatório de frequência sem a turma 8B")
        ana.sees("Responder")
        ana.page.emulate_media(media="print")
        for words in ("Responder", "Nova Guia", "SIM, pode encerrar"):
            expect(ana.page.get_by_text(words, exact=True).filter(visible=True)).to_have_count(0)


def test_ana_finds_a_ticket_in_each_of_the_four_lists(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/")
        ana.page.get_by_role("navigation").get_by_role("link", name="Tickets").click()
        ana.is_at("Tickets")
        ana.filters(**{"Tipo de solicitação": "Minhas solicitações"})
        for listed, (title, status) in LISTS.items():
            ana.turns_to(listed)
            ana.finds(title, status)


def test_a_new_tab_of_tickets_opens_inside_the_portal_and_each_keeps_its_list(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets")
        ana.turns_to("Tickets Fechados")
        ana.page.get_by_role("navigation", name="Guias").get_by_role("link", name="Nova Guia").click()
        expect(ana.main.get_by_role("tab", name="Guia 2: Todos os Tickets")).to_have_attribute("aria-selected", "true")
        ana.turns_to("Guia 1: Tickets Fechados")
        ana.finds("Mensalidade de outubro lançada em duplicidade", "Fechado")
        ana.follows("Fechar esta guia")
        expect(ana.main.get_by_role("tablist", name="Guias")).to_have_count(0)


def test_nao_reopens_sim_closes_and_two_questions_follow(tab: Tab, title: str) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        ana.sees("Este ticket está resolvido. Diga se a solução serviu: SIM encerra, NÃO reabre.")
        expect(ana.field("Adicionar à conversa")).to_have_count(0)
        ana.presses("NÃO, quero explicar")
        ana.types("O que ainda não está resolvido?", "O de dezembro também veio em dobro.")
        ana.presses("Reabrir o ticket")
        ana.stands("Pendente")
        solves_again(bia, title, WORDS, after="O de dezembro também veio em dobro.")
        ana.goes_to(address)
        ana.presses("SIM, pode encerrar")
        ana.stands("Fechado")
        rates(ana)
        ana.presses("Editar avaliação")
        expect(ana.field("Comentário (opcional)")).to_have_value("Rápido e gentil.")
