"""Expresso: one list of all tickets, and resolved is the last status."""

import pytest
from playwright.sync_api import expect

from tests.browser.presets.conftest import Tab
from tests.browser.presets.steps import Words, opens, solved

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PRESET = "expresso"
WORDS = Words(
    new="Aberto",
    open="Aberto",
    waiting="Aguardando resposta",
    resolved="Resolvido",
    desk_waiting="Aguardando resposta",
    tickets="Meus Tickets",
    reply="Mensagem",
    reply_opens="Adicionar à conversa",
)
BOTH = "Tela de notas fica em branco"


def test_ana_opens_the_list_in_a_new_tab_and_narrows_it(tab: Tab) -> None:
    with tab() as ana:
        ana.goes_to("/sign-in")
        ana.signs_in("Ana")
        with ana.page.context.expect_page() as opened:
            ana.page.get_by_role("navigation").get_by_role("link", name="Meus Tickets").click()
        ana.page = opened.value
        ana.is_at("Meus Tickets")
        ana.filters(**{"Tipo de Solicitação": "Solicitações da organização", "Status": "Qualquer um"})
        ana.finds("Boletos de novembro com o valor errado", "Aguardando resposta")
        ana.finds("Relatório de frequência sem a turma 8B", "Resolvido")
        ana.filters(**{"Tipo de Solicitação": "Minhas solicitações", "Status": "Aguardando resposta"})
        expect(ana.titles()).to_have_text(["Boletos de novembro com o valor errado"])
        ana.chooses("Tipo de Solicitação", "Solicitações nas quais estou em cópia")
        ana.chooses("Status", "Resolvido")
        ana.types("Busca pelo Assunto ou Número do Ticket", "capa trocada")
        ana.presses("Filtrar")
        ana.finds("Livro do 7º ano com capa trocada (12 exemplares)", "Resolvido")


def test_ana_reads_that_two_tickets_of_one_call_are_no_duplicates(tab: Tab) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?q=tela+notas+branco")
        expect(ana.titles()).to_have_text([BOTH, BOTH])
        handling, contact = ana.main.get_by_role("listitem").filter(has_text=BOTH).all()
        expect(handling).to_contain_text("Aberto")
        expect(contact).to_contain_text("Resolvido")
        for row in (handling, contact):
            expect(row).to_contain_text("Um só protocolo, não é duplicidade.")


def test_a_resolved_ticket_takes_no_message_but_leads_to_a_new_one(tab: Tab, title: str) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = solved(ana, bia, title, WORDS)
        ana.sees(
            "Este ticket está resolvido e não recebe mais mensagens. "
            "Se ainda precisar de ajuda, abra um novo, ligado a este."
        )
        expect(ana.page.get_by_role("button", name="Adicionar à conversa")).to_have_count(0)
        ana.presses("Novo ticket ligado a este")
        ana.is_at("Terminar o rascunho")
        ana.types("Título", f"{title} de novo")
        ana.types("Descrição", "Voltou a sair em dobro.")
        ana.presses("Enviar")
        ana.is_at(f"{title} de novo")
        ana.stands("Aberto")
        expect(ana.main.get_by_role("link", name=f"#{address.rpartition('/')[2]}")).to_be_visible()


def test_ana_replies_with_detalhes_do_ticket_beside_the_conversation(tab: Tab, title: str) -> None:
    with tab("Ana") as ana:
        opens(ana, f"{title} com anexo", WORDS)
        ana.presses("Adicionar à conversa")
        ana.types("Mensagem", "Segue o boleto.")
        ana.attaches("boleto.pdf", b"%PDF-1.7")
        ana.presses("Enviar mensagem")
        expect(ana.main.get_by_role("link", name="boleto.pdf 8 bytes")).to_be_visible()
        ana.unfolds("Detalhes do ticket")
        expect(ana.main.get_by_role("definition").filter(has_text="Colégio Aurora")).to_have_text(
            ["Ana Prado, Colégio Aurora"]
        )
