"""Central: six statuses by name, and a reply reopens what was resolved."""

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import SOLUTION, Words, solved, solves_again

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "central"
WORDS = Words(
    new="Novo",
    open="Aberto",
    waiting="Pendente",
    resolved="Resolvido",
    tickets="Meus Tickets",
    reply="Escrever resposta",
    desk_waiting="Pendente",
)


SHOWN = {
    "Novo": "Nota fiscal da compra de setembro",
    "Aberto": "Senha do portal de conteúdo não chega no e-mail da coordenação",
    "Pendente": "Boletos de novembro com o valor errado",
    "Em Espera": "Inclusão de três professores no sistema de avaliações",
    "Resolvido": "Relatório de frequência sem a turma 8B",
    "Fechado": "Troca do endereço de entrega do material",
}
"""A ticket of the demonstration for each status."""


def test_ana_finds_a_ticket_of_each_status(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets")
        ana.is_at("Meus Tickets")
        ana.filters(**{"Tipo de solicitação": "Solicitações da organização"})
        for status, title in SHOWN.items():
            ana.filters(Status=status)
            ana.finds(title, status)
            expect(ana.main.get_by_role("listitem").filter(has_text=title)).to_contain_text("criado em ")


def test_a_reply_reopens_what_was_resolved_and_thanks_do_not(tab: Tab, title: str) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        ana.types("Escrever resposta", "O de dezembro também veio em dobro.")
        ana.presses("Não foi resolvido")
        ana.stands("Aberto")
        solves_again(bia, title, WORDS, after="O de dezembro também veio em dobro.")
        ana.goes_to(address)
        ana.types("Escrever resposta", "Agora sim, obrigada!")
        ana.presses("Só agradecer")
        expect(ana.messages().last).to_have_text("Agora sim, obrigada!")
        ana.stands("Resolvido")
        expect(ana.messages().filter(has_text=SOLUTION)).to_have_count(2)
