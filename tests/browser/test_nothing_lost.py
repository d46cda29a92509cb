"""Typed text is sent once and never lost: double clicks, cut connections, old tabs, ended sessions."""

from contextlib import nullcontext
from functools import partial

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.cutting_proxy import line
from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visit, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

CUT = (
    "Failed to load resource: net::ERR_EMPTY_RESPONSE",
    "htmx: htmx:error: Failed to fetch TypeError: Failed to fetch",
)
INVOICES = "Boletos de novembro com o valor errado"
LONG = " ".join(f"palavra-{number}" for number in range(5000))

SENT_BEFORE = "Você já enviou isto há poucos minutos. Enviar de novo? Então envie mais uma vez."


@pytest.fixture
def scripted(chrome: Browser, home: Demonstration) -> Visit:
    return partial(visit, chrome, home)


def test_f20_a_double_click_sends_one_message(tab: Visit) -> None:
    with tab("Ana") as ana:
        address = ana.opens_ticket("Mensagem com dois cliques")
        ana.types("Adicionar à conversa", "Uma vez só.")
        ana.page.get_by_role("button", name="Enviar mensagem").dblclick()
        expect(ana.messages()).to_have_text(["Como de costume.", "Uma vez só."])
        ana.goes_to(address)
        expect(ana.messages()).to_have_text(["Como de costume.", "Uma vez só."])


def test_f20_a_double_click_opens_one_ticket(tab: Visit) -> None:
    with tab("Ana") as ana:
        title = f"Ticket com dois cliques {ana.has_script}"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.types("Título", title)
        ana.types("Descrição", "Uma vez só.")
        ana.page.get_by_role("button", name="Enviar", exact=True).dblclick()
        ana.is_at(title)
        assert ana.found(title) == [title]


@pytest.mark.parametrize("way", ["back", "reload"])
def test_f21_a_request_whose_answer_was_cut_makes_no_second_ticket_unasked(tab: Visit, way: str) -> None:
    with line() as wire, tab("Ana", proxy={"server": wire.url, "bypass": "<-loopback>"}) as ana:
        title = f"Ticket por linha ruim {way} {ana.has_script}"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.types("Título", title)
        ana.types("Descrição", "A linha caiu.")
        ana.pauses()
        wire.is_cut = True
        ana.presses("Enviar")
        ana.page.wait_for_url("chrome-error://chromewebdata/")
        wire.is_cut = False
        if way == "back":
            ana.page.go_back()
            expect(ana.field("Descrição")).to_have_value("A linha caiu.")
            ana.refused(422, "/tickets")
            ana.presses("Enviar")
            expect(ana.page.get_by_role("alert")).to_contain_text(SENT_BEFORE)
        else:
            ana.page.reload()
            ana.is_at(title)
        assert ana.found(title) == [title]


def test_f21_a_reply_whose_answer_was_cut_is_there_once_when_sent_again(tab: Visit) -> None:
    with line() as wire, tab("Ana", proxy={"server": wire.url, "bypass": "<-loopback>"}) as ana:
        ana.opens_ticket("Resposta por linha ruim")
        ana.types("Adicionar à conversa", "A linha caiu.")
        ana.pauses()
        wire.is_cut = True
        with ana.page.expect_event("requestfailed"):
            ana.presses("Enviar mensagem")
        wire.is_cut = False
        if ana.has_script:
            ana.expects(*CUT)
        else:
            ana.page.wait_for_url("chrome-error://chromewebdata/")
            ana.page.go_back()
        expect(ana.field("Adicionar à conversa")).to_have_value("A linha caiu.")
        if not ana.has_script:
            ana.refused(422, f"{ana.path}/replies")
        ana.presses("Enviar mensagem")
        if not ana.has_script:
            expect(ana.page.get_by_role("alert")).to_contain_text(SENT_BEFORE)
        expect(ana.messages()).to_have_text(["Como de costume.", "A linha caiu."])


def test_f21_a_reply_whose_answer_was_cut_is_said_not_to_have_been_confirmed(scripted: Visit) -> None:
    with line() as wire, scripted("Ana", proxy={"server": wire.url, "bypass": "<-loopback>"}) as ana:
        ana.opens_ticket("Linha cortada")
        ana.types("Adicionar à conversa", "A linha caiu.")
        wire.is_cut = True
        ana.expects(*CUT)
        ana.presses("Enviar mensagem")
        expect(ana.page.get_by_role("alert")).to_be_visible()


def test_f22_the_back_button_finds_the_text_of_a_form_with_errors(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.types("Título", "Falta a categoria")
        ana.types("Descrição", "Escrevi bastante aqui.")
        ana.pauses()
        ana.refused(422, "/tickets")
        ana.presses("Enviar")
        ana.sees("Confira antes de enviar")
        expect(ana.field("Descrição")).to_have_value("Escrevi bastante aqui.")
        ana.page.go_back()
        ana.is_at("Abrir solicitação")
        expect(ana.field("Título")).to_have_value("Falta a categoria")
        expect(ana.field("Descrição")).to_have_value("Escrevi bastante aqui.")


def test_f22_the_back_button_after_sending_makes_no_second_ticket_unasked(tab: Visit) -> None:
    with tab("Ana") as ana:
        title = f"Volta depois de enviar {ana.has_script}"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.chooses("Assunto", "Boletos")
        ana.types("Título", title)
        ana.types("Descrição", "Já foi.")
        ana.presses("Enviar")
        ana.is_at(title)
        ana.page.go_back()
        ana.is_at("Abrir solicitação")
        expect(ana.field("Descrição")).to_have_value("Já foi.")
        expect(ana.field("Assunto").locator("option:checked")).to_have_text("Boletos")
        ana.refused(422, "/tickets")
        ana.presses("Enviar")
        expect(ana.page.get_by_role("alert")).to_contain_text(SENT_BEFORE)
        assert ana.found(title) == [title]


def test_f22_the_back_button_brings_a_filter_back_with_its_list(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=mine")
        everything = ana.titles().all_inner_texts()
        ana.chooses("Status", "Aguardando resposta")
        if not ana.has_script:
            ana.presses("Filtrar")
        expect(ana.titles()).to_have_text([INVOICES])
        ana.page.go_back()
        expect(ana.titles()).to_have_text(everything)
        expect(chosen(ana)).to_have_text("Qualquer um")
        ana.page.go_forward()
        expect(ana.titles()).to_have_text([INVOICES])
        expect(chosen(ana)).to_have_text("Aguardando resposta")
        ana.chooses("Status", "Qualquer um")
        expect(ana.titles()).to_have_text(everything if ana.has_script else [INVOICES])
        ana.page.get_by_role("link", name=INVOICES, exact=True).click()
        ana.is_at(INVOICES)
        ana.page.go_back()
        expect(chosen(ana)).to_have_text("Qualquer um" if ana.has_script else "Aguardando resposta")


def chosen(visitor: Visitor) -> Locator:
    """The status that the filter of the list shows."""
    return visitor.field("Status").locator("option:checked")


def test_f22_an_old_tab_of_a_draft_that_was_sent_meanwhile_keeps_the_text_and_leads_on(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.types("Título", "Rascunho em duas abas")
        ana.types("Descrição", "Primeira versão.")
        ana.presses("Salvar rascunho")
        ana.is_at("Terminar o rascunho")
        address = ana.path
        old = ana.another_tab()
        old.goes_to(address)
        ana.presses("Enviar")
        ana.is_at("Rascunho em duas abas")
        old.types("Descrição", "Segunda versão, mais longa.")
        old.refused(409, f"{address}/submission")
        old.presses("Enviar")
        old.is_at("O ticket mudou")
        expect(old.field("Descrição")).to_have_value("Segunda versão, mais longa.")
        old.follows("Voltar")
        old.is_at("Rascunho em duas abas")
        expect(old.messages()).to_have_text(["Primeira versão."])


def signs_in_elsewhere(visitor: Visitor, who: str, address: str) -> None:
    """Signs out and in again in another tab, so that the forms of this one are of an earlier session."""
    other = visitor.another_tab()
    other.goes_to("/help")
    other.presses("Sair")
    other.is_at("Entrar")
    other.goes_to(f"/sign-in?next={address}")
    other.signs_in(who)
    other.page.wait_for_url(f"**{address}")


def test_f22_a_form_of_an_earlier_session_comes_back_with_its_text(tab: Visit) -> None:
    with tab() as ana:
        ana.goes_to("/sign-in")
        ana.signs_in("Ana")
        ana.is_at("Olá, Ana")
        address = ana.opens_ticket("Aba de ontem")
        ana.types("Adicionar à conversa", "Escrito antes de sair e entrar de novo.")
        signs_in_elsewhere(ana, "Ana", address)
        ana.refused(403, f"{address}/replies")
        ana.presses("Enviar mensagem")
        expect(ana.page.get_by_role("heading", name="Esta página ficou antiga")).to_be_visible()
        heading = "Aba de ontem" if ana.has_script else "Esta página ficou antiga"
        expect(ana.page.get_by_role("heading", level=1)).to_have_text([heading])
        lefts = "all => all.map(each => each.getBoundingClientRect().left)"
        assert len(set(ana.main.get_by_role("heading").evaluate_all(lefts))) == 1
        ana.follows("Voltar ao formulário com o meu texto")
        expect(ana.field("Adicionar à conversa")).to_have_value("Escrito antes de sair e entrar de novo.")
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_text(["Como de costume.", "Escrito antes de sair e entrar de novo."])


def test_an_error_in_the_place_of_a_ticket_leaves_the_page_one_main_heading(scripted: Visit) -> None:
    with scripted("Ana") as ana, scripted() as bia:
        address = ana.opens_ticket("Título que fica")
        bia.goes_to(f"/sign-in?next=/desk{address}")
        bia.signs_in("Bia")
        bia.is_at("Título que fica")
        signs_in_elsewhere(bia, "Bia", f"/desk{address}")
        bia.refused(403, f"/desk{address}/take")
        bia.presses("Assumir")
        expect(bia.page.get_by_role("heading", level=1)).to_have_text(["Esta página ficou antiga"])


def test_f23_a_session_that_ends_while_typing_loses_neither_text_nor_file(tab: Visit) -> None:
    with tab("Ana") as ana:
        address = ana.opens_ticket("Sessão curta")
        ana.types("Adicionar à conversa", LONG)
        ana.attaches("planilha.ods", b"planilha" * 1000)
        ana.loses_the_session()
        ana.refused(401, f"{address}/replies")
        ana.presses("Enviar mensagem")
        ana.sees("Sua sessão terminou.")
        ana.signs_in("Ana")
        expect(ana.field("Adicionar à conversa")).to_have_value(LONG)
        expect(ana.page.get_by_role("checkbox", name="planilha.ods")).to_be_checked()
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_text(["Como de costume.", LONG])
        expect(ana.main.get_by_role("link", name="planilha.ods 8 KB")).to_be_visible()


def test_f23_a_session_that_ends_while_a_request_is_written_loses_neither_text_nor_file(tab: Visit) -> None:
    with tab("Ana") as ana:
        title = f"Pedido longo {ana.has_script}"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Material didático")
        ana.chooses("Assunto", "Entrega")
        ana.types("Descrição", LONG)
        ana.types("Pessoas em cópia", "rui@aurora.example")
        ana.attaches("planilha.ods", b"planilha" * 1000)
        ana.loses_the_session()
        suggests = ana.page.expect_response("**/tickets/new/suggestions?*") if ana.has_script else nullcontext()
        with suggests:
            ana.types("Título", title)
        ana.refused(401, "/tickets")
        ana.presses("Enviar")
        ana.sees("Sua sessão terminou.")
        ana.signs_in("Ana")
        ana.is_at("Abrir solicitação")
        expect(ana.field("Categoria").locator("option:checked")).to_have_text("Material didático")
        expect(ana.field("Assunto").locator("option:checked")).to_have_text("Entrega")
        expect(ana.field("Descrição")).to_have_value(LONG)
        expect(ana.field("Pessoas em cópia")).to_have_value("rui@aurora.example")
        ana.presses("Enviar")
        ana.is_at(title)
        expect(ana.messages()).to_have_text([LONG])
        expect(ana.main.get_by_role("link", name="planilha.ods 8 KB")).to_be_visible()


def test_f23_somebody_else_who_signs_in_on_the_same_browser_sees_nothing_of_it(tab: Visit) -> None:
    with tab("Ana") as ana:
        title = f"Sala dos professores {ana.has_script}"
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Cobrança")
        ana.types("Título", title)
        ana.types("Descrição", "Como de costume.")
        ana.types("Pessoas em cópia", "rui@aurora.example")
        ana.presses("Enviar")
        ana.is_at(title)
        address = ana.path
        ana.types("Adicionar à conversa", "Um segredo da diretoria.")
        ana.attaches("segredo.pdf", b"segredo")
        ana.loses_the_session()
        ana.refused(401, f"{address}/replies")
        ana.presses("Enviar mensagem")
        ana.sees("Sua sessão terminou.")
        rui = ana
        rui.signs_in("Rui")
        rui.is_at(title)
        expect(rui.field("Adicionar à conversa")).to_have_value("")
        assert "segredo" not in rui.page.content()
        rui.goes_to(address)
        expect(rui.field("Adicionar à conversa")).to_have_value("")
        assert "segredo" not in rui.page.content()


def test_a_text_not_yet_sent_is_there_when_the_page_is_opened_again(scripted: Visit) -> None:
    with scripted("Ana") as ana:
        address = ana.opens_ticket("Texto pela metade")
        ana.types("Adicionar à conversa", "Ainda não terminei de")
        ana.follows("Início")
        ana.is_at("Olá, Ana")
        ana.goes_to("/tickets/new")
        expect(ana.field("Descrição")).to_have_value("")
        ana.goes_to(address)
        expect(ana.field("Adicionar à conversa")).to_have_value("Ainda não terminei de")
        ana.types("Adicionar à conversa", "Ainda não terminei de escrever; agora sim.")
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_text(["Como de costume.", "Ainda não terminei de escrever; agora sim."])
        ana.goes_to(address)
        expect(ana.field("Adicionar à conversa")).to_have_value("")


def test_a_request_not_yet_sent_is_there_when_the_form_is_opened_again(scripted: Visit) -> None:
    with scripted("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.types("Título", "Pedido pela metade")
        ana.types("Descrição", "Preciso de")
        ana.goes_to("/")
        ana.goes_to("/tickets/new")
        expect(ana.field("Título")).to_have_value("Pedido pela metade")
        expect(ana.field("Descrição")).to_have_value("Preciso de")
        ana.chooses("Categoria", "Cobrança")
        ana.presses("Enviar")
        ana.is_at("Pedido pela metade")
        ana.goes_to("/tickets/new")
        expect(ana.field("Título")).to_have_value("")
        expect(ana.field("Descrição")).to_have_value("")


@pytest.mark.parametrize("button", ["Sair", "Sair de todos os aparelhos"])
def test_what_somebody_typed_is_gone_from_the_tab_once_they_sign_out(scripted: Visit, button: str) -> None:
    with scripted() as ana:
        ana.goes_to("/sign-in")
        ana.signs_in("Ana")
        ana.is_at("Olá, Ana")
        ana.goes_to("/tickets/new")
        ana.types("Descrição", "Um segredo da diretoria.")
        ana.goes_to("/account")
        ana.types("Nome", "Ana Maria")
        ana.presses(button)
        ana.is_at("Entrar")
        assert ana.page.evaluate("sessionStorage.length") == 0
        ana.signs_in("Ana")
        ana.is_at("Olá, Ana")
        ana.goes_to("/tickets/new")
        expect(ana.field("Descrição")).to_have_value("")


def test_what_was_typed_in_other_forms_of_a_page_stays_when_one_is_sent_but_no_password(scripted: Visit) -> None:
    with scripted("Bia") as bia:
        bia.goes_to("/account")
        bia.types("Nome", "Bia Nunes Lima")
        bia.chooses("Som", "Gota")
        bia.field("Mostrar um aviso do navegador quando houver novidade").check()
        bia.unfolds("Acrescentar um e-mail")
        bia.types("E-mail", "bia.lima@guiche.example")
        bia.page.locator("#new-current").fill("um segredo")
        bia.page.get_by_role("textbox", name="Assinatura").fill("Bia, da N1")
        bia.presses("Salvar assinatura")
        bia.sees("Assinatura salva. Vai nas próximas respostas por e-mail.")
        expect(bia.field("Nome")).to_have_value("Bia Nunes Lima")
        expect(bia.field("Som")).to_have_value("drop")
        expect(bia.field("Mostrar um aviso do navegador quando houver novidade")).to_be_checked()
        expect(bia.field("E-mail")).to_be_visible()
        expect(bia.field("E-mail")).to_have_value("bia.lima@guiche.example")
        expect(bia.page.locator("#new-current")).to_have_value("")
        assert "segredo" not in bia.page.evaluate("JSON.stringify(sessionStorage)")
        bia.goes_to("/account")
        expect(bia.field("Nome")).to_have_value("Bia Nunes")


def test_what_was_typed_in_other_forms_of_a_setting_stays_when_one_is_refused(scripted: Visit) -> None:
    with scripted("Lia") as lia:
        lia.goes_to("/desk/settings/categories")
        lia.follows("Cobrança")
        lia.is_at("Cobrança")
        address = lia.path
        lia.main.get_by_role("region", name="Categoria").get_by_label("Nome").fill("Cobranças")
        lia.unfolds("Novo assunto")
        new = lia.main.locator(f"form[action='{address}/topics']")
        new.get_by_label("Nome").fill(" ")
        lia.refused(422, f"{address}/topics")
        new.get_by_role("button", name="Salvar").click()
        lia.sees("Confira antes de enviar")
        expect(lia.main.get_by_role("region", name="Categoria").get_by_label("Nome")).to_have_value("Cobranças")
        lia.goes_to(address)
        expect(lia.main.get_by_role("region", name="Categoria").get_by_label("Nome")).to_have_value("Cobrança")
