"""No page has an axe violation or scrolls sideways, and all of it works by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.checker import Checker
from tests.browser.demonstration import ADDRESSES, Demonstration
from tests.browser.page_faults import Look
from tests.browser.pages import PAGES, Way
from tests.browser.visitors import Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


@pytest.mark.html_checker
@pytest.mark.parametrize(("who", "way"), [pytest.param(who, way, id=name) for name, who, way in PAGES])
def test_a_page_after_something_was_done_on_it_is_for_everyone(
    chrome: Browser, home: Demonstration, nu: Checker, who: str | None, way: Way
) -> None:
    with visit(chrome, home, who, reduced_motion="reduce", has_touch=True) as visitor:
        way(visitor)
        assert Look(visitor, nu).faults_now() == []


def test_the_skip_link_leads_past_the_menu(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        ana.goes_to("/tickets")
        ana.page.keyboard.press("Tab")
        expect(ana.page.get_by_role("link", name="Pular para o conteúdo principal")).to_be_focused()
        expect(ana.page.get_by_role("link", name="Pular para o conteúdo principal")).to_be_in_viewport(ratio=1)
        ana.page.keyboard.press("Enter")
        ana.page.keyboard.press("Tab")
        expect(ana.main.get_by_role("link", name="Abrir solicitação")).to_be_focused()


def test_ana_signs_in_reads_replies_and_leaves_by_keyboard(chrome: Browser, home: Demonstration) -> None:
    title = "Resposta pelo teclado"
    with visit(chrome, home, "Ana") as earlier:
        earlier.opens_ticket(title)
    with visit(chrome, home) as ana:
        keys = ana.page.keyboard
        ana.goes_to("/")
        _reach(ana, "Entrar")
        keys.press("Enter")
        ana.is_at("Entrar")
        _reach(ana, "E-mail ou usuário da organização")
        keys.type(ADDRESSES["Ana"])
        _reach(ana, "Senha")
        keys.type(home.password)
        keys.press("Enter")
        ana.is_at("Olá, Ana")
        _reach(ana, "Meus tickets")
        keys.press("Enter")
        ana.is_at("Meus tickets")
        _reach(ana, "Tipo de solicitação")
        _pick(ana, "Tipo de solicitação", "Minhas solicitações")
        _reach(ana, "Busca pelo assunto ou número do ticket")
        keys.type("resposta teclado")
        _reach(ana, "Filtrar")
        keys.press("Enter")
        expect(ana.titles()).to_have_text([title])
        _reach(ana, f"Ver Detalhe: {title}")
        keys.press("Enter")
        expect(ana.page.get_by_role("article")).to_be_visible()
        _reach(ana, "Adicionar à conversa")
        keys.type("Sem tocar no mouse.")
        _reach(ana, "Pessoas em cópia")
        keys.type("rui@aurora.example")
        _reach(ana, "Enviar mensagem")
        keys.press("Enter")
        expect(ana.messages()).to_have_text(["Como de costume.", "Sem tocar no mouse."])
        expect(ana.main.get_by_role("status").filter(has_text="Mensagem enviada.")).to_be_focused()
        _reach(ana, "Sair")
        keys.press("Enter")
        ana.is_at("Entrar")


def test_ana_opens_a_ticket_by_keyboard(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        keys = ana.page.keyboard
        ana.page.on("filechooser", lambda _: None)  # heard from the start: Chromium does not wait for a late listener
        ana.goes_to("/")
        _reach(ana, "Abrir solicitação")
        keys.press("Enter")
        ana.is_at("Abrir solicitação")
        _reach(ana, "Categoria")
        _pick(ana, "Categoria", "Material didático")
        expect(ana.field("Assunto").get_by_role("option")).to_have_text(["Escolha…", "Pedido", "Troca", "Entrega"])
        _reach(ana, "Assunto")
        _pick(ana, "Assunto", "Entrega")
        _reach(ana, "Título")
        keys.type("Só pelo teclado")
        _reach(ana, "Descrição")
        keys.type("Sem tocar no mouse.")
        _reach(ana, "Anexar arquivos")
        with ana.page.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files({"name": "teclado.txt", "mimeType": "text/plain", "buffer": b"tec tec"})
        _reach(ana, "Enviar")
        keys.press("Enter")
        ana.is_at("Só pelo teclado")
        expect(ana.main.get_by_role("link", name="teclado.txt 7 bytes")).to_be_visible()


def test_the_summary_of_errors_has_the_focus_and_its_links_lead_to_the_fields(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.refused(422, "/tickets")
        ana.presses("Enviar")
        expect(ana.page.get_by_role("alert")).to_be_focused()
        ana.follows("Descrição")
        expect(ana.field("Descrição")).to_be_focused()
        expect(ana.field("Descrição")).to_have_accessible_description(re.compile("Escreva a descrição.$"))


def _pick(visitor: Visitor, label: str, option: str) -> None:
    """Moves down the options of the focused list."""
    chosen = visitor.field(label).locator("option:checked")
    for _ in range(visitor.field(label).get_by_role("option").count()):
        if chosen.inner_text() == option:
            return
        visitor.page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text(option)


def _reach(visitor: Visitor, name: str) -> None:
    """Presses Tab until the control with that name has the focus; every focused control must be visible."""
    passed = []
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        focus = visitor.page.evaluate(FOCUS)
        assert focus["shown"], focus["html"]
        if re.fullmatch(rf"{re.escape(name)}( ?:.*)?", focus["name"]):
            return
        passed.append(focus["name"])
    raise AssertionError(f"{name} is not among {passed}")


FOCUS = """async () => {
  const focused = document.activeElement, style = getComputedStyle(focused), patience = performance.now() + 5000;
  const label = focused.getAttribute('aria-label') || (focused.labels && focused.labels.length
    ? focused.labels[0].innerText : focused.innerText) || '';
  const isShown = () => {
    const box = focused.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && box.top < innerHeight && box.bottom > 0;
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return focused === document.body || (seen && ring);
  };
  while (!isShown() && performance.now() < patience) await new Promise(requestAnimationFrame);
  return { name: label.trim().replace(/\\s+/g, ' '), html: focused.outerHTML.slice(0, 200), shown: isShown() };
}"""
"""The focused control; what moves a page, as suggestions that come meanwhile, takes the browser a frame or two."""
