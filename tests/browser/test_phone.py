"""A requester's day on a phone of 360 pixels: opens, follows, replies, confirms and rates."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import Demonstration
from tests.browser.visitors import visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_secretary_asks_follows_answers_and_rates_on_a_phone(
    chrome: Browser, home: Demonstration, has_script: bool
) -> None:
    title = f"Carteirinhas {'com' if has_script else 'sem'} script"
    with (
        visit(chrome, home, "Rui", has_script=has_script, viewport=PHONE, has_touch=True) as rui,
        visit(chrome, home, "Bia", has_script=has_script) as bia,
    ):
        address = rui.opens_ticket(title)
        rui.sees(re.compile("Solicitação enviada"))
        rui.types("Adicionar à conversa", "São 28.")
        rui.presses("Enviar mensagem")
        rui.sees("Mensagem enviada.")
        bia.goes_to(f"/desk{address}")
        bia.types("Mensagem ao solicitante", "Vão amanhã.")
        bia.presses("Enviar e Resolver")
        bia.stands("Resolvido")
        rui.goes_to("/tickets")
        expect(rui.field("Status")).to_be_hidden()
        rui.page.get_by_role("link", name=title, exact=True).click()
        rui.is_at(title)
        rui.presses("SIM, pode encerrar")
        rui.sees("Pronto: o ticket foi encerrado.")
        if has_script:
            expect(rui.page.get_by_role("status").filter(has_text="Pronto")).to_be_focused()
        rui.main.get_by_role("group", name="Satisfação com o atendimento").get_by_label("Ótimo").check()
        rui.main.get_by_role("group", name="Qualidade da solução").get_by_label("Boa").check()
        rui.presses("Enviar avaliação")
        rui.sees("Avaliação registrada. Agradecemos!")
        rui.stands("Fechado")
