"""Live updates (fact C-01): from any process, over broken connections and stopped servers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitors
from tests.browser.demonstration import Demonstration, installation
from tests.browser.test_live import answered
from tests.browser.visitors import visit
from tests.infrastructure.subprocesses import environment, working
from tests.live.proxies import gateway
from tests.resilience.portals import Portal, portal
from tests.servers import serving

pytestmark = pytest.mark.browser

POLLED = 40_000
"""Milliseconds in which a page without a stream has polled, on a busy machine."""


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with visitors.chrome() as browser:
        yield browser


@pytest.fixture
def running() -> Iterator[Portal]:
    with portal() as running:
        yield running


def test_c01_what_is_answered_at_another_process_is_seen_in_the_open_page(chrome: Browser) -> None:
    with (
        installation() as env,
        serving(["web"], env, ready="/health") as first,
        serving(["web"], env, ready="/health") as second,
    ):
        one, other = (Demonstration(each.url, env["GUICHE_DEMO_PASSWORD"]) for each in (first, second))
        with (
            working(environment(Path(env["GUICHE_VAR"]), **env)),
            visit(chrome, one, "Ana") as ana,
            visit(chrome, other, "Bia") as bia,
        ):
            address = ana.opens_ticket("De um processo ao outro")
            bell = ana.page.get_by_role("banner").get_by_role("link", name="Avisos")
            before = bell.inner_text()
            answered(bia, address, "Vimos no outro.")
            expect(ana.page.get_by_text(re.compile("Bia respondeu"))).to_be_visible(timeout=POLLED)
            expect(bell).not_to_have_text(before, timeout=POLLED)


def test_c01_a_page_survives_cut_connections_and_a_restart_in_mid_stream(chrome: Browser, running: Portal) -> None:
    with gateway(running.url) as way:
        home = Demonstration(way.url, running.env["GUICHE_DEMO_PASSWORD"])
        with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
            address = ana.opens_ticket("Linha que cai")
            with ana.page.expect_response("**/live?*"):
                pass
            way.cut()
            answered(bia, address, "Depois do corte.")
            expect(ana.page.get_by_text(re.compile("Bia respondeu"))).to_be_visible(timeout=POLLED)
            running.kill()
            running.start()
            way.leads_to(running.url)
            answered(bia, address, "Depois da queda.")
            expect(ana.page.get_by_text(re.compile("Bia respondeu.*Bia respondeu"))).to_be_visible(timeout=POLLED)
            for each in (ana, bia):
                each.heard.clear()  # a browser says in its console that a connection was lost


def test_c01_without_a_stream_the_page_asks_by_itself(chrome: Browser, running: Portal) -> None:
    home = Demonstration(running.url, running.env["GUICHE_DEMO_PASSWORD"])
    with visit(chrome, home, "Ana") as ana, visit(chrome, home, "Bia") as bia:
        ana.page.route("**/live?*", lambda route: route.fulfill(status=204))
        address = ana.opens_ticket("Sem fluxo")
        answered(bia, address, "Chegou assim mesmo.")
        expect(ana.page.get_by_text(re.compile("Bia respondeu"))).to_be_visible(timeout=POLLED)
