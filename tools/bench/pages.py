"""What is measured: pages that are read and forms that are sent."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from tools.bench import client
from tools.bench.portals import Portal


@dataclass(frozen=True)
class Page:
    """A request made anew each time, and the bare page of the same size where there is one."""

    name: str
    request: Callable[[Portal, str], bytes]
    path: Callable[[Portal], str] | None = None
    """Of a GET, for a client that repeats one address."""
    bare: str = ""


def _reading(name: str, path: Callable[[Portal], str], bare: str = "") -> Page:
    return Page(name, lambda portal, wish: portal.get(path(portal), wish), path, bare)


_VIEW = {"status": "active", "priority": "high", "category": 1, "sort": "oldest"}
"""A saved view is an address: these are its filters."""


def _of_anybody(portal: Portal, wish: str) -> bytes:
    return client.get(portal.port, "/tickets", secrets.choice(portal.crowd), wish)


READS = (
    _reading("List of 25", lambda portal: "/tickets?scope=organization", "list"),
    Page("List of any of sixty people", _of_anybody),
    _reading(
        "List by status and priority",
        lambda portal: "/tickets?scope=organization&status=fechado&priority=high",
        "list",
    ),
    _reading("Search by words", lambda portal: "/tickets?scope=organization&q=boletos+turma", "list"),
    _reading("Search by number", lambda portal: f"/tickets?q={portal.measured}"),
    _reading("Ticket with 10 messages", lambda portal: f"/tickets/{portal.measured}", "ticket"),
    _reading("Overview", lambda portal: "/"),
    _reading("Desk: inbox", lambda portal: "/desk"),
    _reading("Desk: all", lambda portal: "/desk?view=all"),
    _reading("Desk: a saved view", lambda portal: f"/desk?view=all&{urlencode(_VIEW)}"),
    _reading("Desk: words in open tickets", lambda portal: "/desk?view=all&status=active&q=escola"),
    _reading("Desk: ticket with 10 messages", lambda portal: f"/desk/tickets/{portal.measured}"),
)


def _reply(portal: Portal, wish: str) -> bytes:
    number = portal.open[secrets.randbelow(len(portal.open))]
    fields = form(portal, body=f"Segue a lista pedida, com nome, matrícula e turma. {_never_said()}")
    return portal.post(f"/tickets/{number}/replies", fields, wish)


def _new(portal: Portal, wish: str) -> bytes:
    about = {"title": "Boleto de novembro com o valor errado", "category": "1", "topic": "1", "send": "1"}
    fields = form(portal, description=f"Os boletos da turma 5A vieram errados. {_never_said()}", **about)
    return portal.post("/tickets", fields, wish)


def _never_said() -> str:
    """The same words said again would be the same message, sent twice."""
    return f"Protocolo {secrets.randbelow(10**12)}."


WRITES = (Page("Reply", _reply), Page("New ticket", _new))


def form(portal: Portal, **fields: str) -> dict[str, str]:
    return {"_token": portal.token, "_key": secrets.token_urlsafe(12), **fields}
