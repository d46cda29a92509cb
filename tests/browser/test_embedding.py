"""The example site on an origin of its own, in a browser that blocks third-party cookies."""

import gzip
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.checker import Checker
from tests.browser.demonstration import Demonstration
from tests.browser.page_faults import AXE, RULES, RUN, Look
from tests.browser.test_chats import OFFERED
from tests.browser.visitors import FLAGS, Visitor, visit
from tests.servers import chromium
from web.settings import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

EXAMPLE = ROOT / "docs" / "examples" / "embedding.html"
SCRIPT = ROOT / "static" / "js" / "parts" / "embed.js"
MOST_BYTES = 3 * 1024
SHIFTS = """() => new Promise(tell => {
  let sum = 0;
  new PerformanceObserver(seen => seen.getEntries().forEach(each => { sum += each.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => tell(sum)));
})"""


PLAIN_FORM = """([address, proof]) => {
  document.body.innerHTML = "<form method=post><input type=hidden name=site></form>";
  document.forms[0].action = address;
  document.forms[0].elements.site.value = proof;
  document.forms[0].submit();
}"""


@contextmanager
def other_site(home: Demonstration) -> Iterator[str]:
    """Serves the example at another host and port. Returns the origin."""
    content = EXAMPLE.read_text().replace("http://127.0.0.1:8000", home.url).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Logs nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def chrome(chrome: Browser) -> Iterator[Browser]:
    """A browser that blocks third-party cookies."""
    flags = [*FLAGS, "--test-third-party-cookie-phaseout"]
    browser = chrome.browser_type.launch(executable_path=chromium(), args=flags)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(chrome: Browser, home: Demonstration) -> Iterator[str]:
    with other_site(home) as origin:
        with visit(chrome, home, "Ivo") as ivo:
            ivo.goes_to("/desk/settings/embedding")
            ivo.types("Sites", origin)
            ivo.presses("Salvar")
            ivo.sees("Salvo. Vale já para a próxima página.")
        yield origin


@contextmanager
def shown(chrome: Browser, address: str, *, has_script: bool = True, is_timed: bool = False) -> Iterator[Page]:
    """The site in a tab, whose clock the test controls if it `is_timed`."""
    context = chrome.new_context(java_script_enabled=has_script, viewport={"width": 800, "height": 900})
    page = context.new_page()
    if is_timed:
        page.clock.install()
    page.goto(address)
    if is_timed:
        page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    yield page
    assert context.cookies() == []
    context.close()


def heading(frame: FrameLocator | Locator, text: str | re.Pattern[str]) -> None:
    expect(frame.get_by_role("heading", level=1)).to_have_text(text)


def test_the_script_is_small_and_keeps_no_cookie() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes())) <= MOST_BYTES
    assert "cookie" not in SCRIPT.read_text()


def test_an_administrator_tries_out_what_is_to_be_pasted(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ivo") as ivo:
        ivo.goes_to("/desk/settings/embedding")
        ivo.chooses("O que abre", "Nova solicitação")
        ivo.types("Palavras do botão", "Fale conosco")
        ivo.types("Cor", "#ffd54a")
        ivo.presses("Ver como fica")
        ivo.sees("O botão está no canto desta página.")
        button = ivo.page.get_by_role("button", name="Fale conosco")
        expect(button).to_have_css("background-color", "rgb(255, 213, 74)")
        button.click()
        frame = ivo.page.frame_locator("iframe[title='Fale conosco']")
        heading(frame, "Nova solicitação")
        ivo.chooses("Como aparece", "No lugar da tag")
        ivo.presses("Ver como fica")
        ivo.sees("O quadro está aqui, no lugar da tag:")
        heading(ivo.main.frame_locator("iframe[title='Fale conosco']"), "Nova solicitação")


def test_a_visitor_of_the_site_asks_and_follows_in_the_panel(chrome: Browser, site: str) -> None:
    with shown(chrome, site) as page:
        page.get_by_role("button", name="Fale conosco").click()
        frame = page.frame_locator("iframe[title='Fale conosco']")
        heading(frame, "Nova solicitação")
        frame.get_by_label("Seu nome").fill("Marta Reis")
        frame.get_by_label("Assunto").select_option(label="Cobrança")
        frame.get_by_label("O que você precisa?").fill("O boleto não abre.")
        frame.get_by_role("button", name="Enviar").click()
        heading(frame, "Recebemos!")
        frame.get_by_role("button", name="Acompanhar aqui").click()
        heading(frame, "O boleto não abre.")
        frame.get_by_label("Escrever mais").fill("É o de novembro.")
        frame.get_by_role("button", name="Enviar").click()
        expect(frame.get_by_role("status")).to_have_text("Obrigado! A sua resposta foi registrada.")


def test_the_code_to_follow_by_stands_on_one_line_however_narrow_the_frame(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home) as visitor:
        visitor.goes_to("/embed/new")
        visitor.types("Seu nome", "Marta Reis")
        visitor.chooses("Assunto", "Cobrança")
        visitor.types("O que você precisa?", "O boleto não abre.")
        visitor.presses("Enviar")
        visitor.is_at("Recebemos!")
        code = visitor.page.get_by_text(re.compile(r"^[A-Z2-9]{4}-[A-Z2-9]{4}$"))
        lines = {_lines_at_any_width(visitor.page, code)}
        visitor.presses("Acompanhar aqui")
        visitor.is_at("O boleto não abre.")
        lines.add(_lines_at_any_width(visitor.page, code))
    assert lines == {1}


_LINES = "code => { const all = new Range(); all.selectNodeContents(code); return all.getClientRects().length }"


def _lines_at_any_width(page: Page, code: Locator) -> int:
    found = set()
    for width in range(240, 480, 6):
        page.set_viewport_size({"width": width, "height": 700})
        found.add(code.evaluate(_LINES))
    return max(found)


def test_a_visitor_of_the_site_chats_and_is_told_of_the_answer_while_the_clock_stands_still(
    chrome: Browser, home: Demonstration, site: str
) -> None:
    """By the stream alone, for what is asked now and then waits for the clock."""
    with shown(chrome, site, is_timed=True) as page, visit(chrome, home, "Bia") as bia:
        frame = begins_chat(page, "O uniforme veio trocado.")
        with page.expect_response("**/embed/ticket/live*"):
            page.clock.run_for(3_000)
        opens_chat(bia, "O uniforme veio trocado.")
        frame.get_by_label("Escrever mais").press_sequentially("Tamanho 8, e")
        bia.sees(re.compile("Marta Reis .*está escrevendo…"))
        says(bia, "Trocamos hoje mesmo.")
        expect(frame.locator(".message__body").last).to_have_text("Trocamos hoje mesmo.")
        expect(frame.get_by_label("Escrever mais")).to_have_value("Tamanho 8, e")
        frame.get_by_label("Escrever mais").press("Enter")
        expect(frame.locator(".message__body").last).to_have_text("Tamanho 8, e")
        expect(frame.get_by_label("Escrever mais")).to_be_focused()
        page.clock.resume()
        inside = page.frame(url=re.compile("/embed/chat"))
        assert inside is not None
        inside.evaluate(AXE)
        assert [each["id"] for each in inside.evaluate(RUN, RULES)["violations"]] == []


def test_where_no_stream_is_to_be_had_the_chat_asks_by_itself(chrome: Browser, home: Demonstration, site: str) -> None:
    with shown(chrome, site) as page, visit(chrome, home, "Bia") as bia:
        page.route("**/embed/ticket/live*", lambda route: route.fulfill(status=204))
        frame = begins_chat(page, "O casaco sumiu.")
        opens_chat(bia, "O casaco sumiu.")
        says(bia, "Está na secretaria.")
        expect(frame.locator(".message__body").last).to_have_text("Está na secretaria.")


def test_the_button_of_a_closed_panel_says_that_there_is_an_answer(
    chrome: Browser, home: Demonstration, site: str
) -> None:
    with shown(chrome, site) as page, visit(chrome, home, "Bia") as bia:
        page.get_by_role("button", name="Fale conosco").click()
        page.frame_locator("iframe[title='Fale conosco']").get_by_role("link", name="Conversar").click()
        frame = begins_chat(page, "A mochila sumiu.", called="Fale conosco")
        frame.get_by_label("Escrever mais").press("Escape")
        opens_chat(bia, "A mochila sumiu.")
        says(bia, "Está na portaria.")
        page.get_by_role("button", name="Fale conosco: nova mensagem").click()
        expect(frame.locator(".message__body").last).to_have_text("Está na portaria.")
        expect(page.get_by_role("button", name="Fechar")).to_be_visible()


def test_a_running_chat_is_found_again_until_its_visitor_ends_it(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home) as visitor:
        visitor.goes_to("/embed/chat")
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("Como podemos ajudar?", "A cantina fechou?")
        visitor.presses("Enviar mensagem")
        visitor.is_at("Conversa")
        visitor.follows("Acompanhar")
        expect(visitor.field("Código")).to_have_value("")
        visitor.presses("Voltar ao atendimento")
        visitor.is_at("Conversa")
        visitor.follows("Ajuda")
        visitor.is_at("Como podemos ajudar?")
        visitor.page.go_back()
        visitor.is_at("Conversa")
        assert "#" not in visitor.page.url
        visitor.presses("Terminar")
        visitor.is_at("Acompanhar uma solicitação")
        visitor.follows("Ajuda")
        visitor.is_at("Como podemos ajudar?")
        expect(visitor.page.get_by_role("button", name="Voltar ao atendimento")).to_have_count(0)


def begins_chat(page: Page, said: str, called: str = "Converse conosco") -> FrameLocator:
    frame = page.frame_locator(f"iframe[title='{called}']")
    heading(frame, OFFERED)
    frame.get_by_label("Seu nome").fill("Marta Reis")
    frame.get_by_label("Como podemos ajudar?").fill(said)
    frame.get_by_role("button", name="Enviar mensagem").click()
    heading(frame, "Conversa")
    return frame


def opens_chat(bia: Visitor, said: str) -> None:
    bia.goes_to("/desk?view=chats")
    bia.follows(said)


def says(bia: Visitor, text: str) -> None:
    bia.types("Mensagem ao solicitante", text)
    bia.main.locator("form[action$=replies]").get_by_role("button", name="Enviar", exact=True).click()


def test_who_the_site_vouches_for_is_known_from_page_to_page_and_the_address_says_nothing(
    chrome: Browser, home: Demonstration, site: str
) -> None:
    with visit(chrome, home, "Ivo") as ivo:
        ivo.goes_to("/desk/settings/embedding")
        ivo.types("Sua senha atual", home.password)
        ivo.presses("Gerar a chave")
        key = ivo.main.locator(".secret").inner_text()
    claims = {"sub": "rui@aurora.example", "name": "Rui", "aud": home.url, "iat": int(time.time())}
    token, another = [jwt.encode({"alg": "HS256"}, {**claims, "jti": each}, OctKey.import_key(key)) for each in "ab"]
    with shown(chrome, f"{home.url}/embed/help#site={token}") as page:
        expect(page.get_by_text("Você está como Rui")).to_be_visible()
        page.get_by_role("link", name="Nova solicitação").click()
        expect(page.get_by_label("Assunto")).to_be_visible()
        expect(page.get_by_label("Seu nome")).to_have_count(0)
        assert "#" not in page.url
        page.get_by_role("link", name="Ajuda").click()
        heading(page.locator("body"), "Como podemos ajudar?")
        page.locator(".shelf li a").first.click()
        expect(page.get_by_role("article")).to_be_visible()
        page.wait_for_load_state()  # the script gives the links the visit
        page.get_by_role("link", name="Abra uma solicitação").click()
        expect(page.get_by_text("Você está como Rui")).to_be_visible()
    with shown(chrome, site) as page:
        page.evaluate(PLAIN_FORM, [f"{home.url}/embed/person/new", another])
        expect(page.get_by_text("Você está como Rui")).to_be_visible()


@pytest.mark.parametrize(("accent", "ink"), [("#ffd54a", "rgb(0, 0, 0)"), ("#0a4a8f", "rgb(255, 255, 255)")])
def test_the_button_is_read_on_any_accent(chrome: Browser, site: str, accent: str, ink: str) -> None:
    with shown(chrome, site) as page:
        page.evaluate(
            """([address, accent]) => { const script = document.createElement("script");
            Object.assign(script.dataset, { show: "button", label: "Mais ajuda", accent }); script.src = address;
            document.body.append(script); }""",
            [page.locator("script").first.get_attribute("src"), accent],
        )
        expect(page.get_by_role("button", name="Mais ajuda")).to_have_css("color", ink)


def test_the_help_stands_in_its_place_and_nothing_moves(chrome: Browser, site: str) -> None:
    with shown(chrome, site) as page:
        frame = page.frame_locator("iframe[title='Ajuda do portal']")
        heading(frame, "Como podemos ajudar?")
        after = page.get_by_text("O que vem depois não sai do lugar.")
        top = (after.bounding_box() or {})["y"]
        frame.get_by_label("Buscar na ajuda").fill("boleto")
        frame.get_by_role("button", name="Buscar").click()
        frame.locator(".hits a").first.click()
        expect(frame.get_by_role("article")).to_be_visible()
        assert (after.bounding_box() or {})["y"] == top
        assert page.evaluate(SHIFTS) == 0


def test_the_panel_opens_and_closes_by_keyboard_and_gives_the_focus_back(chrome: Browser, site: str) -> None:
    with shown(chrome, site) as page:
        button = page.get_by_role("button", name="Fale conosco")
        button.focus()
        page.keyboard.press("Enter")
        frame = page.frame_locator("iframe[title='Fale conosco']")
        frame.get_by_label("Seu nome").focus()
        page.keyboard.type("Marta")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(page.locator("iframe[title='Fale conosco']")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(frame.get_by_label("Seu nome")).to_have_value("Marta")


def test_a63_messages_of_strangers_change_nothing(chrome: Browser, site: str) -> None:
    with shown(chrome, site) as page:
        inline = page.locator("iframe[title='Ajuda do portal']")
        heading(page.frame_locator("iframe[title='Ajuda do portal']"), "Como podemos ajudar?")
        before = inline.bounding_box()
        page.evaluate("window.postMessage({ guiche: 'height', height: 161 }, '*')")
        page.evaluate("new Promise(done => setTimeout(done, 0))")
        assert inline.bounding_box() == before


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_plain_frame_and_a_plain_link_serve_without_a_script(chrome: Browser, site: str, has_script: bool) -> None:
    with shown(chrome, site, has_script=has_script) as page:
        frame = page.frame_locator("iframe[title='Acompanhar uma solicitação']")
        heading(frame, "Acompanhar uma solicitação")
        frame.get_by_role("link", name="Nova solicitação").click()
        frame.get_by_label("Seu nome").fill("Marta Reis")
        frame.get_by_label("Assunto").select_option(label="Cobrança")
        frame.get_by_label("O que você precisa?").fill("Faltou um livro.")
        frame.get_by_role("button", name="Enviar").click()
        heading(frame, "Recebemos!")
        page.get_by_role("link", name="Só um link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nova solicitação")


def test_f21_in_a_frame_what_was_written_waits_for_a_lost_line_and_is_sent_once(chrome: Browser, site: str) -> None:
    with shown(chrome, site) as page:
        page.get_by_role("button", name="Fale conosco").click()
        frame = page.frame_locator("iframe[title='Fale conosco']")
        frame.get_by_label("Seu nome").fill("Marta Reis")
        frame.get_by_label("Assunto").select_option(label="Cobrança")
        frame.get_by_label("O que você precisa?").fill("Sem linha agora.")
        page.context.set_offline(True)
        frame.get_by_role("button", name="Enviar").click()
        expect(frame.get_by_role("alert")).to_contain_text("Sem conexão agora.")
        expect(frame.get_by_label("O que você precisa?")).to_have_value("Sem linha agora.")
        page.context.set_offline(False)
        heading(frame, "Recebemos!")


@pytest.mark.html_checker
def test_the_answers_to_forms_of_frames_break_no_rule(chrome: Browser, home: Demonstration, nu: Checker) -> None:
    wrong = {}
    with visit(chrome, home, reduced_motion="reduce", has_touch=True) as visitor:
        look = Look(visitor, nu)
        visitor.goes_to("/embed/chat")
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("Como podemos ajudar?", "A lista de livros não abre.")
        visitor.presses("Enviar mensagem")
        visitor.is_at("Conversa")
        wrong["chat"] = look.faults_now()
        visitor.goes_to("/embed/new")
        visitor.types("Seu nome", "Marta Reis")
        visitor.chooses("Assunto", "Cobrança")
        visitor.types("O que você precisa?", "A lista de livros não abre.")
        visitor.presses("Enviar")
        visitor.is_at("Recebemos!")
        wrong["receipt"] = look.faults_now()
        visitor.presses("Acompanhar aqui")
        visitor.is_at("A lista de livros não abre.")
        wrong["ticket"] = look.faults_now()
    assert wrong == {path: [] for path in wrong}


def test_a_site_that_is_not_listed_shows_nothing_and_is_told(chrome: Browser, home: Demonstration, site: str) -> None:
    with other_site(home) as stranger, shown(chrome, stranger) as page:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.reload()
        page.get_by_role("button", name="Fale conosco").click()
        expect(page.frame_locator("iframe[title='Fale conosco']").get_by_role("heading")).to_have_count(0)
        assert any("frame-ancestors" in each for each in heard)
        with visit(chrome, home, "Ivo") as ivo:
            ivo.goes_to("/desk/settings/embedding")
            expect(ivo.page.get_by_role("listitem").filter(has_text=stranger)).to_have_count(1)
