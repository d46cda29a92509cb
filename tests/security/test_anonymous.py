"""Attacks without an account: headers, internal pages, frames and external links."""

import re

import pytest
from packaging.version import Version

from tests.client import Browser, folded
from tests.security.routes import paths_by_route
from tests.security.world import UNKNOWN, around, built, everything, set_up, token_of
from web.database import fetch
from web.settings import ROOT

pytestmark = pytest.mark.anyio

DESKS = "Este endereço é do próprio atendimento. Use o da pessoa."


@pytest.mark.parametrize("address", ["nao-responda@127.0.0.1", "Nao-Responda+x@127.0.0.1"])
async def test_a1_desks_own_address_is_nobodys(address: str, database: None, storage: object) -> None:
    """Otherwise the person who got it could read codes that other services send to the desk."""
    world = await built()
    visitor, ana = Browser(), await world.browser("ana")
    for path in ("/sign-up", "/password", "/sign-in/link"):
        values = {"_token": await token_of(visitor), "identifier": address, "name": "Nina"}
        refused = await visitor.post(path, values)
        assert (refused.status, refused.texts("#identifier-error")) == (422, [DESKS])
    path = f"/tickets/{world.tickets['ours']}"
    refused = await ana.send(await ana.get(path), f"{path}/replies", body="Oi", copies=address)
    assert (refused.status, DESKS in refused.words) == (422, True)
    assert await fetch("SELECT id FROM identity WHERE value LIKE 'nao-responda%'") == []


async def test_a16_stranger_gets_one_answer_for_every_file_and_changes_nothing(database: None, storage: object) -> None:
    world = await built()
    before = await everything()
    answers = set()
    async with around() as client:
        for number in (*world.files.values(), UNKNOWN, 0, 2**40):
            for method in ("GET", "HEAD"):
                answer = await client.request(method, f"/attachments/{number}/arquivo")
                location = answer.headers.get("location", "").replace(
                    f"attachments%2F{number}%2F", "attachments%2FN%2F"
                )
                answers.add((answer.status_code, location, answer.text))
    assert answers == {(303, "/sign-in?next=%2Fattachments%2FN%2Farquivo", "")}
    assert await everything() == before


FORGED = {
    "X-Remote-User": "lia@guiche.example",
    "Remote-User": "lia@guiche.example",
    "X-Forwarded-User": "lia@guiche.example",
    "X-Forwarded-Email": "lia@guiche.example",
    "X-Forwarded-For": "203.0.113.7",
    "X-Real-IP": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "Forwarded": "for=203.0.113.7;proto=https",
}


@pytest.mark.parametrize(("proxies", "network"), [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.7")])
async def test_a35_headers_say_who_asks_only_where_a_listed_proxy_set_them(
    proxies: str, network: str, database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    await built(password="capivara lilás no telhado")
    with set_up(monkeypatch, GUICHE_PROXIES=proxies):
        visitor = Browser()
        assert (await visitor.get("/desk", **FORGED)).path == "/sign-in?next=%2Fdesk"
        values = {"identifier": "ana@aurora.example", "password": "capivara lilás no telhado"}
        await visitor.post("/sign-in", {"_token": await token_of(visitor), **values}, headers=FORGED)
    assert await fetch("SELECT network FROM session") == [{"network": network}]
    assert "Secure" not in repr(visitor.client.cookies)


MACHINE = (
    *("/setup", "/install", "/installer", "/first-run", "/admin", "/administrator"),
    *("/wizard", "/debug", "/console", "/migrate", "/migrations", "/schema"),
    *("/schema/openapi.json", "/openapi.json", "/docs", "/redoc", "/swagger", "/elements"),
    *("/scalar", "/metrics", "/status", "/server-status", "/info", "/version"),
    *("/.env", "/.git/config", "/.git/HEAD", "/web/settings.py", "/var/secret", "/var/guiche.sqlite"),
    *(
        "/pyproject.toml",
        "/requirements.txt",
        "/static/css/40-talk.css",
        "/static/js/htmx.js.map",
        "/backup.sql",
        "/robots.txt.bak",
    ),
    *("/phpinfo.php", "/actuator", "/graphql"),
)


@pytest.mark.parametrize("name", ["nobody", "ana"])
async def test_a36_a54_no_page_of_the_machine_is_there(name: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    for path in MACHINE:
        page = await browser.get(path)
        assert (page.status, page.text("h1")) == (404, "Não encontramos esta página"), path


async def test_a54_what_is_public_says_nothing_of_what_it_is_made_of(database: None, storage: object) -> None:
    await built()
    async with around() as client:
        for path in ("/health", "/ready", "/sign-in", "/sign-up", "/password", "/sent", "/nowhere", "/robots.txt"):
            answer = await client.get(path)
            told = f"{answer.headers} {answer.text}"
            assert re.findall(r"(?i)litestar|uvicorn|piccolo|python|sqlite|postgres|traceback|/home/", told) == [], path
        assert [(await client.get(path)).text for path in ("/health", "/ready")] == ["ok", "ok"]


@pytest.mark.parametrize(
    "origin",
    ["null", "http://127.0.0.1x8000", "http://a.127.0.0.1:8000", "https://127.0.0.1:8000", "http://evil.example"],
)
async def test_a52_no_other_origin_is_let_read(origin: str, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    for path in ("/tickets", "/sign-in", "/api/v1/tickets", "/health"):
        for method in ("GET", "OPTIONS"):
            headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            answer = await ana.client.request(method, path, headers=headers)
            assert [name for name in answer.headers if name.startswith("access-control-")] == [], (method, path)


@pytest.mark.parametrize("name", ["nobody", "ana", "lia"])
async def test_a62_no_page_lets_itself_be_framed(name: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    for path in (await paths_by_route("GET", world, "ana" if name == "nobody" else name)).values():
        answer = await browser.client.get(path)
        if answer.status_code == 204 or path == "/embed.js":
            continue
        policy = answer.headers["content-security-policy"]
        by_whom = "'self'" if path.startswith("/embed/") else "'none'"
        assert f"frame-ancestors {by_whom}" in policy.split("; "), path


DISGUISED = """
<a href="https://evil.example">https://banco.example</a>
[https://banco.example](https://evil.example)
https://banco.example@evil.example/
https://xn--bnco-5na.example/
javascript:alert(1)
""".strip().splitlines()


@pytest.mark.parametrize("disguised", DISGUISED)
async def test_a73_link_in_a_message_is_the_text_that_was_typed(
    disguised: str, database: None, storage: object
) -> None:
    world = await built()
    ana, lia = await world.browser("ana"), await world.browser("lia")
    path = f"/tickets/{world.tickets['ours']}"
    await ana.send(await ana.get(path), f"{path}/replies", body=disguised)
    for browser, address in ((ana, path), (lia, f"/desk{path}")):
        page = await browser.get(address)
        assert page.texts(".message__body")[-1] == disguised
        links = {str(each.attributes["href"]): folded(each) for each in page.html.css("[href]")}
        elsewhere = {address: text for address, text in links.items() if not address.startswith(("/", "#"))}
        assert all(text == address for address, text in elsewhere.items()), "what is read is where it leads"
        assert set(elsewhere) <= {disguised}, "and nothing is made a link that hides its host"


def test_a80_all_that_is_installed_is_pinned_by_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package in re.split(r"\n(?=\S)", (ROOT / name).read_text().strip()):
            assert re.match(r"[\w.-]+(\[[\w, -]+\])?==[^ ]+", package), package
            assert "--hash=sha256:" in package, package
    pinned = re.search(r"^litestar(?:\[.*\])?==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned
    assert Version(pinned[1]) >= Version("2.22")


def test_a80_no_page_style_or_script_loads_anything_from_elsewhere() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]
    loaded = re.compile(r"(?:src|href|action)=[\"\'](?:https?:)?//|@import|url\((?![\"\']?data:)|integrity=")
    assert len(files) > 30
    assert [(file.name, found) for file in files if (found := loaded.findall(file.read_text()))] == []


async def test_a28_only_probes_are_answered_at_a_nodes_own_address(database: None, storage: object) -> None:
    await built()
    async with around() as client:
        paths = ("/health", "/ready", "/healthy", "/ready/", "/health/../sign-in", "/sign-in")
        answers = [(await client.get(path, headers={"Host": "10.1.2.3:8000"})).status_code for path in paths]
    assert answers == [200, 200, 400, 400, 400, 400]
