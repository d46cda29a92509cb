"""HTML mail in Chromium: no active content, no requests to other sites, wide tables scroll inside."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.mail_server import Mailed, mailed
from tests.browser.page_weight import first_answer
from tests.browser.test_weight import FLIGHT
from tests.browser.visitors import Visitor, session, visit
from tests.infrastructure.subprocesses import wait
from tests.mail.arriving import mail
from tests.mail.incoming.html_letters import ATTACKS, CLIENTS
from web.notifications.rules import Notification

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

ANA = "ana@aurora.example"
WIDE = f"<table><tr>{'<th>Disciplina</th>' * 14}</tr><tr>{'<td>1.234,56</td>' * 14}</tr></table>"


@pytest.fixture(scope="module")
def place() -> Iterator[Mailed]:
    with mailed() as running:
        yield running


def opened(who: Visitor, title: str) -> str:
    """The address of the ticket that a mail opened, once it exists."""
    wait(lambda: who.found(title) == [title])
    who.titles().first.click()
    return who.path


def html_mail(title: str, html: str, *, by: str = "rui@aurora.example") -> bytes:
    message = mail(by, subject=title)
    message.set_content(html, subtype="html")
    return message.as_bytes()


def body_of(raw: bytes) -> str:
    return raw.partition(b"\n\n")[2].decode()


@pytest.mark.parametrize("who", ["Rui", "Bia"])
def test_a39_and_a72_nothing_of_a_mail_runs_or_asks_outside(chrome: Browser, place: Mailed, who: str) -> None:
    pages = [body_of(raw) for raw in ATTACKS.values() if b"boundary" not in raw and b"plaintext" not in raw]
    place.receive(html_mail(f"Ataques a {who}", f"<div>{'</div><div>'.join(pages)}</div>{WIDE}"))
    with visit(chrome, place.home, who) as visitor:
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        address = opened(visitor, f"Ataques a {who}")
        original = visitor.page.get_by_role("link", name="Ver o original")
        for path in [address, *filter(None, [original.get_attribute("href") if who == "Bia" else None])]:
            visitor.goes_to(path)
            for fold in visitor.page.locator(".original details").all():
                fold.evaluate("fold => { fold.open = true }")
            visitor.page.wait_for_load_state("networkidle")
            assert visitor.page.locator(".rich").count() == 1
            assert visitor.page.evaluate(_OUTSIDE) == []
        assert [url for url in asked if not url.startswith((place.home.url, "data:"))] == []


def test_a_wide_table_scrolls_in_its_box_and_the_page_does_not(chrome: Browser, place: Mailed) -> None:
    place.receive(html_mail("Notas da turma", f"<p>Seguem:</p>{WIDE}"))
    with visit(chrome, place.home, "Rui") as rui:
        rui.page.set_viewport_size({"width": 360, "height": 700})
        opened(rui, "Notas da turma")
        assert _scrolls(rui.page, "html") is False
        assert _scrolls(rui.page, ".rich > div") is True
        rui.page.emulate_media(media="print")
        assert rui.page.locator(".rich > div").evaluate("box => getComputedStyle(box).overflowX") == "visible"


def test_a_ticket_of_ten_mails_in_html_comes_in_one_flight(chrome: Browser, place: Mailed) -> None:
    raws = [raw for name, raw in CLIENTS.items() if "passed on" not in name and "a new request" not in name]
    place.receive(html_mail("Dez mensagens em HTML", "<p>Falta o de <b>maio</b>.</p>", by=ANA))
    wait(lambda: any("Dez mensagens" in each["Subject"] for each in place.office.to(ANA)))
    told = next(each for each in place.office.to(ANA) if "Dez mensagens" in each["Subject"])
    answer = f"In-Reply-To: {told['Message-ID']}\nTo:".encode()
    for number, raw in enumerate(raws[:9]):
        place.receive(raw.replace(b"To:", answer, 1).replace(b"<1@", f"<{number}@".encode()))
    with visit(chrome, place.home, "Ana") as ana:
        path = opened(ana, "Dez mensagens em HTML")
        wait(lambda: ana.page.reload() is not None and ana.page.locator(".message").count() == 10)
        assert ana.page.locator(".rich").count() >= 7
    for who, at in {"Ana": path, "Bia": f"/desk{path}"}.items():
        size, _ = first_answer(place.home.url + at, f"guiche={session(place.home, who)}")
        assert size <= FLIGHT, size


def _scrolls(page: Page, css: str) -> bool:
    return bool(page.locator(css).evaluate("box => box.scrollWidth > box.clientWidth"))


_OUTSIDE = """() => [...document.querySelectorAll(".rich *")].filter(each => {
  const box = each.getBoundingClientRect(), around = each.closest(".rich").getBoundingClientRect();
  const inTable = each.closest("table");
  return getComputedStyle(each).position !== "static" || box.top < around.top - 1 || box.bottom > around.bottom + 1
    || (!inTable && (box.left < around.left - 1 || box.right > around.right + 1));
}).map(each => each.outerHTML)"""
"""Content of a mail that is outside its message."""


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (700, "dark")])
def test_every_message_of_ours_fits_where_it_is_read_and_its_buttons_a_finger(
    chrome: Browser, place: Mailed, width: int, scheme: Literal["light", "dark"]
) -> None:
    with visit(chrome, place.home, "Ivo") as ivo:
        ivo.page.set_viewport_size({"width": width, "height": 700})
        ivo.page.emulate_media(color_scheme=scheme)
        wrong = {}
        for occasion in Notification:
            ivo.goes_to(f"/desk/settings/mail/preview/{occasion}")
            boxes = [each.bounding_box() for each in ivo.page.get_by_role("link", name=re.compile("^(SIM|NÃO)$")).all()]
            low = [box for box in boxes if box and box["height"] < 44]
            wide = ivo.page.evaluate("document.documentElement.scrollWidth")
            if wide > width or low:
                wrong[occasion] = (wide, low)
        assert wrong == {}
