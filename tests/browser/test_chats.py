"""Chats of the demonstration, with and without JavaScript: SIM and a rating, a reply on the portal, live updates."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visitors import Visit, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

OFFERED = re.compile("^(Conversar agora|Deixar uma mensagem)$")


def begins(ana: Visitor, said: str) -> str:
    """Starts a chat from the overview, at any hour. Returns its address."""
    ana.goes_to("/")
    ana.main.get_by_role("link", name=OFFERED).click()
    ana.page.wait_for_url(re.compile("/chat"))
    if "/chat/" in ana.page.url:
        ana.goes_to("/chat?new=1")
    ana.types("Como podemos ajudar?", said)
    ana.presses("Enviar mensagem")
    ana.is_at("Conversa")
    expect(ana.messages()).to_have_text([said])
    return ana.path


def answers(bia: Visitor, said: str, text: str) -> None:
    """Answers from the chat queue of the desk."""
    bia.goes_to("/desk")
    bia.page.get_by_role("navigation", name="Listas de atendimento").get_by_text("Conversas agora").click()
    bia.is_at("Conversas agora")
    bia.follows(said)
    bia.is_at(said)
    bia.types("Mensagem ao solicitante", text)


def test_a_chat_that_ends_in_sim_and_a_rating(tab: Visit) -> None:
    said = "Não acho o boleto de dezembro."
    with tab("Ana") as ana, tab("Bia") as bia:
        address = begins(ana, said)
        answers(bia, said, "Está em Financeiro, Boletos.")
        bia.presses("Enviar e Resolver")
        ana.goes_to(address)
        ana.sees("O problema foi resolvido?")
        ana.presses("SIM, pode encerrar")
        ana.sees("Como foi o atendimento?")
        ana.page.get_by_role("group", name="Satisfação com o atendimento").get_by_label("Ótimo").check()
        ana.page.get_by_role("group", name="Qualidade da solução").get_by_label("Boa").check()
        ana.presses("Enviar avaliação")
        expect(ana.page.locator(".rated dd")).to_have_text(["Ótimo", "Boa"])
        expect(ana.main.get_by_role("link", name="Nova conversa")).to_be_visible()


def test_a_solved_chat_asks_once_and_goes_on_after_nao(tab: Visit) -> None:
    said = "O portal não abre no celular."
    with tab("Ana") as ana, tab("Bia") as bia:
        address = begins(ana, said)
        answers(bia, said, "Atualize o navegador.")
        bia.presses("Enviar e Resolver")
        if not ana.has_script:
            ana.goes_to(address)
        expect(ana.main.get_by_text("O problema foi resolvido?")).to_have_count(1)
        expect(ana.main.get_by_text(re.compile("Sem resposta, encerra em"))).to_have_count(1)
        expect(ana.field("Sua mensagem")).to_be_hidden()
        ana.unfolds("NÃO, quero explicar")
        ana.types("O que ainda não está resolvido?", "Continua igual.")
        ana.presses("Reabrir o ticket")
        expect(ana.messages()).to_have_text([said, "Atualize o navegador.", "Continua igual."])
        expect(ana.field("Sua mensagem")).to_be_visible()
        bia.goes_to(address.replace("/chat/", "/desk/tickets/"))
        bia.types("Mensagem ao solicitante", "Use o do computador, por enquanto.")
        bia.presses("Enviar e Resolver")
        ana.goes_to(address)
        ana.presses("SIM, pode encerrar")
        ana.sees("Como foi o atendimento?")


def test_words_in_the_line_of_a_chat_stay_when_it_is_solved(chrome, home) -> None:
    said = "A nota do bimestre não aparece."
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        begins(ana, said)
        ana.types("Sua mensagem", "Sumiu também a frequência.")
        answers(bia, said, "Publicamos agora.")
        bia.presses("Enviar e Resolver")
        ana.sees("O problema foi resolvido?")
        expect(ana.field("Sua mensagem")).to_be_visible()
        ana.page.reload()
        expect(ana.field("Sua mensagem")).to_be_visible()
        expect(ana.field("Sua mensagem")).to_have_value("Sumiu também a frequência.")
        ana.presses("SIM, pode encerrar")
        ana.sees("Como foi o atendimento?")


def test_a_chat_that_goes_on_by_the_portal(tab: Visit) -> None:
    said = "A carteirinha veio sem foto."
    with tab("Rui") as rui:
        address = begins(rui, said)
        rui.types("Sua mensagem", "É a do 3º ano.")
        rui.presses("Enviar")
        expect(rui.messages()).to_have_text([said, "É a do 3º ano."])
        rui.page.get_by_role("link", name=re.compile("^Ver o ticket")).click()
        rui.is_at(said)
        rui.types("Adicionar à conversa", "Mando a foto amanhã.")
        rui.presses("Enviar mensagem")
        expect(rui.messages()).to_have_count(3)
        rui.goes_to("/chat")
        assert rui.path == address
        expect(rui.messages()).to_have_text([said, "É a do 3º ano.", "Mando a foto amanhã."])
        rui.goes_to(address.replace("/chat/", "/tickets/"))
        rui.opens_fold("Cancelar")
        rui.types("Por que cancelar?", "Resolvi na secretaria.")
        rui.presses("Cancelar o ticket")
        rui.stands("Cancelado")


def test_who_chose_a_sound_hears_it_when_a_chat_waits(chrome, home) -> None:
    with visit(chrome, home, "Bia") as bia, visit(chrome, home, "Ana") as ana:
        bia.page.add_init_script(SPEAKER)
        bia.goes_to("/account")
        bia.chooses("Som das conversas", "Nítido")
        bia.presses("Salvar avisos na tela")
        bia.goes_to("/desk")
        expect(bia.page.locator("#calling[data-unread]")).to_have_count(1)
        expect(bia.page.locator("body")).not_to_have_attribute("data-notes", re.compile("."))
        begins(ana, "O diário de classe não abre.")
        expect(bia.page.locator("body")).to_have_attribute("data-notes", "784 1047 1319")
        bia.goes_to("/account")
        bia.chooses("Som das conversas", "Nenhum")
        bia.presses("Salvar avisos na tela")
        expect(bia.page.locator("#calling")).to_have_count(0)


def test_the_title_of_a_hidden_chat_says_that_an_answer_came(chrome, home) -> None:
    with visit(chrome, home, "Caio") as caio, visit(chrome, home, "Lia") as lia:
        with caio.page.expect_request(re.compile(r"/live.*w\d")):
            caio.goes_to("/chat")
        title = caio.page.title()
        unread = int(caio.page.locator("#unread").get_attribute("data-unread") or 0)
        lia.goes_to(caio.path.replace("/chat/", "/desk/tickets/"))
        lia.sees("Caio Lima está com a conversa aberta.")
        hides(caio, True)
        expect(lia.page.get_by_text("Caio Lima está com a conversa aberta.")).to_have_count(0)
        lia.types("Mensagem ao solicitante", "O cardápio está de volta.")
        lia.presses("Enviar")
        expect(caio.page).to_have_title(f"({unread + 1}) {title}")
        hides(caio, False)
        expect(caio.page).to_have_title(title)
        expect(caio.messages().last).to_have_text("O cardápio está de volta.")


def test_the_title_of_a_hidden_chat_that_is_followed_by_its_code_says_so_too(chrome, home) -> None:
    said = "O ônibus atrasou."
    with visit(chrome, home) as visitor, visit(chrome, home, "Bia") as bia:
        visitor.goes_to("/embed/chat")
        visitor.types("Seu nome", "Marta Reis")
        visitor.types("Como podemos ajudar?", said)
        visitor.presses("Enviar mensagem")
        visitor.is_at("Conversa")
        number, code = re.findall(r"#(\d+), código (\S+):", visitor.page.locator("#news p").first.inner_text())[0]
        visitor.goes_to(f"/follow?number={number}#{code}")
        visitor.presses("Acompanhar")
        visitor.is_at("Conversa")
        title = visitor.page.title()
        hides(visitor, True)
        answers(bia, said, "Chega às 8h.")
        bia.presses("Enviar")
        expect(visitor.page).to_have_title(f"(1) {title}")
        hides(visitor, False)
        expect(visitor.page).to_have_title(title)


def hides(visitor: Visitor, is_hidden: bool) -> None:
    """Brings another tab before the page, or the page to the front again."""
    visitor.page.evaluate(
        "is => Object.defineProperty(document, 'hidden', { value: is, configurable: true })", is_hidden
    )
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


SPEAKER = """
window.AudioContext = function () {
  var none = function () {}, on = function (next) { return next; };
  this.currentTime = 0;
  this.createGain = function () {
    return { gain: { setValueAtTime: none, exponentialRampToValueAtTime: none }, connect: on };
  };
  this.createOscillator = function () {
    var tone = { frequency: {}, connect: on, stop: none };
    tone.start = function () {
      document.body.dataset.notes = ((document.body.dataset.notes || "") + " " + tone.frequency.value).trim();
    };
    return tone;
  };
};
"""
"""Records the sounds."""


def test_both_sides_see_what_is_said_and_that_the_other_writes(chrome, home) -> None:
    """The open pages are updated by streams."""
    with visit(chrome, home, "Caio") as caio, visit(chrome, home, "Lia") as lia:
        caio.goes_to("/chat")
        caio.is_at("Conversa")
        lia.goes_to(caio.path.replace("/chat/", "/desk/tickets/"))
        caio.page.get_by_label("Sua mensagem").press_sequentially("Achei: é")
        lia.sees("Caio Lima está escrevendo…")
        caio.page.get_by_label("Sua mensagem").press("Control+Enter")
        caio.page.get_by_label("Sua mensagem").press_sequentially("horizonte.")
        caio.page.get_by_label("Sua mensagem").press("Enter")
        expect(caio.messages().last).to_have_text("Achei: é\nhorizonte.")
        expect(caio.page.get_by_label("Sua mensagem")).to_have_value("")
        expect(lia.page.locator("#presence .message__body")).to_have_text("Achei: é\nhorizonte.")
        lia.page.clock.install()
        lia.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))  # she writes on, without a pause
        lia.page.get_by_label("Mensagem ao solicitante", exact=True).press_sequentially("Isso mesmo, ")
        caio.sees("Lia Castro está escrevendo…")
        lia.page.clock.resume()
        caio.page.get_by_label("Sua mensagem").press_sequentially("Outra coisa")
        lia.page.get_by_label("Mensagem ao solicitante", exact=True).press_sequentially("e já funciona.")
        lia.presses("Enviar")
        expect(caio.messages().last).to_have_text("Isso mesmo, e já funciona.")
        expect(caio.page.get_by_label("Sua mensagem")).to_have_value("Outra coisa")


def test_a_line_stands_once_though_its_news_comes_after_the_answer_to_it(chrome, home) -> None:
    with visit(chrome, home, "Rui") as rui, visit(chrome, home, "Lia") as lia:
        begins(rui, "O mural não abre.")
        late: list[Route] = []
        rui.page.route("**/news?*", lambda route: late.append(route), times=1)  # noqa: PLW0108 - no method of a list will do
        with rui.page.expect_request("**/news?*"):
            rui.page.locator("#news").dispatch_event("live")
        rui.types("Sua mensagem", "É o do 2º ano.")
        rui.presses("Enviar")
        expect(rui.messages()).to_have_text(["O mural não abre.", "É o do 2º ano."])
        late[0].continue_()
        lia.goes_to(rui.path.replace("/chat/", "/desk/tickets/"))
        lia.types("Mensagem ao solicitante", "Já abre de novo.")
        lia.presses("Enviar")
        expect(rui.messages()).to_have_text(["O mural não abre.", "É o do 2º ano.", "Já abre de novo."])
