"""The page about the API lists all operations, within the security policy."""

import json
import shlex

import httpx
import pytest

from tests.client import HOME, Browser, portal
from web.http.security import Shield

pytestmark = pytest.mark.anyio


async def test_anybody_reads_about_every_operation_and_every_refusal(database, storage):
    page = await Browser().get("/api/docs")
    assert page.text("h1") == "API para robôs"
    written = {text for text in page.texts(".section > p:not(.quiet) > code") if " /api/" in text}
    assert written == {
        f"{method} {route.path_format}"
        for route in portal().routes
        for method, (handler, *_) in getattr(route, "route_handler_map", {}).items()
        if (handler.name or "").startswith("api_")
    }
    anchors = set(page.attributes("tr[id]", "id"))
    assert {link[1:] for link in page.links().values() if link.startswith("#") and link != "#conteudo"} <= anchors


async def test_what_a_move_needs_is_told_field_by_field(database, storage):
    page = await Browser().get("/api/docs")
    assert [row.text(separator=" ", strip=True, skip_empty=True) for row in page.html.css("#wait tbody tr")] == [
        "number no endereço número sim",
        "Idempotency-Key no cabeçalho texto ou nada não",
        "wait no corpo requester | until sim",
        "until no corpo data e hora ou nada não",
        "days no corpo número ou nada não",
        "closes no corpo sim ou não não",
    ]


async def test_it_says_where_a_key_is_made_and_shows_two_requests(database, storage):
    page = await Browser().get("/api/docs")
    assert page.links()["Chaves de robôs"] == "/desk/settings/keys"
    words = shlex.split(page.html.css_first("pre").text().replace("\\\n", " "))
    assert [word for word in words if word.startswith("http")] == [f"{HOME}/api/v1/queues", f"{HOME}/api/v1/tickets"]
    sent = json.loads(words[words.index("-d") + 1])
    assert {row.split()[0] for row in page.texts("#open tbody tr")} >= {*sent}


async def test_machines_read_the_same_as_openapi(database, storage):
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=Shield(portal())), base_url=HOME)
    answer = await client.get("/api/v1/openapi.json")
    told = answer.json()
    assert (answer.status_code, told["openapi"], told["info"]) == (200, "3.1.0", {"title": "Guichê", "version": "1"})
    assert {path.startswith("/api/v1/") for path in told["paths"]} == {True}
    assert {operation["security"][0]["key"][0] for each in told["paths"].values() for operation in each.values()} == {
        "tickets:read",
        "tickets:write",
    }
