"""People in Chromium, who find each element by its role and visible name."""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.browser.demonstration import ADDRESSES, Demonstration
from tests.servers import PATIENCE, chromium

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",
    "--renderer-process-limit=1",
)
"""With fewer processes of its own, Chromium takes a quarter less processor time."""

expect.set_options(timeout=PATIENCE * 1000)  # what does not come fails late: the machine may be busy with other tests

_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+) ")
_ASKED_ALONE = re.compile(r"/live|/notices/unread|/.+/(news|presence|navigation)")
"""Addresses that open pages request by themselves."""


@contextmanager
def chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A tab of a person; `meant` are expected console messages, such as "404 /tickets/7" for a refused request."""

    page: Page
    home: Demonstration
    has_script: bool
    meant: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    """All console messages, including uncaught errors and violations of the content security policy."""
    is_out: bool = False

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def goes_to(self, path: str) -> None:
        self.page.goto(self.home.url + path)

    def signs_in(self, who: str) -> None:
        """Signs in on the page that asks for it."""
        self.types("E-mail ou usuário da organização", ADDRESSES[who])
        self.types("Senha", self.home.password)
        self.main.get_by_role("button", name="Entrar", exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def turns_to(self, tab: str) -> None:
        """Opens the tab with this name; a number may follow it."""
        self.main.get_by_role("tab", name=tab).click()

    def unfolds(self, summary: str) -> None:
        self.main.locator("summary", has_text=summary).click()

    def loses_the_session(self) -> None:
        """Ends the session. The page's own requests are refused from now on, as many as it makes."""
        self.page.context.clear_cookies()
        self.is_out = True

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def pauses(self) -> None:
        """Waits as people do before the next step: until Chromium has noted the values of the fields."""
        self.page.evaluate("history.replaceState(history.state, '')")

    def chooses(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def attaches(self, name: str, content: bytes, **more: bytes) -> None:
        self.page.get_by_label("Anexar arquivos").set_input_files(
            [
                {"name": each, "mimeType": "application/octet-stream", "buffer": buffer}
                for each, buffer in {name: content, **more}.items()
            ]
        )

    def is_at(self, heading: str) -> None:
        """Waits for the page with this main heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.main.get_by_text(words, exact=True).first).to_be_visible()

    def stands(self, status: str) -> None:
        """Checks the status of the ticket on the page."""
        expect(self.page.locator(".head__sub .chip")).to_have_text(status)

    def finds(self, title: str, status: str) -> None:
        """Checks that the list has this ticket with this status."""
        row = self.main.get_by_role("listitem").filter(has=self.page.get_by_role("link", name=title, exact=True))
        expect(row).to_have_count(1)
        expect(row).to_contain_text(status)

    def filters(self, **choices: str) -> None:
        """Sets the filter bar by the labels of its fields."""
        for label, option in choices.items():
            self.chooses(label, option)
        self.presses("Filtrar")

    def opens_fold(self, summary: str, *, exact: bool = False) -> None:
        """Opens a fold unless it is open; `exact` if another one begins with the same words."""
        words = re.compile(rf"^\s*{re.escape(summary)}\s*$") if exact else summary
        fold = self.page.locator("details", has=self.page.locator("summary", has_text=words)).last
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def takes_up(self, tab: str) -> None:
        """Opens one of the writing tabs of the desk's ticket page."""
        self.page.get_by_role("group", name="Escrever").locator("label", has_text=tab).first.click()

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def titles(self) -> Locator:
        """The titles of the tickets in the list."""
        return self.page.locator(".row__title")

    def messages(self) -> Locator:
        return self.page.locator(".message__body")

    def opens_ticket(self, title: str, description: str = "Como de costume.") -> str:
        """Opens a ticket by the form. Returns its address."""
        self.goes_to("/tickets/new")
        self.chooses("Categoria", "Cobrança")
        self.types("Título", title)
        self.types("Descrição", description)
        self.presses("Enviar")
        asked_again, sent = (
            self.page.get_by_text("Ainda não enviamos."),
            self.page.get_by_role("heading", name=title, level=1),
        )
        expect(asked_again.or_(sent)).to_be_visible()
        if asked_again.count():
            self.presses("Enviar")
        self.is_at(title)
        return self.path

    def makes_key(self, robot: str) -> str:
        """Creates an API key with the rights of an agent. Returns the key that is shown once."""
        self.goes_to("/desk/settings/keys")
        self.types("Robô", robot)
        self.chooses("Pode", "Ler e agir")
        self.types("Sua senha atual", self.home.password)
        self.presses("Criar a chave")
        self.sees("Copie a chave agora: ela não será mostrada de novo.")
        return self.page.locator("code.secret").inner_text()

    def found(self, words: str) -> list[str]:
        """The titles of the search results."""
        self.goes_to(f"/tickets?q={quote(words)}")
        return self.titles().all_inner_texts()

    def another_tab(self) -> "Visitor":
        return replace(self, page=self.page.context.new_page())

    def refused(self, status: int, path: str) -> None:
        """Declares that such a refusal is expected."""
        self.expects(f"{status} {path}")

    def expects(self, *noise: str) -> None:
        self.meant.update(noise)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = urlsplit(message.location["url"]).path
        answer = _REFUSED.match(message.text)
        if self.is_out and answer and answer[1] == "401" and _ASKED_ALONE.fullmatch(address):
            return
        self.heard.append(f"{answer[1]} {address}" if answer else message.text.partition("\n")[0])


Visit = Callable[..., AbstractContextManager[Visitor]]
"""Opens a tab, as `visit` does, in a given browser and demonstration."""


@contextmanager
def visit(
    browser: Browser, home: Demonstration, who: str | None = None, *, has_script: bool = True, **options: Any
) -> Iterator[Visitor]:
    """A tab of a new browser, signed in as `who`. Fails afterwards if the console had unexpected messages."""
    context = browser.new_context(
        **{"java_script_enabled": has_script, "locale": "pt-BR", "viewport": {"width": 1366, "height": 768}, **options}
    )
    context.set_default_timeout(PATIENCE * 1000)
    if who is not None:
        context.add_cookies([{"name": "guiche", "value": session(home, who), "url": home.url}])
    visitor = Visitor(context.new_page(), home, has_script)
    try:
        yield visitor
    finally:
        context.close()
    assert set(visitor.heard) == visitor.meant


@functools.cache
def session(home: Demonstration, who: str) -> str:
    """The cookie of a session that lasts for the whole run."""
    with httpx.Client(base_url=home.url, timeout=PATIENCE) as client:
        token = re.search(r'name="_token" value="([^"]+)"', client.get("/sign-in").text)
        assert token
        form = {"_token": token[1], "identifier": ADDRESSES[who], "password": home.password}
        client.post("/sign-in", data=form)
        return client.cookies["guiche"]
