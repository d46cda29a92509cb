"""From an empty database to the first answered ticket by page alone, in at most 25 clicks."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import Demonstration, empty_installation
from tests.browser.visitors import Visitor, visit
from tests.infrastructure.subprocesses import environment, run
from tests.servers import serving

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

MOST = 25
PASSWORD = "tatu veloz no quintal azul"


@pytest.fixture
def link() -> Iterator[tuple[str, str]]:
    """The address of a new installation, and the link for its administrator that the command printed."""
    with empty_installation() as settings:
        env = environment(Path(settings["GUICHE_VAR"]), DATABASE_URL=settings["DATABASE_URL"])
        assert run(["web", "migrate"], env)[0] == 0
        status, output, _ = run(["web", "person", "Ivo Braga", "ivo@ipe.example", "--role", "admin"], env)
        assert status == 0
        with serving(["web"], env) as server:
            yield server.url, urlsplit(output.split()[-1]).path


class Newcomer(Visitor):
    """Counts clicks: one for a link, a button or a text field, two for a choice of a list."""

    clicks = 0

    def follows(self, name: str) -> None:
        self.clicks += 1
        super().follows(name)

    def presses(self, name: str) -> None:
        self.clicks += 1
        super().presses(name)

    def types(self, label: str, text: str) -> None:
        self.clicks += 1
        super().types(label, text)

    def chooses(self, label: str, option: str) -> None:
        self.clicks += 2
        super().chooses(label, option)


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_newcomer_answers_the_first_ticket_within_25_clicks(
    has_script: bool, link: tuple[str, str], chrome: Browser
) -> None:
    address, claim = link
    with visit(chrome, Demonstration(address, PASSWORD), has_script=has_script) as tab:
        ivo = Newcomer(tab.page, tab.home, has_script)
        ivo.goes_to(claim)
        _makes_a_password(ivo)
        _names_the_place(ivo)
        _takes_the_example(ivo)
        _asks_for_something(ivo)
        _answers_it(ivo)
        assert ivo.clicks <= MOST


def _makes_a_password(ivo: Visitor) -> None:
    ivo.types("Nova senha", PASSWORD)
    ivo.types("Repita a senha", PASSWORD)
    ivo.presses("Salvar e entrar")
    ivo.is_at("Caixa de entrada")


def _names_the_place(ivo: Visitor) -> None:
    ivo.follows("Primeiros passos")
    ivo.is_at("Configurações")
    ivo.follows("Dar nome ao portal")
    ivo.types("Nome", "Editora Ipê")
    ivo.presses("Salvar")
    ivo.sees("Salvo. Todas as páginas já mostram.")


def _takes_the_example(ivo: Visitor) -> None:
    ivo.follows("Configurações")
    ivo.presses("Usar o exemplo")
    ivo.sees(re.compile("^Pronto: equipes, categorias"))


def _asks_for_something(ivo: Visitor) -> None:
    ivo.follows("Editora Ipê")
    ivo.follows("Novo ticket")
    ivo.types("Solicitante", "ivo@ipe.example")
    ivo.types("Contato primário", "ivo@ipe.example")
    ivo.chooses("Categoria", "Cobrança")
    ivo.types("Título", "Boleto de teste")
    ivo.types("Descrição", "Só para ver como funciona.")
    ivo.presses("Enviar")
    ivo.is_at("Caixa de entrada")


def _answers_it(ivo: Visitor) -> None:
    ivo.follows("Boleto de teste")
    ivo.types("Mensagem ao solicitante", "Funciona assim: a resposta chega aqui.")
    ivo.presses("Enviar")
    expect(ivo.messages()).to_have_text(["Só para ver como funciona.", "Funciona assim: a resposta chega aqui."])
