"""Attacks on sign-in: links, tokens, guesses, passwords, cookies, and who has an account."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from http.cookies import SimpleCookie

import argon2
import httpx
import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from tests import cast
from tests.cast import NOW
from tests.client import HOME, Browser, Page
from tests.conftest import VAR
from tests.pages.reading import give_password, statements
from tests.security.world import HOST, World, around, built, cookie, everything, leaks, link, set_up, token_of, told
from web.clock import set_now, tick
from web.database import Row, fetch
from web.jobs import sending_jobs
from web.notifications import link_requests
from web.pages.shell import render
from web.people import accounts, sessions, sign_in, throttle
from web.people.identifiers.cnpj import check_digits
from web.people.merging import merge, unmerge
from web.people.one_time_links import ENTRANCES, Purpose
from web.people.passwords import strength
from web.people.passwords.guesses import guesses
from web.storage import Storage
from web.tickets.actions import participants
from web.tickets.actions.ownership import departures

pytestmark = pytest.mark.anyio

PASSWORD = "capivara lilás no telhado"
OUTBOX = VAR / "outbox"
ANOTHER = "bicicleta sem freio na ladeira"


async def test_a22_account_of_another_person_is_out_of_reach(database: None, storage: object) -> None:
    world = await built()
    await world.browser("ana")
    rui = await world.browser("rui")
    kept = (
        "SELECT session.id, name, password FROM person JOIN session ON session.person = person.id WHERE person.id = {}"
    )
    before = await fetch(kept, world.ana.id)
    names = dict.fromkeys(("id", "person", "person_id", "user", "account", "session"), world.ana.id)
    token = await token_of(rui)
    ended = await rui.post(f"/account/sessions/{before[0]['id']}/end", {"_token": token, **names})
    assert (ended.status, ended.text("h1")) == (404, "Não encontramos esta página")
    await rui.post("/account", {"_token": token, "name": "Rui Alves Neto", **names})
    assert await fetch(kept, world.ana.id) == before
    assert await fetch("SELECT name FROM person WHERE id = {}", world.rui.id) == [{"name": "Rui Alves Neto"}]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/account/password", {"password": "três palavras quaisquer", "again": "três palavras quaisquer"}),
        ("/desk/settings/keys", {"robot": "Robô", "scope": "write", "days": "30"}),
    ],
)
async def test_a37_password_is_asked_for_by_the_server_and_not_by_the_page_alone(
    path: str, values: dict[str, str], database: None, storage: object
) -> None:
    world = await built()
    await give_password(world.lia, "cavalo correto bateria")
    lia = await world.browser("lia")
    before = await everything()
    for more, said in (
        ({}, "Escreva a sua senha atual."),
        ({"current": ""}, "Escreva a sua senha atual."),
        ({"current": "não é esta"}, "A senha atual não confere."),
    ):
        refused = await lia.post(path, {"_token": await token_of(lia), **values, **more})
        assert (refused.status, refused.texts("#current-error")) == (422, [said])
    assert await everything() | {"bucket": []} == before


async def test_a28_foreign_host_gets_no_page(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    for host in ("evil.example", "127.0.0.1:8000.evil.example", "127.0.0.1", "127.0.0.1:80", "ana@127.0.0.1:8000", ""):
        page = Page(await ana.client.get("/account", headers={"Host": host}))
        assert (page.status, page.text("h1")) == (400, "Endereço desconhecido"), host
        assert "Ana Prado" not in page.response.text


@pytest.mark.parametrize(
    ("path", "purpose"), [("/password", "password"), ("/sign-in/link", "sign_in"), ("/sign-up", "sign_up")]
)
async def test_a28_links_in_messages_use_the_configured_address_only(
    path: str, purpose: str, database: None, storage: Storage
) -> None:
    await built()
    visitor = Browser()
    address = "nova@aurora.example" if purpose == "sign_up" else "ana@aurora.example"
    values = {"_token": await token_of(visitor), "identifier": address, "name": "Nova"}
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Server": "evil.example",
        "X-Original-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "Referer": "http://evil.example/",
    }
    await visitor.post(path, values, headers=forged)
    message = await _message_to(address, storage)
    assert re.findall(r"https?://[^/\s]+", message) == [HOME]


async def test_a29_disabled_person_is_out_everywhere_at_once(database: None, storage: object) -> None:
    world = await built()
    browsers = [await world.browser("ana"), await world.browser("ana", htmx=True)]
    page = await browsers[0].get(f"/tickets/{world.tickets['ours']}")
    await departures.deactivate(world.ana.id, at=NOW)
    assert (await browsers[0].get("/tickets")).path == "/sign-in?next=%2Ftickets"
    assert (await browsers[1].get("/tickets")).status == 401
    replied = await browsers[0].send(page, f"/tickets/{world.tickets['ours']}/replies", body="Ainda aqui")
    assert (replied.status, replied.text("h1")) == (401, "Entrar")
    assert (await browsers[0].client.get(world.attachment("ours"))).status_code == 303


async def test_a29_disabled_person_gets_in_by_no_password_and_no_link(database: None, storage: object) -> None:
    world = await built(password=PASSWORD)
    paths = [await link("ana@aurora.example", Purpose.SIGN_IN, world.ana)]
    await departures.deactivate(world.ana.id, at=NOW)
    visitor = Browser()
    page = await _sign_in(visitor, "ana@aurora.example", PASSWORD)
    assert page.text(".summary") == "E-mail, usuário ou senha não conferem. Confira e tente de novo."
    for path in paths:
        page = await visitor.post(path, {"_token": await token_of(visitor)})
        assert (page.status, page.text("h1")) == (404, "Este link não vale mais")
    assert await fetch("SELECT id FROM session WHERE person = {}", world.ana.id) == []


async def test_a29_changed_password_ends_every_session_but_the_new_one(database: None, storage: object) -> None:
    world = await built(password=PASSWORD)
    here, there = await world.browser("ana"), await world.browser("ana")
    before = cookie(here)
    account = await here.get("/account")
    done = await here.send(account, "/account/password", current=PASSWORD, password=ANOTHER, again=ANOTHER)
    assert done.text(".notice") == "Senha trocada. Você saiu dos outros aparelhos."
    assert cookie(here) != before
    assert (await there.get("/account")).path == "/sign-in?next=%2Faccount"
    assert await _opens("/account", before) == "/sign-in?next=%2Faccount"


async def test_a29_password_set_by_link_ends_every_session(database: None, storage: object) -> None:
    world = await built()
    there = await world.browser("ana")
    visitor = Browser()
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    await visitor.send(await visitor.get(path), path, password=PASSWORD, again=PASSWORD)
    assert (await visitor.get("/account")).text("h1") == "Sua conta"
    assert (await there.get("/account")).path == "/sign-in?next=%2Faccount"


@pytest.mark.usefixtures("still_clock")
async def test_a38_form_shown_to_a_stranger_signs_nobody_in(database: None, storage: object) -> None:
    """A page of another site that sends our form has the token of its author."""
    await built(password=PASSWORD)
    stranger, visitor = Browser(), Browser()
    values = {"_token": await token_of(stranger), "identifier": "ana@aurora.example", "password": PASSWORD}
    for _ in range(2):
        page = Page(await visitor.client.post("/sign-in", data=values))
        assert (page.status, page.text("h1"), cookie(visitor)) == (403, "Esta página ficou antiga", None)
        await visitor.get("/sign-in")
    set_now(NOW + timedelta(days=2))
    page = await stranger.post("/sign-in", values)
    assert (page.status, page.text("h1"), cookie(stranger)) == (403, "Esta página ficou antiga", None)


async def test_a30_cookie_of_ones_own_making_never_becomes_a_session(database: None, storage: object) -> None:
    await built(password=PASSWORD)
    visitor = Browser()
    made_up = "a" * 43
    visitor.client.cookies.set("guiche", made_up, domain=HOST)
    page = await _sign_in(visitor, "ana@aurora.example", PASSWORD)
    assert page.path == "/"
    assert cookie(visitor) != made_up
    assert await _opens("/account", made_up) == "/sign-in?next=%2Faccount"


async def test_a30_each_sign_in_has_its_own_session_and_ends_the_one_before(database: None, storage: object) -> None:
    world = await built(password=PASSWORD)
    browser = await world.browser("rui")
    seen = [cookie(browser)]
    for _ in range(2):
        await _sign_in(browser, "ana@aurora.example", PASSWORD)
        seen.append(cookie(browser))
    path = await link("ana@aurora.example", Purpose.SIGN_IN, world.ana)
    await browser.post(path, {"_token": await token_of(browser)})
    seen.append(cookie(browser))
    assert len(set(seen)) == 4
    opened = [await _opens("/account", each) for each in seen]
    assert opened == ["/sign-in?next=%2Faccount"] * 3 + ["/account"]


@pytest.mark.parametrize("purpose", ENTRANCES)
async def test_a31_link_opens_once(purpose: Purpose, database: None, storage: object) -> None:
    world = await built()
    path = await _link_for(purpose, world)
    assert (await _spend(path)).path == "/"
    await _is_dead(path)


LASTS = {
    Purpose.SIGN_IN: timedelta(minutes=30),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.DESK_ADDRESS: timedelta(days=7),
}
"""The others last a day."""


@pytest.mark.parametrize("purpose", ENTRANCES)
async def test_a31_link_is_dead_when_its_time_is_over(purpose: Purpose, database: None, storage: object) -> None:
    world = await built()
    path = await _link_for(purpose, world)
    lasts = LASTS.get(purpose, timedelta(hours=24))
    set_now(NOW + lasts - timedelta(seconds=30))
    assert (await Browser().get(path)).status == 200
    set_now(NOW + lasts)
    await _is_dead(path)


@pytest.mark.parametrize("purpose", ENTRANCES)
async def test_a31_link_is_dead_after_a_newer_one(purpose: Purpose, database: None, storage: object) -> None:
    world = await built()
    path, newer = await _link_for(purpose, world), await _link_for(Purpose.PASSWORD, world, purpose)
    await _is_dead(path)
    assert (await Browser().get(newer)).text("h1") == "Crie uma senha"


@pytest.mark.parametrize("purpose", [Purpose.PASSWORD, Purpose.SIGN_IN])
async def test_a31_link_is_dead_after_the_address_went_to_somebody_else(
    purpose: Purpose, database: None, storage: object
) -> None:
    world = await built()
    await merge.merge(world.ana.id, world.rui.id, keep=world.rui.id, by=world.lia, at=NOW)
    path = await link("ana@aurora.example", purpose, world.rui)
    await unmerge.part(world.ana.id, by=world.lia, at=NOW)
    page = await _spend(path)
    assert (page.status, page.text("h1")) == (404, "Este link não vale mais")
    assert await fetch("SELECT id FROM session") == []


ODD = {
    "blank": "%20",
    "NUL": "%00",
    "null": "null",
    "undefined": "undefined",
    "array": "[]",
    "wildcard": "*",
    "like": "%25",
    "quote": "'%20OR%20'1'='1",
    "invalid UTF-8": "%ff%fe",
    "surrogate": "%ED%A0%80",
    "very long": "x" * 5000,
    "dots": "..",
    "zero": "0",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_a32_odd_token_is_a_dead_link_with_a_way_on(odd: str, database: None, storage: object) -> None:
    world = await built()
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    await _is_dead(f"/claim/{odd}" if odd != ".." else "/claim/%2e%2e")
    assert (await Browser().get(path)).text("h1") == "Crie uma senha"


@pytest.mark.parametrize("path", ["/claim", "/claim/", "/claim//", "/claim/a/b"])
async def test_a32_empty_token_is_no_page_and_leads_on(path: str, database: None) -> None:
    page = await Browser().get(path)
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
    assert page.links()["Ir para o início"] == "/"


async def test_a32_spent_token_leaves_nothing_that_an_empty_one_could_match(database: None, storage: object) -> None:
    world = await built()
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    await _spend(path)
    assert await fetch("SELECT token_hash FROM one_time_link") == [{"token_hash": None}]


async def test_a32_token_of_another_kind_opens_no_link_and_no_session(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    session, form = cookie(ana), await token_of(ana)
    path = await link("ana@aurora.example", Purpose.SIGN_IN, world.ana)
    for token in (session, form):
        await _is_dead(f"/claim/{token}")
    for token in (path.removeprefix("/claim/"), form):
        assert await _opens("/account", token) == "/sign-in?next=%2Faccount"


async def test_a32_odd_token_costs_one_lookup(database: None, storage: object) -> None:
    await built()
    visitor = Browser()
    for odd in ("x" * 43, "x" * 5000, "%00", "null"):
        with statements() as noted:
            await visitor.get(f"/claim/{odd}")
        assert len(noted) == 1


async def test_a33_hash_out_of_the_database_signs_nobody_in(database: None, storage: object) -> None:
    world = await built()
    await world.browser("ana")
    await link("ana@aurora.example", Purpose.SIGN_IN, world.ana)
    session = (await fetch("SELECT token_hash FROM session"))[0]["token_hash"]
    one_time = (await fetch("SELECT token_hash FROM one_time_link"))[0]["token_hash"]
    assert await _opens("/account", session) == "/sign-in?next=%2Faccount"
    await _is_dead(f"/claim/{one_time}")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/sign-up", "nina@qualquer.example"),
        ("/password", "ana@aurora.example"),
        ("/sign-in/link", "ana@aurora.example"),
    ],
)
async def test_a83_link_on_its_way_is_in_the_message_and_nowhere_else(
    path: str, address: str, database: None, storage: Storage, capfd: pytest.CaptureFixture[str]
) -> None:
    await built()
    visitor = Browser()
    values = {"_token": await token_of(visitor), "identifier": address, "name": "Nina Sá"}
    await visitor.post(path, values)
    token = _link_in(await _message_to(address, storage)).removeprefix("/claim/")
    assert (await Browser().get(f"/claim/{token}")).status == 200
    assert token not in repr(await everything())
    assert token not in "".join(capfd.readouterr())


async def test_a34_wrong_password_and_unknown_name_are_told_alike(database: None, storage: object) -> None:
    await built(password=PASSWORD)
    known, without, unknown = [
        await _sign_in(Browser(), name, "não é esta")
        for name in ("ana@aurora.example", "eva@familia.example", "xyz@aurora.example")
    ]
    pages = [told(known), told(without), told(unknown)]
    for page, name in zip(pages, ("ana@aurora.example", "eva@familia.example", "xyz@aurora.example"), strict=True):
        assert (page[0], page[1].replace(name, "")) == (422, pages[0][1].replace("ana@aurora.example", ""))
    assert len(known.response.text) == len(unknown.response.text)
    assert known.text(".summary") == "E-mail, usuário ou senha não conferem. Confira e tente de novo."


async def test_a34_sign_in_does_the_same_work_for_known_and_unknown_names(
    database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await built(password=PASSWORD)
    await departures.deactivate(world.rui.id, at=NOW)
    verified: list[tuple[int, int, int]] = []
    verify = argon2.PasswordHasher.verify

    def noted(self: argon2.PasswordHasher, kept: str, password: str) -> bool:
        cost = argon2.extract_parameters(kept)
        verified.append((cost.time_cost, cost.memory_cost, cost.parallelism))
        return verify(self, kept, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noted)
    work = []
    for name in ("ana", "rui", "xyz"):
        visitor = Browser()
        token = await token_of(visitor)
        verified.clear()
        with statements() as made:
            await visitor.post("/sign-in", {"_token": token, "identifier": f"{name}@aurora.example", "password": "não"})
        work.append((list(verified), made))
    assert work[0] == work[1] == work[2]
    assert len(work[0][0]) == 1


@pytest.mark.parametrize("path", ["/sign-up", "/password", "/sign-in/link"])
async def test_a34_asking_for_a_link_tells_nothing_of_who_exists(path: str, database: None, storage: object) -> None:
    await built()
    answers, made = [], []
    for name in ("ana", "xyz"):
        visitor = Browser()
        values = {"_token": await token_of(visitor), "identifier": f"{name}@aurora.example", "name": "Fulana"}
        with statements() as noted:
            first = await visitor.post(path, values)
        made.append(noted)
        answers.append([first.status, first.location, told(await visitor.get(first.location))])
    assert answers[0] == answers[1]
    assert answers[0][:2] == [303, "/sent"]
    assert made[0] == made[1]


async def test_a34_cnpj_of_a_school_and_of_none_are_answered_alike(database: None, storage: Storage) -> None:
    await built()
    answers, messages = [], []
    for place, cnpj in enumerate(("11222333000181", _cnpj("445556660001"))):
        visitor = Browser()
        address = f"nova{place}@qualquer.example"
        values = {"_token": await token_of(visitor), "identifier": address, "name": "Nova", "cnpj": cnpj}
        with statements() as noted:
            first = await visitor.post("/sign-up", values)
        answers.append((first.status, first.location, noted))
        messages.append(re.sub(r"claim/\S+", "claim/", await _message_to(address, storage)))
    assert answers[0] == answers[1]
    assert messages[0] == messages[1]


async def test_a34_person_in_copy_is_taken_alike_whether_or_not_they_have_an_account(
    database: None, storage: object
) -> None:
    world = await built()
    ana, number = await world.browser("ana"), world.tickets["ours"]
    page = await ana.get(f"/tickets/{number}")
    texts = []
    for address in ("caio@horizonte.example", "xyzw@horizonte.example"):
        sent = await ana.send(page, f"/tickets/{number}/replies", body="Oi", copies=address, _key="")
        texts.append(sent.texts(".facts dd")[5].replace(address, "a nova"))
        person = await accounts.owner_of(address)
        assert person is not None
        await participants.remove(await cast.seen(number, world.ana), person, by=world.ana, at=NOW)
    assert texts == ["eva@familia.example, a nova"] * 2


@pytest.mark.usefixtures("still_clock")
async def test_a59_guesses_at_one_account_are_slowed_and_its_owner_still_gets_in(
    database: None, storage: object
) -> None:
    await built(password=PASSWORD)
    attacker = Browser()
    token = await token_of(attacker)
    values = {"_token": token, "identifier": "ana@aurora.example"}
    statuses = []
    for guess in range(1000):
        forged = {"Origin": HOME, "X-Forwarded-For": f"10.0.{guess // 250}.{guess % 250}", "X-Real-IP": "10.1.1.1"}
        tried = await attacker.client.post("/sign-in", data={**values, "password": f"p{guess}"}, headers=forged)
        statuses.append(tried.status_code)
    assert (statuses[:10], set(statuses[20:])) == ([422] * 10, {429})
    right = await attacker.post("/sign-in", {**values, "password": PASSWORD})
    assert (right.status, right.response.headers["retry-after"]) == (429, "30")
    owner = await _sign_in(_from("203.0.113.9"), "ana@aurora.example", PASSWORD)
    assert owner.text("h1") == "Olá, Ana"


@pytest.mark.usefixtures("still_clock")
async def test_a59_owner_gets_in_again_from_the_same_network_after_a_while(database: None, storage: object) -> None:
    await built(password=PASSWORD)
    visitor = Browser()
    for _ in range(12):
        await _sign_in(visitor, "ana@aurora.example", "não é esta")
    assert (await _sign_in(visitor, "ana@aurora.example", PASSWORD)).status == 429
    set_now(NOW + timedelta(minutes=2))
    assert (await _sign_in(visitor, "ana@aurora.example", PASSWORD)).text("h1") == "Olá, Ana"


@pytest.mark.usefixtures("still_clock")
async def test_a59_unknown_account_is_slowed_in_the_same_way(database: None, storage: object) -> None:
    await built(password=PASSWORD)
    answers = []
    for name in ("ana", "xyz"):
        visitor, told_now = _from(f"203.0.113.{len(name) + len(answers)}"), []
        for _ in range(12):
            page = await _sign_in(visitor, f"{name}@aurora.example", "não é esta")
            told_now.append((page.status, page.text(".summary"), page.response.headers.get("retry-after")))
        answers.append(told_now)
    assert answers[0] == answers[1]
    assert [status for status, *_ in answers[0]] == [422] * 10 + [429] * 2


@pytest.mark.usefixtures("still_clock")
async def test_a59_one_guess_at_each_of_many_accounts_is_slowed(database: None, storage: object) -> None:
    await built()
    await _already_tried(97)
    statuses = await _spray(Browser(), 10)
    assert (statuses[:2], statuses[-5:]) == ([422] * 2, [429] * 5)


@pytest.mark.usefixtures("still_clock")
async def test_a59_own_sign_in_does_not_pay_for_guesses_at_others(database: None, storage: object) -> None:
    """An attacker cannot reset the count of their network by signing in to an account of their own."""
    await built(password=PASSWORD)
    attacker = Browser()
    await _already_tried(97)
    assert (await _sign_in(attacker, "rui@aurora.example", PASSWORD)).text("h1") == "Olá, Rui"
    assert (await _spray(attacker, 10))[-5:] == [429] * 5


async def _guess(network: str, times: int, name: str = "ana@aurora.example") -> None:
    attacker = _from(network)
    values = {"_token": await token_of(attacker), "identifier": name, "password": "não é esta"}
    for _ in range(times):
        await attacker.post("/sign-in", values)


@pytest.mark.usefixtures("still_clock")
async def test_a86_guesses_from_a_school_keep_nobody_of_it_out(database: None, storage: object) -> None:
    """Whoever has signed in there before gets in at once, whoever has not within a minute or by e-mail."""
    world = await built(password=PASSWORD)
    owner, newcomer = Browser(), Browser()
    await _sign_in(owner, "ana@aurora.example", PASSWORD)
    await owner.post("/sign-out", {"_token": await token_of(owner)})
    await _already_tried(100)
    await _guess(HOST, 12)
    assert (await _sign_in(owner, "ana@aurora.example", PASSWORD)).text("h1") == "Olá, Ana"
    assert (await _sign_in(newcomer, "rui@aurora.example", PASSWORD)).status == 429
    path = await link("rui@aurora.example", Purpose.SIGN_IN, world.rui)
    assert (await newcomer.send(await newcomer.get(path), path)).text("h1") == "Olá, Rui"
    await newcomer.post("/sign-out", {"_token": await token_of(newcomer)})
    assert (await _sign_in(newcomer, "rui@aurora.example", PASSWORD)).text("h1") == "Olá, Rui"
    set_now(NOW + timedelta(minutes=1))
    assert (await _sign_in(Browser(), "caio@horizonte.example", PASSWORD)).text("h1") == "Olá, Caio"


@pytest.mark.usefixtures("still_clock")
async def test_a86_guesses_from_sixty_networks_leave_the_owner_free(database: None, storage: object) -> None:
    await built(password=PASSWORD)
    owner = _from("203.0.113.9")
    await _sign_in(owner, "ana@aurora.example", PASSWORD)
    for number in range(60):
        await _guess(f"198.51.100.{number}", 2)
    assert (await _sign_in(_from("198.51.100.99"), "ana@aurora.example", PASSWORD)).status == 429
    assert (await _sign_in(_from("203.0.113.9"), "ana@aurora.example", PASSWORD)).text("h1") == "Olá, Ana"
    set_now(NOW + timedelta(minutes=1))
    assert (await _sign_in(_from("198.51.100.99"), "ana@aurora.example", PASSWORD)).text("h1") == "Olá, Ana"


@pytest.mark.usefixtures("still_clock")
@pytest.mark.parametrize(
    "networks",
    [
        [f"2001:db8:7:{number:x}::1" for number in range(20)],
        ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207"],
    ],
    ids=["/64s of one /48", "IPv4-mapped"],
)
async def test_a86_addresses_of_one_customer_count_together(
    networks: list[str], database: None, storage: object
) -> None:
    await built(password=PASSWORD)
    for number in range(10):
        await _guess(networks[number % len(networks)], 1)
    assert (await _sign_in(_from(networks[-1]), "ana@aurora.example", PASSWORD)).status == 429
    assert (await _sign_in(_from("2001:db8:8::1"), "ana@aurora.example", PASSWORD)).text("h1") == "Olá, Ana"


@pytest.mark.usefixtures("still_clock")
async def test_a86_wishes_for_links_by_one_keep_no_other_from_asking(database: None, storage: object) -> None:
    await built()
    flooding, other = Browser(), Browser()
    asked = [await _asks(flooding, f"p{number}@escola.example") for number in range(31)]
    assert (asked[-2], asked[-1], await _asks(other, "ana@aurora.example")) == (303, 429, 303)


async def _asks(browser: Browser, address: str) -> int:
    values = {"_token": await token_of(browser), "identifier": address}
    return (await browser.post("/password", values)).status


EASY = "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras."
WEAK = {
    "12345678": EASY,
    "senha123": EASY,
    "        ": EASY,
    "ana@aurora.example": EASY,
    "anaprado": EASY,
    "11222333000181": EASY,
    "11.222.333/0001-81": EASY,
    "colegioaurora": EASY,
    "curta 1": "Use pelo menos 8 caracteres.",
    "": "Use pelo menos 8 caracteres.",
}


@pytest.mark.parametrize("weak", WEAK)
async def test_a60_weak_password_is_refused_in_every_form(weak: str, database: None, storage: object) -> None:
    world = await built(password=PASSWORD)
    ana, visitor = await world.browser("ana"), Browser()
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    answers = [
        await visitor.send(await visitor.get(path), path, password=weak, again=weak),
        await ana.send(await ana.get("/account"), "/account/password", current=PASSWORD, password=weak, again=weak),
    ]
    assert [(page.status, page.texts(".field__error")) for page in answers] == [(422, [WEAK[weak]])] * 2
    for page in answers:
        assert len(page.html.css("input[type=password]")) >= 2
        assert page.html.css("input[type=password][value]") == []


def test_a60_three_thousand_most_common_passwords_are_refused() -> None:
    long_enough = [each for each in FREQUENCY_LISTS["passwords"][:3000] if len(each) >= strength.SHORTEST]
    assert [each for each in long_enough if guesses(each, ()) >= strength.FEWEST_GUESSES] == []


LONG = (
    "minha terra tem palmeiras onde canta o sabiá as aves que aqui gorjeiam não gorjeiam como lá "
    "nosso céu tem mais estrelas nossas várzeas têm mais flores"
)[:128]


@pytest.mark.parametrize(
    "strong", ["  espaços nas duas pontas  ", "çedilha é ótima 🦫🌵🚲", LONG, "correto cavalo bateria"]
)
async def test_a60_good_password_counts_exactly_as_typed(strong: str, database: None, storage: object) -> None:
    world = await built()
    visitor = Browser()
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    await visitor.send(await visitor.get(path), path, password=strong, again=strong)
    assert (await _sign_in(Browser(), "ana@aurora.example", strong)).text("h1") == "Olá, Ana"
    for other in (strong.strip().upper(), strong[:-1], f"{strong} "):
        assert (await _sign_in(Browser(), "ana@aurora.example", other)).status == 422


SECURE = {"GUICHE_URL": "https://suporte.example.br"}


@pytest.mark.parametrize(
    ("base", "name", "flags"),
    [
        (HOME, "guiche", {"path": "/", "httponly": True, "samesite": "lax", "secure": "", "domain": ""}),
        (
            SECURE["GUICHE_URL"],
            "__Host-guiche",
            {"path": "/", "httponly": True, "samesite": "lax", "secure": True, "domain": ""},
        ),
    ],
    ids=["http", "https"],
)
async def test_a61_cookies_carry_these_flags(
    base: str, name: str, flags: dict[str, object], database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    await built(password=PASSWORD)
    with set_up(monkeypatch, GUICHE_URL=base):
        async with around(base, Origin=base) as client:
            token = _token(await client.get("/sign-in"))
            values = {"_token": token, "identifier": "ana@aurora.example", "password": PASSWORD}
            entered = await client.post("/sign-in", data=values)
            token = _token(await client.get("/account"))
            left = await client.post("/sign-out", data={"_token": token})
    for answer, age in ((entered, str(7 * 86400)), (left, "0")):
        (found,) = SimpleCookie(answer.headers["set-cookie"]).values()
        assert (found.key, found["max-age"]) == (name, age)
        assert {flag: found[flag] for flag in flags} == flags
    assert left.headers["clear-site-data"] == '"cache", "storage"'


async def test_a61_over_tls_browsers_are_told_to_come_by_tls_only(
    database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with around() as plain:
        assert "strict-transport-security" not in (await plain.get("/sign-in")).headers
    with set_up(monkeypatch, GUICHE_URL="https://suporte.example.br"):
        async with around("https://suporte.example.br") as client:
            for path in ("/sign-in", "/nowhere", "/health"):
                told_now = (await client.get(path)).headers["strict-transport-security"]
                assert told_now == "max-age=31536000"


async def test_a61_over_tls_a_cookie_without_the_prefix_is_nobody(
    database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A neighbouring subdomain may set a cookie of any name but one with the prefix."""
    world = await built()
    token = await sessions.start(world.ana.id, network="127.0.0.1", browser="", at=NOW)
    with set_up(monkeypatch, **SECURE):
        async with around(SECURE["GUICHE_URL"]) as client:
            statuses = [
                (await client.get("/account", headers={"Cookie": f"{name}={token}"})).status_code
                for name in ("guiche", "__Host-guiche")
            ]
    assert statuses == [303, 200]


@pytest.mark.parametrize(
    ("school", "cnpj"),
    [
        ("aurora", "11222333000181"),
        ("aurora", "11.222.333/0001-81"),
        ("aurora", " 11 222 333 0001 81 "),
        ("horizonte", "12ABC34501DE35"),
        ("horizonte", "12abc34501de35"),
        ("horizonte", "12.abc.345/01DE-35"),
    ],
)
async def test_a69_who_signs_up_with_the_cnpj_of_a_school_sees_nothing_of_it_before_they_are_confirmed(
    school: str, cnpj: str, database: None, storage: Storage
) -> None:
    world = await built()
    visitor = await _signed_up("nina@qualquer.example", cnpj, storage)
    world_of_nobody = [f"/tickets/{number}" for number in world.tickets.values()]
    for path in ["/organization", *world_of_nobody, *(world.attachment(name) for name in world.files)]:
        assert (await visitor.get(path)).text("h1") == "Não encontramos esta página"
    for path in [
        "/",
        "/account",
        "/tickets/new",
        *(f"/tickets?scope={each}" for each in ("mine", "organization", "all")),
    ]:
        page = await visitor.get(path)
        assert leaks(page.response.text, to="nobody") == []
        assert [name for name in ("Aurora", "Horizonte") if name in page.response.text] == []
    asked = await fetch("SELECT organization, sees, approves, manages, confirmed_at FROM membership ORDER BY id DESC")
    assert (asked[0]["organization"], asked[0]["confirmed_at"]) == (world.organizations[school], None)
    assert (asked[0]["sees"], bool(asked[0]["approves"]), bool(asked[0]["manages"])) == ("own", False, False)


async def test_a69_ticket_of_a_newcomer_is_not_the_schools_before_they_are_confirmed(
    database: None, storage: Storage
) -> None:
    world = await built()
    visitor = await _signed_up("nina@qualquer.example", "11222333000181", storage)
    page = await visitor.get("/tickets/new")
    category = page.attributes("#category option[value]:not([value=''])", "value")[0]
    extra = {"organization": world.organizations["aurora"]}
    await visitor.send(page, "/tickets", title="De fora", description="De fora", category=category)
    await visitor.send(page, "/tickets", title="De fora", description="De fora", category=category, _key="", **extra)
    ana = await world.browser("ana")
    assert "De fora" not in (await ana.get("/tickets?scope=organization")).response.text


async def test_a69_newcomer_sees_what_they_were_confirmed_for(database: None, storage: Storage) -> None:
    world = await built()
    visitor = await _signed_up("nina@qualquer.example", "11222333000181", storage)
    ana = await world.browser("ana")
    page = await ana.get("/organization")
    assert "nina@qualquer.example · Colégio Aurora · pediu para entrar" in page.texts(".quiet")
    membership = (await fetch("SELECT max(id) AS id FROM membership"))[0]["id"]
    await ana.send(page, f"/organization/members/{membership}", sees="own")
    assert (await visitor.get(f"/tickets/{world.tickets['ours']}")).status == 404
    await ana.send(page, f"/organization/members/{membership}", sees="organization")
    assert (await visitor.get(f"/tickets/{world.tickets['ours']}")).text("h1") == "Jabuticaba no título"


@pytest.mark.parametrize("cnpj", ["12ABC34501DE35", "12.ABC.345/01DE-35", "12abc34501de35", " 12.abc.345/01de-35 "])
async def test_a69_school_is_asked_however_its_cnpj_is_written_and_shows_nothing(
    cnpj: str, database: None, storage: Storage
) -> None:
    world = await built()
    visitor = await _signed_up("nina@qualquer.example", cnpj, storage)
    (asked,) = await fetch("SELECT organization, sees FROM membership WHERE confirmed_at IS NULL")
    assert asked == {"organization": world.organizations["horizonte"], "sees": "own"}
    for path in ("/", "/tickets", "/tickets?scope=organization", "/organization", "/tickets/new"):
        assert leaks((await visitor.get(path)).response.text, to="nobody") == [], path


@pytest.mark.parametrize(
    "cnpj",
    [
        "11222333000182",
        "1122233300018",
        "１１２２２３３３０００１８１",
        "١١٢٢٢٣٣٣٠٠٠١٨١",
        "12АВС34501DE35",
        "O1222333000181",
        "00000000000000",
        "1" * 5000,
    ],
)
async def test_a69_look_alike_of_a_cnpj_is_refused(cnpj: str, database: None, storage: object) -> None:
    await built()
    visitor = Browser()
    page = await visitor.get("/sign-up")
    answer = await visitor.send(page, "/sign-up", name="Nina", identifier="nina@qualquer.example", cnpj=cnpj)
    assert (answer.status, len(answer.texts("#cnpj-error"))) == (422, 1)
    assert await fetch("SELECT id FROM link_request") == []


async def test_a82_nothing_that_a_stranger_typed_reaches_the_account(database: None, storage: Storage) -> None:
    await built()
    planted = {"name": "Impostora", "cnpj": "12ABC34501DE35"}
    await _wishes(Browser(), "nina@qualquer.example", **planted)
    path = _link_in(await _message_to("nina@qualquer.example", storage))
    nina = Browser()
    opened = await nina.get(path)
    assert (opened.values(path)["name"], opened.values(path)["cnpj"]) == ("", "")
    await nina.send(opened, path, name="Nina Sá", password=PASSWORD, again=PASSWORD)
    assert (await nina.get("/account")).values("/account")["name"] == "Nina Sá"
    assert await fetch("SELECT id FROM membership WHERE confirmed_at IS NULL") == []


async def test_a82_newest_wish_wins_and_what_is_joined_is_shown_to_who_typed_it(
    database: None, storage: Storage
) -> None:
    world = await built()
    nina = Browser()
    await _wishes(Browser(), "nina@qualquer.example", name="Impostora", cnpj="12ABC34501DE35")
    await _message_to("nina@qualquer.example", storage)
    await _wishes(nina, "nina@qualquer.example", name="Nina Sá", cnpj="11.222.333/0001-81")
    path = _link_in(await _message_to("nina@qualquer.example", storage))
    opened = await nina.get(path)
    assert (opened.values(path)["name"], opened.values(path)["cnpj"]) == ("Nina Sá", "11222333000181")
    await nina.send(opened, path, password=PASSWORD, again=PASSWORD)
    (asked,) = await fetch("SELECT organization FROM membership WHERE confirmed_at IS NULL")
    assert asked["organization"] == world.organizations["aurora"]


async def test_a82_wish_of_a_stranger_leaves_the_persons_own_link_good(database: None, storage: Storage) -> None:
    await built()
    eva = Browser()
    await _wishes(eva, "nina@qualquer.example", name="Nina Sá", cnpj="")
    path = _link_in(await _message_to("nina@qualquer.example", storage))
    set_now(NOW + timedelta(hours=1))
    await _wishes(Browser(), "nina@qualquer.example", name="Impostora", cnpj="")
    await _answered(NOW + timedelta(hours=1))
    assert (await eva.get(path)).text("h1") == "Crie uma senha"


async def test_a70_nobody_raises_their_own_rights(database: None, storage: object) -> None:
    world = await built()
    rights = await fetch("SELECT * FROM membership ORDER BY id")
    roles = await fetch("SELECT id, role, is_active FROM person ORDER BY id")
    for name, status, title in (
        ("ana", 403, "Você não pode fazer isto"),
        ("rui", 404, "Não encontramos esta página"),
        ("eva", 404, "Não encontramos esta página"),
    ):
        browser = await world.browser(name)
        number = world.memberships.get(name, world.memberships["ana"])
        values = {"_token": await token_of(browser), "sees": "group", "approves": "1", "manages": "1", "role": "admin"}
        for path in (f"/organization/members/{number}", f"/organization/members/{number}/removal"):
            page = await browser.post(path, values)
            assert (page.status, page.text("h1")) == (status, title)
    assert await fetch("SELECT * FROM membership ORDER BY id") == rights
    assert await fetch("SELECT id, role, is_active FROM person ORDER BY id") == roles


async def test_a70_manager_gives_no_sight_of_the_branches_that_they_lack(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    action = f"/organization/members/{world.memberships['rui']}"
    page = await ana.send(await ana.get("/organization"), action, sees="group")
    assert (page.status, page.text("h1")) == (403, "Você não pode fazer isto")
    assert await fetch("SELECT sees FROM membership WHERE person = {}", world.rui.id) == [{"sees": "own"}]


async def test_a69_domain_makes_members_who_see_nothing_of_others_and_never_agents(
    database: None, storage: Storage
) -> None:
    world = await built()
    ana = await world.browser("ana")
    await ana.send(await ana.get("/organization"), "/organization/domain", domain="aurora.example")
    visitor = await _signed_up("nina@aurora.example", "", storage, role="admin", sees="group", manages="1")
    (joined,) = await fetch("SELECT * FROM membership ORDER BY id DESC LIMIT 1")
    assert (joined["organization"], joined["sees"]) == (world.organizations["aurora"], "own")
    assert (bool(joined["approves"]), bool(joined["manages"])) == (False, False)
    assert await fetch("SELECT role FROM person WHERE id = {}", joined["person"]) == [{"role": "requester"}]
    for path in ("/", "/tickets", "/tickets?scope=organization", "/account"):
        assert leaks((await visitor.get(path)).response.text, to="nobody") == [], path
    for path in ("/organization", "/desk"):
        assert (await visitor.get(path)).status == 404


@pytest.mark.parametrize(
    "address",
    ["nina@aurora.example.mau.example", "nina@mau-aurora.example", "nina@x.aurora.example"],
)
async def test_a69_address_that_only_looks_like_the_domain_joins_nothing(
    address: str, database: None, storage: Storage
) -> None:
    world = await built()
    ana = await world.browser("ana")
    await ana.send(await ana.get("/organization"), "/organization/domain", domain="aurora.example")
    before = await fetch("SELECT id FROM membership ORDER BY id")
    await _signed_up(address, "", storage)
    assert await fetch("SELECT id FROM membership ORDER BY id") == before


async def test_a69_domain_is_turned_on_by_whose_it_is_alone(database: None, storage: object) -> None:
    """Caio manages Horizonte: neither Aurora's domain, nor one for Aurora, nor the desk's own is his to turn on."""
    world = await built()
    caio, rui = await world.browser("caio"), await world.browser("rui")
    values = {"_token": await token_of(caio)}
    for domain, organization in (
        ("aurora.example", "horizonte"),
        ("horizonte.example", "aurora"),
        ("127.0.0.1", "horizonte"),
        ("guiche.example", "horizonte"),
        ("hotmail.com", "horizonte"),
        ("com.br", "horizonte"),
    ):
        typed = {"domain": domain, "organization": world.organizations[organization], **values}
        assert (await caio.post("/organization/domain", typed)).status == 422, domain
    off = f"/organization/{world.organizations['aurora']}/domain-removal"
    assert [(await each.post(off, {"_token": await token_of(each)})).status for each in (caio, rui)] == [404, 404]
    assert await fetch("SELECT id FROM organization WHERE domain IS NOT NULL") == []


async def test_a69_code_of_an_invitation_is_good_for_one_and_nobody_guesses_it(
    database: None, storage: Storage
) -> None:
    world = await built()
    ana, caio = await world.browser("ana"), await world.browser("caio")
    sheet = await ana.send(await ana.get("/organization"), "/organization/papers")
    code = sheet.texts("main li strong")[1]
    kept = await fetch("SELECT * FROM paper_invitation")
    assert [row for row in kept if code.replace("-", "") in str(row)] == []
    visitor = await _signed_up("nina@qualquer.example", code, storage)
    assert leaks((await visitor.get("/tickets?scope=organization")).response.text, to="nobody") == []
    before = await fetch("SELECT id FROM membership ORDER BY id")
    for guess in (code, code[:-1] + ("A" if code[-1] != "A" else "B"), "A" * 12, code + "A"):
        answer = await caio.post(f"/join/{guess}/membership", {"_token": await token_of(caio)})
        assert answer.status == 404, guess
    assert await fetch("SELECT id FROM membership ORDER BY id") == before


async def test_a70_manager_prints_nothing_for_another_organization(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    values = {"_token": await token_of(caio), "organization": world.organizations["aurora"]}
    assert (await caio.post("/organization/papers", values)).status == 422
    assert (await caio.post("/organization/invitations", {**values, "identifier": "eu@mau.example"})).status == 422
    assert await fetch("SELECT id FROM paper_invitation") == []


async def test_a14_cnpj_of_another_organization_is_refused(database: None, storage: object) -> None:
    """Members cannot change their organization's CNPJ; a lead sees that it is taken."""
    world = await built()
    aurora = f"/desk/organizations/{world.organizations['aurora']}"
    rows = await fetch("SELECT * FROM organization ORDER BY id")
    typed = {"name": "Colégio Aurora", "cnpj": "12.abc.345/01de-35"}
    for name, status in (("ana", 404), ("caio", 404), ("bia", 404), ("lia", 422)):
        browser = await world.browser(name)
        answer = await browser.post(f"{aurora}/edit", {**typed, "_token": await token_of(browser)})
        assert answer.status == status, name
    assert answer.texts("#cnpj-error") == ["Já existe uma organização com este CNPJ."]
    assert await fetch("SELECT * FROM organization ORDER BY id") == rows


@pytest.mark.parametrize("address", ["nao-responda@127.0.0.1", "Nao-Responda+x@127.0.0.1"])
async def test_a1_address_of_the_house_is_invited_nowhere(address: str, database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    before = await fetch("SELECT id FROM membership ORDER BY id")
    refused = await ana.send(await ana.get("/organization"), "/organization/invitations", identifier=address)
    assert refused.status == 422
    assert refused.texts(".field__error") == ["Este endereço é do próprio atendimento. Use o da pessoa."]
    assert await fetch("SELECT id FROM membership ORDER BY id") == before


async def test_a70_new_person_is_a_requester_whatever_the_form_says(database: None, storage: Storage) -> None:
    await built()
    more = {"role": "admin", "is_active": "1", "is_robot": "1", "person": "1", "purpose": "password", "sees": "group"}
    await _signed_up("nina@qualquer.example", "11222333000181", storage, **more)
    rows = await fetch("SELECT name, role, is_robot FROM person ORDER BY id DESC LIMIT 1")
    assert (rows[0]["name"], rows[0]["role"], bool(rows[0]["is_robot"])) == ("Nina Sá", "requester", False)


async def _sign_in(browser: Browser, identifier: str, password: str) -> Page:
    token = await token_of(browser)
    values = {"_token": token, "identifier": identifier, "password": password}
    page = await browser.post("/sign-in", values)
    return await browser.get(page.location) if page.status == 303 else page


async def _already_tried(times: int) -> None:
    """That many wrong guesses came from this network."""
    await throttle.spend(sign_in.GUESSES_FROM_ONE, HOST, amount=times, at=NOW)


async def _spray(browser: Browser, accounts: int) -> list[int]:
    token = await token_of(browser)
    return [
        (
            await browser.post(
                "/sign-in", {"_token": token, "identifier": f"pessoa{number}@escola.example", "password": "Mudar123"}
            )
        ).status
        for number in range(accounts)
    ]


def _from(network: str) -> Browser:
    """A browser in another network."""
    browser = Browser()
    transport = browser.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.client = (network, 4000)
    return browser


async def _opens(path: str, token: str | None) -> str:
    """The address where a browser with this cookie ends up."""
    browser = Browser()
    browser.client.cookies.set("guiche", token or "")
    return (await browser.get(path)).path


async def _link_for(purpose: Purpose, world: World, like: Purpose | None = None) -> str:
    """A link with this purpose, to the same address as `like`."""
    if Purpose.SIGN_UP in (purpose, like):
        return await link("nina@qualquer.example", Purpose.SIGN_UP, name="Nina Sá")
    return await link("ana@aurora.example", purpose, world.ana)


async def _spend(path: str) -> Page:
    visitor = Browser()
    values = {"_token": await token_of(visitor), "name": "Nina Sá", "password": PASSWORD, "again": PASSWORD}
    page = await visitor.post(path, values)
    return await visitor.get(page.location) if page.status == 303 else page


async def _is_dead(path: str) -> None:
    visitor = Browser()
    values = {"_token": await token_of(visitor), "password": PASSWORD, "again": PASSWORD}
    for page in (await visitor.get(path), await visitor.post(path, values)):
        assert (page.status, page.text("h1")) == (404, "Este link não vale mais"), path
        assert page.links()["Pedir outro link"] == "/password"
    assert (await visitor.get("/account")).path == "/sign-in?next=%2Faccount"


async def _answered(at: datetime) -> None:
    """Answers the requests for links."""
    await link_requests.answer_link_requests(at, render=render.mail_texts())
    await tick(sending_jobs(), at)


async def _message_to(address: str, storage: Storage) -> str:
    """The only message that the worker sent to this address."""
    await _answered(NOW)
    ((sent, body),) = [(row["id"], row["body"]) for row in await _sent_to(address)]
    assert body == ""
    message = message_from_bytes((OUTBOX / f"guiche-{sent}.eml").read_bytes(), policy=policy.default)
    return str(message.get_content())


async def _sent_to(address: str) -> list[Row]:
    return await fetch("SELECT id, body FROM outgoing WHERE recipient = {} AND sent_at IS NOT NULL", address)


async def _wishes(browser: Browser, address: str, **typed: str) -> None:
    await browser.send(await browser.get("/sign-up"), "/sign-up", identifier=address, **typed)


def _link_in(message: str) -> str:
    found = re.search(r"/claim/\S+", message)
    assert found
    return found[0]


async def _signed_up(address: str, cnpj: str, storage: Storage, **more: str) -> Browser:
    """The browser of a new person who gave this CNPJ."""
    visitor = Browser()
    page = await visitor.get("/sign-up")
    await visitor.send(page, "/sign-up", name="Nina Sá", identifier=address, cnpj=cnpj, **more)
    found = re.search(r"/claim/\S+", await _message_to(address, storage))
    assert found
    opened = await visitor.get(found[0])
    assert opened.text("h1") == "Crie uma senha"
    await visitor.send(opened, found[0], password=PASSWORD, again=PASSWORD, **more)
    return visitor


def _cnpj(base: str) -> str:
    return base + check_digits(base)


def _token(answer: httpx.Response) -> str:
    found = re.search(r'name="_token" value="([^"]+)"', answer.text)
    assert found
    return found[1]
