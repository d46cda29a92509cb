"""Spreadsheets of various programs, and files that are none: read, or refused with a reason."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from tests.imports.files import HEADING, NEW, SCHOOL, csv, xlsx
from web.errors import Unreadable
from web.imports.people import lines, sandbox, sheets
from web.imports.people.columns import header_of, letter, matched

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

JOSE = ("José Conceição", "jose@ipe.example", "", "", "", SCHOOL, "")
READ = [list(HEADING), list(JOSE)]
TEXT = csv(JOSE).decode()

ENCODED = {
    "UTF-8": csv(JOSE),
    "UTF-8 with its mark": csv(JOSE, encoding="utf-8-sig"),
    "UTF-16 as Excel saves it": csv(JOSE, encoding="utf-16", delimiter="\t"),
    "UTF-16 without its mark": csv(JOSE, encoding="utf-16-le"),
    "Windows-1252": csv(JOSE, encoding="cp1252"),
    "DOS": csv(JOSE, encoding="cp850"),
    "an old Mac": csv(JOSE, encoding="mac_roman"),
    "UTF-8 twice": csv(JOSE).decode("cp1252").encode(),
    "bars": csv(JOSE, delimiter="|"),
    "commas": csv(JOSE, delimiter=","),
    "tabs": csv(JOSE, delimiter="\t"),
    "lines of Windows": TEXT.replace("\n", "\r\n").encode(),
    "lines of an old Mac": TEXT.replace("\n", "\r").encode(),
    "separator told to Excel": b"sep=;\r\n" + csv(JOSE),
    "XLSX": xlsx([HEADING, JOSE]),
    "empty lines at its end": csv(JOSE) + b"\n;;;;;;\n\n",
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_table_says_the_same_however_it_was_saved(name: str) -> None:
    assert [[*row, ""][: len(HEADING)] for row in sheets.rows(ENCODED[name])] == READ


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 400 MB."""
    kept = io.BytesIO(xlsx([HEADING]))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet2.xml", b"\0" * 400 * 2**20)
    return kept.getvalue()


def far_cell() -> bytes:
    """Two cells, the second in the last row and column: a full grid would exhaust the memory."""
    kept = io.BytesIO(xlsx([("Nome",)]))
    found = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(found, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            new.writestr(each, content)
    return found.getvalue()


REFUSED = {
    "empty": (b"", "empty"),
    "nothing but separators": (b";;;\n;;;\n", "empty"),
    "empty workbook": (xlsx([]), "empty"),
    "renamed picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 200, "not_a_table"),
    "renamed archive": (b"PK\x03\x04" + b"\0" * 200, "not_a_table"),
    "10001 columns": (b";".join([b"a"] * 10_001), "too_many_columns"),
    "10001 columns in a workbook": (xlsx([["a"] * 10_001]), "too_many_columns"),
    "20001 lines": (b"Nome;E-mail\n" + b"a;a@b.com\n" * 20_001, "too_many_rows"),
    "21 MB": (b"a" * 21 * 2**20, "too_large"),
    "zip bomb": (bomb(), "too_costly"),
    "a cell far away": (far_cell(), "too_costly"),
    "quotes never closed": (TEXT.replace("José", '"José').encode(), "open_quotes"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a56_what_is_no_table_is_refused(name: str) -> None:
    raw, code = REFUSED[name]
    with pytest.raises(Unreadable) as refused:
        await sandbox.rows(raw)
    assert refused.value.code == f"table_{code}"


async def test_the_line_whose_quotes_never_close_is_told() -> None:
    with pytest.raises(Unreadable) as refused:
        await sandbox.rows(csv(JOSE, JOSE, ('"Rui', *JOSE[1:]), JOSE))
    assert (refused.value.code, refused.value.line) == ("table_open_quotes", 4)


def test_what_stands_in_merged_cells_stands_in_each() -> None:
    rows = [("Nome", "CNPJ"), ("Ana", SCHOOL), ("Rui", None), ("Eva", None)]
    assert [row[1] for row in sheets.rows(xlsx(rows, merged="B2:B4"))] == ["CNPJ", SCHOOL, SCHOOL, SCHOOL]


def test_the_names_of_columns_are_known_by_many_words_and_below_a_title() -> None:
    rows = [["Lista de 2026", "", ""], ["", "", ""], ["NOME COMPLETO", "e-mail", "Razão Social"]]
    assert header_of(rows) == 3
    assert matched(rows[2]) == {"name": 0, "email": 1, "organization": 2}
    assert (header_of([["Aluna", "Turma"]]), header_of([["Ana", "ana@ipe.example"]])) == (1, 0)
    assert [letter(place) for place in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]


CNPJS = {
    SCHOOL: (SCHOOL, []),
    "11.222.333/0001-81": (SCHOOL, []),
    "6990590000123": ("06990590000123", []),
    "6990590000124": ("", ["not_a_cnpj"]),
    "1.2E+13": ("", ["cnpj_as_number"]),
    "1,22233E+13": ("", ["cnpj_as_number"]),
    "11222333000182": ("", ["wrong_check_digits"]),
}


@pytest.mark.parametrize("text", CNPJS)
def test_a_cnpj_that_lost_its_zeros_is_mended_and_one_that_lost_digits_refused(text: str) -> None:
    (line,) = lines.lines([["Ana", "a@ipe.example", text]], {"name": 0, "email": 1, "cnpj": 2}, 0)
    assert (line.cnpj, [code for code, _ in line.reasons]) == CNPJS[text]
    assert line.is_mended == (text == "6990590000123")


def test_a_cnpj_that_a_workbook_keeps_as_a_number_is_read_by_its_digits() -> None:
    rows = sheets.rows(xlsx([("Nome", "E-mail", "CNPJ"), ("Ana", "a@ipe.example", int(SCHOOL))]))
    assert rows[1][2] == SCHOOL


SHOWN = {
    "VERDADEIRO": True,
    "FALSO": False,
    "05/03/2026": date(2026, 3, 5),
    "05/03/2026 14:30": datetime(2026, 3, 5, 14, 30),  # noqa: DTZ001 - as a workbook has it
    "14:30": time(14, 30),
    "30:05": timedelta(hours=30, minutes=5),
    "3": 3.0,
    "-3": -3,
    "1,5": 1.5,
    "1,2e+20": 1.2e20,
    "": None,
    "Ana": " Ana ",
}


def test_each_cell_of_a_workbook_is_read_as_it_is_shown_in_brazil() -> None:
    assert [row[1] for row in sheets.rows(xlsx([("|", each) for each in SHOWN.values()]))] == list(SHOWN)


def test_half_the_lines_may_be_wrong() -> None:
    rows = [[f"Pessoa {n}", f"p{n}@ipe.example" if n % 2 else "?"] for n in range(100)]
    read = lines.lines(rows, {"name": 0, "email": 1}, 0)
    assert [bool(line.reasons) for line in read] == [True, False] * 50


ROLES = {
    "": (None, None, None),
    "Solicitante": ("own", False, False),
    "vê tudo": ("organization", False, False),
    "Aprova e gerencia": ("own", True, True),
    "VE TUDO, APROVADOR; gestor": ("organization", True, True),
}


@pytest.mark.parametrize("text", ROLES)
def test_permissions_are_read_in_many_words(text: str) -> None:
    (line,) = lines.lines([["Ana", "a@ipe.example", NEW, text]], {"name": 0, "email": 1, "cnpj": 2, "role": 3}, 0)
    assert (line.rights, line.reasons) == (ROLES[text], ())


def test_permissions_stand_in_columns_of_their_own_too() -> None:
    columns = {"name": 0, "email": 1, "cnpj": 2, "sees": 3, "approves": 4, "manages": 5}
    read = lines.lines(
        [["Ana", "a@ipe.example", NEW, "Sim", "x", ""], ["Rui", "r@ipe.example", NEW, "não", "talvez", ""]], columns, 0
    )
    assert (read[0].rights, read[1].reasons) == (("organization", True, None), (("neither_yes_nor_no", "talvez"),))
