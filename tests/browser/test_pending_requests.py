"""Typing, choices and clicks during a pending request are kept, and sent in order."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


class Gate:
    """Holds requests to this address until it is opened."""

    def __init__(self, page: Page, address: str) -> None:
        self._is_open = False
        self._waiting: list[Route] = []
        page.route(re.compile(address), self._comes)

    def opens(self) -> None:
        self._is_open = True
        for route in self._waiting:
            route.continue_()

    def _comes(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._waiting.append(route)


@pytest.fixture
def opened(chrome: Browser, home: Demonstration, request: pytest.FixtureRequest) -> str:
    """The address of a new ticket of Ana's."""
    with visit(chrome, home, "Ana") as ana:
        return ana.opens_ticket(f"Boleto em dobro ({request.node.name})")


def test_what_is_pressed_while_another_answer_is_awaited_is_done_after_it(
    chrome: Browser, home: Demonstration, opened: str
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{opened}")
        take, reply = Gate(bia.page, "/take$"), Gate(bia.page, "/replies$")
        bia.presses("Assumir")
        bia.types("Mensagem ao solicitante", "Feito.")
        bia.presses("Enviar e Resolver")
        take.opens()
        bia.stands("Aberto")
        reply.opens()
        bia.stands("Resolvido")
        expect(bia.messages().last).to_have_text("Feito.")
        expect(bia.field("Mensagem ao solicitante")).to_have_value("")


def test_what_is_typed_and_chosen_while_an_answer_is_awaited_stays(
    chrome: Browser, home: Demonstration, opened: str
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{opened}")
        take = Gate(bia.page, "/take$")
        bia.presses("Assumir")
        _writes(bia)
        take.opens()
        bia.stands("Aberto")
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Vou ver.")
        expect(bia.field("Pessoas em cópia")).to_have_value("rui@aurora.example")
        expect(bia.field("Equipe").locator("option:checked")).to_have_text("Integrações")


def _writes(bia: Visitor) -> None:
    bia.types("Mensagem ao solicitante", "Vou ver.")
    bia.opens_fold("Anexos e cópia")
    bia.types("Pessoas em cópia", "rui@aurora.example")
    bia.chooses("Equipe", "Integrações")


def test_a_button_held_down_while_an_answer_comes_is_still_pressed(
    chrome: Browser, home: Demonstration, opened: str
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{opened}")
        take = Gate(bia.page, "/take$")
        bia.presses("Assumir")
        bia.types("Mensagem ao solicitante", "Feito.")
        bia.page.get_by_role("button", name="Enviar e Resolver").hover()
        bia.page.mouse.down()
        with bia.page.expect_request_finished(lambda request: request.url.endswith("/take")):
            take.opens()
        bia.page.mouse.up()
        bia.stands("Resolvido")
        expect(bia.messages().last).to_have_text("Feito.")


def test_topics_that_come_late_leave_what_was_typed_meanwhile(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        ana.goes_to("/tickets/new")
        topics = Gate(ana.page, "/tickets/new/topics")
        ana.chooses("Categoria", "Material didático")
        ana.types("Título", "Livros do 3º ano")
        expect(ana.field("Assunto").locator("option")).to_have_text(["Escolha primeiro a categoria"])
        topics.opens()
        expect(ana.field("Assunto").locator("option")).to_have_text(["Escolha…", "Pedido", "Troca", "Entrega"])
        expect(ana.field("Título")).to_have_value("Livros do 3º ano")
        expect(ana.field("Título")).to_be_focused()
