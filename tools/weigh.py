"""Weighs pages of a demonstration in a real browser: with an empty cache, with a full one, and on a slow line.

The times are what passes until the first useful thing is on the screen at 400 kbit/s, 400 ms and a sixth of this
processor's speed: with an empty cache, then with what a visit before left in it; of several visits the one in the
middle and the quickest. Shift is how much of what was there moved meanwhile (cumulative layout shift).
"""

import statistics
import sys
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page

from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.page_weight import Meter
from tests.browser.visitors import chrome, session

TICKETS = 2_000
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 6
VISITS = 5
HEAD = "| Page | requests | bytes | html | css | script | again | cold s (best) | warm s (best) | shift |"
RULE = "| --- |" + " ---: |" * 9
FIRST_USEFUL = ".row__open, .line a, main form button, main .button, main a[href^='/help/']"
WATCH = f"""requestAnimationFrame(function look() {{
  const first = document.querySelector({FIRST_USEFUL!r});
  if (first && first.getClientRects().length) window.useful = performance.now(); else requestAnimationFrame(look);
}});
window.shift = 0;
new PerformanceObserver(seen => seen.getEntries().forEach(each => {{ window.shift += each.value; }}))
  .observe({{ type: "layout-shift", buffered: true }});"""


class Weight(NamedTuple):
    cold: Meter
    warm: Meter
    first: list[float]
    """Seconds of each visit until the first useful content, on a slow connection with an old machine."""
    again: list[float]
    shift: float


def main() -> int:
    with demonstration(tickets=TICKETS) as home, chrome() as browser:
        print(HEAD, RULE, sep="\n")  # noqa: T201
        for name, path, who in (
            ("overview", "/", "Ana"),
            ("list", "/tickets", "Ana"),
            ("ticket", _measured_ticket(home, browser.new_context()), "Ana"),
            ("new ticket", "/tickets/new", "Ana"),
            ("sign-in", "/sign-in", ""),
            ("help", "/help", ""),
            ("desk", "/desk?view=all", "Bia"),
        ):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            if who:
                _sign_in(context, home, who)
            print(_line(name, _weigh(context, home.url + path)))  # noqa: T201
            context.close()
    return 0


def _measured_ticket(home: Demonstration, context: BrowserContext) -> str:
    """The address of the ticket with ten messages."""
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
    first: list[float] = []
    again: list[float] = []
    shift = 0.0
    for _ in range(VISITS):
        for times, forgets in ((first, True), (again, False)):
            page = _visit(context, url, forgets=forgets, is_slow=True).page
            times.append(page.wait_for_function("window.useful").json_value() / 1000)
            shift = max(shift, page.evaluate("window.shift"))
            page.close()
    return Weight(cold, warm, first, again, shift)


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
    cold, warm = weight.cold, weight.warm
    sizes = " | ".join(f"{cold.sizes.get(kind, 0):,}" for kind in ("html", "css", "script"))
    times = " | ".join(f"{statistics.median(each):.2f} ({min(each):.2f})" for each in (weight.first, weight.again))
    loaded = f"{cold.count} | {cold.size:,} | {sizes} | {warm.count} x {warm.size:,}"
    return f"| {name} | {loaded} | {times} | {weight.shift:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
