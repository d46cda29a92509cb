"""Checks every page that a link or a mail leads to; lists the addresses without a page."""

import functools
import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.checker import Checker
from tests.browser.mail_server import mailed
from tests.browser.page_faults import Look
from tests.browser.prepared import prepared
from tests.browser.test_kiosk import SCREEN, new_link, pages_of_kiosk
from tests.browser.visitors import Visitor, visit
from tests.security.routes import NOWHERE, routes

pytestmark = [pytest.mark.browser, pytest.mark.html_checker, pytest.mark.anywhere]

FILES = {
    "/tickets.csv",
    "/desk/tickets.csv",
    "/attachments/{number:int}/{name:str}",
    "/thumbnails/{number:int}",
    *("/follow/ticket/attachments/{number:int}/{name:str}", "/follow/ticket/thumbnails/{number:int}"),
    *("/answers/{token:str}/attachments/{number:int}/{name:str}", "/answers/{token:str}/thumbnails/{number:int}"),
    "/embed/ticket/{token:str}/attachments/{number:int}/{name:str}",
    "/embed/ticket/{token:str}/thumbnails/{number:int}",
    "/place/{part:str}",
    "/desk/reports/{part:str}",
    *("/desk/settings/log.csv", "/desk/articles/export.zip"),
    "/desk/settings/mail/preview/{occasion:str}",
    "/desk/settings/mail/{number:int}",
    "/desk/tickets/{number:int}/mail/{mail:int}/whole",
    "/account/data/exports/{number:int}",
    *("/embed.js", "/embed/accents/{code:str}"),
    *("/help/feed.xml", "/sitemap.xml", "/robots.txt"),
    "/desk/settings/imports/{number:int}/report.csv",
    "/help/files/{number:int}/{name:str}",
}
NO_PAGES = {
    *("/health", "/ready", "/sent", "/tickets/new/topics", "/desk/tickets/{number:int}/presence"),
    *("/desk/tickets/{number:int}/held", "/tickets/new/suggestions"),
    *("/live", "/notices/unread", "/tickets/news", "/tickets/{number:int}/news", "/desk/news", "/desk/navigation"),
    *("/desk/chats", "/desk/tickets/{number:int}/peek", "/desk/tickets/{number:int}/articles"),
    "/chat/{number:int}/news",
    *("/desk/settings/closures/{number:int}", "/hc/{rest:path}", "/kb/{rest:path}"),
}
"""Addresses that redirect to pages or serve no page."""


def test_every_page_that_a_link_leads_to_breaks_no_rule(chrome: Browser, nu: Checker) -> None:
    reached: set[str] = set()
    wrong = {}
    with mailed() as place:
        ways = prepared(chrome, place)
        for who in (None, "Ana", "Caio", "Ivo", "Bia"):
            with visit(chrome, place.home, who, reduced_motion="reduce", has_touch=True) as visitor:
                look = Look(visitor, nu)
                for path in _pages_from_home(visitor, ways.get(who, []), reached):
                    found = look.faults()
                    wrong |= {path: found} if found else {}
        with visit(chrome, place.home, viewport=SCREEN, reduced_motion="reduce", has_touch=True) as visitor:
            look = Look(visitor, nu)
            visitor.meant.add("404 /kiosk")
            for page in pages_of_kiosk(visitor, new_link(chrome, place.home)):
                found = look.faults()
                wrong |= {f"kiosk: {page}": found} if found else {}
                reached.add(_route(visitor.path) or "")
    assert wrong == {}
    assert _routes() - reached == NO_PAGES | (FILES - reached)


def _pages_from_home(visitor: Visitor, more: list[str], reached: set[str]) -> Iterator[str]:
    """Opens a page of each address not reached before, also starting at `more`. Yields the paths."""
    ahead, own = deque(["/", *more]), set[str]()
    while ahead:
        path = ahead.popleft()
        route = _route(path)
        if route is None or route in own or (route in reached and route not in ("/", "/desk", "/chat")):
            continue
        own.add(route)
        if route in FILES:
            reached.add(route)
        elif not _opens(visitor, path):
            continue
        elif _route(visitor.path) != route:
            ahead.append(visitor.path)
        else:
            reached.add(route)
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


def _links(visitor: Visitor) -> list[str]:
    found = visitor.page.evaluate("Array.from(document.querySelectorAll('a[href]'), each => each.href)")
    return [path.removeprefix(visitor.home.url) for path in found if path.startswith(visitor.home.url + "/")]


def _route(path: str) -> str | None:
    place = urlsplit(path).path
    return next((route for route, pattern in _patterns() if pattern.fullmatch(place)), None)


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(each, re.compile(_pattern(each))) for each in sorted(_routes())]


def _pattern(route: str) -> str:
    return re.sub(r"\\{\w+:(int|str)\\}", lambda kind: {"int": r"\d+", "str": "[^/]+"}[kind[1]], re.escape(route))


def _routes() -> set[str]:
    return {each.removeprefix("GET ") for each in routes("GET ")} - {NOWHERE}
