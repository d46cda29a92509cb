"""Avaliação: a rating closes a ticket, in time or late; some requests need approval first."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import Words, opens, rates, solved, solves_again

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "avaliacao"
WORDS = Words(
    new="Pendente",
    open="Em atendimento",
    waiting="Aguardando sua resposta",
    resolved="Aguardando avaliação",
    opens="Criar Novo",
    reply="Nova mensagem",
    days_to_answer="3",
    desk_new="Pendente",
    desk_open="Em atendimento",
    desk_waiting="Aguardando usuário",
    desk_resolved="Aguardando avaliação",
    asks="Pedir atenção",
    sends_question="Pedir atenção",
)


def test_ana_finds_what_was_concluded_in_time_and_late_and_reads_its_log(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets")
        ana.is_at("Meus tickets")
        ana.filters(**{"Tipo de solicitação": "Minhas solicitações", "Status": "Concluído"})
        ana.finds("Mensalidade de outubro lançada em duplicidade", "Concluído no prazo")
        ana.finds("Resultados do simulado não aparecem para os pais", "Concluído fora do prazo")
        ana.page.get_by_role("link", name="Resultados do simulado não aparecem para os pais", exact=True).click()
        ana.turns_to("Logs")
        ana.sees("Status: de Aguardando avaliação para Concluído")


def test_the_rating_form_reopens_or_concludes_and_the_ticket_can_be_copied(tab: Tab, title: str) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        expect(ana.field("Nova mensagem")).to_have_count(0)
        ana.presses("Problema não resolvido")
        ana.types("O que ainda não está resolvido?", "O de dezembro também veio em dobro.")
        ana.presses("Reabrir o ticket")
        ana.stands("Em atendimento")
        solves_again(bia, title, WORDS, after="O de dezembro também veio em dobro.")
        ana.goes_to(address)
        ana.presses("Avaliar")
        rates(ana)
        ana.stands("Concluído no prazo")
        ana.presses("Duplicar")
        ana.is_at("Terminar o rascunho")
        expect(ana.field("Título")).to_have_value(title)
        expect(ana.field("Descrição")).to_have_value("Veio duas vezes, com o mesmo vencimento.")


def test_work_starts_once_ana_approves_what_rui_asks(tab: Tab, title: str) -> None:
    title = f"{title} para aprovar"
    with tab("Rui") as rui, tab("Ana") as ana, tab("Bia") as bia:
        address = opens(rui, title, WORDS, category="Compras")
        rui.stands("Aguardando aprovação")
        ana.goes_to("/")
        ana.page.get_by_role("link", name="Aprovar ou recusar").click()
        ana.page.get_by_role("link", name=title, exact=True).click()
        ana.is_at(title)
        ana.presses("Aprovar")
        ana.stands("Pendente")
        rui.goes_to(address)
        rui.stands("Pendente")
        bia.goes_to("/desk")
        bia.follows(title)
        bia.presses("Assumir")
        bia.stands("Em atendimento")
        rui.goes_to(address)
        rui.stands("Em atendimento")


def test_ana_cancels_what_nobody_answered(tab: Tab, title: str) -> None:
    with tab("Ana") as ana:
        opens(ana, f"{title} por engano", WORDS)
        ana.presses("Cancelar")
        ana.types("Por que cancelar?", "Era de outra escola.")
        ana.presses("Cancelar o ticket")
        ana.stands("Cancelado")
        ana.sees(re.compile("^Você cancelou o ticket"))
