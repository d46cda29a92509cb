"""A robot in this process that calls the real API with a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.cast import NOW
from tests.client import HOME, portal
from web.clock import set_now
from web.database import fetch
from web.http.security import Shield
from web.people import actors, keys
from web.people.permissions import Actor, Scope

BOTH = (Scope.READ, Scope.WRITE)


@dataclass
class Robot:
    """An API client with a key, or without one."""

    client: httpx.AsyncClient
    actor: Actor | None = None
    key: int = 0
    token: str = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(f"/api/v1{path}", headers=_named(headers))

    async def post(self, path: str, json: Any = None, **headers: str) -> httpx.Response:
        return await self.client.post(f"/api/v1{path}", json=json, headers=_named(headers))

    async def send(self, path: str, content: bytes, **headers: str) -> httpx.Response:
        return await self.client.post(f"/api/v1{path}", content=content, headers=_named(headers))


async def robot(
    name: str = "Robô de boletos",
    *,
    scopes: Sequence[Scope] = BOTH,
    lasts: timedelta | None = None,
    at: datetime = NOW,
) -> Robot:
    """A robot with this name and a new key, at this instant."""
    set_now(at)
    number, token = await keys.issue(name, name="testes", scopes=scopes, lasts=lasts, at=at)
    (row,) = await fetch("SELECT person FROM api_key WHERE id = {}", number)
    return Robot(client({"Authorization": f"Bearer {token}"}), await actors.of_person(row["person"]), number, token)


def client(headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=Shield(portal()), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=HOME, headers=dict(headers or {}))


def problem(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    """The refusal: status, code, and the code of each wrong field."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told = answer.json()
    assert (told["status"], told["type"]) == (answer.status_code, f"/api/docs#{told['code']}")
    assert told["title"]
    return told["status"], told["code"], {each["field"]: each["code"] for each in told.get("errors", [])}


async def team(name: str = "Financeiro") -> int:
    return int((await fetch("SELECT id FROM team WHERE name = {}", name))[0]["id"])


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
