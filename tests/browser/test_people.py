"""People are added at the desk and deactivated, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


def test_an_administrator_makes_an_agent_who_works_and_leaves(tab: Visit, request: pytest.FixtureRequest) -> None:
    script = request.node.callspec.id
    name, login, title = f"Gil {script}", f"gil-{script}", f"Boletos {script}"
    with tab("Ana") as ana:
        ana.opens_ticket(title)
    with tab("Ivo") as ivo, tab() as gil:
        ivo.goes_to("/desk/people")
        ivo.follows("Nova pessoa")
        ivo.types("Nome completo", name)
        ivo.types("Usuário da organização", login)
        ivo.chooses("Papel", "Atendente")
        ivo.types("Sua senha atual", ivo.home.password)
        ivo.presses("Cadastrar e convidar")
        ivo.is_at(f"Link para {name}")
        link = ivo.page.locator("code.secret").inner_text()
        gil.goes_to(re.sub("^https?://[^/]+", "", link))
        gil.types("Nova senha", "tucano verde canta tarde")
        gil.types("Repita a senha", "tucano verde canta tarde")
        gil.presses("Salvar e entrar")
        gil.goes_to("/desk?view=all&q=" + script)
        gil.page.get_by_role("link", name=title, exact=True).click()
        gil.presses("Assumir")
        expect(gil.page.locator("#holder")).to_contain_text("Com você")
        number = gil.path
        ivo.follows("Ver o cadastro")
        ivo.follows("Mudar o cadastro")
        ivo.follows("Encerrar o acesso")
        ivo.is_at(f"Encerrar o acesso de {name}?")
        expect(ivo.main.locator("dd").first).to_have_text("1")
        ivo.presses("Encerrar o acesso")
        ivo.sees("Acesso encerrado. O que a pessoa atendia voltou à fila, em destaque.")
        gil.goes_to("/desk")
        gil.is_at("Entrar")
        ivo.goes_to(number)
        expect(ivo.page.locator("#holder")).to_contain_text("Sem atendente")


def test_an_agent_invites_a_requester_by_mail_and_notes_a_phone(tab: Visit, request: pytest.FixtureRequest) -> None:
    script = request.node.callspec.id
    with tab("Bia") as bia:
        bia.goes_to("/desk/people/new")
        bia.types("Nome completo", f"Nina {script}")
        bia.types("E-mail", f"nina-{script.replace('_', '-')}@aurora.example")
        bia.types("Organização", "Colégio Aurora")
        bia.presses("Cadastrar e convidar")
        bia.sees("Convite guardado, pois este portal ainda não envia e-mail. Está com quem cuida do servidor.")
        bia.follows("Mudar o cadastro")
        bia.types("Novo telefone", "11 98765-4321")
        bia.presses("Acrescentar telefone")
        bia.sees("Telefone acrescentado.")
        bia.sees("(11) 98765-4321")
