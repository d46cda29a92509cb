"""Open pages show what others do without moving anything; without JavaScript, a reload shows it."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visit, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

OVER = "Sua sessão terminou. Entre de novo para ver o que mudou."
OFFLINE = (
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "htmx: htmx:error: Failed to fetch TypeError: Failed to fetch",
)


def test_an_open_ticket_says_what_others_did_and_keeps_what_is_being_written(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        address = ana.opens_ticket("Boleto de novembro")
        ana.types("Adicionar à conversa", "Estava escrevendo isto")
        place = ana.field("Adicionar à conversa").bounding_box()
        answered(bia, address, "O boleto foi corrigido.")
        ana.sees(re.compile("Bia respondeu agora"))
        expect(ana.page).to_have_title(re.compile(r"^\(\d\) #"))
        assert ana.field("Adicionar à conversa").bounding_box() == place
        expect(ana.messages()).to_have_text(["Como de costume."])
        ana.follows("Mostrar")
        expect(ana.messages()).to_have_text(["Como de costume.", "O boleto foi corrigido."])
        expect(ana.field("Adicionar à conversa")).to_have_value("Estava escrevendo isto")
        expect(ana.page).to_have_title(re.compile("^#"))


def test_what_is_announced_covers_nothing_that_can_be_pressed(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        address = ana.opens_ticket("Boleto de dezembro")
        bia.goes_to(f"/desk{address}")
        for width, height in ((1366, 768), (1366, 600), (768, 600), (360, 560)):
            bia.page.set_viewport_size({"width": width, "height": height})
            ana.types("Adicionar à conversa", f"Em {width} por {height}.")
            ana.presses("Enviar mensagem")
            expect(ana.messages().last).to_have_text(f"Em {width} por {height}.")
            bia.sees(re.compile("Ana respondeu agora"))
            bia.page.get_by_role("button", name="Enviar", exact=True).click(trial=True)
            bia.page.get_by_role("link", name="Todos da organização").click(trial=True)
            bia.page.get_by_role("link", name="Mostrar").click()
            expect(bia.messages().last).to_have_text(f"Em {width} por {height}.")


def test_agents_see_who_comes_who_writes_and_who_leaves(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia, visit(chrome, home, "Davi") as davi:
        address = f"/desk{ana.opens_ticket('Senha do diário')}"
        bia.goes_to(address)
        davi.goes_to(address)
        bia.sees("Davi Reis também está com este ticket aberto.")
        davi.types("Mensagem ao solicitante", "Vou trocar a senha")
        bia.sees("Davi Reis está escrevendo agora.")
        davi.goes_to("/desk")
        expect(bia.page.get_by_text(re.compile("Davi Reis .*está"))).to_have_count(0)


def test_a_list_says_how_many_are_new_and_shows_them_when_asked(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        bia.goes_to("/desk")
        titles = bia.titles().all_inner_texts()
        ana.opens_ticket("Acesso ao portal do aluno")
        bia.sees("1 novo.")
        expect(bia.titles()).to_have_text(titles)
        bia.follows("Mostrar")
        expect(bia.titles().filter(has_text="Acesso ao portal do aluno")).to_have_count(1)
        expect(bia.page.get_by_text("1 novo.")).to_have_count(0)
        ana.opens_ticket("Acesso ao diário")
        ana.goes_to("/tickets")
        for each in (ana, bia):
            _leaves_and_comes_back_to_the_page_that_the_browser_kept(each)
        expect(bia.titles().filter(has_text="Acesso ao diário")).to_have_count(1)


def _leaves_and_comes_back_to_the_page_that_the_browser_kept(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_the_number_beside_the_bell_follows(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        address = ana.opens_ticket("Histórico escolar")
        ana.goes_to("/account")
        bell = ana.page.get_by_role("banner").get_by_role("link", name="Avisos")
        before = bell.inner_text()
        answered(bia, address, "O histórico segue anexo.")
        expect(bell).not_to_have_text(before)


def test_whoever_looks_again_sees_the_same_with_and_without_a_script(
    tab: Visit, chrome: Browser, home: Demonstration
) -> None:
    with tab("Ana") as ana, visit(chrome, home, "Bia") as bia:
        address = ana.opens_ticket("Carteirinha")
        answered(bia, address, "A carteirinha está pronta.")
        ana.goes_to(address)
        expect(ana.messages()).to_have_text(["Como de costume.", "A carteirinha está pronta."])


def answered(agent: Visitor, address: str, words: str) -> None:
    agent.goes_to(f"/desk{address}")
    agent.types("Mensagem ao solicitante", words)
    agent.main.locator("form[action$=replies]").get_by_role("button", name="Enviar", exact=True).click()
    agent.sees(words)


def test_who_asked_for_it_is_called_from_a_tab_that_is_not_in_sight(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Rui", permissions=["notifications"]) as rui, visit(chrome, home, "Bia") as bia:
        rui.page.add_init_script(
            "window.Notification = function (title, more) { document.body.dataset.called = more.body; };"
            "Notification.permission = 'granted'; Notification.requestPermission = function () {};"
        )
        address = rui.opens_ticket("Avise-me")
        rui.goes_to("/account")
        rui.main.get_by_label("Mostrar um aviso do navegador quando houver novidade").check()
        rui.chooses("Som", "Gota")
        rui.presses("Salvar avisos na tela")
        rui.sees("Salvo. Vale nas páginas que você abrir a partir de agora.")
        rui.page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
        rui.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        answered(bia, address, "Chamamos.")
        expect(rui.page.locator("body")).to_have_attribute("data-called", "Você tem 1 aviso não lido")


def test_an_open_page_whose_session_ended_says_so_and_leads_back_to_itself_with_what_was_typed(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        address = ana.opens_ticket("Sessão que acaba")
        ana.types("Adicionar à conversa", "Estava escrevendo isto")
        ana.loses_the_session()
        answered(bia, address, "O boleto foi corrigido.")
        expect(ana.page.get_by_role("alert")).to_have_text(OVER)
        expect(ana.messages()).to_have_text(["Como de costume."])
        ana.follows("Entre de novo")
        ana.signs_in("Ana")
        expect(ana.messages()).to_have_text(["Como de costume.", "O boleto foi corrigido."])
        expect(ana.field("Adicionar à conversa")).to_have_value("Estava escrevendo isto")


@pytest.mark.parametrize("path", ["/tickets?status=all", "/desk?view=all"])
def test_an_open_list_says_that_its_session_ended_and_leads_back_to_itself(
    chrome: Browser, home: Demonstration, path: str
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(path)
        bia.loses_the_session()
        expect(bia.page.get_by_role("alert")).to_have_text(OVER)
        bia.follows("Entre de novo")
        bia.signs_in("Bia")
        bia.page.wait_for_url(f"**{path}")


def test_an_open_page_goes_on_once_one_has_signed_in_again_in_another_tab(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to("/tickets")
        bia.loses_the_session()
        expect(bia.page.get_by_role("alert")).to_have_text(OVER)
        other = bia.another_tab()
        other.goes_to(bia.page.get_by_role("link", name="Entre de novo").get_attribute("href") or "")
        other.signs_in("Bia")
        other.page.wait_for_url("**/tickets")
        expect(bia.page.get_by_role("alert")).to_have_count(0)


def test_what_was_typed_in_the_forms_of_an_account_is_there_after_signing_in_again(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to("/account")
        bia.types("Nome", "Bia Nunes Lima")
        bia.loses_the_session()
        bia.follows("Entre de novo")
        bia.signs_in("Bia")
        bia.page.wait_for_url("**/account")
        expect(bia.field("Nome")).to_have_value("Bia Nunes Lima")


def test_what_was_chosen_for_a_new_ticket_is_there_after_signing_in_again(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Material didático")
        ana.chooses("Assunto", "Troca")
        ana.types("Título", "Capa trocada")
        ana.types("Pessoas em cópia", "rui@aurora.example")
        ana.loses_the_session()
        ana.follows("Entre de novo")
        ana.signs_in("Ana")
        ana.is_at("Abrir solicitação")
        expect(ana.field("Categoria").locator(":checked")).to_have_text("Material didático")
        expect(ana.field("Assunto").get_by_role("option")).to_have_text(["Escolha…", "Pedido", "Troca", "Entrega"])
        expect(ana.field("Assunto").locator(":checked")).to_have_text("Troca")
        expect(ana.field("Título")).to_have_value("Capa trocada")
        expect(ana.field("Pessoas em cópia")).to_have_value("rui@aurora.example")


@pytest.mark.parametrize("path", ["/tickets", "/desk"])
def test_an_open_list_without_a_connection_says_so_until_it_is_back(
    chrome: Browser, home: Demonstration, path: str
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(path)
        bia.expects(*OFFLINE)
        bia.page.context.set_offline(True)
        expect(bia.page.get_by_role("alert")).to_have_text("Sem conexão. O que mudou aparece quando ela voltar.")
        bia.page.context.set_offline(False)
        expect(bia.page.get_by_role("alert")).to_have_count(0)
