"""Journeys in w3m, a text browser: words are separate, links lead on, and forms can be filled in."""

import os
import re
import subprocess
import tempfile

import httpx
import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.browser.demonstration import ADDRESSES, Demonstration
from tests.browser.text_reader import text_reader
from tests.browser.visitors import visit
from tests.servers import PATIENCE, text_browser

pytestmark = [pytest.mark.text_browser, pytest.mark.anywhere]


def shown(address: str) -> list[str]:
    """The lines of a page, with spaces folded."""
    with tempfile.TemporaryDirectory() as folder:
        command = [text_browser(), "-dump", "-cols", "200", address]
        env = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return [" ".join(line.split()) for line in done.stdout.decode().splitlines() if line.strip()]


def link(address: str, words: str) -> str:
    """The target of the link with this text."""
    found = LexborHTMLParser(httpx.get(address, timeout=PATIENCE).text).css("main a[href]")
    named = {" ".join(each.text().split()): each.attributes["href"] for each in found}
    return address.partition("/help")[0].rstrip("/") + str(named[words])


def test_a_reader_with_a_text_browser_goes_from_the_front_page_to_an_article_and_back_up(home: Demonstration) -> None:
    front = shown(f"{home.url}/")
    begin = front.index("Como podemos ajudar?")
    assert front[begin + 1] == "Buscar na ajuda [ ] Buscar"
    topic = front.index("Acesso ao portal")
    assert front[topic + 1] == "Senhas, colegas, navegadores e telas que não abrem."
    assert front[topic + 2].startswith("• ")

    found = f"{home.url}/help?q=segunda+via+do+boleto"
    lines = shown(found)
    assert "1. Como tirar a segunda via do boleto" in lines
    assert "Não achou? Abra uma solicitação e acompanhe a resposta." in lines

    article = link(found, "Como tirar a segunda via do boleto")
    lines = shown(article)
    place = lines.index("Você está aqui:")
    assert lines[place + 1 : place + 7] == [
        *("1. Ajuda", "2. Cobrança", "3. Boletos", "4. Como tirar a segunda via do boleto"),
        "Como tirar a segunda via do boleto",
        "Objetivo: Neste guia você baixa de novo um boleto, com a mesma data ou com outra.",
    ]
    assert "1. Abra uma solicitação em Cobrança, assunto Boletos." in lines
    assert "Sim Não" in lines
    above = shown(link(article, "Boletos"))
    assert "O boleto venceu: como pagar com data nova" in " ".join(above)


@pytest.mark.browser
def test_the_contents_of_a_long_article_are_a_list_in_a_text_browser(home: Demonstration, chrome: Browser) -> None:
    parts = ("Antes de começar", "O que fazer", "Se não der certo")
    with visit(chrome, home, "Lia") as lia:
        lia.goes_to("/desk/articles/new")
        lia.types("Título", "Um artigo comprido")
        lia.types("Texto", "\n\n".join(f"## {part}\n\n{'Uma frase comprida. ' * 40}" for part in parts))
        lia.chooses("Seção", "Cobrança")
        lia.chooses("Quem lê", "Todos, mesmo sem entrar")
        lia.presses("Salvar rascunho")
        lia.presses("Publicar")
        lia.sees("Publicado.")
    lines = shown(f"{home.url}/help/um-artigo-comprido")
    place = lines.index("Nesta página")
    assert lines[place + 1 : place + 4] == [f"{place}. {part}" for place, part in enumerate(parts, 1)]
    assert [line for line in lines[place + 4 :] if line in parts] == list(parts)
    table = shown(f"{home.url}/help/prazos-de-resposta")
    assert "Urgente 2 horas 1 dia (9 horas)" in table


def test_a_requester_with_a_text_browser_reads_replies_says_yes_and_rates(home: Demonstration) -> None:
    with text_reader(f"{home.url}/sign-in") as ana:
        ana.types("E-mail ou usuário", ADDRESSES["Ana"])
        ana.types("Senha", home.password)
        ana.goes_to("Entrar", after="Senha")
        assert "Olá, Ana" in ana.lines()

        ana.goes_to("Meus tickets")
        ana.types("Busca pelo assunto", "boletos novembro")
        ana.goes_to("Filtrar")
        found = ana.lines()
        place = found.index("• Boletos de novembro com o valor errado")
        assert found[place + 1].startswith("Sua vez: Responda até ")
        assert found[place + 2] == "Aguardando você"
        assert re.fullmatch(r"#\d+ .+", found[place + 3])

        ana.goes_to("Ver Detalhe")
        assert "Boletos de novembro com o valor errado" in ana.lines()
        ana.writes("Adicionar à conversa", "Lido e respondido sem imagens.")
        ana.goes_to("Enviar mensagem")
        assert "Lido e respondido sem imagens." in ana.lines()

        ana.goes_to("Meus tickets")
        ana.types("Busca pelo assunto", "frequencia turma")
        ana.goes_to("Filtrar")
        ana.goes_to("Ver Detalhe")
        assert "A turma 8B estava sem professor vinculado. Vinculamos e o relatório já sai completo." in ana.lines()
        ana.goes_to("SIM")
        assert any(line.startswith("Fechado ") for line in ana.lines())
        ana.picks("Satisfação com o atendimento", 5)
        ana.picks("Qualidade da solução", 5)
        ana.goes_to("Enviar avaliação")
        assert {"Ótimo", "Ótima"} <= set(ana.lines())
