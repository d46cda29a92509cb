"""Every page that a link leads to is for everyone, and each address without one is named here."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.demonstration import Demonstration
from tests.browser.test_for_everyone import AXE, SIGHTS, WIDTHS, too_wide, violations
from tests.browser.visitors import Visitor, visit
from tests.security.routes import NOWHERE, routes

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

FILES = {
    "/tickets.csv",
    "/desk/tickets.csv",
    "/attachments/{number:int}/{name:str}",
    "/place/{part:str}",
    "/desk/reports/{part:str}",
    "/desk/settings/log.csv",
    "/desk/settings/mail/preview/{occasion:str}",
    "/desk/settings/mail/{number:int}",
    "/desk/tickets/{number:int}/mail/{mail:int}/whole",
    "/account/data/exports/{number:int}",
    "/desk/settings/imports/{number:int}/report.csv",
}
NO_PAGES = {"/health", "/ready", "/sent", "/tickets/new/topics", "/desk/tickets/{number:int}/presence"}
BY_MAIL = {"/claim/{token:str}", "/answers/{token:str}", "/account/confirmations/{token:str}"}
AFTER_SOMETHING = {
    "/desk/settings/closures/{number:int}",
    "/desk/settings/imports/{number:int}",
    "/desk/settings/mail/mailboxes/{number:int}",
    "/desk/settings/privacy/{number:int}",
    "/desk/tickets/{number:int}/mail/{mail:int}",
    "/join/{code:str}",
    "/organization/papers/{number:int}",
    "/tickets/{number:int}/log",
}
"""No link leads there from here, where nobody sent a mail, an invitation, a file, a mailbox or a wish to be erased."""


def test_every_page_that_a_link_leads_to_breaks_no_rule(chrome: Browser, home: Demonstration) -> None:
    reached: set[str] = set()
    wrong = {}
    for who in (None, "Ana", "Ivo", "Bia"):
        with visit(chrome, home, who, reduced_motion="reduce") as visitor:
            _prepare(visitor, who)
            for path in _pages_from_home(visitor, reached):
                found = _found_wrong(visitor)
                wrong |= {path: found} if found else {}
    assert wrong == {}
    assert _routes() - reached == NO_PAGES | BY_MAIL | AFTER_SOMETHING | (FILES - reached)


def _prepare(visitor: Visitor, who: str | None) -> None:
    """What the demonstration lacks, so that its page can be reached."""
    if who == "Ivo":
        visitor.goes_to("/desk/settings/webhooks")
        visitor.types("Endereço", "https://93.184.216.34/")
        visitor.main.get_by_role("checkbox").first.check()
        visitor.types("Sua senha atual", visitor.home.password)
        visitor.presses("Criar o webhook")


def _pages_from_home(visitor: Visitor, reached: set[str]) -> Iterator[str]:
    """Opens one page of each address that nobody reached before, and tells its path."""
    ahead, own = deque(["/"]), set[str]()
    while ahead:
        path = ahead.popleft()
        route = _route(path)
        if route is None or route in own or (route in reached and route not in ("/", "/desk")):
            continue
        own.add(route)
        reached.add(route)
        if route not in FILES and _opens(visitor, path):
            ahead.extend(_links(visitor))
            yield path


def _opens(visitor: Visitor, path: str) -> bool:
    try:
        visitor.goes_to(path)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return False
    return True


def _found_wrong(visitor: Visitor) -> list[str]:
    sideways = [each for width in WIDTHS for each in too_wide(visitor, width)]
    visitor.page.evaluate(AXE)
    return sideways + [each for sight in SIGHTS for each in violations(visitor, *sight)]


def _links(visitor: Visitor) -> list[str]:
    found = visitor.page.evaluate("Array.from(document.querySelectorAll('a[href]'), each => each.href)")
    return [path.removeprefix(visitor.home.url) for path in found if path.startswith(visitor.home.url + "/")]


def _route(path: str) -> str | None:
    place = urlsplit(path).path
    return next((each for each in sorted(_routes()) if re.fullmatch(_pattern(each), place)), None)


def _pattern(route: str) -> str:
    return re.sub(r"\\{\w+:(int|str)\\}", lambda kind: {"int": r"\d+", "str": "[^/]+"}[kind[1]], re.escape(route))


def _routes() -> set[str]:
    return {each.removeprefix("GET ") for each in routes("GET ")} - {NOWHERE}
