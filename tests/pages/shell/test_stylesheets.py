"""Each audience has its stylesheet, which defines every class of its pages."""

import re
from pathlib import Path

import pytest

from web.settings import ROOT

pytestmark = pytest.mark.anywhere

TEMPLATES = ROOT / "templates"
OF_THE_DESK = ("desk", "people", "settings")
NOT_LOADED = ("mail",)
AT_THE_DESK_ALONE = {"shared/charts.html", "shared/imports.html"}


def test_no_page_of_the_portal_names_a_style_of_the_desk() -> None:
    others = [page for page in pages() if page.parts[0] not in (*OF_THE_DESK, *NOT_LOADED)]
    assert others
    theirs = set().union(*map(styled, ("72-desk", "73-work", "74-office")))
    assert {str(page) for page in others if named(page) & theirs} == AT_THE_DESK_ALONE


def test_no_page_of_the_desk_names_a_style_of_the_portal() -> None:
    own = [page for page in pages() if page.parts[0] in OF_THE_DESK]
    assert own
    assert {str(page): named(page) & styled("71-portal") for page in own if named(page) & styled("71-portal")} == {}


def pages() -> list[Path]:
    return [page.relative_to(TEMPLATES) for page in TEMPLATES.rglob("*.html")]


def styled(folder: str) -> set[str]:
    """The classes that the sheets of this folder define and no other does."""
    sheets = {sheet: sheet.read_text() for sheet in (ROOT / "static" / "css").rglob("*.css")}
    classes = {sheet: set(re.findall(r"[.]([a-z][\w-]*)", text)) for sheet, text in sheets.items()}
    own = set().union(*(found for sheet, found in classes.items() if sheet.parent.name == folder))
    return own - set().union(*(found for sheet, found in classes.items() if sheet.parent.name != folder))


def named(page: Path) -> set[str]:
    text = (TEMPLATES / page).read_text()
    return {name for each in re.findall(r'class="([^"]*)"', text) for name in re.findall(r"[a-z][\w-]*", each)}
