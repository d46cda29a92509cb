"""Headers of every response, and the responses to broken requests and failures."""

import logging
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.client import HOME, INLINE, Browser, Page
from tests.security.routes import own_paths
from tests.security.world import HOST, World, around, built, cookie, token_of, without
from web.database import database as engine
from web.engines.sqlite import SQLite
from web.people import sessions
from web.settings import ROOT, settings

pytestmark = pytest.mark.anyio


STORED = ("/attachments/", "/account/data/exports/", "/help/files/")
"""Files that browsers may store, but revalidate each time."""
LETTER = "/desk/settings/mail/preview/"
"""Messages as people receive them, in a frame."""


KEPT = {
    **dict.fromkeys(STORED, "private, no-cache"),
    "/help/files/": "public, max-age=31536000, immutable",
    **dict.fromkeys(("/help/feed.xml", "/sitemap.xml", "/robots.txt", "/embed.js"), "public, max-age=300"),
}
"""How caches may store other content; public articles are public."""


async def test_a55_nothing_of_the_portal_stays_in_a_cache(database: None, storage: object) -> None:
    world = await built()
    for path, answer in await _all_answers(world):
        known = next((kept for start, kept in KEPT.items() if path.startswith(start)), "no-store")
        assert answer.headers["cache-control"] == (known if answer.status_code == 200 else "no-store"), path


async def test_a55_page_and_fragment_are_told_apart_by_caches(database: None, storage: object) -> None:
    world = await built()
    for path, answer in await _all_answers(world):
        if answer.headers.get("content-type", "").startswith("text/html") and answer.content and path != "host":
            varies = {part.strip().lower() for part in answer.headers["vary"].split(",")}
            assert "hx-request" in varies, path


async def test_a55_who_leaves_has_the_browser_forget(database: None, storage: object) -> None:
    world = await built()
    for path in ("/sign-out", "/account/sign-out-everywhere"):
        for htmx in (False, True):
            ana = await world.browser("ana", htmx=htmx)
            left = await ana.post(path, {"_token": await token_of(ana)})
            assert left.response.headers["clear-site-data"] == '"cache", "storage"'
            assert cookie(ana) is None
            ana.client.headers.pop("HX-Request", None)
            assert (await ana.get("/tickets")).text("h1") == "Entrar"


async def test_a55_next_person_at_the_same_browser_sees_only_their_own(database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser("ana")
    page = await browser.get("/tickets")
    assert page.texts(".row__title") != []
    await browser.send(page, "/sign-out")
    caio = await world.browser("caio")
    browser.client.cookies.set("guiche", cookie(caio) or "", domain=HOST)
    page = await browser.get("/tickets?scope=organization")
    assert page.texts(".row__title") == ["Pitomba no título"]
    assert (await browser.get(f"/tickets/{world.tickets['ours']}")).status == 404


async def test_a64_every_answer_has_the_policy(database: None, storage: object) -> None:
    world = await built()
    for path, answer in await _all_answers(world):
        if answer.status_code == 204:
            assert answer.content == b"", path
            continue
        if path == "/embed.js" and answer.status_code == 200:
            continue
        policy = _policy(answer)
        if path.startswith("/embed/"):
            assert policy.pop("frame-ancestors") == "'self'", path
            policy["frame-ancestors"] = "'none'"
        if answer.status_code in (200, 206, 304) and path.startswith(STORED):
            assert policy == {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}, path
            continue
        if answer.status_code == 200 and path.startswith(LETTER):
            assert policy == FRAMED, path
            continue
        assert {name: policy[name] for name in MUST} == MUST, path
        assert not [value for value in policy.values() if "unsafe" in value or "*" in value or "http" in value], path
        assert "data:" not in policy["script-src"]
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), path


MUST = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


FRAMED = {
    "default-src": "'none'",
    "style-src-attr": "'unsafe-inline'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
    "sandbox": "",
}


async def test_a64_pages_need_nothing_that_the_policy_forbids(database: None, storage: object) -> None:
    world = await built()
    for path, answer in await _all_answers(world):
        if answer.headers.get("content-type", "").startswith("text/html") and not path.startswith(LETTER):
            shown = Page(answer)
            assert shown.html.css(f"{INLINE}, base, object, embed") == [], path
            framed = [src for src in shown.attributes("iframe", "src") if not src.startswith((LETTER, "/embed/"))]
            assert (framed, shown.html.css("iframe:not([sandbox])")) == ([], []), path
            sources = [
                each.attributes.get("src") or each.attributes.get("href")
                for each in shown.html.css("[src]:not(iframe), link[rel=stylesheet], link[rel=icon]")
            ]
            assert [source for source in sources if not str(source).startswith(("/static/", "/help/files/"))] == [], (
                path
            )
            assert [to for to in map(shown.action_of, shown.html.css("form")) if not to.startswith("/")] == [], path
            assert [
                each.html for each in shown.html.css("*") if any(name.startswith("on") for name in each.attributes)
            ] == [], path


@pytest.mark.parametrize("name", ["ana", "bia", "admin"])
async def test_a75_no_block_of_a_page_fails(name: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name, htmx=True)
    paths = await own_paths("GET", world, name)
    assert [path for path in paths if (await browser.client.get(path)).status_code >= 500] == []


async def test_a75_failure_in_a_page_shows_a_code_and_the_log_has_the_rest(
    database: None, storage: object, caplog: pytest.LogCaptureFixture
) -> None:
    world = await built()
    ana = await world.browser("ana")
    async with without("category"):
        page = await ana.get("/tickets/new")
        _check_failure(page, caplog, r"GET /tickets/new")
        assert page.links()["Tentar de novo"] == "/tickets/new"
        caplog.clear()
        values = {"_token": await token_of(ana), "title": "Segredo", "description": "Meu texto"}
        page = await ana.post("/tickets", values)
        _check_failure(page, caplog, r"POST /tickets")
        assert page.links()["Voltar"] == "/tickets/new"
        assert page.texts("main label") == ["Título", "Descrição"]
    assert "Meu texto" in page.texts("textarea")
    assert "Segredo" not in caplog.text
    assert "Meu texto" not in caplog.text


async def test_a75_failure_in_a_fragment_shows_a_code(
    database: None, storage: object, caplog: pytest.LogCaptureFixture
) -> None:
    world = await built()
    ana = await world.browser("ana", htmx=True)
    async with without("category"):
        _check_failure(await ana.get("/tickets/new"), caplog, r"GET /tickets/new")


async def test_a75_failure_before_the_page_is_known_shows_a_code(
    database: None, storage: object, caplog: pytest.LogCaptureFixture
) -> None:
    """The session cannot be looked up, so that the person is unknown."""
    world = await built()
    ana = await world.browser("ana")
    async with without("session"):
        _check_failure(await ana.get("/tickets"), caplog, r"GET /tickets")
        caplog.clear()
        _check_failure(await ana.get("/nao-existe"), caplog, r"GET /nao-existe")


async def test_a75_lost_file_shows_a_code(database: None, storage: Path, caplog: pytest.LogCaptureFixture) -> None:
    world = await built(on_disk=True)
    ana = await world.browser("ana")
    for file in storage.rglob("*"):
        if file.is_file():
            file.unlink()
    _check_failure(await ana.get(world.attachment("ours")), caplog, r"GET /attachments/\d+/arquivo")


async def test_a75_broken_database_shows_a_code(
    database: None, storage: object, caplog: pytest.LogCaptureFixture
) -> None:
    world = await built()
    ana = await world.browser("ana")
    await engine().close()
    moved = await _put_away()
    try:
        for path in ("/tickets", "/ready"):
            caplog.clear()
            _check_failure(await ana.get(path), caplog, rf"GET {path}")
    finally:
        await moved()
    assert (await ana.get("/tickets")).text("h1") == "Meus tickets"


BROKEN_PATHS = {
    "NUL": b"/tickets/%00",
    "NUL of its own": b"/%00",
    "invalid escape": b"/tickets/%zz",
    "cut escape": b"/tickets/1%",
    "invalid UTF-8": b"/tickets/%ff%fe",
    "overlong UTF-8": b"/tickets/%c0%af",
    "surrogate": b"/tickets/%ed%a0%80",
    "5,000 characters": b"/" + b"a" * 5000,
    "5,000 folders": b"/a" * 2500,
    "5,000 digits": b"/tickets/" + b"9" * 5000,
    "backslashes": b"/tickets\\1",
    "semicolon": b"/tickets;jsessionid=1",
    "bare word": b"/tickets/lixo",
    "line end": b"/tickets/a%0d%0aSet-Cookie:%20a=b",
    "capital": b"/TICKETS",
}


@pytest.mark.parametrize("name", ["nobody", "ana"])
@pytest.mark.parametrize("path", BROKEN_PATHS.values(), ids=BROKEN_PATHS)
async def test_bad_path_is_a_page_that_is_not_found(name: str, path: bytes, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    page = await _raw(browser, "GET", path)
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
    assert page.attributes("html", "lang") == ["pt-BR"]
    assert page.links()["Ir para o início"] == "/"
    assert "set-cookie" not in page.response.headers
    sent = await _raw(browser, "POST", path)
    assert (sent.status, sent.text("h1")) in (
        (404, "Não encontramos esta página"),
        (405, "Isto não se faz por aqui"),
    )


BROKEN_QUERIES = {
    "NUL": b"q=%00a%00",
    "invalid escape": b"q=%zz&status=%&scope=%1",
    "invalid UTF-8": b"q=%ff%fe&category=%ff&after=%ff",
    "surrogate": b"q=%ed%a0%80",
    "no name": b"=1&=&&&",
    "brackets": b"q[]=1&q[a][b]=2&__proto__[x]=1",
    "repeated": b"q=a&q=b&scope=mine&scope=all",
    "long": b"q=" + b"a" * 50_000,
    "many": b"&".join(b"q%d=1" % n for n in range(5000)),
    "semicolons": b"q=a;status=b",
}


@pytest.mark.parametrize("query", BROKEN_QUERIES.values(), ids=BROKEN_QUERIES)
async def test_bad_query_is_a_list_all_the_same(query: bytes, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await _raw(ana, "GET", b"/tickets?" + query)
    assert (page.status, page.text("h1")) == (200, "Meus tickets")


@pytest.mark.parametrize("query", BROKEN_QUERIES.values(), ids=BROKEN_QUERIES)
async def test_bad_query_leads_a_visitor_to_sign_in(query: bytes, database: None, storage: object) -> None:
    await built()
    page = await _raw(Browser(), "GET", b"/tickets?" + query)
    assert page.status == 303
    assert page.location.startswith("/sign-in?next=%2Ftickets%3F")


HEADERS: dict[str, list[tuple[bytes, bytes]]] = {
    "cookie": [(b"Cookie", b"guiche=\xff\xfe; =; ;;; a; b=c=d")],
    "cookies": [(b"Cookie", b"guiche=a"), (b"Cookie", b"guiche=b")],
    "long cookie": [(b"Cookie", b"guiche=" + b"a" * 7000)],
    "accept": [(b"Accept", b"\xff"), (b"Accept-Language", b"zz;q=nan"), (b"Accept-Encoding", b"br;q=x, \xff")],
    "forwarded": [(b"X-Forwarded-For", b"\xff, ,, ::1"), (b"Forwarded", b'for="')],
    "htmx": [(b"HX-Request", b"\xff"), (b"HX-Target", b"<script>"), (b"HX-Current-URL", b"javascript:1")],
    "agent": [(b"User-Agent", b"\xff" * 5000)],
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
async def test_bad_headers_are_passed_over(headers: list[tuple[bytes, bytes]], database: None, storage: object) -> None:
    await built()
    page = await _raw(Browser(), "GET", b"/sign-in", headers=headers)
    assert (page.status, page.text("h1")) == (200, "Entrar")


BODIES = {
    "JSON": ("application/json", b'{"identifier": "a"}', 415, "Não entendemos este envio"),
    "no type": ("", b"identifier=a", 415, "Não entendemos este envio"),
    "odd type": ("\xff\xfe", b"identifier=a", 415, "Não entendemos este envio"),
    "no boundary": ("multipart/form-data", b"--a\r\n", 400, "Não entendemos este pedido"),
    "wrong boundary": ("multipart/form-data; boundary=b", b"--a\r\n\r\n", 400, "Não entendemos este pedido"),
    "cut": ("multipart/form-data; boundary=a", b"--a\r\nContent-Disp", 400, "Não entendemos este pedido"),
    "many fields": ("application/x-www-form-urlencoded", b"a=1&" * 300, 400, "Não entendemos este pedido"),
    "NUL": ("application/x-www-form-urlencoded", b"identifier=%00&\x00=\x00", 403, "Esta página ficou antiga"),
    "invalid UTF-8": ("application/x-www-form-urlencoded", b"identifier=%ff\xff", 403, "Esta página ficou antiga"),
    "empty": ("application/x-www-form-urlencoded", b"", 403, "Esta página ficou antiga"),
}


@pytest.mark.parametrize("case", BODIES.values(), ids=BODIES)
async def test_bad_body_is_refused_in_words(case: tuple[str, bytes, int, str], database: None, storage: object) -> None:
    world = await built()
    media_type, content, status, title = case
    ana = await world.browser("ana")
    for browser, path in ((Browser(), "/sign-in"), (ana, "/tickets"), (ana, "/account")):
        headers = {"Content-Type": media_type.encode("latin-1"), "Origin": HOME}
        page = Page(await browser.client.post(path, content=content, headers=headers))
        assert (page.status, page.text("h1")) == (status, title), path


async def test_bad_input_with_a_right_token_never_breaks_a_form(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    token = await token_of(ana)
    typed = "title=%00%ff&description=%ED%A0%80&category=%00&topic=9e9&uploads=x&uploads=-1&_key=%ff"
    odd = f"_token={token}&{typed}".encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": HOME}
    page = Page(await ana.client.post("/tickets", content=odd, headers=headers))
    assert (page.status, page.text(".summary h2")) == (422, "Confira antes de enviar")
    replied = f"_token={token}&body=%00%ff%ED%A0%80".encode()
    sent = await ana.client.post(f"/tickets/{world.tickets['ours']}/replies", content=replied, headers=headers)
    page = await ana.get(sent.headers["location"])
    assert page.texts(".message__body")[-1].strip("\ufffd") == ""


async def test_deleted_session_is_asked_to_sign_in_and_then_leads_on(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    await sessions.end_all(world.ana.id)
    page = await ana.get(f"/tickets/{world.tickets['ours']}?before=5")
    assert (page.status, page.text("h1")) == (200, "Entrar")
    assert page.values("/sign-in")["next"] == f"/tickets/{world.tickets['ours']}?before=5"


async def test_wrong_method_is_told_in_portuguese(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        for path in ("/tickets", f"/tickets/{world.tickets['ours']}", "/sign-in", "/health"):
            page = await _raw(ana, method, path.encode())
            assert (page.status, page.text("h1")) == (405, "Isto não se faz por aqui"), (method, path)


async def _all_answers(world: World) -> list[tuple[str, httpx.Response]]:
    """The responses of all addresses to Ana, a stranger, a visitor and htmx, and a refusal of each kind."""
    ana, caio, fragments = (
        await world.browser("ana"),
        await world.browser("caio"),
        await world.browser("ana", htmx=True),
    )
    found = []
    for path in await own_paths("GET", world):
        for browser in (ana, caio, Browser(), fragments):
            found.append((path, await browser.client.get(path)))
    token = await token_of(ana)
    for path in await own_paths("POST", world):
        found += [(path, (await browser.post(path, {})).response) for browser in (Browser(), caio)]
        found.append((path, (await ana.post(path, {"_token": token}, headers={"Origin": "null"})).response))
        found.append((path, await ana.client.put(path, headers={"Origin": HOME})))
        found.append((path, await ana.client.options(path, headers={"Origin": HOME})))
    found.append(("host", await ana.client.get("/", headers={"Host": "evil.example"})))
    found.append(("json", await ana.client.post("/tickets", json={}, headers={"Origin": HOME})))
    async with around() as client:
        found.append(("/static/nada.css", await client.get("/static/nada.css")))
    return found


def _policy(answer: httpx.Response) -> dict[str, str]:
    header = answer.headers["content-security-policy"]
    return {part.strip().partition(" ")[0]: part.strip().partition(" ")[2] for part in header.split(";")}


MACHINERY = ("Traceback", "Error", "Exception", ".py", "SELECT", "sqlite", "asyncpg", "category")
TRACES = (*MACHINERY, str(ROOT), "/usr", "/tmp")


def _check_failure(page: Page, caplog: pytest.LogCaptureFixture, asked: str) -> None:
    """Checks that the page shows a code, and the log has the exception with that code."""
    assert page.status in (500, 503)
    assert page.text("h1, h2") in ("Algo deu errado do nosso lado", "Estamos com um problema passageiro")
    (code,) = re.findall(r"Código: ([0-9a-f]{8})\b", page.words)
    shown = re.sub(r"<(select|textarea|input|label|script|link)[^>]*>", "", page.response.text)
    assert [trace for trace in TRACES if trace in shown] == []
    (record,) = [record for record in caplog.records if record.name == "guiche.pages"]
    method, path = asked.split(" ", 1)
    assert re.fullmatch(f"{code} {method} '{path}'", record.getMessage())
    assert (record.levelno, record.exc_info is not None) == (logging.ERROR, True)


async def _put_away() -> Callable[[], Awaitable[None]]:
    """Closes and removes the database. Returns a function that restores and opens it."""
    if not isinstance(engine(), SQLite):
        name = settings().database_url.rpartition("/")[2]
        await _rename(name, f"{name}_away")

        async def rename_back() -> None:
            await _rename(f"{name}_away", name)
            await engine().open()

        return rename_back
    path = Path(engine().path)
    ours = path.read_bytes()
    path.write_bytes(b"isto nao e um banco de dados" * 400)

    async def write_back() -> None:
        await engine().close()
        path.write_bytes(ours)
        await engine().open()

    return write_back


async def _rename(name: str, new: str) -> None:
    admin = await asyncpg.connect(os.environ["GUICHE_TEST_POSTGRES"])
    await admin.execute(f'ALTER DATABASE "{name}" RENAME TO "{new}"')
    await admin.close()


async def _raw(
    browser: Browser, method: str, target: bytes, *, headers: list[tuple[bytes, bytes]] | None = None
) -> Page:
    """A request with exactly these bytes as its target."""
    request = browser.client.build_request(method, HOME, headers=[*(headers or []), (b"Origin", HOME.encode())])
    request.url = request.url.copy_with(raw_path=target)
    return Page(await browser.client.send(request))
