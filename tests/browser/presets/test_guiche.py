"""Guichê, our own preset: SIM or NÃO, replies that reopen, an optional rating."""

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import Words, rates, solved, solves_again

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "guiche"
WORDS = Words(new="Novo", open="Aberto", waiting="Aguardando você", resolved="Resolvido")


SHOWN = {
    "Novo": "Nota fiscal da compra de setembro",
    "Aberto": "Senha do portal de conteúdo não chega no e-mail da coordenação",
    "Aguardando resposta": "Boletos de novembro com o valor errado",
    "Em espera": "Turmas e professores de 2027",
    "Aguardando aprovação": "Cinco licenças a mais para o laboratório",
    "Resolvido": "Relatório de frequência sem a turma 8B",
    "Fechado": "Troca do endereço de entrega do material",
}
"""A ticket of the demonstration for each status."""


def test_ana_finds_a_ticket_of_each_status(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=organization")
        for status, title in SHOWN.items():
            ana.filters(Status=status)
            ana.finds(title, "Aguardando você" if status == "Aguardando resposta" else status)


def test_another_subject_leads_to_a_new_ticket_nao_reopens_sim_closes_and_the_rating_is_optional(
    tab: Tab, title: str
) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        expect(ana.field("Adicionar à conversa")).to_have_count(0)
        ana.follows("Novo ticket ligado a este")
        ana.is_at("Abrir solicitação")
        expect(ana.field("Descrição")).to_have_value("")
        ana.goes_to(address)
        ana.unfolds("NÃO, quero explicar")
        ana.types("O que ainda não está resolvido?", "O de dezembro também veio em dobro.")
        ana.presses("Reabrir o ticket")
        ana.stands("Aberto")
        solves_again(bia, title, WORDS, after="O de dezembro também veio em dobro.")
        ana.goes_to(address)
        ana.presses("SIM, pode encerrar")
        ana.stands("Fechado")
        rates(ana)
