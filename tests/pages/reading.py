"""Reads pages and the results of changes, in the words that tests compare."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from tests.cast import NOW
from tests.client import Browser, Page, folded
from web.database import fetch
from web.engines.statements import queries_made
from web.notifications.link_requests import answer_link_requests
from web.pages.shell import render
from web.people import accounts
from web.people.passwords import hashing
from web.people.permissions import Actor

GOOD_PASSWORD = "tatu veloz no quintal azul"
OTHER_PASSWORD = "sete canoas descem o rio"

NUMBER_WRITTEN = (
    *("{}", "#{}", "  {}  ", "# {}", "Ticket #{}", "nº {}", "{}.", "[#{}]"),
    *("http://host/tickets/{}", "/desk/tickets/{}"),
)
"""Notations of a ticket's number."""


def titles(page: Page) -> list[str]:
    """The titles of the tickets in a list, in order."""
    return page.texts(".row__title")


def chips(page: Page) -> dict[str, str]:
    """The status of each ticket in a list, by title."""
    return dict(zip(titles(page), page.texts(".row .chip"), strict=True))


def said(page: Page) -> list[str]:
    """The messages of a conversation, oldest first."""
    return page.texts(".message__body")


def happened(page: Page) -> list[str]:
    """The events of a conversation, without dates."""
    return [text.split(" · ")[0] for text in page.texts(".event[id]:not(.unread)")]


def facts(page: Page) -> dict[str, str]:
    """The rows of "Detalhes do ticket"."""
    return dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))


def forms(page: Page) -> list[str]:
    """The addresses of the forms in the main part, in order."""
    return page.attributes("main form", "action")


def refusals(page: Page) -> dict[str, str]:
    """The errors of a refused form: each sentence of the summary, by the field it links to.

    Each field must exist, be marked as wrong, and have the same sentence beside it.
    """
    told = {}
    for item in page.html.css(".summary li"):
        control = page.element(item.css_first("a").attributes["href"].removeprefix("#")).attributes
        name, _, sentence = folded(item).partition(": ")
        told[control["name"]] = sentence.removeprefix(": ")
        if control.get("type") != "file":
            assert control["aria-invalid"] == "true", control
            beside = [folded(page.element(each)) for each in control["aria-describedby"].split()]
            assert told[control["name"]] in beside, (name, beside)
    return told


def tabs(page: Page) -> dict[str, str]:
    """The addresses of the tabs, by text."""
    return {folded(each): each.attributes["href"] for each in page.html.css("[role=tablist] [role=tab]")}


def tab_shown(page: Page) -> str:
    return page.text("[role=tab][aria-selected=true]")


def buttons(page: Page) -> list[str]:
    """The names of all visible buttons."""
    return page.texts("main :is(button, [role=button])")


def top_level(page: Page) -> list[str]:
    """The ids of the top-level elements: for a block, only its own."""
    return [
        each.attributes.get("id") or each.tag
        for each in page.html.css("*")
        if each.parent is None or each.parent.tag == "-document"
    ]


def impersonal(page: Page) -> str:
    """The text of the response without its address and values that differ each time."""
    return re.sub(r'name="_(token|key)" value="[^"]*"', "", page.response.text).replace(page.path, "")


async def filtered(browser: Browser, page: Page, words: str = "", **labels: str) -> Page:
    """The list after choosing these labels in its filter bar and pressing "Filtrar"."""
    values = page.values("/tickets") | {"q": words}
    for name, label in labels.items():
        options = page.form("/tickets").css(f"select[name={name}] option")
        values[name] = next(option.attributes["value"] for option in options if folded(option) == label)
    return await browser.get("/tickets?" + urlencode(values))


def to_the_minute(text: str) -> str:
    """The text without the seconds of its instants, because the clock goes on during a test."""
    return re.sub(r"(\d\d/\d\d/\d{4}, \d+h\d\d)min\d\ds", r"\1", text)


def chosen(page: Page, name: str) -> str:
    """The selected label of a select."""
    select = page.html.css_first(f"select[name={name}]")
    assert select is not None
    return folded(select.css_first("option[selected]") or select.css_first("option"))


def option(page: Page, name: str, label: str) -> str:
    """The value of an option of a select."""
    found = [each.attributes["value"] for each in page.html.css(f"select[name={name}] option") if folded(each) == label]
    assert len(found) == 1, (label, page.options(name))
    return found[0]


async def asked(browser: Browser, page: Page, element: str) -> Page:
    """The response to an element of an open page that polls."""
    browser.client.headers["HX-Request"] = "true"
    answer = await browser.get(page.element(element).attributes["data-hx-get"])
    del browser.client.headers["HX-Request"]
    return answer


async def events(ticket: int) -> list[str]:
    """The nouns of a ticket's events, in order."""
    rows = await fetch("SELECT kind FROM event WHERE ticket = {} ORDER BY id", ticket)
    return [row["kind"] for row in rows]


async def ticket_row(number: int) -> dict[str, Any]:
    (row,) = await fetch("SELECT * FROM ticket WHERE id = {}", number)
    return row


async def messages(ticket: int) -> list[str]:
    rows = await fetch("SELECT body FROM message WHERE ticket = {} ORDER BY id", ticket)
    return [row["body"] for row in rows]


async def count(table: str) -> int:
    (row,) = await fetch(f"SELECT count(*) AS number FROM {table}")
    return int(row["number"])


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent to the database in the block."""
    made: list[str] = []
    token = queries_made.set(made)
    try:
        yield made
    finally:
        queries_made.reset(token)


async def give_password(person: Actor, password: str = GOOD_PASSWORD) -> None:
    await accounts.set_password(person.id, await hashing.hashed(password))


async def mail_written(at: datetime = NOW) -> None:
    """Runs the worker's answers to requests for links."""
    mail = render.environment()

    def text(template: str, **values: Any) -> str:
        return mail.get_template(template).render(**values)

    await answer_link_requests(at, render=text)


async def mail_to(address: str) -> list[Mapping[str, Any]]:
    """The queued messages to somebody, in order."""
    return await fetch("SELECT subject, body FROM outgoing WHERE recipient = {} ORDER BY id", address)


async def link_to(address: str) -> str:
    """The path of the link in the last message to somebody."""
    last = (await mail_to(address))[-1]
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/claim/\S+)", last["body"])
    return str(path)


async def signed_in_as(browser: Browser) -> str:
    """The name in the page's bar; empty for a visitor."""
    page = await browser.get("/")
    return "".join(page.texts(".bar__who a[href='/account']"))


async def many_like(number: int, times: int) -> None:
    """Adds `times` tickets with the same properties and times, in one statement."""
    await fetch(
        f"INSERT INTO ticket ({_PROPERTIES}) WITH RECURSIVE n(i) AS "
        f"(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times}) "
        f"SELECT {_PROPERTIES} FROM ticket, n WHERE id = {{}}",
        number,
    )


_PROPERTIES = (
    "title, category, topic, priority, author, requester, primary_contact, organization, team, assignee, channel, "
    "status, workflow, is_answered, created_at, submitted_at, updated_at, wait, wait_until, resolution, resolved_at, "
    "closed_at, answer_due, due_at, soon_at"
)


async def member(name: str, of: Actor) -> int:
    """The membership of the person with that name in the actor's organization."""
    (organization,) = of.organizations
    (row,) = await fetch(
        "SELECT m.id FROM membership m JOIN person p ON p.id = m.person WHERE p.name = {} AND m.organization = {}",
        name,
        organization,
    )
    return int(row["id"])
