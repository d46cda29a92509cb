"""The kiosk at 800 by 480 pixels: by touch and keyboard, with and without JavaScript, and offline."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.checker import Checker
from tests.browser.demonstration import Demonstration
from tests.browser.page_faults import Look
from tests.browser.visitors import FLAGS, Visitor, visit
from tests.servers import chromium

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

SCREEN = {"width": 800, "height": 480}
HOME = "Como podemos ajudar?"
TOUCHES = 6
"""The most touches, besides typing."""


def new_link(chrome: Browser, home: Demonstration) -> str:
    """The path of a link that binds a device to the demonstration's kiosk."""
    with visit(chrome, home, "Ivo") as ivo:
        ivo.goes_to("/desk/settings/kiosks")
        ivo.follows("Recepção")
        ivo.page.get_by_role("button", name=re.compile("Fazer o link|Ligar outro")).click()
        return ivo.page.locator("code.secret").inner_text().removeprefix(home.url)


@contextmanager
def at_kiosk(chrome: Browser, home: Demonstration, **options: Any) -> Iterator[Visitor]:
    link = new_link(chrome, home)
    with visit(chrome, home, viewport=SCREEN, has_touch=True, **options) as visitor:
        binds(visitor, link)
        yield visitor


def binds(visitor: Visitor, link: str) -> None:
    visitor.goes_to(link)
    visitor.presses("Ligar este aparelho")
    visitor.is_at(HOME)


class Touching:
    """Counts touches, except typing."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.touches = visitor.page, 0

    def touch(self, name: str, role: Any = "button") -> None:
        self.touches += 1
        self.page.get_by_role(role, name=name, exact=True).tap()

    def types(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.touches += 1
        field.tap()
        field.fill(text)


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_stranger_opens_a_ticket_follows_it_and_leaves(
    chrome: Browser, home: Demonstration, has_script: bool
) -> None:
    with at_kiosk(chrome, home, has_script=has_script) as visitor:
        hand = Touching(visitor)
        assert fits(visitor.page)
        hand.touch("Abrir uma solicitação", "link")
        visitor.is_at("Sobre o que é?")
        hand.touch("Cobrança")
        visitor.is_at("Cobrança")
        hand.types("Seu nome", "Marta Reis")
        hand.types("O que você precisa?", "O boleto não abre.")
        hand.touch("Enviar")
        visitor.is_at("Recebemos!")
        assert hand.touches <= TOUCHES
        number = visitor.page.locator(".number").inner_text()
        code = visitor.page.locator(".code").inner_text()
        hand.touch("Terminar")
        visitor.is_at(HOME)
        hand.touch("Acompanhar", "link")
        hand.types("Número", number)
        hand.types("Código", code.lower())
        hand.touch("Acompanhar")
        visitor.is_at("O boleto não abre.")
        hand.types("Escrever mais", "É o de novembro.")
        hand.touch("Enviar")
        visitor.sees("Obrigado! A sua resposta foi registrada.")
        if has_script:
            expect(visitor.main.get_by_role("status")).to_be_focused()
        hand.touch("Terminar")
        visitor.is_at(HOME)
        visitor.page.go_back()
        assert "Marta" not in visitor.page.content()
        visitor.goes_to("/follow/ticket")
        visitor.is_at("Acompanhar uma solicitação")


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_ticket_solved_while_it_is_shown_asks_once_and_takes_words_again_after_nao(
    chrome: Browser, home: Demonstration, has_script: bool
) -> None:
    with at_kiosk(chrome, home, has_script=has_script) as visitor, visit(chrome, home, "Bia") as bia:
        number = follows(visitor)
        expect(visitor.field("Escrever mais")).to_be_visible()
        solves(bia, number)
        if not has_script:
            visitor.presses("Atualizar")
        expect(visitor.main.get_by_text("O problema foi resolvido?")).to_have_count(1)
        expect(visitor.field("Escrever mais")).to_have_count(0)
        yes, no = (visitor.main.get_by_role("button", name=each).bounding_box() for each in ("SIM, pode", "NÃO, quero"))
        assert yes
        assert no
        assert (yes["width"], yes["y"]) == (no["width"], no["y"])
        visitor.unfolds("NÃO, quero explicar")
        visitor.types("O que ainda não está resolvido?", "Continua igual.")
        visitor.presses("Reabrir o ticket")
        expect(visitor.messages().last).to_have_text("Continua igual.")
        expect(visitor.main.get_by_text("O problema foi resolvido?")).to_have_count(0)
        expect(visitor.field("Escrever mais")).to_be_visible()


def test_words_in_the_line_stay_when_the_ticket_is_solved_and_after_nao(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor, visit(chrome, home, "Bia") as bia:
        number = follows(visitor)
        visitor.types("Escrever mais", "Nem a segunda via.")
        solves(bia, number)
        visitor.sees("O problema foi resolvido?")
        expect(visitor.field("Escrever mais")).to_have_value("Nem a segunda via.")
        visitor.unfolds("NÃO, quero explicar")
        visitor.types("O que ainda não está resolvido?", "Continua igual.")
        visitor.presses("Reabrir o ticket")
        expect(visitor.messages().last).to_have_text("Continua igual.")
        expect(visitor.field("Escrever mais")).to_have_value("Nem a segunda via.")
        visitor.presses("Enviar")
        expect(visitor.messages().last).to_have_text("Nem a segunda via.")
        expect(visitor.field("Escrever mais")).to_have_value("")


def test_while_a_form_is_sent_the_page_requests_nothing_else(chrome: Browser, home: Demonstration) -> None:
    """Otherwise its news would be refused as soon as the form has ended the visit."""
    with at_kiosk(chrome, home) as visitor:
        number, code = opens(visitor)
        visitor.presses("Terminar")
        visitor.is_at(HOME)
        visitor.page.clock.install()
        visitor.goes_to(f"/follow?number={number}#{code}")
        visitor.presses("Acompanhar")
        visitor.is_at("O boleto não abre.")
        held: list[Route] = []
        asked: list[str] = []
        visitor.page.route("**/follow/end", lambda route: held.append(route))  # noqa: PLW0108 - no method of a list will do
        visitor.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        visitor.presses("Terminar")
        visitor.page.clock.run_for(12_000)
        assert asked == ["/follow/end"]
        held[0].continue_()
        visitor.is_at(HOME)


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_another_subject_keeps_the_words_and_enter_sends_them(
    chrome: Browser, home: Demonstration, has_script: bool
) -> None:
    with at_kiosk(chrome, home, has_script=has_script) as visitor:
        begins(visitor)
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("O que você precisa?", "O livro\nnão veio.")
        visitor.presses("Trocar o assunto")
        visitor.is_at("Sobre o que é?")
        visitor.presses("Material didático")
        visitor.is_at("Material didático")
        expect(visitor.field("O que você precisa?")).to_have_value("O livro\nnão veio.")
        visitor.field("Seu nome").press("Enter")
        visitor.is_at("Recebemos!")


def test_what_is_wrong_with_a_form_has_the_focus(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        begins(visitor)
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("O que você precisa?", "O boleto não abre.")
        visitor.types("E-mail", "sem arroba")
        visitor.refused(422, "/kiosk/request")
        visitor.presses("Enviar")
        expect(visitor.main.get_by_role("alert")).to_be_focused()


def test_where_no_printer_is_the_receipt_says_what_to_do(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        visitor.page.add_init_script("window.print = () => { throw new Error('no printer'); }")
        opens(visitor)
        visitor.presses("Imprimir")
        visitor.sees("Não saiu nada? Fotografe esta tela, ou copie o número e o código.")
        expect(visitor.page.locator(".code")).to_be_visible()


def test_the_receipt_leads_a_phone_to_the_ticket(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        number, code = opens(visitor)
    with visit(chrome, home, viewport={"width": 360, "height": 740}) as phone:
        phone.goes_to(f"/follow?number={number}#{code}")
        expect(phone.field("Código")).to_have_value(code)
        assert phone.page.url.endswith(f"/follow?number={number}")
        phone.main.get_by_role("button", name="Acompanhar").click()
        phone.is_at("O boleto não abre.")


def test_everything_is_done_by_keyboard_alone(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        keys = visitor.page.keyboard
        reaches(visitor, "Abrir uma solicitação")
        keys.press("Enter")
        visitor.is_at("Sobre o que é?")
        reaches(visitor, "Material didático")
        keys.press("Enter")
        visitor.is_at("Material didático")
        reaches(visitor, "Seu nome")
        keys.type("Marta Reis")
        reaches(visitor, "O que você precisa?")
        keys.type("Faltou um livro.")
        reaches(visitor, "Enviar")
        keys.press("Enter")
        visitor.is_at("Recebemos!")
        reaches(visitor, "Terminar")
        keys.press("Enter")
        visitor.is_at(HOME)


def test_a_kiosk_that_nobody_touches_counts_down_and_clears_itself(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        visitor.page.clock.install()
        begins(visitor)
        visitor.types("Seu nome", "Marta Reis")
        visitor.page.clock.run_for(60_000)
        expect(visitor.page.get_by_role("timer")).to_contain_text(re.compile(r"em (29|30) s"))
        visitor.types("O que você precisa?", "Ainda escrevo")
        visitor.page.clock.run_for(60_000)
        expect(visitor.field("Seu nome")).to_have_value("Marta Reis")
        visitor.page.clock.run_for(32_000)
        visitor.is_at(HOME)
        visitor.goes_to("/kiosk/request?category=1")
        visitor.is_at(HOME)


def test_the_first_page_keeps_large_letters_and_a_call_while_it_is_touched_and_no_longer(
    chrome: Browser, home: Demonstration
) -> None:
    with at_kiosk(chrome, home) as visitor:
        large, told = visitor.page.locator("html[data-big]"), visitor.main.get_by_role("status")
        visitor.page.clock.install()
        visitor.page.reload()
        visitor.page.clock.run_for(100_000)
        visitor.presses("Letras grandes e contraste")
        expect(large).to_have_count(1)
        visitor.page.clock.run_for(60_000)
        visitor.presses("Chamar atendente")
        expect(told).to_have_text("Chamamos alguém da equipe. Aguarde aqui, por favor.")
        expect(told).to_be_focused()
        visitor.page.clock.run_for(110_000)
        expect(told).to_be_visible()
        visitor.page.clock.run_for(12_000)
        expect(told).to_have_count(0)
        expect(large).to_have_count(0)


def test_the_blocks_of_articles_and_errors_stand_apart_at_a_kiosk_and_in_a_frame(
    chrome: Browser, home: Demonstration
) -> None:
    with at_kiosk(chrome, home) as visitor:
        visitor.goes_to("/kiosk/help")
        visitor.main.get_by_role("link").first.click()
        expect(visitor.page.get_by_role("article")).to_be_visible()
        slug = visitor.path.rpartition("/")[2]
        assert visitor.page.locator(".prose").evaluate(NEAREST) >= 8
        for path in ("/embed/help/nada", "/kiosk/help/nada"):
            visitor.refused(404, path)
            visitor.goes_to(path)
            assert visitor.page.locator(".error-page").evaluate(NEAREST) >= 8, path
        visitor.goes_to(f"/embed/help/{slug}")
        assert visitor.page.locator(".prose").evaluate(NEAREST) >= 8


NEAREST = """all => Math.min(...Array.from(all.children).slice(1).map(each =>
  each.getBoundingClientRect().top - each.previousElementSibling.getBoundingClientRect().bottom))"""
"""The smallest distance between two blocks, in pixels."""


@pytest.mark.html_checker
def test_an_error_at_the_kiosk_leads_to_the_first_page_also_when_nobody_touches_it(
    chrome: Browser, home: Demonstration, nu: Checker
) -> None:
    with at_kiosk(chrome, home) as visitor:
        look = Look(visitor, nu)
        visitor.refused(404, "/kiosk/nada")
        visitor.refused(404, "/kiosk/help/nada")
        visitor.goes_to("/kiosk/nada")
        assert look.faults() == []
        visitor.follows("Ir para o início")
        visitor.is_at(HOME)
        visitor.presses("Letras grandes e contraste")
        visitor.is_at(HOME)
        visitor.page.clock.install()
        for path in ("/kiosk/help/nada", "/kiosk/nada"):
            visitor.goes_to(path)
            visitor.is_at("Não encontramos esta página")
            expect(visitor.page.locator("html[data-big]")).to_have_count(1)
            visitor.page.clock.run_for(92_000)
            visitor.is_at(HOME)
            visitor.presses("Letras grandes e contraste")


def test_without_a_script_the_page_says_when_it_goes_and_asks_for_the_first_one(
    chrome: Browser, home: Demonstration
) -> None:
    with at_kiosk(chrome, home, has_script=False) as visitor:
        visitor.refused(404, "/kiosk/nada")
        for path in ("/kiosk/help", "/kiosk/nada"):
            visitor.goes_to(path)
            told = "Esta tela volta ao início sozinha em 5 minutos."
            expect(visitor.page.get_by_role("timer")).to_contain_text(told)
            refresh = visitor.page.locator("meta[http-equiv=refresh]")
            assert refresh.get_attribute("content") == "300; url=/kiosk?over=1"


def test_f21_what_was_written_waits_for_a_lost_line_and_is_sent_once(chrome: Browser, home: Demonstration) -> None:
    with at_kiosk(chrome, home) as visitor:
        begins(visitor)
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("O que você precisa?", "Sem linha agora.")
        visitor.page.context.set_offline(True)
        visitor.expects("Failed to load resource: net::ERR_INTERNET_DISCONNECTED")
        visitor.presses("Enviar")
        expect(visitor.page.get_by_role("alert")).to_contain_text("Sem conexão agora.")
        expect(visitor.field("O que você precisa?")).to_have_value("Sem linha agora.")
        visitor.page.context.set_offline(False)
        visitor.is_at("Recebemos!")
        number = int(visitor.page.locator(".number").inner_text())
    with at_kiosk(chrome, home) as visitor:
        assert int(opens(visitor)[0]) == number + 1


@pytest.mark.html_checker
def test_the_settings_of_kiosks_break_no_rule(chrome: Browser, home: Demonstration, nu: Checker) -> None:
    with visit(chrome, home, "Ivo", reduced_motion="reduce", has_touch=True) as ivo:
        look = Look(ivo, nu)
        ivo.goes_to("/desk/settings/kiosks")
        assert look.faults_now() == []
        ivo.follows("Recepção")
        ivo.page.get_by_role("button", name=re.compile("Fazer o link|Ligar outro")).click()
        ivo.sees("Abra este link no aparelho: ele não será mostrado de novo.")
        assert look.faults_now() == []


def test_the_browser_keeps_none_of_the_words_typed(chrome: Browser, home: Demonstration, tmp_path: Path) -> None:
    words = ("Quinzolina", "jabuticabeira")
    link = new_link(chrome, home)
    context = chrome.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=chromium(), args=list(FLAGS), locale="pt-BR", viewport=SCREEN
    )
    visitor = Visitor(context.pages[0], home, has_script=True)
    binds(visitor, link)
    begins(visitor)
    visitor.types("Seu nome", words[0])
    visitor.types("O que você precisa?", f"Uma {words[1]} no pátio.")
    visitor.pauses()
    visitor.presses("Enviar")
    visitor.is_at("Recebemos!")
    visitor.presses("Terminar")
    visitor.is_at(HOME)
    visitor.pauses()
    context.close()
    kept = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert len(kept) > 10
    forms = [form for word in words for form in (word.encode(), word.encode("utf-16le"))]
    assert [form for form in forms if any(form in each for each in kept)] == []


def pages_of_kiosk(visitor: Visitor, link: str) -> Iterator[str]:
    """Yields the name of each page, in the order in which people reach them."""
    for path in ("/kiosk", link):
        visitor.goes_to(path)
        yield f"unbound {path[:15]}"
    binds(visitor, link)
    for path in ("/kiosk", "/kiosk/categories", "/kiosk/help?q=boleto", "/kiosk/help", "/follow"):
        visitor.goes_to(path)
        yield path
    visitor.goes_to("/kiosk/help?q=boleto")
    visitor.main.locator("a[href^='/kiosk/help/']").first.click()
    expect(visitor.page.get_by_role("article")).to_be_visible()
    yield "article"
    begins(visitor)
    visitor.page.reload()
    yield "request"
    number, code = opens(visitor)
    visitor.page.reload()
    yield "receipt"
    visitor.goes_to(f"/follow?number={number}#{code}")
    visitor.main.get_by_role("button", name="Acompanhar").click()
    visitor.is_at("O boleto não abre.")
    visitor.page.reload()
    yield "ticket"


def begins(visitor: Visitor) -> None:
    visitor.goes_to("/kiosk/categories")
    visitor.presses("Cobrança")
    visitor.is_at("Cobrança")


def opens(visitor: Visitor) -> tuple[str, str]:
    begins(visitor)
    visitor.types("Seu nome", "Marta Reis")
    visitor.types("O que você precisa?", "O boleto não abre.")
    visitor.presses("Enviar")
    visitor.is_at("Recebemos!")
    return visitor.page.locator(".number").inner_text(), visitor.page.locator(".code").inner_text()


def follows(visitor: Visitor) -> str:
    """Opens a ticket and follows it. Returns its number."""
    number, code = opens(visitor)
    visitor.goes_to("/follow")
    visitor.types("Número", number)
    visitor.types("Código", code)
    visitor.presses("Acompanhar")
    visitor.is_at("O boleto não abre.")
    return number


def solves(bia: Visitor, number: str) -> None:
    bia.goes_to(f"/desk/tickets/{number}")
    bia.types("Mensagem ao solicitante", "Emitimos outro.")
    bia.presses("Enviar e Resolver")
    bia.stands("Resolvido")


def fits(page: Page) -> bool:
    """Whether the main choices are visible without scrolling."""
    return bool(page.evaluate("document.documentElement.scrollHeight <= innerHeight"))


def reaches(visitor: Visitor, name: str) -> None:
    for _ in range(30):
        visitor.page.keyboard.press("Tab")
        focused = "(document.activeElement.labels || [])[0] || document.activeElement"
        if visitor.page.evaluate(f"({focused}).textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not reached")


def test_every_step_is_quick_on_a_slow_line(chrome: Browser, home: Demonstration) -> None:
    """At 400 kbit/s and 400 ms an answer goes once forth and back: a step asks for two at most, and repeats none."""
    with at_kiosk(chrome, home) as visitor:
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(f"{request.method} {request.url[len(home.url) :]}"))
        begins(visitor)
        asked.clear()
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("O que você precisa?", "O boleto não abre.")
        visitor.presses("Enviar")
        visitor.is_at("Recebemos!")
        assert asked == ["POST /kiosk/request", "GET /kiosk/receipt"]
