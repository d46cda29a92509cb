"""A lead merges two accounts of one person and undoes it, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


def test_two_accounts_are_merged_and_parted(tab: Visit, request: pytest.FixtureRequest) -> None:
    second = f"segunda-{request.node.callspec.id.replace('_', '-')}"
    with tab("Ana") as ana:
        ana.opens_ticket("Com a outra conta em cópia")
        ana.types("Adicionar à conversa", "Segue em cópia.")
        ana.types("Pessoas em cópia", f"{second}@casa.example")
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_count(2)
    with tab("Lia") as lia:
        lia.goes_to("/desk/people?q=rui")
        lia.main.get_by_role("link", name="Rui Alves").click()
        lia.is_at("Rui Alves")
        lia.follows("Juntar com outra conta")
        lia.is_at("Juntar com outra conta")
        lia.types("Nome, e-mail, usuário ou telefone", second)
        lia.presses("Procurar")
        lia.main.get_by_role("link", name="Conferir").click()
        lia.sees("Tickets em cópia")
        lia.presses("Juntar as contas")
        lia.is_at("Rui Alves")
        lia.sees("Contas juntadas. A outra já não entra; os endereços dela levam a esta.")
        expect(lia.main).to_contain_text(f"{second}@casa.example")
        lia.presses("Separar de novo")
        lia.is_at(second)
        lia.sees("Contas separadas. O que havia passado voltou para cá.")
        expect(lia.main).to_contain_text(f"{second}@casa.example")
