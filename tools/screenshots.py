"""Takes pictures of pages of a demonstration at three widths, light and dark, so that they can be looked at.

`python -m tools.screenshots FOLDER [PATH ...]`: as Ana, as Bia where the path begins with /desk, as Ivo in the settings
and reports. Of the preset that GUICHE_PRESET names. `--readme` takes the two pictures of the README into docs/img
instead.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.visitors import chrome, session
from tests.servers import ROOT

Scheme = Literal["light", "dark"]
WIDTHS = (360, 768, 1366)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = ("/", "/tickets", "/tickets/new", "/desk", "/desk/reports")
README = {"list": "/tickets", "desk-ticket": "/desk"}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tools.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", default="docs/img", type=Path)
    parser.add_argument("paths", nargs="*", default=PAGES)
    parser.add_argument("--readme", action="store_true")
    wanted = parser.parse_args(arguments)
    with demonstration() as home, chrome() as browser:
        if wanted.readme:
            _readme(browser, home)
            return 0
        wanted.folder.mkdir(parents=True, exist_ok=True)
        for path in wanted.paths:
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = _opened(browser, home, path, width=width, scheme=scheme)
                    name = path.strip("/").replace("/", "-") or "home"
                    page.screenshot(path=wanted.folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    page.context.close()
    return 0


def _readme(browser: Browser, home: Demonstration) -> None:
    for name, path in README.items():
        page = _opened(browser, home, path, width=1024, scheme="light")
        if name == "desk-ticket":
            page.goto(home.url + (page.locator("main a[href^='/desk/tickets/']").first.get_attribute("href") or path))
        page.screenshot(path=ROOT / "docs" / "img" / f"{name}.png", clip={"x": 0, "y": 0, "width": 1024, "height": 720})
        page.context.close()


def _opened(browser: Browser, home: Demonstration, path: str, *, width: int, scheme: Scheme) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    is_of_admin = path.startswith(("/desk/settings", "/desk/reports"))
    who = "Ivo" if is_of_admin else "Bia" if path.startswith("/desk") else "Ana"
    context.add_cookies([{"name": "guiche", "value": session(home, who), "url": home.url}])
    page = context.new_page()
    page.goto(home.url + path)
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
