"""A working day at the desk, with and without JavaScript."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visit, Visitor, visit
from tests.servers import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

HOLD = re.compile("também está com este ticket aberto")
CUT_SHORT = """() => Array.from(document.querySelectorAll(".line__next > *")).filter(words => {
  const seen = words.getBoundingClientRect(), row = words.parentElement.getBoundingClientRect();
  const width = Math.min(seen.right, row.right) - seen.left;
  return seen.top < row.bottom && words.scrollWidth > width + 1 && (words.matches("strong") || width < 120);
}).map(words => words.innerText)"""
"""What rows show of the last words where it is less than some of them."""


def test_a_ticket_goes_through_a_working_day(tab: Visit, request: pytest.FixtureRequest) -> None:
    title = f"Diário em branco da {request.node.callspec.id}"
    with tab("Ana") as ana:
        address = ana.opens_ticket(title, "A turma 8B sumiu do diário.")
    with tab("Lia") as lia:
        key = lia.makes_key(f"Carteiro {request.node.callspec.id}")
        _gives_back(f"{lia.home.url}/api/v1", key, address, "Não acho a turma 8B.")
    with tab("Bia") as bia, tab("Davi") as davi:
        bia.goes_to("/desk")
        bia.is_at("Caixa de entrada")
        line = bia.page.locator(".line[data-turn]", has_text=title)
        expect(line).to_contain_text("Carteiro devolveu.")
        expect(line).to_contain_text("Não acho a turma 8B.")
        bia.follows(title)
        bia.is_at(title)
        bia.presses("Assumir")
        expect(bia.page.get_by_role("heading", name=re.compile("^Com você"))).to_be_visible()
        bia.chooses("Prioridade", "Alta")
        if not bia.has_script:
            bia.presses("Salvar")
        bia.sees(re.compile("^Você mudou a prioridade de Normal para Alta"))
        bia.takes_up("Perguntar e aguardar")
        bia.types("Pergunta ao solicitante", "Desde quando?")
        bia.types("Dias para responder", "3")
        bia.presses("Enviar e aguardar")
        bia.stands("Aguardando solicitante")
        bia.goes_to("/desk?view=own")
        expect(bia.titles().filter(has_text=title)).to_have_count(1)

        with tab("Ana") as ana:
            ana.goes_to(address)
            ana.types("Adicionar à conversa", "Desde segunda.")
            ana.presses("Enviar mensagem")
            expect(ana.messages()).to_have_count(3)

        bia.goes_to("/desk")
        expect(bia.page.locator(".line[data-turn]", has_text=title)).to_contain_text("Ana respondeu.")
        bia.follows(title)
        bia.takes_up("Nota interna")
        bia.types("Nota interna: o cliente não vê", "O N2 mexeu na 8B na segunda.")
        bia.presses("Anotar")
        expect(bia.page.locator(".message[data-mark=note] .message__body")).to_have_text(
            ["Não acho a turma 8B.", "O N2 mexeu na 8B na segunda."]
        )
        bia.unfolds("Outras ações")
        bia.opens_fold("Passar a outra equipe (N2)")
        bia.chooses("Equipe que faz o trabalho", "Integrações")
        bia.types("O que ela precisa fazer", "Vincular a turma 8B.")
        bia.presses("Passar e esperar")
        bia.stands("Em espera")

        davi.goes_to("/desk")
        davi.follows(title)
        davi.sees("Vincular a turma 8B.")
        davi.types("Mensagem ao solicitante", "Vinculada.")
        davi.presses("Enviar e Resolver")
        davi.stands("Resolvido")

        bia.goes_to("/desk")
        expect(bia.page.locator(".line[data-turn]", has_text=title)).to_contain_text("A outra equipe terminou.")
        bia.follows(title)
        bia.types("Mensagem ao solicitante", "A turma voltou ao diário.")
        bia.presses("Enviar e Resolver")
        expect(bia.page.locator(".message[data-mark=solution]")).to_have_text(re.compile("A turma voltou ao diário."))
    with tab("Lia") as lia:
        lia.goes_to("/desk/reports?by=agent")
        expect(lia.page.get_by_role("row", name=re.compile("^Bia Nunes")).first).to_be_visible()


def test_two_agents_at_one_ticket_lose_nothing(tab: Visit, request: pytest.FixtureRequest) -> None:
    title = f"A dois na {request.node.callspec.id}"
    with tab("Ana") as ana:
        at = ana.opens_ticket(title)
    with tab("Bia") as bia, tab("Davi") as davi:
        bia.goes_to(f"/desk{at}")
        davi.goes_to(f"/desk{at}")
        davi.sees(HOLD)
        davi.types("Mensagem ao solicitante", "Eu cuido disto.")
        davi.presses("Enviar")
        davi.sees("Eu cuido disto.")
        bia.types("Mensagem ao solicitante", "Já vou ver.")
        bia.refused(409, f"/desk{at}/replies")
        bia.presses("Enviar")
        bia.sees(re.compile("Davi respondeu agora.$"))
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Já vou ver.")
        bia.presses("Enviar assim mesmo")
        expect(bia.messages()).to_have_text(["Como de costume.", "Eu cuido disto.", "Já vou ver."])


def test_a_reply_is_taken_back_before_it_goes_and_written_on(tab: Visit, request: pytest.FixtureRequest) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        at = ana.opens_ticket(f"Desfeito na {request.node.callspec.id}")
        bia.goes_to(f"/desk{at}")
        bia.types("Mensagem ao solicitante", "Segue o boelto.")
        bia.opens_fold("Outros envios")
        bia.chooses("Quando enviar", "Em 10 segundos, com tempo de desfazer")
        bia.presses("Enviar")
        bia.sees("Sua resposta será enviada em alguns segundos.")
        expect(bia.field("Mensagem ao solicitante")).to_have_value("")
        bia.presses("Desfazer envio")
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Segue o boelto.")
        bia.types("Mensagem ao solicitante", "Segue o boleto.")
        bia.presses("Enviar")
        expect(bia.messages()).to_have_text(["Como de costume.", "Segue o boleto."])
        bia.page.reload()
        expect(bia.field("Mensagem ao solicitante")).to_have_value("")
        ana.goes_to(at)
        expect(ana.messages()).to_have_text(["Como de costume.", "Segue o boleto."])


def test_a_reply_left_for_later_is_sent_now(tab: Visit, request: pytest.FixtureRequest) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        at = ana.opens_ticket(f"Depois na {request.node.callspec.id}")
        bia.goes_to(f"/desk{at}")
        bia.types("Mensagem ao solicitante", "Bom dia.")
        bia.opens_fold("Outros envios")
        bia.page.get_by_label("Quando enviar").select_option(index=2)
        bia.presses("Enviar")
        bia.sees(re.compile("^Sua resposta será enviada"))
        ana.goes_to(at)
        expect(ana.messages()).to_have_text(["Como de costume."])
        bia.presses("Enviar agora")
        expect(bia.messages()).to_have_text(["Como de costume.", "Bom dia."])


def test_a_lead_makes_a_macro_and_moves_a_selection(tab: Visit, request: pytest.FixtureRequest) -> None:
    script = request.node.callspec.id
    titles = [f"Seleção {number} {script}" for number in (1, 2)]
    with tab("Ana") as ana:
        for title in titles:
            ana.opens_ticket(title)
    with tab("Lia") as lia:
        lia.goes_to("/desk/settings/canned")
        new = lia.page.get_by_role("region", name="Nova")
        new.get_by_label("Nome").fill(f"Recebido {script}")
        new.get_by_label("Texto", exact=True).fill("Olá, {solicitante}! Recebemos o #{número}.")
        new.get_by_text("O que mais faz (macro)").click()
        new.get_by_label("Assumir o ticket").check()
        new.get_by_role("button", name="Salvar").click()
        lia.sees("Salvo. Já está à mão.")
        lia.goes_to(f"/desk?view=all&q=selecao+{script.replace('_', '+')}")
        for picked in lia.page.get_by_role("checkbox", name=re.compile("^Selecionar #")).all():
            picked.check()
        lia.opens_fold("Com os selecionados")
        lia.chooses("O que fazer", "Aplicar macro")
        lia.chooses("Macro", f"Recebido {script}")
        lia.presses("Fazer em cada um")
        lia.is_at("2 de 2 feitos")
        lia.page.get_by_role("link", name=titles[0]).click()
        lia.sees(re.compile(r"^Olá, Ana! Recebemos o #\d+\.$"))


def test_fifteen_tickets_are_seen_at_once_and_on_a_phone_the_work_comes_first(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.page.set_viewport_size({"width": 1366, "height": 768})
        bia.goes_to("/desk?view=all")
        expect(bia.page.locator(".line").nth(14)).to_be_in_viewport(ratio=0.9)
        bia.page.set_viewport_size({"width": 360, "height": 640})
        expect(bia.page.get_by_role("heading", level=1)).to_be_in_viewport()
        expect(bia.page.locator(".line").first).to_be_in_viewport()


@pytest.mark.parametrize("width", [1000, 1366, 1700])
def test_a_row_shows_enough_of_the_last_words_to_read_or_none_of_them(
    chrome: Browser, home: Demonstration, width: int
) -> None:
    with visit(chrome, home, "Bia", viewport={"width": width, "height": 768}) as bia:
        bia.goes_to("/desk?view=all")
        expect(bia.titles()).not_to_have_count(0)
        assert bia.page.evaluate(CUT_SHORT) == []
        answered = bia.page.locator(".line[data-turn] strong", has_text="respondeu.").first
        answered.scroll_into_view_if_needed()
        expect(answered).to_be_in_viewport(ratio=1)


def test_what_is_frequent_has_a_key(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        titles = ["Tecla um", "Tecla dois"]
        for title in titles:
            ana.opens_ticket(title)
    with visit(chrome, home, "Bia") as bia:
        keys = bia.page.keyboard
        bia.goes_to("/desk?q=tecla")
        keys.press("?")
        expect(bia.page.get_by_role("dialog", name="Atalhos do teclado")).to_be_visible()
        keys.press("?")
        keys.press("j")
        expect(bia.page.get_by_role("link", name="Tecla dois")).to_be_focused()
        keys.press("j")
        keys.press("k")
        keys.press("j")
        keys.press("Enter")
        bia.is_at("Tecla um")
        keys.press("t")
        expect(bia.page.get_by_role("heading", name=re.compile("^Com você"))).to_be_visible()
        keys.press("n")
        keys.type("tnr são letras de uma nota")
        keys.press("Control+Enter")
        expect(bia.messages()).to_have_text(["Como de costume.", "tnr são letras de uma nota"])
        keys.type("e mais uma")
        bia.presses("Anotar")
        expect(bia.messages().last).to_have_text("e mais uma")
        expect(bia.page.get_by_role("button", name="Anotar", exact=True)).to_be_focused()
        keys.press("Escape")
        keys.press("r")
        expect(bia.field("Mensagem ao solicitante")).to_be_focused()
        bia.page.locator("h1").click()
        keys.press("s")
        expect(bia.field("Método de Resolução")).to_be_focused()
        bia.page.locator("h1").click()
        keys.press("u")
        bia.is_at("Caixa de entrada")
        expect(bia.field("Número, palavras, solicitante, organização ou CNPJ")).to_have_value("tecla")
        bia.page.get_by_role("checkbox", name="Selecionar #").first.check()
        keys.press("j")
        expect(bia.titles().first).to_be_focused()


def test_the_first_ticket_is_two_steps_past_the_link_that_skips_to_them(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to("/desk")
        for key in ("Tab", "Tab"):
            bia.page.keyboard.press(key)
        expect(bia.page.get_by_role("link", name="Pular para os tickets")).to_be_focused()
        for key in ("Enter", "Tab", "Tab"):
            bia.page.keyboard.press(key)
        expect(bia.titles().first).to_be_focused()


def test_the_lists_beside_are_folded_away_and_stay_so(tab: Visit, request: pytest.FixtureRequest) -> None:
    with tab("Ana") as ana:
        title = f"Dobrado na {request.node.callspec.id}"
        ana.opens_ticket(title)
    with tab("Bia") as bia:
        bia.goes_to("/desk?view=all&q=dobrado")
        fold = bia.page.get_by_role("button", name="Listas", exact=True)
        lists = bia.page.get_by_role("navigation", name="Listas de atendimento").get_by_role("link")
        expect(fold).to_have_attribute("aria-expanded", "true")
        width = _width(bia)
        box = bia.page.get_by_role("row", name=title).get_by_role("checkbox")
        box.check()
        fold.click()
        expect(fold).to_have_attribute("aria-expanded", "false")
        expect(lists).to_have_count(0)
        if bia.has_script:
            expect(fold).to_be_focused()
            expect(box).to_be_checked()
        assert _width(bia) > width + 200
        bia.goes_to("/desk?q=dobrado")
        expect(fold).to_have_attribute("aria-expanded", "false")
        if bia.has_script:
            bia.page.keyboard.press("b")
        else:
            fold.click()
        expect(fold).to_have_attribute("aria-expanded", "true")
        expect(lists.filter(has_text="Caixa de entrada")).to_be_visible()
        expect(bia.titles().filter(has_text=title)).to_have_count(1)


def _width(visitor: Visitor) -> float:
    """Of the list, in pixels."""
    box = visitor.page.get_by_role("table").bounding_box()
    assert box
    return box["width"]


def test_filters_are_typed_and_taken_away_with_and_without_a_script(tab: Visit) -> None:
    with tab("Bia") as bia:
        bia.goes_to("/desk?view=all")
        bia.types("Número, palavras, solicitante, organização ou CNPJ", "prioridade:alta status:novo qualquercoisa")
        bia.page.keyboard.press("Enter")
        expect(bia.main.get_by_role("link", name="Tirar o filtro prioridade: Alta")).to_be_visible()
        bia.page.get_by_role("link", name="Tirar o filtro prioridade: Alta").click()
        expect(bia.main.get_by_role("list", name="Filtros da lista").get_by_role("link")).to_have_count(1)
        bia.opens_fold("Adicionar filtro")
        bia.page.get_by_role("combobox", name="Canal").select_option(label="Telefone")
        if not bia.has_script:
            bia.presses("Filtrar")
        expect(bia.main.get_by_role("list", name="Filtros da lista").get_by_role("link")).to_have_count(2)
        expect(bia.field("Número, palavras, solicitante, organização ou CNPJ")).to_have_value("qualquercoisa")


def test_rows_are_picked_by_keys_and_in_ranges_and_moved_at_the_head_of_the_list(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana:
        for number in range(1, 5):
            ana.opens_ticket(f"Colheita {number}")
    with visit(chrome, home, "Bia") as bia:
        keys, move = bia.page.keyboard, bia.field("O que fazer")
        bia.goes_to("/desk")
        keys.press("/")
        keys.type("colheita")
        keys.press("Enter")
        expect(bia.titles()).to_have_text([f"Colheita {number}" for number in (4, 3, 2, 1)])
        expect(move).to_be_hidden()
        for key in ("Escape", "j", "j", "x", "j", "j", "Shift+X", "e"):
            bia.titles().first.evaluate("() => document.activeElement.id === 'q' && document.activeElement.blur()")
            keys.press(key)
        expect(move).to_be_focused()
        expect(bia.page.get_by_role("status").filter(has_text="Marcados: 3")).to_be_visible()
        expect(bia.field("Nova prioridade")).to_be_hidden()
        keys.type("Mudar")
        expect(bia.field("Nova prioridade")).to_be_visible()
        expect(bia.field("Texto da nota ou da solução")).to_be_hidden()
        keys.press("Tab")
        keys.type("Alta")
        keys.press("Tab")
        keys.press("Enter")
        bia.is_at("3 de 3 feitos")
        expect(bia.page.get_by_role("heading", level=1)).to_be_focused()
        expect(bia.page.locator(".outcome")).to_contain_text(["Colheita 3", "Colheita 2", "Colheita 1"])
        keys.press("u")
        expect(bia.titles()).to_have_text([f"Colheita {number}" for number in (3, 2, 1, 4)])


def test_what_is_picked_stays_so_when_the_list_is_narrowed(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        for word in ("milho", "trigo", "aveia"):
            ana.opens_ticket(f"Moinho de {word}")
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to("/desk?q=moinho")
        for word in ("milho", "trigo"):
            bia.page.get_by_role("row", name=f"Moinho de {word}").get_by_role("checkbox").check()
        bia.types("Número, palavras, solicitante, organização ou CNPJ", "moinho milho")
        bia.presses("Filtrar")
        expect(bia.titles()).to_have_text(["Moinho de milho"])
        expect(bia.page.get_by_role("checkbox", name="Selecionar #")).to_be_checked()
        expect(bia.page.get_by_role("status").filter(has_text="Marcados: 1")).to_be_visible()
        bia.presses("Desmarcar")
        expect(bia.titles().first).to_be_focused()


def test_a_ticket_is_looked_at_beside_its_list_and_the_way_back_is_where_one_was(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana:
        for word in ("trás", "frente"):
            ana.opens_ticket(f"Olhar para {word}", f"Está {word}.")
    with visit(chrome, home, "Bia") as bia:
        keys, peek = bia.page.keyboard, bia.page.get_by_role("complementary", name="Espiada")
        bia.goes_to("/desk?q=olhar")
        keys.press("j")
        keys.press("Space")
        expect(peek.locator(".message__body")).to_have_text(["Está frente."])
        expect(peek).to_be_focused()
        keys.press("j")
        expect(peek.locator(".message__body")).to_have_text(["Está trás."])
        expect(bia.page.get_by_role("link", name="Olhar para trás", exact=True)).to_be_focused()
        keys.press("Escape")
        expect(peek).to_be_hidden()
        expect(bia.page.get_by_role("link", name="Olhar para trás", exact=True)).to_be_focused()
        bia.page.get_by_role("link", name=re.compile("^Espiar #")).first.click()
        expect(peek.get_by_role("heading", name="Olhar para frente")).to_be_visible()
        peek.get_by_role("button", name="Fechar").click()
        expect(bia.page.get_by_role("link", name="Olhar para frente", exact=True)).to_be_focused()
        bia.page.set_viewport_size({"width": 360, "height": 640})
        keys.press("Space")
        bia.is_at("Olhar para frente")


def test_the_last_ticket_of_a_page_leads_on_to_the_next_page(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Bia") as bia:
        keys = bia.page.keyboard
        bia.goes_to("/desk?view=all")
        bia.titles().last.click()
        bia.sees(re.compile(r"^25 de \d+$"))
        keys.press("j")
        bia.is_at("Todos os tickets")
        expect(bia.page.get_by_role("navigation", name="Páginas")).to_contain_text("26 ")
        bia.goes_to("/desk?q=nadadisto")
        keys.press("/")
        expect(bia.field("Número, palavras, solicitante, organização ou CNPJ")).to_be_focused()


def test_what_is_begun_waits_in_another_browser(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Começado aqui")
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{at}")
        with bia.page.expect_response(re.compile("/unsent$")):
            bia.types("Mensagem ao solicitante", "Boa tarde, Ana. Vi que")
        bia.sees("Rascunho guardado")
        bia.types("Mensagem ao solicitante", "Boa tarde, Ana. Vi que os boletos")
        bia.opens_fold("Anotar sobre o cliente")
        bia.types("O que a equipe deve saber", "Liga às sextas.")
        bia.presses("Assumir")
        expect(bia.page.get_by_role("heading", name=re.compile("^Com você"))).to_be_visible()
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Boa tarde, Ana. Vi que os boletos")
        expect(bia.field("O que a equipe deve saber")).to_have_value("Liga às sextas.")
        with bia.page.expect_response(lambda answer: "vieram" in (answer.request.post_data or "")):
            bia.types("Mensagem ao solicitante", "Boa tarde, Ana. Vi que os boletos vieram")
    with visit(chrome, home, "Bia", has_script=False) as again:
        again.goes_to(f"/desk{at}")
        expect(again.field("Mensagem ao solicitante")).to_have_value("Boa tarde, Ana. Vi que os boletos vieram")


def _gives_back(api: str, key: str, address: str, reason: str) -> None:
    """A robot claims everything in every queue, and returns this ticket to people."""
    with httpx.Client(base_url=api, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE) as robot:
        for queue in robot.get("/queues").json()["queues"]:
            while robot.post(f"/queues/{queue['id']}/claims").status_code == 201:
                pass
        assert robot.post(f"{address}/release", json={"body": reason}).status_code == 201


def test_twenty_tickets_are_triaged_with_the_keyboard_alone(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        whole = [ana.opens_ticket(f"Dez pedidos de uma vez, {turn}") for turn in ("de manhã", "de tarde")]
    with visit(chrome, home, "Bia") as bia:
        for at in whole:
            bia.goes_to(f"/desk{at}")
            bia.presses("Assumir")
            bia.stands("Aberto")
            bia.unfolds("Outras ações")
            bia.opens_fold("Dividir em vários")
            bia.types("Partes, uma por linha", "\n".join(f"Triagem {part} do {at}" for part in range(10)))
            bia.presses("Dividir")
            bia.stands("Em espera")
        keys = bia.page.keyboard
        done = bia.page.get_by_role("status").filter(has_text="Você mudou a prioridade de Normal para Urgente")
        bia.goes_to("/desk?view=all&q=triagem")
        keys.press("j")
        expect(bia.titles().first).to_be_focused()
        keys.press("Enter")
        for place in range(1, 21):
            bia.sees(f"{place} de 20")
            keys.press("4")
            expect(done).to_be_visible()
            keys.press("t")
            expect(bia.page.get_by_role("heading", name="Com você")).to_be_visible()
            keys.press("j")
        expect(bia.page.get_by_role("link", name="Próximo")).to_have_count(0)
        bia.goes_to("/desk?view=all&q=triagem&priority=urgent")
        expect(bia.titles()).to_have_count(20)


def test_a_day_of_an_agent_is_gone_through_with_the_keyboard_alone(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        at = ana.opens_ticket("Dia inteiro", "A turma 8B sumiu.")
        keys = bia.page.keyboard
        bia.goes_to("/desk")
        for each in ("/", *"dia inteiro", "Enter"):
            keys.press(each)
        expect(bia.titles()).to_have_text(["Dia inteiro"])
        for each in ("Escape", "j", "Space"):
            keys.press(each)
        expect(bia.page.get_by_role("complementary", name="Espiada")).to_contain_text("A turma 8B sumiu.")
        for each in ("Escape", "Enter"):
            keys.press(each)
        bia.is_at("Dia inteiro")
        bia.page.wait_for_load_state()
        bia.sees("1 de 1")
        keys.press("3")
        bia.sees("Você mudou a prioridade de Normal para Alta.")
        holder = bia.page.get_by_role("heading", name=re.compile("^(Sem|Com) "))
        expect(holder).to_be_focused()
        keys.press("t")
        expect(holder).to_have_text("Com você")
        expect(holder).to_be_focused()
        for each in ("l", *"turmas", "Enter"):
            keys.press(each)
        expect(bia.main.locator("summary", has_text="Etiquetas")).to_be_focused()
        expect(bia.main.get_by_text("1 de 1", exact=True)).to_have_count(1)
        keys.press("a")
        expect(bia.field("Pergunta ao solicitante")).to_be_focused()
        keys.type("Desde quando?")
        keys.press("Control+Enter")
        bia.stands("Aguardando solicitante")
        ana.goes_to(at)
        ana.types("Adicionar à conversa", "Desde segunda.")
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_count(3)
        for each in ("Escape", "u"):
            keys.press(each)
        bia.is_at("Caixa de entrada")
        expect(bia.page.locator(".line[data-turn]", has_text="Dia inteiro")).to_contain_text("Ana respondeu.")
        bia.page.wait_for_load_state()
        for each in ("j", "Enter"):
            keys.press(each)
        bia.is_at("Dia inteiro")
        bia.page.wait_for_load_state()
        bia.sees("1 de 1")
        keys.press("n")
        expect(bia.field("Nota interna: o cliente não vê")).to_be_focused()
        keys.type("O N2 mexeu na 8B.")
        keys.press("Control+Enter")
        expect(bia.messages()).to_have_count(4)
        for each in ("Escape", "s", "Tab", "Tab", "Tab", "Tab"):
            keys.press(each)
        expect(bia.page.get_by_role("button", name="Resolver", exact=True)).to_be_focused()
        keys.press("Enter")
        bia.stands("Resolvido")
        expect(holder).to_be_focused()
        for each in ("Escape", "g"):
            keys.press(each)
        expect(bia.page.get_by_role("dialog", name="O que fazer, ou aonde ir")).to_be_visible()
        keys.type("trabalho")
        keys.press("Enter")
        bia.is_at("Trabalho próprio")


def test_a_property_is_saved_by_itself_beside_what_is_being_written_and_undone(
    chrome: Browser, home: Demonstration
) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Propriedades")
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{at}")
        bia.types("Mensagem ao solicitante", "Bom dia, Ana.")
        bia.chooses("Equipe", "Integrações")
        bia.sees("Você encaminhou a Integrações.")
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Bom dia, Ana.")
        bia.page.locator("h1").click()
        bia.page.keyboard.press("z")
        bia.sees(re.compile("^Você encaminhou a Financeiro"))
        expect(bia.field("Mensagem ao solicitante")).to_have_value("Bom dia, Ana.")
        expect(bia.field("Equipe").locator("option:checked")).to_have_text("Financeiro")


def test_a_long_confirmation_leaves_room_for_the_button_that_undoes(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Etiquetas demais")
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{at}")
        bia.opens_fold("Etiquetas", exact=True)
        tags = bia.main.locator("form[action$='/tags']")
        tags.get_by_label("Etiquetas").fill(", ".join(f"etiqueta comprida número {each}" for each in range(10)))
        tags.get_by_role("button", name="Salvar").click()
        undo = bia.page.get_by_role("button", name="Desfazer", exact=True)
        expect(undo).to_be_visible()
        assert undo.evaluate("button => button.scrollWidth <= button.clientWidth")


def test_everything_one_may_do_is_in_one_list_that_opens_by_keys(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Paleta")
    with visit(chrome, home, "Bia") as bia:
        keys = bia.page.keyboard
        bia.goes_to(f"/desk{at}")
        keys.press("Control+k")
        ways = bia.page.get_by_role("dialog", name="O que fazer, ou aonde ir")
        expect(ways.get_by_role("link", name="Resolver")).to_be_visible()
        keys.type("nota int")
        expect(ways.get_by_role("listitem")).to_have_text(["Escrever uma nota interna n"])
        keys.press("Enter")
        expect(ways).to_be_hidden()
        expect(bia.field("Nota interna: o cliente não vê")).to_be_focused()
        keys.type("Vê isto, @")
        keys.type("davi")
        keys.press("Enter")
        keys.type("por favor")
        expect(bia.field("Nota interna: o cliente não vê")).to_have_value("Vê isto, @Davi Reis por favor")
        keys.press("Escape")
        keys.press("g")
        keys.type("vencendo")
        keys.press("Enter")
        bia.is_at("Vencendo")


def test_a_canned_reply_is_put_in_by_a_slash_and_a_file_by_pasting_it(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Resposta pronta")
    with visit(chrome, home, "Bia") as bia:
        bia.goes_to(f"/desk{at}")
        reply = bia.field("Mensagem ao solicitante")
        ready = bia.field("Resposta pronta").locator("option").nth(1).text_content() or ""
        bia.page.keyboard.press("r")
        bia.page.keyboard.type("/")
        bia.page.get_by_role("dialog", name="Resposta pronta").get_by_role("button", name=ready).click()
        expect(reply).not_to_have_value("")
        expect(reply).not_to_have_value(re.compile("^/"))
        reply.evaluate(
            """area => { const held = new DataTransfer(); held.items.add(new File(["a"], "tela.png"));
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true })) }"""
        )
        bia.presses("Enviar")
        expect(bia.page.get_by_role("link", name=re.compile("^tela.png"))).to_be_visible()


def test_a_canned_reply_that_was_put_in_is_written_on(tab: Visit, request: pytest.FixtureRequest) -> None:
    with tab("Ana") as ana:
        at = ana.opens_ticket(f"Continuar a resposta {request.node.callspec.id}")
    with tab("Bia") as bia:
        bia.goes_to(f"/desk{at}")
        bia.types("Mensagem ao solicitante", "Bom dia.")
        bia.opens_fold("Resposta pronta", exact=True)
        bia.field("Resposta pronta").select_option("Recebido")
        bia.presses("Inserir")
        reply = bia.field("Mensagem ao solicitante")
        expect(reply).to_be_focused()
        expect(reply).to_have_value(re.compile("^Bom dia\\.\n\nOlá, Ana!"))
        if request.node.callspec.id == "with_script":
            bia.page.keyboard.type(" Nunes")
            expect(reply).to_have_value(re.compile("Bia Nunes$"))


def test_a_printed_ticket_has_its_number_and_nothing_to_press(tab: Visit, request: pytest.FixtureRequest) -> None:
    with tab("Ana") as ana:
        at = ana.opens_ticket(f"No papel {request.node.callspec.id}")
    with tab("Bia") as bia:
        bia.goes_to(f"/desk{at}")
        bia.page.emulate_media(media="print")
        expect(bia.main.get_by_text(f"#{at.rpartition('/')[2]}", exact=True)).to_be_visible()
        for words in ("Caixa de entrada", "Resolver", "Macros", "Outras ações", "Anotar sobre o cliente", "Responder"):
            expect(bia.main.get_by_text(words, exact=True).filter(visible=True)).to_have_count(0)


def test_a_ticket_opens_at_what_is_new_and_its_folds_by_their_keys(chrome: Browser, home: Demonstration) -> None:
    with visit(chrome, home, "Ana") as ana:
        at = ana.opens_ticket("Longa conversa", "\n".join(f"Linha {line}" for line in range(80)))
        with visit(chrome, home, "Bia") as bia:
            bia.goes_to(f"/desk{at}")
            bia.is_at("Longa conversa")
            bia.goes_to("/desk")
            for words in ("Já veio.", "\n".join(f"E mais {line}" for line in range(80))):
                ana.types("Adicionar à conversa", words)
                ana.presses("Enviar mensagem")
                expect(ana.messages().last).to_contain_text(words.partition("\n")[0])
            bia.goes_to("/desk")
            bia.follows("Longa conversa")
            expect(bia.page.get_by_text("Novo desde que você viu")).to_be_in_viewport()
            expect(bia.page.get_by_text("Já veio.")).to_be_in_viewport()
            bia.page.keyboard.press("o")
            expect(bia.main.locator("summary", has_text="Outras ações")).to_be_focused()
            bia.page.keyboard.press("b")
            expect(bia.field("Número do ticket que continua").last).to_be_focused()
