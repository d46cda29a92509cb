"""Data export and erasure of a person, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


def test_somebody_takes_a_copy_and_asks_to_be_erased(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/account/data")
        ana.main.get_by_role("button", name="Preparar").click()
        expect(ana.main.get_by_text("Estamos preparando a cópia.")).to_be_visible()
        ana.follows("Pedir que apaguem")
        ana.is_at("Pedir que apaguem seus dados?")
        ana.follows("Não pedir")
        ana.follows("Pedir que apaguem")
        ana.presses("Sim, pedir que apaguem")
        ana.sees("Pedido registrado. Respondemos em até 15 dias.")
        with tab("Ivo") as ivo:
            ivo.goes_to("/desk/settings")
            ivo.follows("Pedidos de privacidade")
            ivo.main.get_by_role("link", name="Conferir o pedido de Ana Prado").click()
            ivo.is_at("Apagar os dados de Ana Prado?")
            ivo.follows("Não apagar")
            ivo.is_at("Pedidos de privacidade")
        ana.presses("Retirar o pedido")
        ana.sees("Pedido retirado. Nada foi apagado.")
