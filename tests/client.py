"""A browser without a screen: the real portal in this process, with forms filled in and sent as people do.

Every page with status 200 is checked: title, one h1, a label for each control, and an address and a token for each
form.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from litestar import Litestar
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.cast import NOW
from web.app import application
from web.brand.brand import known
from web.clock import set_now
from web.http.security import Shield
from web.pages.shell.session import cookie_name
from web.people import sessions
from web.people.permissions import Actor
from web.settings import settings
from web.storage import Storage

HOME = "http://127.0.0.1:8000"

INLINE = ":is(style, [style], script:not([src]):not([type='application/ld+json']))"
"""Content that the pages' policy forbids. JSON-LD for search engines is no script."""

Files = Sequence[tuple[str, bytes] | tuple[str, bytes, str]]
"""Name and contents, and the field if it is not the usual one."""


def portal() -> Litestar:
    """The application, started with the preset of the settings."""
    return _started(settings().preset)


@functools.cache
def _started(preset: str) -> Litestar:
    made = application()
    assert made.state.environment.globals["portal"].name == preset
    made.state.storage = Storage.at("memory://")
    return made


@dataclass
class Page:
    """A response, as a person sees it."""

    response: httpx.Response

    @functools.cached_property
    def html(self) -> LexborHTMLParser:
        """The parsed page.

        A block is parsed as the content of a template element, which may have table rows and options alone.
        """
        is_block = not self.response.text.startswith("<!doctype html>")
        return LexborHTMLParser(self.response.text, is_fragment=is_block, fragment_tag="template")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.url.raw_path.decode()

    @property
    def location(self) -> str:
        return self.response.headers["location"]

    @property
    def title(self) -> str:
        return self.text("head > title")

    @property
    def words(self) -> str:
        """All visible text of the main part, with spaces folded."""
        return folded(self.html.css_first("main") or self.html)

    def one(self, css: str) -> LexborNode:
        found = self.html.css(css)
        assert len(found) == 1, f"{len(found)} of {css} in {self.path}"
        return found[0]

    def text(self, css: str) -> str:
        """The text of the only element that matches."""
        return folded(self.one(css))

    def texts(self, css: str) -> list[str]:
        return [folded(each) for each in self.html.css(css)]

    def attributes(self, css: str, name: str) -> list[str]:
        """An attribute of all elements that match; each must have it."""
        return [each.attributes[name] for each in self.html.css(css)]

    def element(self, name: str) -> LexborNode:
        """The element with this id."""
        return self.one(f"[id='{name}']")

    def links(self) -> dict[str, str]:
        """Addresses by the text (or label) of their links."""
        return {a.attributes.get("aria-label") or folded(a): a.attributes["href"] for a in self.html.css("a[href]")}

    def form(self, action: str) -> LexborNode:
        """The form that is sent to this address, by a button from elsewhere or by itself."""
        buttons = self.html.css(f"button[form][formaction='{action}']")
        found = [form for button in buttons for form in self.html.css(f"form#{button.attributes['form']}")]
        found = found or [form for form in self.html.css("form") if self.action_of(form) == action]
        assert len(found) == 1, f"{len(found)} forms to {action} in {self.path}"
        return found[0]

    def action_of(self, form: LexborNode) -> str:
        """Where the form is sent: without an action, to the address of its page."""
        return str(form.attributes.get("action", self.path.partition("?")[0]))

    def values(self, action: str) -> dict[str, Any]:
        """The values that the form would send unchanged, without buttons."""
        return values_of(self.form(action))

    def options(self, name: str) -> list[str]:
        return self.texts(f"select[name={name}] option")


class Browser:
    """A browser, without a person until it signs in."""

    person: int | None = None
    """The person who is signed in."""

    def __init__(self, *, htmx: bool = False) -> None:
        transport = httpx.ASGITransport(app=Shield(portal()), raise_app_exceptions=False)
        headers = {"Accept-Encoding": "identity"} | ({"HX-Request": "true"} if htmx else {})
        self.client = httpx.AsyncClient(transport=transport, base_url=HOME, headers=headers)

    async def signs_in(self, person: int, *, at: datetime) -> None:
        """Signs in without a password; a later sign-in replaces an earlier one."""
        self.person = person
        token = await sessions.start(person, network="127.0.0.1", browser="Testes", at=at)
        self.client.cookies.set(cookie_name(), token, domain="127.0.0.1")

    async def get(self, path: str, **headers: str) -> Page:
        """The page at this address, after redirects."""
        page = Page(await self.client.get(path, headers=_headers(headers), follow_redirects=True))
        if page.status == 200 and page.response.headers["content-type"].startswith("text/html"):
            check(page, whole="HX-Request" not in self.client.headers)
        return page

    async def send(
        self,
        page: Page,
        action: str,
        *,
        files: Files = (),
        press: str | None = None,
        follow: bool = True,
        headers: Mapping[str, str] | None = None,
        **typed: Any,
    ) -> Page:
        """Fills in the form of a page and sends it. Returns the page that follows."""
        values = {**page.values(action), **typed}
        if press:
            values[press] = "1"
        multipart = page.form(action).attributes.get("enctype") == "multipart/form-data"
        answer = await self.post(action, values, files=files if multipart else None, headers=headers)
        if follow and answer.status == 303:
            return await self.get(answer.location)
        return answer

    async def post(
        self,
        path: str,
        values: Mapping[str, Any],
        *,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        own = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        if files is None:
            return Page(await self.client.post(path, data=dict(values), headers=own))
        parts: list[Any] = [
            (name, (None, str(each)))
            for name, value in values.items()
            for each in (value if isinstance(value, list) else [value])
        ]
        parts += [(*field, (name, content)) if field else ("files", (name, content)) for name, content, *field in files]
        return Page(await self.client.post(path, files=parts, headers=own))


async def browser_of(person: Actor | int, *, htmx: bool = False, at: datetime = NOW) -> Browser:
    """A browser in which this person has signed in at this instant."""
    set_now(at)
    browser = Browser(htmx=htmx)
    await browser.signs_in(person if isinstance(person, int) else person.id, at=at)
    return browser


def check(page: Page, *, whole: bool = True) -> None:
    """Checks what every page must have."""
    if whole:
        assert page.title.endswith(f"· {known().name}"), page.path
        assert len(page.html.css("h1")) == 1, page.path
    ids = page.attributes("[id]", "id")
    assert len(ids) == len(set(ids)), (page.path, sorted(ids))
    assert [each.html for each in page.html.css(INLINE)] == [], page.path
    labelled = {each or "" for each in page.attributes("label[for]", "for")}
    for control in page.html.css("input, select, textarea"):
        attributes = control.attributes
        if attributes.get("type") != "hidden":
            named = attributes.get("aria-label") or attributes.get("id") in labelled or around(control, "label")
            assert named, (page.path, control.html)
            assert "maxlength" not in attributes, f"{page.path}: {control.html} cuts what is pasted with spaces"
            assert attributes.get("type") != "email", f"{page.path}: {control.html} refuses what is pasted with spaces"
    for form in page.html.css("form"):
        attributes = form.attributes
        assert page.action_of(form), (page.path, form.html)
        if attributes.get("method", "get").lower() == "post":
            assert form.css("input[name=_token]"), (page.path, form.html)


def values_of(form: LexborNode) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for control in form.css("input[name], textarea[name], select[name]"):
        value = _value(control) if around(control, "noscript") is None else None
        if value is not None:
            values.setdefault(control.attributes["name"], []).append(value)
    return {name: each[0] if len(each) == 1 else each for name, each in values.items()}


def folded(element: LexborNode | LexborHTMLParser) -> str:
    return " ".join(element.text(separator=" ").split())


def around(element: LexborNode, tag: str) -> LexborNode | None:
    """The nearest ancestor with one of these tags."""
    found = element.parent
    while found is not None and found.tag != tag:
        found = found.parent
    return found


def _value(control: LexborNode) -> str | None:
    attributes = _attributes(control)
    kind = attributes.get("type", "text")
    if kind in ("file", "submit", "button"):
        return None
    if kind in ("checkbox", "radio"):
        return attributes.get("value", "on") if "checked" in attributes else None
    if control.tag == "textarea":
        return control.text()
    if control.tag == "select":
        chosen = control.css("option[selected]") or control.css("option")
        return _attributes(chosen[0]).get("value", folded(chosen[0])) if chosen else None
    return attributes.get("value", "")


def _attributes(element: LexborNode) -> dict[str, str]:
    """The attributes; those without a value are empty."""
    return {name: value or "" for name, value in element.attributes.items()}


def _headers(names: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in names.items()}
