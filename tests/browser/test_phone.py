"""On a phone of 360 pixels a requester opens, follows, confirms and rates, and an agent takes a ticket."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

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


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_an_agent_on_a_phone_takes_a_ticket_above_the_composer(
    chrome: Browser, home: Demonstration, has_script: bool
) -> None:
    with (
        visit(chrome, home, "Rui") as rui,
        visit(chrome, home, "Bia", has_script=has_script, viewport=PHONE, has_touch=True) as bia,
    ):
        address = rui.opens_ticket(f"No corredor {has_script}")
        bia.goes_to(f"/desk{address}")
        take, composer = (
            bia.page.get_by_role("button", name="Assumir", exact=True),
            bia.field("Mensagem ao solicitante"),
        )
        assert top(take) < top(composer)
        take.tap()
        bia.stands("Aberto")
        expect(take).to_be_hidden()
        bia.sees("Com você")


def top(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"]
