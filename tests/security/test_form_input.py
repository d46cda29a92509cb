"""Attacks by forms: CSRF, fields that a form does not have, redirects, injection."""

from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import HOME, Browser, Page
from tests.security.routes import FORMS, GUARDED, own_paths, routes
from tests.security.world import WORDS, built, cookie, everything, leaks, token_of, told
from web.database import Row, fetch
from web.http.security import PROVEN
from web.people import throttle

pytestmark = pytest.mark.anyio

EXTRA: dict[str, Any] = {
    "id": "1",
    "number": "1",
    "role": "admin",
    "is_active": "0",
    "is_robot": "1",
    "person": "1",
    "author": "1",
    "requester": "bia@guiche.example",
    "primary_contact": "bia@guiche.example",
    "requester_id": "1",
    "org_id": "1",
    "team": "1",
    "assignee": "1",
    "status": "closed",
    "wait": "requester",
    "resolution": "spam",
    "workflow": "expresso",
    "priority": "urgent",
    "channel": "api",
    "kind": "note",
    "audience": "internal",
    "is_internal": "1",
    "is_note": "1",
    "is_resolution": "1",
    "is_answered": "1",
    "internal": "true",
    "created_at": "2001-01-01T00:00:00+00:00",
    "submitted_at": "2001-01-01T00:00:00+00:00",
    "resolved_at": "2001-01-01T00:00:00+00:00",
    "at": "2001-01-01T00:00:00+00:00",
    "verified": "1",
    "verified_at": "2001-01-01T00:00:00+00:00",
    "confirmed_at": "2001-01-01T00:00:00+00:00",
    "sla": "1",
    "wakes_at": "2001-01-01T00:00:00+00:00",
    "__proto__[role]": "admin",
    "user[role]": "admin",
    "_method": "DELETE",
}
RIGHTS = {"sees": "group", "approves": "1", "manages": "1"}


async def test_a23_request_form_sets_only_what_it_shows(database: None, storage: object) -> None:
    world = await built()
    rui = await world.browser("rui")
    category, topic = await cast.subject()
    page = await rui.get("/tickets/new")
    wanted = {"title": "Oi", "description": "Oi", "category": category, "topic": topic}
    await rui.send(page, "/tickets", **wanted)
    await rui.send(page, "/tickets", **{**wanted, "title": "Oi 2"}, **EXTRA, **RIGHTS, _key="outrachave")
    plain, filled = await _last("ticket", 2)
    assert _but(filled, "title", *_TIMES) == _but(plain, "title", *_TIMES)
    assert (filled["requester"], filled["status"], filled["priority"]) == (world.rui.id, "new", "normal")
    assert filled["created_at"] > cast.NOW
    messages = await _last("message", 2)
    assert _but(messages[1], "ticket", "at") == _but(messages[0], "ticket", "at")
    events = await _last("event", 2)
    assert _but(events[1], "ticket", "message", "key", "at") == _but(events[0], "ticket", "message", "key", "at")


async def test_a23_draft_form_sets_only_what_it_shows(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['draft']}")
    before = (await fetch("SELECT * FROM ticket WHERE id = {}", world.tickets["draft"]))[0]
    action = f"/tickets/{world.tickets['draft']}/submission"
    await ana.send(page, action, press="save", title="Outro", **EXTRA, **RIGHTS)
    after = (await fetch("SELECT * FROM ticket WHERE id = {}", world.tickets["draft"]))[0]
    assert _but(after, "updated_at") == _but(before, "updated_at") | {"title": "Outro"}


async def test_a23_reply_form_says_something_and_sets_nothing(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    number = world.tickets["ours"]
    page = await ana.get(f"/tickets/{number}")
    before = (await fetch("SELECT * FROM ticket WHERE id = {}", number))[0]
    after = await ana.send(page, f"/tickets/{number}/replies", body="Oi", title="Outro", **EXTRA, **RIGHTS)
    assert after.texts(".message__body") == ["Jabuticaba na descrição", "Oi"]
    assert after.texts(".message__who strong") == ["Você", "Você"]
    ticket = (await fetch("SELECT * FROM ticket WHERE id = {}", number))[0]
    assert _but(ticket, "updated_at") == _but(before, "updated_at")
    (message,) = await _last("message", 1)
    assert (message["kind"], message["author"], bool(message["is_resolution"])) == ("reply", world.ana.id, False)
    assert message["at"] > cast.NOW


async def test_a23_account_form_sets_the_name_alone(database: None, storage: object) -> None:
    world = await built()
    rui = await world.browser("rui")
    before = await everything()
    page = await rui.get("/account")
    more = {"identifier": "bia@guiche.example", "password": "outra senha qualquer", "email": "x@y.example"}
    done = await rui.send(page, "/account", name="Rui Novo", **more, **EXTRA, **RIGHTS)
    assert done.text(".notice") == "Nome salvo."
    after = await everything()
    new = {"name": "Rui Novo", "sort_name": "rui novo"}
    renamed = [row | new if row["id"] == world.rui.id else row for row in before["person"]]
    found = {name: after[name] for name in ("reindexing", "person_word")}
    assert after == before | {"person": sorted(renamed, key=repr)} | found
    assert [row["person"] for row in after["reindexing"]] == [world.rui.id]


async def test_a23_form_of_a_grant_moves_no_membership_elsewhere(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    more = {"organization": world.organizations["horizonte"], "root": "12ABC345"}
    action = f"/organization/members/{world.memberships['rui']}"
    await ana.send(await ana.get("/organization"), action, sees="organization", **EXTRA, **more)
    row = (await fetch("SELECT * FROM membership WHERE id = {}", world.memberships["rui"]))[0]
    assert (row["organization"], row["person"], row["sees"]) == (
        world.organizations["aurora"],
        world.rui.id,
        "organization",
    )
    assert (bool(row["approves"]), bool(row["manages"])) == (False, False)
    assert row["confirmed_at"] < cast.NOW


@pytest.mark.parametrize("path", ["/sign-up", "/password", "/sign-in/link"])
async def test_a23_asking_for_a_link_sets_nothing_else(path: str, database: None, storage: object) -> None:
    await built()
    visitor = Browser()
    before = await everything()
    values = {"_token": await token_of(visitor), "identifier": "nina@qualquer.example", "name": "Nina"}
    await visitor.post(path, {**EXTRA, **RIGHTS, "purpose": "sign_up", "token_hash": "x", **values})
    after = await everything()
    (asked,) = after.pop("link_request")
    assert _but(asked, "id", "asked_at", "browser", "place") == {
        "purpose": {"/sign-up": "sign_up", "/password": "password", "/sign-in/link": "sign_in"}[path],
        "identifier": "nina@qualquer.example",
        "name": "Nina" if path == "/sign-up" else "",
        "cnpj": "",
        "person": None,
        "onward": "",
    }
    assert _but(after, "bucket") == _but(before, "bucket", "link_request")


FOREIGN: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example"},
    "another port": {"Origin": "http://127.0.0.1:9000"},
    "our name before theirs": {"Origin": "http://127.0.0.1:8000.evil.example"},
    "our name as theirs": {"Origin": "http://127.0.0.1:8000@evil.example"},
    "a subdomain": {"Origin": "http://a.127.0.0.1:8000"},
    "hidden": {"Origin": "null"},
    "nonsense": {"Origin": "http://["},
    "empty": {"Origin": ""},
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "unheard of": {"Sec-Fetch-Site": "same-origin, cross-site"},
    "with htmx headers": {"Origin": "https://evil.example", "HX-Request": "true", "HX-Current-URL": HOME},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
async def test_a38_form_of_another_site_changes_nothing(
    headers: dict[str, str], database: None, storage: object
) -> None:
    """Even with a valid token, which no other site can read."""
    world = await built()
    ana = await world.browser("ana")
    paths, token = await own_paths("POST", world), await token_of(ana)
    before = await everything()
    for path in paths:
        page = await ana.post(path, {"_token": token, **_every_field(), **headers}, headers=headers)
        is_nothing = path.startswith(("/isto/nao/existe", *GUARDED))
        expected = (404, "Não encontramos esta página") if is_nothing else REFUSED
        assert (page.status, page.text("h1, h2")) in (expected, REFUSED), path
    assert await everything() == before


REFUSED = (403, "O envio veio de outro site")


async def test_a38_sign_in_from_another_site_opens_no_session(database: None, storage: object) -> None:
    await built(password="capivara lilás no telhado")
    visitor = Browser()
    values = {"_token": await token_of(visitor), "identifier": "caio@horizonte.example"}
    page = await visitor.post(
        "/sign-in", values | {"password": "capivara lilás no telhado"}, headers={"Origin": "https://evil.example"}
    )
    assert (page.status, page.text("h1"), cookie(visitor)) == (*REFUSED, None)


async def test_a38_form_without_a_token_of_this_session_changes_nothing(database: None, storage: object) -> None:
    world = await built()
    ana, elsewhere, caio = await world.browser("ana"), await world.browser("ana"), await world.browser("caio")
    right = await token_of(ana)
    wrong = {
        "none": None,
        "empty": "",
        "garbage": "não é um token",
        "tampered": ("B" if right[10] == "A" else "A").join((right[:10], right[11:])),
        "cut": right[:-4],
        "a visitor's": await token_of(Browser()),
        "another session's": await token_of(elsewhere),
        "another person's": await token_of(caio),
    }
    paths = [
        path
        for path in await own_paths("POST", world)
        if not path.startswith((*PUBLIC, *GUARDED, PROVEN, "/follow/end", "/unsubscribe/"))
    ]
    before = _but(await everything(), "kept_form")
    for (name, token), path in product(wrong.items(), paths):
        fields = {key: value for key, value in {"_token": token, **_every_field()}.items() if value is not None}
        page = await ana.post(path, fields)
        assert (page.status, page.text("h1")) == (403, "Esta página ficou antiga"), (name, path)
    assert _but(await everything(), "kept_form") == before


PUBLIC = ("/sign-in", "/sign-out", "/sign-up", "/password", "/claim/", "/isto/")
"""Forms without sign-in accept a visitor's token."""


async def test_a38_public_form_takes_no_token_of_somebody_else(database: None, storage: object) -> None:
    world = await built()
    ana, caio, visitor = await world.browser("ana"), await world.browser("caio"), Browser()
    for browser, token in product((ana, visitor), (await token_of(caio), "", "não é um token")):
        for path in await own_paths("POST", world):
            if path.startswith(PUBLIC[:-1]):
                before = _but(await everything(), "kept_form")
                page = await browser.post(path, {"_token": token, **_every_field()})
                assert (page.status, page.text("h1")) == (403, "Esta página ficou antiga"), path
                assert _but(await everything(), "kept_form") == before


async def test_a38_reading_changes_nothing(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    token = await token_of(ana)
    paths = await own_paths("GET", world) + await own_paths("POST", world)
    before = await everything()
    for path, method in product(paths, ("GET", "HEAD", "OPTIONS")):
        query = urlencode({"_token": token, **_every_field(), "_method": "POST"})
        override = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "DELETE", "X-Method-Override": "POST"}
        answer = await ana.client.request(method, f"{path}?{query}", headers=override)
        assert answer.status_code in (200, 204, 303, 404, 405), path
    assert await everything() == before


async def test_a38_method_in_a_field_or_header_is_not_obeyed(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    for method in ("DELETE", "PUT", "PATCH"):
        for path in (
            f"/tickets/{world.tickets['ours']}",
            "/account",
            f"/organization/members/{world.memberships['rui']}",
        ):
            page = Page(await ana.client.request(method, path, headers={"Origin": HOME}))
            assert (page.status, page.text("h1")) == (405, "Isto não se faz por aqui")
    values = {"_token": await token_of(ana), "sees": "own", "_method": "DELETE"}
    override = {"X-HTTP-Method-Override": "DELETE"}
    await ana.post(f"/organization/members/{world.memberships['rui']}", values, headers=override)
    assert len(await fetch("SELECT id FROM membership WHERE person = {}", world.rui.id)) == 1


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/json", "application/xml", "", "multipart/mixed; boundary=a", "text/html"]
)
async def test_a38_body_that_is_no_form_is_refused(media_type: str, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    paths, token = await own_paths("POST", world), await token_of(ana)
    before = _but(await everything(), "bucket")
    for path in paths:
        content = urlencode({"_token": token, **_every_field()})
        headers = {"Origin": HOME, "Content-Type": media_type}
        page = Page(await ana.client.post(path, content=content, headers=headers))
        is_nothing = path.startswith(("/isto/nao/existe", *GUARDED))
        expected = {(415, "Não entendemos este envio"), *([(404, "Não encontramos esta página")] if is_nothing else [])}
        assert (page.status, page.text("h1")) in expected, path
    assert _but(await everything(), "bucket") == before


AWAY = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example\r\nSet-Cookie: a=b",
    "/a\r\nLocation: https://evil.example",
    "",
]


async def test_a44_of_a_repeated_field_the_first_counts(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    path = f"/tickets/{world.tickets['ours']}/replies"
    await ana.post(path, {"_token": await token_of(ana), "body": ["Primeira", "Segunda"], "body[]": "Terceira"})
    assert [each["body"] for each in await _last("message", 1)] == ["Primeira"]
    lists = [
        (await ana.get(f"/tickets?{query}")).texts(".row__title")
        for query in ("scope=mine", "scope=mine&scope[]=organization", "scope=mine&__proto__[scope]=organization")
    ]
    assert lists[0] == lists[1] == lists[2] != []


async def test_a44_headers_of_htmx_are_no_input(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana", htmx=True)
    path = f"/tickets/{world.tickets['ours']}"
    plain = told(await ana.client.get(path))
    for name in ("HX-Target", "HX-Trigger", "HX-Trigger-Name", "HX-Prompt", "HX-Current-URL", "HX-Source"):
        answer = await ana.client.get(path, headers={name: "<b id=umbuzeiro>"})
        assert told(answer) == plain
        assert "umbuzeiro" not in str(answer.headers)


@pytest.mark.parametrize("name", ["hx-get", "data-hx-post", "hx-swap-oob", "hx-on:click"])
async def test_a44_text_of_people_gives_htmx_nothing_to_do(name: str, database: None, storage: object) -> None:
    world = await built()
    ana, bia = await world.browser("ana"), await world.browser("bia")
    code = f'<div id="list" {name}="/sign-out">Clique</div>'
    number = world.tickets["ours"]
    page = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body=code)
    for seen in (page, await bia.get(f"/desk/tickets/{number}"), await bia.get("/desk")):
        assert [each.html for each in seen.html.css("*") if each.attributes.get(name) == "/sign-out"] == []
        assert code in seen.words


@pytest.mark.parametrize("away", AWAY)
async def test_a51_sign_in_leads_to_no_other_site(away: str, database: None, storage: object) -> None:
    world = await built(password="capivara lilás no telhado")
    values = {"identifier": "ana@aurora.example", "password": "capivara lilás no telhado", "next": away}
    for htmx, header in ((False, "location"), (True, "hx-redirect")):
        visitor = Browser(htmx=htmx)
        answer = await visitor.post("/sign-in", {**values, "_token": await token_of(visitor)})
        assert answer.response.headers[header] == "/"
        ana = await world.browser("ana", htmx=htmx)
        shown = await ana.client.get("/sign-in", params={"next": away})
        assert shown.headers[header] == "/"
    page = await Browser().get(f"/sign-in?{urlencode({'next': away})}")
    assert page.html.css("input[name=next]") == []


@pytest.mark.parametrize(
    "onward", ["/tickets?q=café&scope=mine", "/tickets/10001#e5", "/busca/日本語", "/%2f%2fevil.example"]
)
async def test_a51_sign_in_leads_on_to_a_page_of_ours(onward: str, database: None, storage: object) -> None:
    await built(password="capivara lilás no telhado")
    visitor = Browser()
    page = await visitor.get(f"/sign-in?{urlencode({'next': onward})}")
    typed = {"identifier": "ana@aurora.example", "password": "capivara lilás no telhado"}
    answer = await visitor.send(page, "/sign-in", follow=False, **typed)
    assert (answer.status, answer.location.isascii()) == (303, True)
    landed = answer.response.next_request
    assert landed is not None
    assert landed.url == visitor.client.base_url.join(onward)


SYNTAX = [
    "'",
    '"',
    "' OR '1'='1",
    "'; DROP TABLE ticket; --",
    '") OR 1=1 --',
    "%",
    "_",
    "%' UNION SELECT password FROM person --",
    "{}",
    "{0}",
    "$1",
    "?",
    "*",
    "cambuci*",
    "cam* OR pit*",
    "NOT a",
    "AND",
    "NEAR(a b)",
    "title:cambuci",
    "scope:t4",
    "^a",
    "a:*",
    "!a & b | c",
    "<->",
    "(((((",
    ":A",
    "\x00",
    "a\x00b",
    "\u202e",
    "\ud83d\ude00",
    "9" * 30,
    "-1",
    "1e9",
    "NaN",
    "0x10",
    "２",
    "true",
    "a " * 3000,
    "a" * 20000,
    "../../etc/passwd",
    "${7*7}",
    "{{7*7}}",
]
TYPED = [text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for text in SYNTAX]
QUERIES = (
    *("scope", "status", "priority", "category", "q", "sort", "after", "before"),
    *("kept", "done", "next", "sent", "saved", "from"),
)
PAGES = ("/", "/tickets", "/tickets/new", "/tickets/new/topics", "/account", "/sent")


@pytest.mark.parametrize("name", ["davi", "caio"])
async def test_a53_no_syntax_in_an_address_breaks_or_opens_anything(name: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    for text, path in product(TYPED, (*PAGES, f"/tickets/{world.tickets['theirs']}")):
        if len(text) < 1000:
            answer = await browser.client.get(path, params=dict.fromkeys(QUERIES, text), follow_redirects=True)
            assert answer.status_code == 200, (path, text)
            assert leaks(_without_echo(answer.text), to=name) == [], (path, text)


@pytest.mark.parametrize(("name", "scope"), [("davi", "all"), ("caio", "organization"), ("caio", "copied")])
async def test_a53_no_syntax_in_the_search_box_finds_what_is_hidden(
    name: str, scope: str, database: None, storage: object
) -> None:
    world = await built()
    browser = await world.browser(name)
    for text in TYPED:
        answer = await browser.client.get("/tickets", params={"q": text, "scope": scope})
        assert answer.status_code == 200, text
        assert leaks(_without_echo(answer.text), to=name) == [], text


@pytest.mark.parametrize("route", [each for each in FORMS if each != "POST /claim/{token:str}"])
async def test_a53_no_syntax_in_a_form_breaks_anything(route: str, database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    places = {
        "/tickets/{number:int}/submission": "their_draft",
        "/tickets/{number:int}/replies": "theirs",
        "/tickets/{number:int}/participants": "theirs",
    }
    address = route.partition(" ")[2]
    path = address.replace("{number:int}", str(world.tickets[places[address]] if address in places else 1))
    token = await token_of(caio)
    fields = (*FORMS[route], "copies", "category", "topic", "organization", "uploads", "_key", "cnpj", "name", "next")
    for text in TYPED[::8] if "password" in fields else TYPED:
        page = (await caio.post(path, dict.fromkeys(fields, text) | {"_token": token})).response
        assert page.status_code in (200, 303, 404, 413, 422, 429), (text, page.text)
        assert leaks(_without_echo(page.text), to="caio") == []
        await throttle.sweep(NOW + timedelta(days=2))
    assert {row["title"] for row in await fetch("SELECT title FROM ticket")} >= {f"{WORDS['ours']} no título"}


@pytest.mark.parametrize("big", [2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30])
async def test_a53_number_past_the_end_is_not_found(big: int, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    token = await token_of(ana)
    for route in routes():
        method, _, address = route.partition(" ")
        if "{number:int}" in address and method in ("GET", "POST"):
            path = address.replace("{number:int}", str(big)).replace("{name:str}", "a")
            path = path.replace("{person:int}", str(big))
            values = {"_token": token, "sees": "own", "body": "Oi"}
            page = await (ana.get(path) if method == "GET" else ana.post(path, values))
            assert (page.status, page.text("h1")) == (404, "Não encontramos esta página"), route


async def test_a53_like_wildcards_are_letters(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    nothing = told(await ana.client.get("/tickets?q=%C3%BF"))
    for sign in ("%25", "_", "%25%25", "*"):
        page = await ana.get(f"/tickets?q={sign}")
        assert (page.status, page.texts(".row__title")) == (nothing[0], [])


def _without_echo(text: str) -> str:
    """The page without the text of its search field."""
    return text.replace("cambuci*", "").replace("title:cambuci", "")


_TIMES = ("id", "created_at", "submitted_at", "updated_at")


def _but(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in ("id", *names)}


async def _last(table: str, count: int) -> list[Row]:
    return (await fetch(f"SELECT * FROM {table} ORDER BY id DESC LIMIT {count}"))[::-1]


def _every_field() -> dict[str, str]:
    """One form with all fields."""
    fields = {name: value for form in FORMS.values() for name, value in form.items() if name != "save"}
    return fields | {"send": "1", "copies": "x@y.example"}


@pytest.mark.parametrize(
    "name",
    [
        *("\u200b", "\u2060\u202e", " \t ", "\u3164", "\u0301", "x" * 201),
        *("Guichê", "GUICHE", "Gui\u200bchê", "Suporte Guichê", "Gu\u0456\u0441hê", "G u i c h ê", "Gu1chê - Suporte"),
        *("Gui chê Suporte", "GuichêOnline", "Equipe-do-Gui.chê", "𝐆uichê", "Gɪᴜ Guich€", "6uiche", "Guichê2"),
        *("SuporteGuichê", "EquipeGuichê", "oGuichêOnline"),
    ],
)
async def test_a85_nobody_takes_a_name_that_is_unseen_or_the_desks_own(
    name: str, database: None, storage: object
) -> None:
    world = await built()
    rui = await world.browser("rui")
    refused = await rui.send(await rui.get("/account"), "/account", name=name)
    assert (refused.status, len(refused.texts("#name-error"))) == (422, 1)
    assert await fetch("SELECT name FROM person WHERE id = {}", world.rui.id) == [{"name": "Rui Alves"}]


async def test_a85_marks_that_turn_the_writing_round_are_taken_out_of_a_name(database: None, storage: object) -> None:
    world = await built()
    rui = await world.browser("rui")
    await rui.send(await rui.get("/account"), "/account", name="Rui \u202eAlves\u2066 \u200bNeto")
    assert await fetch("SELECT name FROM person WHERE id = {}", world.rui.id) == [{"name": "Rui Alves Neto"}]


async def test_a85_name_of_an_agent_makes_nobody_look_like_the_desk(database: None, storage: object) -> None:
    world = await built()
    eva, bia, ana = [await world.browser(name) for name in ("eva", "bia", "ana")]
    await eva.send(await eva.get("/account"), "/account", name="Bia Nunes")
    path = f"/tickets/{world.tickets['ours']}"
    await eva.send(await eva.get(path), f"{path}/replies", body="Mande a sua senha")
    await bia.post(f"/desk{path}/replies", {"_token": await token_of(bia), "body": "Já vimos"})
    who = [text.partition(" seg.")[0] for text in (await ana.get(path)).texts(".message__who")]
    assert who == ["Você", "Bia Nunes", "Bia Nunes Atendimento · Financeiro"]
    who = [text.partition(" seg.")[0] for text in (await bia.get(f"/desk{path}")).texts(".message__who")]
    assert [each for each in who if "Nota" not in each][1:] == ["Bia Nunes", "Você Atendimento · Financeiro"]
