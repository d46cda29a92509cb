"""CSV exports in LibreOffice: typed values stay text."""

import codecs
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests import cast
from tests.client import browser_of
from tests.pages.fields.test_desk import opened
from tests.servers import spreadsheet_program
from tests.tickets.fields.factories import field
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.spreadsheet]

WEEK = "from=2026-11-17&until=2026-11-23"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELL = f"{TABLE}table-cell"
ASKING_ABOUT_NUMBERS_TOO = "CSV:59,34,76,1,,0,false,true"
"""Semicolons, quotes, UTF-8, from the first line; quoted values may be numbers."""
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "'=1+1",
    'a";=1+1;"',
    "a;=1+1",
    "＝1+1",
    "\u200b=1+1",
    "\u2212 1",
    '=HYPERLINK("http://mau.example";"Clique")',
    '=DDE("soffice";"x";"y")',
]


async def test_a43_no_cell_of_an_export_is_a_formula_in_libreoffice(database, storage, tmp_path):
    """All exports as one sheet, because LibreOffice takes seconds to start."""
    people = await cast.enrol()
    await cast.ticket(people.ana)
    lia, exported = await browser_of(people.lia), b""
    for name in FORMULAS:
        # older rows have names that would be cleaned or refused today
        await fetch("UPDATE organization SET name = {}", name)
        answer = await lia.get(f"/desk/reports/groups.csv?{WEEK}&by=organization")
        exported += answer.response.content.removeprefix(codecs.BOM_UTF8)
    sheet = opened_in_libreoffice(exported, tmp_path)
    names = [row.find(CELL) for row in sheet.iter(f"{TABLE}table-row")][1::2]
    assert [cell for cell in sheet.iter(CELL) if cell.get(f"{TABLE}formula")] == []
    assert [name.get(f"{OFFICE}value-type") for name in names] == ["string"] * len(FORMULAS)


async def test_a43_no_title_or_field_of_a_list_is_a_formula_in_libreoffice(database, storage, tmp_path):
    people = await cast.enrol()
    asked = await field(people.lia, "=1+1")
    for text in FORMULAS:
        await opened(people, {asked: text}, text)
    for who, path in ((people.bia, "/desk/tickets.csv?view=all"), (people.ana, "/tickets.csv")):
        answer = await (await browser_of(who)).get(path)
        cells = list(opened_in_libreoffice(answer.response.content, tmp_path).iter(CELL))
        signs = [cell for cell in cells if "1+1" in "".join(cell.itertext())]
        assert [cell.get(f"{TABLE}formula") for cell in cells if cell.get(f"{TABLE}formula")] == []
        assert (len(signs) > len(FORMULAS), {cell.get(f"{OFFICE}value-type") for cell in signs}) == (True, {"string"})


def opened_in_libreoffice(content: bytes, folder: Path) -> ElementTree.ElementTree:
    """The sheet, each cell with its type and formula."""
    (folder / "export.csv").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    program = [spreadsheet_program(), "--headless", profile, f"--infilter={ASKING_ABOUT_NUMBERS_TOO}"]
    subprocess.run(
        [*program, "--convert-to", "fods", "--outdir", str(folder), str(folder / "export.csv")],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return ElementTree.parse(folder / "export.fods")
