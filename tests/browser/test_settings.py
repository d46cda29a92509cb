"""A lead sets up the desk, with and without JavaScript: a team, a category, and its workflow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


def test_a_lead_makes_a_team_and_a_category_and_shapes_how_its_tickets_live(
    tab: Visit, request: pytest.FixtureRequest
) -> None:
    script = request.node.callspec.id
    team, category = f"Eventos {script}", f"Formatura {script}"
    with tab("Lia") as lia:
        lia.goes_to("/desk/settings")
        lia.follows("Equipes")
        lia.opens_fold("Nova equipe")
        lia.types("Nome", team)
        lia.main.get_by_label("Bia Nunes").check()
        lia.presses("Salvar")
        lia.sees("Salvo.")
        lia.goes_to("/desk/settings")
        lia.follows("Categorias e assuntos")
        lia.opens_fold("Nova categoria")
        lia.types("Nome", category)
        lia.chooses("Equipe que recebe", team)
        lia.presses("Salvar")
        lia.sees("Salvo.")
        lia.follows(category)
        lia.follows("Mudar o fluxo")
        lia.types("Volta à fila sem movimento por", "5")
        if script == "without_script":
            lia.presses("Ver as datas")
        expect(lia.page.locator("#dates dd").last).to_contain_text("Começando agora: ")
        read_by_requesters = lia.main.get_by_role("region", name="O que o solicitante lê").get_by_label("Novo")
        read_by_requesters.fill("Chegou para nós")
        lia.presses("Conferir antes")
        lia.is_at("Conferir antes")
        lia.presses("Salvar")
        expect(read_by_requesters).to_have_value("Chegou para nós")
    with tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", category)
        ana.types("Título", f"Becas {script}")
        ana.types("Descrição", "São 40 becas.")
        ana.presses("Enviar")
        ana.stands("Chegou para nós")


def test_an_administrator_sets_a_mailbox_and_is_told_what_is_wrong_with_its_server(
    tab: Visit, request: pytest.FixtureRequest
) -> None:
    address = f"suporte-{request.node.callspec.id.replace('_', '-')}@escola.example"
    with tab("Ivo") as ivo:
        ivo.goes_to("/desk/settings/mail")
        ivo.opens_fold("Nova caixa")
        ivo.types("Endereço", address)
        ivo.types("Usuário de quem recebe", "suporte")
        ivo.types("Servidor que recebe (IMAP)", "127.0.0.1")
        ivo.types("Senha de quem recebe", "senha da caixa")
        ivo.types("Sua senha atual", ivo.home.password)
        ivo.refused(422, "/desk/settings/mail/mailboxes")
        ivo.presses("Criar a caixa")
        ivo.sees("Este servidor é da rede interna. Quem cuida do Guichê o libera em GUICHE_MAIL_ALLOW.")
        ivo.types("Servidor que recebe (IMAP)", "93.184.216.34")
        ivo.types("Senha de quem recebe", "senha da caixa")
        ivo.types("Sua senha atual", ivo.home.password)
        ivo.main.get_by_label("Em uso").uncheck()  # so that nobody is asked there
        ivo.presses("Criar a caixa")
        ivo.is_at(address)
        expect(ivo.field("Servidor que recebe (IMAP)")).to_have_value("93.184.216.34")
        expect(ivo.field("Senha de quem recebe")).to_have_value("")
        ivo.follows("E-mail")
        expect(ivo.main.get_by_role("link", name=address)).to_be_visible()


def test_a_workflow_is_changed_under_open_tickets_after_a_look_and_put_back(
    tab: Visit, request: pytest.FixtureRequest
) -> None:
    title = f"Fluxo {request.node.callspec.id}"
    with tab("Ana") as ana, tab("Lia") as lia:
        ana.opens_ticket(title)
        ana.stands("Novo")
        lia.goes_to("/desk/settings/categories")
        lia.follows("Cobrança")
        lia.follows("Mudar o fluxo")
        lia.main.get_by_role("region", name="O que o solicitante lê").get_by_label("Novo").fill("Chegou")
        lia.presses("Conferir antes")
        lia.is_at("Conferir antes")
        lia.sees("Cobrança: palavra de “Novo”: era Novo, passou a Chegou.")
        lia.sees(re.compile(r"^\d+ tickets? em aberto (é alcançado|são alcançados)\.$"))
        ana.goes_to(ana.path)
        ana.stands("Novo")
        lia.presses("Salvar")
        lia.is_at("Fluxo de Cobrança")
        ana.goes_to(ana.path)
        ana.stands("Chegou")
        lia.goes_to("/desk/settings/categories")
        lia.follows("Cobrança")
        lia.chooses("Fluxo", "Guichê")
        lia.presses("Salvar")
        lia.sees("Salvo.")
