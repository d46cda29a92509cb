"""Custom fields in Chromium: a lead adds them, a requester fills them in, an agent resolves and filters."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

CATEGORIES = {"with_script": "Material didático", "without_script": "Acesso ao portal"}


def made(lia: Visitor, label: str, **chosen: str) -> None:
    lia.goes_to(lia.path)
    lia.opens_fold("Novo campo")
    new = lia.main.locator("details", has_text="Novo campo")
    new.get_by_label("Nome do campo").fill(label)
    if options := chosen.pop("Opções", ""):
        new.get_by_label("Opções").fill(options)
    for name, option in chosen.items():
        new.get_by_label(name, exact=True).select_option(label=option)
    new.get_by_role("button", name="Salvar").click()
    check = lia.main.get_by_role("heading", name="Conferir antes")
    expect(check.or_(lia.main.get_by_text("Salvo.", exact=True))).to_be_visible()
    if check.count():
        lia.presses("Salvar")
    lia.sees("Salvo.")


def test_an_option_of_one_long_word_stays_within_its_column(tab: Visit, request: pytest.FixtureRequest) -> None:
    script = request.node.callspec.id
    field, option = f"Pavilhão {script}", "Pavilhão" * 8
    with tab("Lia") as lia:
        lia.goes_to("/desk/settings/categories")
        lia.follows("Compras")
        made(lia, field, Tipo="Várias opções", Opções=f"Norte\n{option}")
    with tab("Ana") as ana:
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", "Compras")
        if script == "without_script":
            ana.presses("Salvar rascunho")
        choices = ana.main.get_by_role("group", name=field)
        box = choices.get_by_role("checkbox", name=option)
        box.check()
        assert choices.evaluate("group => group.scrollWidth <= group.clientWidth")
        tick, words = (each.evaluate("e => e.getBoundingClientRect()") for each in (box, choices.get_by_text(option)))
        assert tick["right"] <= words["left"]


def test_fields_from_their_making_to_the_list_filtered_by_them(tab: Visit, request: pytest.FixtureRequest) -> None:
    script = request.node.callspec.id
    about = CATEGORIES[script]
    order, cause, title = f"Pedido {script}", f"Causa {script}", f"Faltou livro {script}"
    with tab("Lia") as lia:
        lia.goes_to("/desk/settings/categories")
        lia.follows(about)
        made(lia, order, **{"Ao solicitante, ao abrir": "Exige", "Ao atendimento, ao abrir": "Não pergunta"})
        made(
            lia,
            cause,
            **{
                "Tipo": "Uma opção",
                "Opções": "Transporte\nEstoque",
                "Ao solicitante, ao abrir": "Não pergunta",
                "Ao atendimento, ao abrir": "Não pergunta",
                "Ao atendimento, ao resolver": "Exige",
            },
        )
        made_at = lia.path
    with tab("Ana") as ana:
        ana.meant = {"422 /tickets"}
        ana.goes_to("/tickets/new")
        ana.chooses("Categoria", about)
        if script == "with_script":
            expect(ana.field(order)).to_be_visible()
        ana.types("Título", title)
        ana.types("Descrição", "Chegaram 28 de 30.")
        ana.presses("Enviar")
        expect(ana.main.get_by_role("alert")).to_contain_text(order)
        expect(ana.field("Descrição")).to_have_value("Chegaram 28 de 30.")
        ana.types(order, "PED-9")
        ana.presses("Enviar")
        ana.sees("PED-9")
        number = ana.path.rpartition("/")[2]
    with tab("Bia") as bia:
        bia.meant = {f"422 /desk/tickets/{number}/solution"}
        bia.goes_to(f"/desk/tickets/{number}")
        bia.opens_fold("Resolver", exact=True)
        solution = bia.main.locator("form[action$='/solution']")
        solution.get_by_label("Como foi resolvido").fill("Enviamos os dois.")
        solution.get_by_role("button", name="Resolver", exact=True).click()
        expect(bia.main.get_by_role("alert").first).to_contain_text(cause)
        solution = bia.main.locator("form[action$='/solution']")
        solution.get_by_label(cause).select_option("Estoque")
        solution.get_by_role("button", name="Resolver", exact=True).click()
        expect(bia.main.locator(".chip").first).to_have_text("Resolvido")
        category = made_at.rpartition("/")[2]
        bia.goes_to(f"/desk?view=all&category={category}")
        bia.opens_fold("Adicionar filtro")
        bia.main.get_by_role("search").get_by_role("combobox", name=cause).select_option("Estoque")
        if script == "without_script":
            bia.presses("Filtrar")
        bia.sees(title)
        expect(bia.main.locator(".row__title")).to_have_text([title])
