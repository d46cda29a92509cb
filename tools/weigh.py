"""Weighs pages of a demonstration in a real browser: with an empty cache, with a full one, and on a slow line.

The time is what passes until the first "Ver Detalhe" (on a page without tickets: the first button of its main part) is
on the screen at 400 kbit/s, 400 ms and a sixth of this processor's speed, with an empty cache.
"""

import sys
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page

from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.visitors import chrome, session
from tests.browser.wire import Meter

TICKETS = 2_000
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 6
HEAD = f"{'page':<12} {'cold':>14}  {'html':>7} {'css':>7} {'script':>7} {'other':>7}  {'warm':>14}  slow"
FIRST_USEFUL = ".row__open, main form button, main .button"
WATCH = f"""requestAnimationFrame(function look() {{
  const first = document.querySelector({FIRST_USEFUL!r});
  if (first && first.getClientRects().length) window.useful = performance.now(); else requestAnimationFrame(look);
}})"""


class Weight(NamedTuple):
    cold: Meter
    warm: Meter
    seconds: float
    """Until the first useful thing, on a slow line with an old machine."""


def main() -> int:
    with demonstration(tickets=TICKETS) as home, chrome() as browser:
        print(HEAD)  # noqa: T201
        for name, path, who in (
            ("overview", "/", "Ana"),
            ("list", "/tickets", "Ana"),
            ("ticket", _measured_ticket(home, browser.new_context()), "Ana"),
            ("new ticket", "/tickets/new", "Ana"),
            ("sign-in", "/sign-in", ""),
        ):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            if who:
                _sign_in(context, home, who)
            print(_line(name, _weigh(context, home.url + path)))  # noqa: T201
            context.close()
    return 0


def _measured_ticket(home: Demonstration, context: BrowserContext) -> str:
    """The address of the ticket that has ten messages."""
    _sign_in(context, home, "Ana")
    page = context.new_page()
    page.goto(f"{home.url}/tickets?q=medicao+dez+mensagens")
    address = page.locator(".row__title").get_attribute("href")
    context.close()
    return address or "/tickets"


def _sign_in(context: BrowserContext, home: Demonstration, who: str) -> None:
    context.add_cookies([{"name": "guiche", "value": session(home, who), "url": home.url}])


def _weigh(context: BrowserContext, url: str) -> Weight:
    context.new_page().goto(url)  # the server's first time, too
    cold = _visit(context, url, forgets=True)
    warm = _visit(context, url)
    slow = _visit(context, url, forgets=True, is_slow=True)
    return Weight(cold, warm, slow.page.wait_for_function("window.useful").json_value() / 1000)


def _visit(context: BrowserContext, url: str, *, forgets: bool = False, is_slow: bool = False) -> Meter:
    page: Page = context.new_page()
    page.add_init_script(WATCH)
    meter = Meter(page)
    if forgets:
        meter.devtools.send("Network.clearBrowserCache")
    if is_slow:
        meter.devtools.send("Network.emulateNetworkConditions", LINE)
        meter.devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return meter


def _line(name: str, weight: Weight) -> str:
    sizes = "".join(f" {weight.cold.sizes.get(kind, 0):>7,}" for kind in ("html", "css", "script", "other"))
    cold, warm = (f"{meter.count} x {meter.size:>7,} B" for meter in (weight.cold, weight.warm))
    return f"{name:<12} {cold:>14} {sizes}  {warm:>14}  {weight.seconds:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
