"""An administrator imports a file with three wrong lines, corrects them and imports it again."""

import io
import zipfile
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitors import Visit, Visitor
from tests.infrastructure.subprocesses import wait

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]


def test_an_administrator_imports_a_file_with_wrong_lines_mends_it_and_imports_again(
    tab: Visit, request: pytest.FixtureRequest
) -> None:
    school = request.node.callspec.id
    people = [f"Joana,joana@{school}.example,11222333000181", f"Marco,marco@{school}.example,11222333000181"]
    wrong = [f"Sem arroba,{school},", f"Rosa,rosa@{school}.example,11222333000182", f",nina@{school}.example,"]
    right = [f"Saulo,saulo@{school}.example,", f"Rosa,rosa@{school}.example,11222333000181"]
    with tab("Ivo") as ivo:
        brings(ivo, people + wrong)
        reads(ivo, "Pessoas novas", "2")
        expect(ivo.main.get_by_role("row")).to_contain_text(
            [
                "Motivo",
                f"“{school}” não parece um endereço de e-mail.",
                "Os dois últimos dígitos de “11222333000182” não conferem com este CNPJ.",
                "Falta o nome.",
            ]
        )
        imports(ivo)
        brings(ivo, people + right)
        reads(ivo, "Já estão assim", "2")
        imports(ivo)
        reads(ivo, "Pessoas novas", "2")
        brings(ivo, people + right)
        ivo.sees("Nada vai mudar: tudo já está assim.")


def test_a_lead_brings_in_a_help_centre_and_a_reader_finds_what_came(tab: Visit) -> None:
    with tab("Lia") as lia, tab() as reader:
        title = f"Como usar a lousa {'interativa' if lia.has_script else 'digital'}"
        lia.goes_to("/desk/articles/imports")
        file = {"name": "ajuda.zip", "mimeType": "application/zip", "buffer": help_centre(title)}
        lia.field("Arquivo ZIP ou JSON").set_input_files(file)
        lia.chooses("Quem lê, se o artigo não disser", "Todos, mesmo sem entrar")
        lia.presses("Enviar e conferir")
        lia.is_at("ajuda.zip")
        ends(lia, "O que a importação vai fazer")
        reads(lia, "Artigos criados", "1")
        expect(lia.main.get_by_role("row").last).to_contain_text("Não tem título.")
        lia.presses("Importar")
        ends(lia, "Importado")
        reader.goes_to(f"/help?q={quote(title)}")
        reader.main.get_by_role("link", name=title).click()
        reader.is_at(title)


def help_centre(title: str) -> bytes:
    """A help centre with one article that can be imported, and one that cannot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        head = f"---\nslug: lousa-{title.rsplit(maxsplit=1)[-1]}\n---\n"
        archive.writestr("Salas de aula/lousa.md", f"{head}# {title}\n\nLigue a lousa.")
        archive.writestr("Salas de aula/nada.md", "Sem título.")
    return file.getvalue()


def brings(ivo: Visitor, lines: list[str]) -> None:
    """Uploads a file, up to the report of what an import would do."""
    ivo.goes_to("/desk/settings/imports")
    content = "\n".join(["Nome,E-mail,CNPJ", *lines]).encode()
    ivo.field("Planilha ou CSV").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": content})
    ivo.presses("Enviar")
    ivo.is_at("p.csv")
    ivo.presses("Conferir")
    ends(ivo, "O que a importação vai fazer")


def imports(ivo: Visitor) -> None:
    ivo.presses("Importar")
    ends(ivo, "Importado")


def ends(ivo: Visitor, heading: str) -> None:
    """Waits for the end: by itself with a script, by reloading without."""
    report = ivo.main.get_by_role("heading", name=heading)
    if not ivo.has_script:
        wait(lambda: looks_again(ivo, report))
    expect(report).to_be_visible(timeout=60_000)


def looks_again(ivo: Visitor, report: Locator) -> bool:
    ivo.goes_to(ivo.path)
    return report.count() > 0


def reads(ivo: Visitor, name: str, count: str) -> None:
    fact = ivo.main.locator(".facts dl > div").filter(has_text=name)
    expect(fact.locator("dd")).to_have_text(count)
