"""Checks of a page in a tab: accessibility, sideways scrolling, small targets, glued words."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Response

from tests.browser.checker import Checker
from tests.browser.visitors import Visitor

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
FLIGHT = 14_000
"""Bytes of a response, headers included, that a server sends before it waits for an acknowledgement."""
NARROW, DOUBLED, TABLET, WIDE = 320, 683, 768, 1366
"""Widths in CSS pixels; the second is the last one at 200 % zoom."""
FINGER = 44
GLUED = re.compile(r"""<[a-z][^<>]*?=("[^"]*"|'[^']*')[^\s/>"']""")
"""An attribute that follows the one before without a space."""
INLINE = "a|b|code|em|small|span|strong|time"
RUN_ON = re.compile(rf"\w</(?:{INLINE})><(?:{INLINE})\b[^>]*>\w")
"""Two words without a space between them, as read without styles."""
UNDATED = re.compile(r"<time(?![^>]*\bdatetime=)")


@dataclass
class Look:
    """Examines what is open in a tab, with touch; begins before the tab opens anything."""

    visitor: Visitor
    checker: Checker
    _answer: list[Response] = field(default_factory=list)
    _colours: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.visitor.page.on("response", self._keep)

    def faults(self) -> list[str]:
        """The faults of the page, and of the response that it came from."""
        return [*self._of_answer(), *self.faults_now()]

    def faults_now(self) -> list[str]:
        """The faults of the page in its present state."""
        html = self.visitor.page.content()
        return [*self.checker.faults(html), *self._narrow(), *self._wider()]

    def _keep(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.visitor.page.main_frame:
            self._answer = [response]

    def _of_answer(self) -> list[str]:
        [answer] = self._answer
        html = answer.text()
        weight = sum(answer.request.sizes()[part] for part in ("responseHeadersSize", "responseBodySize"))
        heavy = [f"{weight} bytes"] if weight > FLIGHT else []
        glued = [f"glued: {each[0]}" for each in GLUED.finditer(html)]
        return [*heavy, *glued, *RUN_ON.findall(html), *UNDATED.findall(html), *self.checker.faults(html)]

    def _narrow(self) -> list[str]:
        self._as(NARROW)
        small = self.visitor.page.evaluate(SMALL, FINGER)
        self.visitor.page.evaluate(AXE)
        broken = self.visitor.page.evaluate(BROKEN)
        return [*small, *broken, *self._too_wide(NARROW), *self._violations(RULES)]

    def _wider(self) -> list[str]:
        too_wide = [each for width in (DOUBLED, TABLET) for each in self._too_wide(width)]
        self._as(WIDE, color_scheme="dark")
        in_the_dark = self._violations(CONTRAST)
        self._as(WIDE, forced_colors="active")
        return [*too_wide, *in_the_dark, *self.visitor.page.evaluate(UNSEEN)]

    def _too_wide(self, width: int) -> list[str]:
        """Elements that make the page scroll sideways."""
        self._as(width)
        return [f"{width} px: {each}" for each in self.visitor.page.evaluate(SIDEWAYS, width)]

    def _as(self, width: int, **colours: Any) -> None:
        """Changes only what differs, because Chromium repeats the layout after each change."""
        page = self.visitor.page
        if page.viewport_size != {"width": width, "height": 768}:
            page.set_viewport_size({"width": width, "height": 768})
        wanted = {"color_scheme": "light", "forced_colors": "none", **colours}
        if wanted != self._colours:
            page.emulate_media(**wanted)
            self._colours = wanted

    def _violations(self, rules: list[str]) -> list[str]:
        found = self.visitor.page.evaluate(RUN, rules)
        return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


RUN = "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"
SIDEWAYS = """width => document.documentElement.scrollWidth <= width ? [] : Array.from(document.querySelectorAll('*'))
  .filter(each => each.getBoundingClientRect().right > width).map(each => each.outerHTML.slice(0, 100))"""
SMALL = """finger => {
  const shown = each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const words = each => each.innerText.trim().length;
  const isInText = each => getComputedStyle(each).display === 'inline' && words(each.parentElement) > words(each) + 3;
  const target = each => {
    const label = /checkbox|radio/.test(each.type) && each.labels[0];
    const isSpread = getComputedStyle(each, '::after').position === 'absolute';
    return (label || (isSpread && each.offsetParent) || each).getBoundingClientRect();
  };
  return Array.from(document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary'))
    .filter(each => shown(each) && !isInText(each) && !each.matches('.skip'))
    .map(each => [each, target(each)])
    .filter(([, box]) => box.width > 1 && (box.height < finger - .5 || box.width < finger - .5))
    .map(([each, box]) => `small ${Math.round(box.width)}x${Math.round(box.height)}: ${each.outerHTML.slice(0, 120)}`);
}"""
BROKEN = r"""() => Array.from(document.querySelectorAll('.chip, .button, .tabs a, .nav a, h1, h2, legend'))
  .filter(each => each.checkVisibility() && each.getClientRects().length)
  .flatMap(each => Array.from(each.childNodes).filter(node => node.nodeType === Node.TEXT_NODE))
  .flatMap(node => Array.from(node.data.matchAll(/(?<![\w.@])[a-zà-ÿ]{3,18}(?![\w.@])/gi), word => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return range.getClientRects().length > 1 ? `broken: ${word[0]}` : '';
  })).filter(Boolean)"""
"""Words of chips, buttons, tabs and headings that go on in the next line."""
UNSEEN = """() => {
  const style = each => getComputedStyle(each);
  const framed = each => ['Top', 'Right', 'Bottom', 'Left'].some(side =>
    parseFloat(style(each)[`border${side}Width`]) > 0 && style(each)[`border${side}Style`] !== 'none');
  const controls = Array.from(document.querySelectorAll('.button, button, input, select, textarea'))
    .filter(each => each.checkVisibility() && each.getClientRects().length && each.type !== 'hidden');
  return controls.filter(each => !framed(each) && !/checkbox|radio|range|color/.test(each.type))
    .map(each => `no frame in forced colours: ${each.outerHTML.slice(0, 120)}`);
}"""
