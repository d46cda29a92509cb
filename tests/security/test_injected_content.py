"""Attacks by content: XSS in texts, active files, and paths as file names."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests import cast
from tests.cast import NOW
from tests.client import HOME, Browser, Page
from tests.security.world import PNG, World, around, built, contents, everything, token_of
from web.clock import set_now
from web.database import fetch
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio

MB = 2**20
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quotes": "'\"` onmouseover='alert(1)' autofocus onfocus=alert(1) x=\"",
    "closing": "</textarea></title></option></select><svg/onload=alert(1)>",
    "htmx": '<a hx-get="/account" data-hx-trigger="load" hx-post="/sign-out">x</a>',
    "template": "{{7*7}}{% include '/etc/passwd' %}${7*7}#{7*7}",
    "comment": "--><!--<base href=//evil.example>",
    "link": "javascript:alert(1)//<a href=javascript:alert(1)>",
}


@pytest.fixture(params=PAYLOADS.values(), ids=PAYLOADS)
def payload(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a40_code_in_any_field_is_text_on_every_page(payload: str, database: None, storage: object) -> None:
    world = await built()
    await fetch("UPDATE person SET name = {} WHERE id <> 1", payload)
    for table in ("organization", "category", "topic", "team"):
        await fetch(f"UPDATE {table} SET name = {{}}", payload)
    number = world.tickets["ours"]
    ana, bia = await world.browser("ana"), await world.browser("bia")
    fragments = await world.browser("ana", htmx=True)
    page = await ana.get("/tickets/new")
    category, topic = await cast.subject(payload, payload)
    wanted = {"title": payload, "description": payload, "category": category, "topic": topic}
    shown = await ana.send(page, "/tickets", **wanted, files=[(f"{payload}.txt", b"a")])
    assert (shown.text("h1"), shown.texts(".message__body")) == (" ".join(payload.split()), [" ".join(payload.split())])
    assert payload in shown.texts(".facts dd")[2]
    replied = await ana.send(shown, f"{shown.path.partition('?')[0]}/replies", body=payload)
    assert replied.texts(".message__body") == [" ".join(payload.split())] * 2
    await replies.note(await cast.seen(number, world.bia), payload, by=world.bia, at=NOW)
    pages = [shown, replied]
    for path in ("/", "/tickets", "/tickets/new", "/account", "/organization", f"/tickets/{number}", shown.path):
        pages += [await ana.get(path), await fragments.get(path)]
    pages += [await bia.get(path) for path in ("/tickets?scope=all", f"/tickets/{number}", "/tickets/new")]
    for page in pages:
        is_harmless(page, payload)


async def test_a40_code_typed_into_an_address_is_text(payload: str, database: None, storage: object) -> None:
    world = await built()
    ana, fragments, visitor = await world.browser("ana"), await world.browser("ana", htmx=True), Browser()
    query = quote(payload)
    found = await ana.get(f"/tickets?q={query}")
    assert found.html.css("#q")[0].attributes["value"] == payload
    filters = "&".join(f"{name}={query}" for name in ("q", "scope", "status", "priority", "category", "sort", "after"))
    for page in (
        found,
        await ana.get(f"/tickets?{filters}"),
        await fragments.get(f"/tickets?{filters}"),
        await ana.get(f"/{quote(payload, safe='')}"),
        await ana.get(f"/tickets/{quote(payload, safe='')}"),
        await ana.get(f"/account?done={query}"),
        await ana.get(f"/tickets/{world.tickets['ours']}?kept={query}&before={query}&sent={query}"),
        await visitor.get(f"/{quote(payload, safe='')}"),
        await visitor.get(f"/tickets/{quote(payload, safe='')}?q={query}"),
        await visitor.get(f"/sign-in?next=/{query}"),
        await visitor.get(f"/claim/{quote(payload, safe='')}"),
    ):
        is_harmless(page, payload)


async def test_a40_code_in_a_form_that_comes_back_is_text(payload: str, database: None, storage: object) -> None:
    world = await built()
    ana, visitor = await world.browser("ana"), Browser()
    token, mine = await token_of(visitor), await token_of(ana)
    number = world.tickets["ours"]
    names = (
        "title",
        "body",
        "description",
        "copies",
        "name",
        "identifier",
        "cnpj",
        "category",
        "topic",
        "next",
        "_key",
    )
    typed = dict.fromkeys((*names, "password", "again", "current"), payload) | {"send": "1"}
    for browser, path, stamp in (
        (visitor, "/sign-in", token),
        (visitor, "/sign-up", token),
        (visitor, "/password", token),
        (visitor, f"/tickets/{number}/replies", token),
        (ana, "/tickets", mine),
        (ana, f"/tickets/{number}/replies", mine),
        (ana, f"/tickets/{number}/replies", "antigo"),
        (ana, f"/tickets/{world.tickets['draft']}/submission", mine),
        (ana, "/account", mine),
        (ana, "/account/password", mine),
        (ana, f"/organization/members/{world.memberships['rui']}", mine),
    ):
        page = await browser.post(path, {**typed, "_token": stamp})
        assert page.status in (303, 401, 403, 422), path
        is_harmless(page, payload)


async def test_a40_browser_that_calls_itself_code_is_listed_as_what_it_is(
    payload: str, database: None, storage: object
) -> None:
    await built(password="capivara lilás no telhado")
    visitor = Browser()
    visitor.client.headers["User-Agent"] = f"{payload} Firefox/1.0 (Windows)"
    typed = {"identifier": "ana@aurora.example", "password": "capivara lilás no telhado"}
    await visitor.send(await visitor.get("/sign-in"), "/sign-in", **typed)
    page = await visitor.get("/account")
    assert page.texts(".table tbody th") == ["Firefox em Windows (este)"]
    is_harmless(page, payload)


PAGES = {
    "desenho.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "pagina.html": b"<!doctype html><script>alert(1)</script>",
    "pagina.htm": b"<script>alert(1)</script>",
    "pagina.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "dados.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "nota.pdf": b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
    "pagina.png": b"<!doctype html><script>alert(1)</script>",
    "desenho.jpg": b"<svg onload=alert(1)>",
    "foto.html": PNG,
    "foto.svg": PNG,
    "foto": PNG,
    "correio.mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", PAGES)
async def test_a41_page_or_drawing_is_only_ever_downloaded(name: str, database: None, storage: object) -> None:
    world = await built()
    answer = await _downloaded(world, name, PAGES[name], says="text/html")
    assert answer.content == PAGES[name]
    assert {header: answer.headers[header] for header in DOWNLOADED} == DOWNLOADED | {
        "content-disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    }


DOWNLOADED = {
    "content-type": "application/octet-stream",
    "content-disposition": "",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("part", [{}, {"Range": "bytes=0-3"}, {"Range": "bytes=99999-"}])
async def test_a41_part_of_a_page_is_boxed_in_like_the_whole(
    part: dict[str, str], database: None, storage: object
) -> None:
    world = await built()
    answer = await _downloaded(world, "pagina.html", PAGES["pagina.html"], says="text/html", **part)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a41_picture_is_shown_under_its_own_type(database: None, storage: object) -> None:
    world = await built()
    answer = await _downloaded(world, "tela.png", PNG, says="text/html")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline; filename=\"tela.png\"; filename*=UTF-8''tela.png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "says",
    [
        "text/html",
        'text/html; x="\r\nSet-Cookie: a=b',
        "text/html\r\nX-Injected: 1",
        "text/html; charset=utf-7",
        "image/svg+xml",
        "image/png",
        "",
        "a" * 5000,
    ],
)
async def test_a42_type_the_sender_claims_is_never_repeated(says: str, database: None, storage: object) -> None:
    world = await built()
    answer = await _downloaded(world, "nota.txt", b"+ADw-script+AD4-alert(1)", says=says)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert sorted(set(answer.headers) & {"x-injected", "set-cookie"}) == []


@pytest.mark.parametrize(
    "name", ["a\r\nX-Injected: 1.txt", 'a"; filename="b.exe.txt', "a%0d%0aX-Injected: 1.txt", "a\u2028b.txt"]
)
async def test_a42_name_of_a_file_adds_no_header(name: str, database: None, storage: object) -> None:
    world = await built()
    answer = await _downloaded(world, name, b"a", says="text/plain")
    assert sorted(set(answer.headers) & {"x-injected", "set-cookie"}) == []
    assert answer.headers["content-disposition"].count('filename="') == 1


PROGRAMS = {
    "jogo.exe": b"abc",
    "nota.pdf.exe": b"abc",
    "nota.pdf": b"MZ\x90\x00",
    "foto.png": b"\x7fELF\x02",
    "leia.txt": b"#!/bin/sh\nrm -rf /",
    "macro.js": b"alert(1)",
    "atalho.lnk": b"L\x00",
    "planilha.ps1": b"a",
    "app.APK": b"PK",
    "nota.exe.": b"abc",
    "nota.exe ": b"abc",
    "nota.e\u200bxe": b"abc",
    "nota\u202efdp.exe": b"abc",
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_a46_program_is_refused_by_name(name: str, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['ours']}")
    kept = contents()
    answer = await ana.send(
        page, f"/tickets/{world.tickets['ours']}/replies", body="Oi", files=[(name, PROGRAMS[name])]
    )
    assert answer.status == 422
    assert [line.partition("” ")[2] for line in answer.texts(".summary li")] == [
        "é um programa, e programas não podem ser anexados."
    ]
    assert answer.text(f"#body-{world.tickets['ours']}") == "Oi"
    assert contents() == kept


async def test_a46_empty_file_is_refused(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['ours']}")
    answer = await ana.send(page, f"/tickets/{world.tickets['ours']}/replies", body="Oi", files=[("nada.txt", b"")])
    assert answer.status == 422
    assert answer.texts(".summary li") == ["Arquivos : “nada.txt” está vazio e não foi anexado."]


async def test_a46_file_is_kept_under_a_name_of_ours_out_of_the_web_and_never_to_be_run(
    database: None, storage: Path
) -> None:
    world = await built(on_disk=True)
    before = set(contents())
    answer = await _downloaded(world, "../../static/relatorio.php", b"<?php system($_GET[0]);", says="text/html")
    (new,) = set(contents()) - before
    assert answer.headers["etag"] == f'"{new.partition("/")[2]}"'
    kept = storage / new
    assert kept.stat().st_mode & 0o111 == 0
    assert storage.stat().st_mode & 0o077 == 0
    async with around() as client:
        assert (await client.get(f"/static/{new}")).status_code == 404


NAMES = {
    "no\u200bta.txt": "nota.txt",
    "\u202etxt.exe.pdf": "txt.exe.pdf",
    "../../../etc/passwd": "passwd",
    "C:\\Users\\ana\\nota.txt": "nota.txt",
    "..": "arquivo",
    ".": "arquivo",
    "   ": "arquivo",
    ".htaccess": "htaccess",
    "nota.txt.": "nota.txt",
    "con.txt": "_con.txt",
    "a\x00b.txt": "ab.txt",
    "cafe\u0301.txt": "café.txt",
    "a\nb.txt": "a b.txt",
    "<b>.txt": "_b_.txt",
    "é" * 3000 + ".pdf": "é" * 146 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name)[:30] for name in NAMES])
async def test_a47_trick_in_a_name_is_gone_before_anybody_sees_it(name: str, database: None, storage: object) -> None:
    world = await built()
    number = world.tickets["ours"]
    ana = await world.browser("ana")
    body = _multipart(await token_of(ana), name, b"a", says="text/plain")
    sent = await ana.client.post(f"/tickets/{number}/replies", content=body, headers=MULTIPART)
    page = await ana.get(sent.headers["location"])
    (shown,) = page.texts(".message:last-of-type .file span:first-of-type")
    expected = {"arquivo": "arquivo.txt"}.get(NAMES[name], NAMES[name])
    assert shown in (expected, expected.replace("a b", "ab"))
    (link,) = [a.attributes["href"] for a in page.html.css(".file") if shown in a.text()]
    assert (await ana.client.get(link)).headers["content-disposition"].endswith(f"''{quote(shown, safe='')}")


PATHS = [
    "/static/../web/settings.py",
    "/static/..%2fweb%2fsettings.py",
    "/static/%2e%2e/web/settings.py",
    "/static/%252e%252e%252fweb%252fsettings.py",
    "/static/..\\web\\settings.py",
    "/static/..%5cweb%5csettings.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/....//....//etc/passwd",
    "/static/%00",
    "/static/guiche.css%00.txt",
    "/static/%c0%ae%c0%ae/etc/passwd",
    "/static/",
    "/static",
    "/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/.env",
    "/.git/config",
    "/web/settings.py",
    "/var/secret",
    "/templates/layout.html",
]


@pytest.mark.parametrize("path", PATHS)
async def test_a48_path_that_climbs_out_finds_nothing(path: str, database: None, storage: object) -> None:
    async with around() as client:
        request = client.build_request("GET", HOME)
        request.url = request.url.copy_with(raw_path=path.encode())
        page = Page(await client.send(request))
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e", "..%5c..%5ca", "%00", "a%0d%0aX: 1"]
)
async def test_a48_name_in_the_address_of_a_file_opens_that_file_or_nothing(
    name: str, database: None, storage: object
) -> None:
    world = await built()
    ana = await world.browser("ana")
    request = ana.client.build_request("GET", HOME)
    request.url = request.url.copy_with(raw_path=f"/attachments/{world.files['ours']}/{name}".encode())
    answer = await ana.client.send(request)
    assert (answer.status_code, answer.text) == (200, "Jabuticaba no arquivo") or answer.status_code == 404
    assert "root:" not in answer.text
    assert answer.headers.get("content-disposition", "Jabuticaba.txt").endswith("Jabuticaba.txt")


async def test_a58_upload_of_a_stranger_stores_nothing(database: None, storage: object) -> None:
    world = await built()
    ana, visitor = await world.browser("ana"), Browser()
    mine, visitors = await token_of(ana), await token_of(visitor)
    kept, before = contents(), await everything()
    for path in ("/tickets", f"/tickets/{world.tickets['ours']}/replies", "/sign-in", "/sign-up", "/account", "/nada"):
        for token in ("", "inventado", visitors, f"{mine[:-6]}AAAA=="):
            body = _multipart(token, "grande.txt", b"x" * MB, says="text/plain")
            answer = await visitor.client.post(path, content=body, headers=MULTIPART)
            assert answer.status_code in (303, 401, 403, 404, 422), path
    assert contents() == kept
    after = await everything()
    assert {name for name in after if after[name] != before[name]} <= {"bucket", "link_request"}


async def test_a58_form_of_long_ago_vouches_for_nobody(database: None, storage: object) -> None:
    world = await built()
    ana, visitor = await world.browser("ana"), Browser()
    token = await token_of(ana)
    kept = contents()
    set_now(NOW + timedelta(days=3))
    body = _multipart(token, "velho.txt", b"x" * 1000, says="text/plain")
    answer = await visitor.client.post(f"/tickets/{world.tickets['ours']}/replies", content=body, headers=MULTIPART)
    assert answer.status_code == 401
    assert (contents(), await fetch("SELECT id FROM kept_form")) == (kept, [])


async def test_a58_file_past_the_limit_is_refused_whatever_length_was_told(database: None, storage: object) -> None:
    """The browser never says how long the body is; what is past 100 MB is read and thrown away."""
    world = await built()
    ana = await world.browser("ana")
    token, kept = await token_of(ana), contents()
    opening, closing = _multipart(token, "filme.bin", b"|", says="video/mp4").split(b"|")

    async def body() -> AsyncIterator[bytes]:
        yield opening
        for _ in range(26):
            yield bytes(4 * MB)
        yield closing

    path = f"/tickets/{world.tickets['ours']}/replies"
    page = Page(await ana.client.post(path, content=body(), headers=MULTIPART))
    assert page.status == 413
    assert page.texts(".summary li") == ["Arquivos : “filme.bin” passa de 100 MB e não foi anexado."]
    assert contents() == kept


async def test_a58_body_that_announces_too_much_is_refused_unread(database: None, storage: object) -> None:
    world = await built()
    ana, visitor = await world.browser("ana"), Browser()
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"x"

    for browser in (ana, visitor):
        headers = {**MULTIPART, "Content-Length": str(2**30)}
        page = Page(
            await browser.client.post(f"/tickets/{world.tickets['ours']}/replies", content=body(), headers=headers)
        )
        assert (page.status, page.text("h1")) == (413, "O envio é grande demais")
    assert read == []


async def test_a58_text_past_the_limit_is_refused(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    values = {"_token": await token_of(ana), "body": "x" * 3_000_000}
    page = await ana.post(f"/tickets/{world.tickets['ours']}/replies", values)
    assert (page.status, page.text("h1")) == (413, "É texto demais de uma vez")


async def test_a58_more_than_ten_files_are_refused_by_name(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['ours']}")
    files = [(f"{n}.txt", b"a") for n in range(12)]
    answer = await ana.send(page, f"/tickets/{world.tickets['ours']}/replies", body="Oi", files=files)
    assert answer.texts(".summary li") == [
        f"Arquivos : São arquivos demais: até 10 por mensagem. “{n}.txt” ficou de fora." for n in (10, 11)
    ]


MULTIPART = {"Content-Type": "multipart/form-data; boundary=limite", "Origin": HOME}


def _multipart(token: str, name: str, content: bytes, *, says: str) -> bytes:
    """A hand-made multipart reply."""
    fields = "".join(
        f'--limite\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in (("_token", token), ("body", "Segue"))
    )
    named = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = (
        f'--limite\r\nContent-Disposition: form-data; name="files"; filename="{named}"\r\nContent-Type: {says}\r\n\r\n'
    )
    return fields.encode() + head.encode() + content + b"\r\n--limite--\r\n"


async def _downloaded(world: World, name: str, content: bytes, *, says: str, **headers: str) -> httpx.Response:
    """The file that Ana sent with this name and type, as Bia's browser receives it."""
    number = world.tickets["ours"]
    ana, bia = await world.browser("ana"), await world.browser("bia")
    page = await ana.get(f"/tickets/{number}")
    values = [(field, (None, str(value))) for field, value in page.values(f"/tickets/{number}/replies").items()]
    parts = [*values, ("body", (None, "Segue")), ("files", (name, content, says))]
    kept = [part for part in parts if part != ("body", (None, ""))]
    sent = await ana.client.post(f"/tickets/{number}/replies", files=kept, headers={"Origin": HOME})
    assert sent.status_code == 303, sent.text
    shown = await bia.get(f"/tickets/{number}")
    link = shown.html.css(".message:last-of-type .file")[0].attributes["href"]
    return await bia.client.get(str(link), headers=headers)


def is_harmless(page: Page, payload: str) -> None:
    """Checks that no element or attribute of the page comes from the payload."""
    assert [each.html for each in page.html.css("script") if "alert(1)" in each.html] == []
    strange = "img, iframe, object, embed, base, svg[onload], a[href^='javascript:' i], [data-hx-trigger=load]"
    assert page.html.css(strange) == [], page.path
    for element in page.html.css("*"):
        names = [name for name in element.attributes if name.startswith("on") or name in ("autofocus", "hx-post")]
        assert names == [], (page.path, element.html)
    assert "4949" not in page.words
    assert "root:" not in page.words
    if "<" in payload:
        assert payload not in page.response.text, page.path
