"""The stylesheets use only what the oldest supported browsers understand."""

import re
from pathlib import Path

import pytest
from lightningcss import process_stylesheet

from web.pages.shell.assets.bundle import Assets

pytestmark = pytest.mark.anywhere

FLOOR = ["chrome 109", "firefox 115", "safari 15"]
SPARE = re.compile(r"(?<=[{;])(?:-webkit-)?(?:text-size-adjust|color-scheme|appearance|hyphens):[^;}]*;?")
"""Properties only for browsers that know them, or with a prefixed version beside them."""
TOO_NEW = re.compile(
    r":has\(|@container|@scope|@starting-style|subgrid|color-mix|okl(?:ch|ab)|light-dark\(|:popover|\d[dsl]v[hwib]\b"
)
"""Features that those browsers ignore silently."""


def test_the_oldest_browsers_need_no_other_styles():
    assets = Assets()
    for address in {*assets.css.values(), *assets.sheets.values()}:
        css = (assets.folder / Path(address).name).read_text()
        assert TOO_NEW.findall(css) == []
        plain = SPARE.sub("", css).replace(":focus-visible", ":focus")  # without it the browser draws its own ring
        assert _lines(_read(plain, FLOOR)) == _lines(plain)


def _read(css: str, browsers: list[str] | None = None) -> str:
    return process_stylesheet(css, browsers_list=browsers, minify=False)


def _lines(css: str) -> list[str]:
    return sorted(_read(css).splitlines())
