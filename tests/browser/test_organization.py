"""A manager of an organization in Chromium, with and without JavaScript: members join, get rights, and leave."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.mail_server import Mailed, mailed
from tests.browser.visitors import Visit, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

PASSWORD = "tatu veloz no quintal azul"
REPORT = "Relatório de frequência sem a turma 8B"


@pytest.fixture(scope="module", params=[True, False], ids=["with_script", "without_script"])
def school(request: pytest.FixtureRequest) -> Iterator[tuple[Mailed, bool]]:
    """A school for each kind of browser, because new members stay."""
    with mailed() as place:
        yield place, request.param


@pytest.fixture
def place(school: tuple[Mailed, bool]) -> Mailed:
    return school[0]


@pytest.fixture
def tab(school: tuple[Mailed, bool], chrome: Browser) -> Visit:
    return partial(visit, chrome, school[0].home, has_script=school[1])


def signs_up(visitor: Visitor, place: Mailed, name: str, address: str) -> None:
    visitor.goes_to("/sign-up")
    visitor.types("Nome completo", name)
    visitor.types("E-mail", address)
    visitor.presses("Cadastrar")
    visitor.is_at("Confira o seu e-mail")
    visitor.goes_to(place.link_to(address))
    visitor.types("Nova senha", PASSWORD)
    visitor.types("Repita a senha", PASSWORD)
    visitor.presses("Salvar e entrar")
    visitor.is_at(f"Olá, {name.split(maxsplit=1)[0]}")


def test_a_colleague_is_invited_sees_everything_is_removed_and_comes_back(tab: Visit, place: Mailed) -> None:
    with tab("Ana") as ana, tab() as eva:
        ana.goes_to("/organization")
        ana.types("E-mail", "eva@familia.example")
        ana.presses("Convidar")
        ana.sees("Convite enviado. A pessoa passa a fazer parte quando aceitar.")
        signs_up(eva, place, "Eva Melo", "eva@familia.example")
        eva.goes_to("/account")
        eva.presses("Aceitar")
        eva.sees("Você agora faz parte da organização.")
        assert eva.found(REPORT) == []
        ana.goes_to("/organization")
        card = ana.main.get_by_role("region", name="Eva Melo")
        card.get_by_label("O que vê").select_option(label="Os tickets da organização")
        card.get_by_role("button", name="Salvar").click()
        ana.sees("Permissões salvas.")
        row = ana.main.get_by_role("table", name="Quem tem acesso").get_by_role("row").filter(has_text="Eva Melo")
        expect(row).to_contain_text("Os tickets da organização")
        assert eva.found(REPORT) == [REPORT]
        ana.follows("Remover Eva Melo")
        ana.presses("Remover")
        ana.sees("A pessoa não faz mais parte da organização.")
        assert eva.found(REPORT) == []
        ana.presses("Desfazer")
        ana.sees("A pessoa faz parte da organização de novo.")
        assert eva.found(REPORT) == [REPORT]


def test_the_domain_is_turned_on_and_who_signs_up_there_is_in(tab: Visit, place: Mailed) -> None:
    with tab("Ana") as ana, tab() as gil:
        ana.goes_to("/organization")
        expect(ana.field("Domínio")).to_have_value("aurora.example")
        ana.presses("Ligar")
        ana.sees("@aurora.example")
        signs_up(gil, place, "Gil Souza", "gil@aurora.example")
        expect(gil.page.get_by_role("link", name="Gil Souza · Colégio Aurora")).to_be_visible()
        assert gil.found(REPORT) == []
        ana.goes_to("/organization")
        expect(ana.main.get_by_role("region", name="Gil Souza")).to_be_visible()


def test_a_sheet_of_paper_brings_somebody_in_once(tab: Visit, place: Mailed) -> None:
    with tab("Ana") as ana, tab("Caio") as caio:
        ana.goes_to("/organization")
        ana.presses("Fazer um convite")
        ana.is_at("Convite para Colégio Aurora")
        way = f"/join/{ana.main.get_by_text(re.compile('^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$')).inner_text()}"
        caio.goes_to(way)
        caio.presses("Fazer parte")
        caio.sees("Você agora faz parte da organização.")
        caio.refused(404, way)
        caio.goes_to(way)
        caio.is_at("Este convite não vale mais")
