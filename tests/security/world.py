"""Two organizations, a desk and their secrets, and the checks of responses."""

import functools
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import httpx
import obstore
import pytest

from tests import cast
from tests.cast import NOW
from tests.client import HOME, Browser, Page, browser_of, portal
from tests.emptying import kept
from tests.lead_settings import set_rights
from web.clock import set_now
from web.database import Row, database, dialect, fetch
from web.demo import catalog
from web.files import kind_of
from web.http.security import Shield
from web.pages.shell.session import cookie_name
from web.people import accounts, actors, memberships, one_time_links
from web.people.one_time_links import Purpose
from web.people.passwords import hashing
from web.people.permissions import Actor, Sees
from web.schema.tables import TABLES
from web.settings import settings
from web.storage import Storage
from web.tickets.actions import replies
from web.tickets.record.attachments import save_file
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
UNKNOWN = 98765
"""A five-digit number that no ticket has."""

HOST = "127.0.0.1"

WORDS = {
    "ours": "Jabuticaba",
    "note": "Umbuzeiro",
    "ruis": "Graviola",
    "secret": "Cambuci",
    "draft": "Bacuri",
    "pending": "Ingazeira",
    "theirs": "Pitomba",
    "their_draft": "Murici",
}
"""The secret word in everything about each thing: title, text, names and contents of its files."""

_DESK = {"ours", "note", "ruis", "theirs"}
KNOWS = {
    "nobody": set[str](),
    "ana": {"ours", "ruis", "secret", "draft", "pending"},
    "rui": {"ruis"},
    "caio": {"theirs", "their_draft"},
    "eva": {"ours"},
    "bia": _DESK,
    "davi": _DESK,
    "lia": _DESK | {"secret"},
    "admin": _DESK,
}
"""The secrets that each person may know."""


@dataclass
class World:
    """Ana's ticket has Eva in copy and an internal note; another is in the hands of the confidential Ouvidoria, where
    Lia alone works; Caio manages the other school."""

    people: dict[str, Actor]
    tickets: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    memberships: dict[str, int] = field(default_factory=dict)
    organizations: dict[str, int] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    """Settings by their names, created when first requested."""

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    async def browser(self, name: str, *, htmx: bool = False) -> Browser:
        if name == "nobody":
            return Browser(htmx=htmx)
        return await browser_of(self.people[name], htmx=htmx)

    def attachment(self, name: str) -> str:
        """The address of the attachment; the name in it may be any."""
        return f"/attachments/{self.files[name]}/arquivo"


async def built(*, password: str | None = None, on_disk: bool = False) -> World:
    """The world, built once and copied from then on, unless its files are to be `on_disk`."""
    set_now(NOW)
    if on_disk:
        world = await _made()
    else:
        portal().state.storage = _in_memory()
        made = await kept("world", _made)
        world = World(*(dict(each) for each in vars(made).values()))
    if password:
        for person in world.people.values():
            await accounts.set_password(person.id, await _hashed(password))
    return world


@functools.cache
def _in_memory() -> Storage:
    return Storage.at("memory://")


async def _made() -> World:
    enrolled = await cast.enrol()
    await set_rights(enrolled.caio, manages=True, by=enrolled.lia)
    world = World({**vars(enrolled), "caio": await cast.fresh(enrolled.caio)})
    await catalog.add_category("Denúncias", "Ouvidoria", ["Conduta"], position=9)
    await _tickets(world)
    eva = await fetch("SELECT person FROM identity WHERE value = 'eva@familia.example'")
    found = await actors.of_person(eva[0]["person"])
    assert found is not None
    world.people["eva"] = found
    for row in await fetch("SELECT id, person, organization FROM membership"):
        name = next(name for name, actor in world.people.items() if actor.id == row["person"])
        world.memberships[name] = row["id"]
        world.organizations["horizonte" if name == "caio" else "aurora"] = row["organization"]
    return world


async def upload(by: Actor, name: str, content: bytes) -> int:
    """Uploads a file that belongs to no message yet."""
    kept = await portal().state.storage.receive(once(content), limit=len(content))
    kind = kind_of(content, name)
    return await save_file(
        name=name, media_type=kind.media_type, size=len(content), sha256=kept.sha256, person=by.id, at=NOW
    )


async def newcomer(name: str, address: str, *, organization: int | None = None, sees: Sees = Sees.OWN) -> Actor:
    number = await accounts.create(name, [address], at=NOW)
    if organization is not None:
        await memberships.add(number, organization, sees=sees, at=NOW)
    found = await actors.of_person(number)
    assert found is not None
    return found


async def link(address: str, purpose: Purpose, person: Actor | None = None, **more: str) -> str:
    """The path of a one-time link, as in the message to this address."""
    token = await one_time_links.make(purpose, address, person=person.id if person else None, at=NOW, **more)
    return f"/claim/{token}"


async def token_of(browser: Browser) -> str:
    """A form token of this browser."""
    for path in ("/sent", "/sign-in"):
        page = await browser.client.get(path)
        if found := re.search(r'name="_token" value="([^"]+)"', page.text):
            return found[1]
    raise AssertionError(page.text)


def told(answer: httpx.Response | Page, *numbers: int) -> tuple[int, str]:
    """The status and text, without values that vary or come from the request."""
    response = answer.response if isinstance(answer, Page) else answer
    text = re.sub(r'(name="_token" value=")[^"]+', r"\1", response.text)
    text = re.sub(r'(name="_key" value=")[^"]+', r"\1", text)
    for number in numbers:
        text = text.replace(f"/tickets/{number}", "/tickets/N")
    return response.status_code, text


def leaks(text: str, *, to: str) -> list[str]:
    """The secrets in the text that this person may not know."""
    return [word for name, word in WORDS.items() if name not in KNOWS[to] and word.lower() in text.lower()]


async def everything() -> dict[str, list[Row]]:
    """All rows of the database."""
    found = dict.fromkeys((table._meta.tablename for table in TABLES), "*")
    found["ticket_search"] = dialect(sqlite="rowid AS place, *", postgres="*")
    rows = {name: await fetch(f"SELECT {columns} FROM {name}") for name, columns in found.items()}
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def contents() -> list[str]:
    """The files in the storage, by path."""
    return sorted(each["path"] for each in obstore.list(portal().state.storage._store).collect())


def cookie(browser: Browser) -> str | None:
    return browser.client.cookies.get(cookie_name())


def around(base: str = HOME, **headers: str) -> httpx.AsyncClient:
    """A client of the portal with its static files, as the server runs it."""
    app = portal().state.assets.in_front_of(Shield(portal()))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=base, headers=headers)


@contextmanager
def set_up(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Iterator[None]:
    """The portal with these settings, for as long as the block lasts."""
    engine = database()
    with monkeypatch.context() as changed:
        for name, value in variables.items():
            changed.setenv(name, value)
        settings.cache_clear()
        try:
            assert database() is engine
            yield
        finally:
            changed.undo()
            settings.cache_clear()


@asynccontextmanager
async def without(table: str) -> AsyncIterator[None]:
    """Removes a table for as long as the block lasts."""
    await database().run_ddl(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        await database().run_ddl(f"ALTER TABLE {table}_away RENAME TO {table}")


_hashes: dict[str, str] = {}


async def _hashed(password: str) -> str:
    if password not in _hashes:
        _hashes[password] = await hashing.hashed(password)
    return _hashes[password]


async def _tickets(world: World) -> None:
    for name, by, copies in (
        ("ours", "ana", ("eva@familia.example",)),
        ("ruis", "rui", ()),
        ("secret", "ana", ()),
        ("theirs", "caio", ()),
    ):
        about = ("Denúncias", "Conduta") if name == "secret" else ("Cobrança", "Boletos")
        world.tickets[name] = await _opened(world, name, about, by, copies)
    for name, by in (("draft", "ana"), ("their_draft", "caio")):
        made = await drafts.draft(await _asked(world, name, by), by=world.people[by], at=NOW)
        world.tickets[name] = made.ticket
    sheet = await cast.seen(world.tickets["ours"], world.bia)
    world.files["note"] = await _file(world, "note", "bia")
    await replies.note(sheet, f"{WORDS['note']} só da equipe", files=[world.files["note"]], by=world.bia, at=NOW)
    world.files["pending"] = await _file(world, "pending", "ana")


async def _opened(world: World, name: str, about: tuple[str, str], by: str, copies: tuple[str, ...]) -> int:
    category, topic = await cast.subject(*about)
    wanted = await _asked(world, name, by, category, topic, copies)
    return (await submission.open_ticket(wanted, by=world.people[by], at=NOW)).ticket


async def _asked(
    world: World,
    name: str,
    by: str,
    category: int | None = None,
    topic: int | None = None,
    copies: tuple[str, ...] = (),
) -> Request:
    world.files[name] = await _file(world, name, by)
    word = WORDS[name]
    return Request(
        f"{word} no título", f"{word} na descrição", category, topic, files=[world.files[name]], copies=copies
    )


async def _file(world: World, name: str, by: str) -> int:
    return await upload(world.people[by], f"{WORDS[name]}.txt", f"{WORDS[name]} no arquivo".encode())


async def once(content: bytes) -> AsyncIterator[bytes]:
    yield content
