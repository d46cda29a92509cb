"""Sign-in and sign-out: the same response to every wrong try, and no redirect to another site."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import GOOD_PASSWORD, count, give_password, impersonal, said, signed_in_as
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.people import sessions, sign_in, throttle
from web.people.directory import editing
from web.people.tokens import hash_of
from web.tickets.actions.ownership import departures

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

WRONG = "E-mail, usuário ou senha não conferem. Confira e tente de novo."


async def who_can_enter() -> Cast:
    people = await cast.enrol()
    await give_password(people.ana)
    set_now(NOW)
    return people


async def enter(browser: Browser, identifier: str, password: str = GOOD_PASSWORD, *, path: str = "/sign-in") -> Page:
    page = await browser.get(path)
    return await browser.send(page, "/sign-in", identifier=identifier, password=password)


@pytest.mark.parametrize("identifier", ["ana@aurora.example", "  Ana@AURORA.example "])
async def test_the_right_password_opens_the_overview(database, identifier):
    people = await who_can_enter()
    browser = Browser()
    page = await browser.get("/sign-in")
    answer = await browser.send(page, "/sign-in", follow=False, identifier=identifier, password=GOOD_PASSWORD)
    assert (answer.status, answer.location) == (303, "/")
    assert (await browser.get("/")).text("h1") == "Olá, Ana"
    (session,) = await fetch("SELECT person, token_hash FROM session")
    assert session["person"] == people.ana.id
    assert session["token_hash"] == hash_of(browser.client.cookies["guiche"])


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(database):
    await who_can_enter()
    browser = Browser()
    page = await browser.get("/sign-in")
    answer = await browser.send(page, "/sign-in", follow=False, identifier="ana@aurora.example", password=GOOD_PASSWORD)
    cookie = answer.response.headers["set-cookie"].split("; ")
    assert sorted(part.casefold() for part in cookie[1:]) == [
        "httponly",
        "max-age=604800",
        "path=/",
        "samesite=lax",
    ]


async def test_a_login_of_the_organization_enters_too(database):
    people = await who_can_enter()
    await editing.add_login(people.ana.id, "aurora-secretaria", by=people.lia, at=NOW)
    browser = Browser()
    page = await browser.get("/sign-in")
    assert page.text("label[for=identifier]") == "E-mail ou usuário da organização"
    assert (await enter(browser, "Aurora-Secretaria")).text("h1") == "Olá, Ana"


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("ana@aurora.example", "errada"),
        ("ana@aurora.example", ""),
        ("ana@aurora.example", GOOD_PASSWORD.upper()),
        ("ana@aurora.example", GOOD_PASSWORD + " " * 400),
        ("rui@aurora.example", ""),
        ("rui@aurora.example", GOOD_PASSWORD),
        ("ninguem@aurora.example", GOOD_PASSWORD),
        ("", ""),
        ("\x00", GOOD_PASSWORD),
        ("ana@aurora.example' OR '1'='1", GOOD_PASSWORD),
        ("a" * 5000, GOOD_PASSWORD),
    ],
)
async def test_every_wrong_pair_is_told_the_same(database, identifier, password):
    await who_can_enter()
    browser = Browser()
    refused = await enter(browser, identifier, password)
    assert (refused.status, refused.text("h1"), refused.text(".summary")) == (422, "Entrar", WRONG)
    assert refused.values("/sign-in")["identifier"] == identifier.replace("\x00", "")
    assert "value" not in refused.html.css_first("#password").attributes
    assert await count("session") == 0


async def test_whether_a_name_exists_cannot_be_told_from_the_answer(database):
    await who_can_enter()
    known = await enter(Browser(), "ana@aurora.example", "errada")
    unknown = await enter(Browser(), "eva@aurora.example", "errada")
    assert impersonal(known).replace("ana@", "") == impersonal(unknown).replace("eva@", "")


async def test_who_was_deactivated_is_told_the_same_and_is_out_at_once(database):
    people = await who_can_enter()
    ana = await browser_of(people.ana)
    await departures.deactivate(people.ana.id, at=NOW)
    assert await signed_in_as(ana) == ""
    assert (await enter(Browser(), "ana@aurora.example")).text(".summary") == WRONG


async def test_after_ten_wrong_tries_one_has_to_wait_and_a_right_one_then_enters(database):
    await who_can_enter()
    browser = Browser()
    page = await browser.get("/sign-in")
    for _ in range(10):
        set_now(NOW)
        refused = await browser.send(page, "/sign-in", identifier="ana@aurora.example", password="errada")
        assert refused.text(".summary") == WRONG
    waiting = await browser.send(page, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert (waiting.status, waiting.text("h1")) == (429, "Entrar")
    assert waiting.text(".summary") == (
        "Foram muitas tentativas. Espere um minuto, ou peça um link por e-mail para entrar agora."
    )
    assert waiting.values("/sign-in")["identifier"] == "ana@aurora.example"
    assert int(waiting.response.headers["retry-after"]) in range(1, 31)
    set_now(NOW + timedelta(seconds=60))
    assert (await enter(browser, "ana@aurora.example")).text("h1") == "Olá, Ana"


async def test_a_success_forgets_the_wrong_tries_before_it(database):
    await who_can_enter()
    for _ in range(2):
        for _ in range(9):
            await throttle.spend(sign_in.GUESSES_HERE, "ana@aurora.example", "127.0.0.1", at=NOW)
        assert (await enter(Browser(), "ana@aurora.example")).text("h1") == "Olá, Ana"


async def test_one_lands_where_one_was_going(database):
    people = await who_can_enter()
    number = await cast.ticket(people.ana)
    browser = Browser()
    page = await enter(browser, "ana@aurora.example", path=f"/tickets/{number}?before=9")
    assert (page.path, page.text("h1")) == (f"/tickets/{number}?before=9", "Boletos com o valor errado")


async def test_a_wrong_try_does_not_forget_where_one_was_going(database):
    await who_can_enter()
    browser = Browser()
    refused = await enter(browser, "ana@aurora.example", "errada", path="/tickets?q=boletos")
    assert refused.values("/sign-in")["next"] == "/tickets?q=boletos"
    page = await browser.send(refused, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert page.path == "/tickets?q=boletos"


@pytest.mark.parametrize(
    "onward",
    [
        "https://outro.example/",
        "//outro.example/",
        "/\\outro.example",
        "\\\\outro.example",
        "/\t/outro.example",
        "/\n/outro.example",
        "javascript:alert(1)",
        "outro.example",
        " /tickets",
        "",
    ],
)
async def test_no_address_leads_out_of_the_portal(database, onward):
    await who_can_enter()
    browser = Browser()
    page = await browser.get("/sign-in")
    answer = await browser.post(
        "/sign-in",
        page.values("/sign-in") | {"next": onward, "identifier": "ana@aurora.example", "password": GOOD_PASSWORD},
    )
    assert (answer.status, answer.location) == (303, "/")
    already_in = await browser.client.get("/sign-in", params={"next": onward})
    assert already_in.headers["location"] == "/"


async def test_who_is_in_already_is_taken_on(database):
    people = await who_can_enter()
    ana = await browser_of(people.ana)
    assert (await ana.get("/sign-in")).text("h1") == "Olá, Ana"
    assert (await ana.get("/sign-in?next=/account")).text("h1") == "Sua conta"


async def test_agents_land_on_their_desk_and_go_on_to_where_they_were_going(database):
    people = await who_can_enter()
    await give_password(people.bia)
    assert (await enter(Browser(), "bia@guiche.example")).text("h1") == "Caixa de entrada"
    onward = await enter(Browser(), "bia@guiche.example", path="/sign-in?next=/account")
    assert onward.text("h1") == "Sua conta"
    bia = await browser_of(people.bia)
    assert [(await bia.get(path)).path for path in ("/sign-in", "/")] == ["/desk", "/desk"]


async def test_entering_ends_the_session_this_browser_had(database):
    people = await who_can_enter()
    browser = Browser()
    entrance = await browser.get("/sign-in")
    await browser.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    await browser.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert await signed_in_as(browser) == "Ana Prado · Colégio Aurora"
    assert [row["person"] for row in await fetch("SELECT person FROM session")] == [people.ana.id]


async def test_leaving_ends_the_session_for_good(database):
    people = await who_can_enter()
    ana = await browser_of(people.ana)
    token = ana.client.cookies["guiche"]
    page = await ana.get("/")
    answer = await ana.send(page, "/sign-out", follow=False)
    assert answer.status == 303
    assert answer.response.headers["clear-site-data"] == '"cache", "storage"'
    entrance = await ana.get(answer.location)
    assert (entrance.text("h1"), entrance.text("[role=status]")) == ("Entrar", "Você saiu.")
    ana.client.cookies.set("guiche", token)
    assert await signed_in_as(ana) == ""
    assert await count("session") == 0


async def test_leaving_takes_a_form_of_ones_own(database):
    people = await who_can_enter()
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    foreign = (await rui.get("/")).values("/sign-out")
    refused = await ana.post("/sign-out", foreign)
    assert (refused.status, refused.text("h1")) == (403, "Esta página ficou antiga")
    assert await signed_in_as(ana) == "Ana Prado · Colégio Aurora"


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "é", "a" * 4000])
async def test_a_cookie_that_is_no_session_is_a_visitors(database, cookie):
    await who_can_enter()
    page = Page(await Browser().client.get("/", headers=[(b"Cookie", f"guiche={cookie}".encode())]))
    assert (page.status, page.text("h1")) == (200, "Como podemos ajudar?")


async def test_a_session_lasts_a_week_from_the_last_visit(database):
    people = await who_can_enter()
    ana = await browser_of(people.ana)
    set_now(NOW + timedelta(days=6))
    assert await signed_in_as(ana) == "Ana Prado · Colégio Aurora"
    set_now(NOW + timedelta(days=12))
    assert await signed_in_as(ana) == "Ana Prado · Colégio Aurora"
    set_now(NOW + timedelta(days=20))
    assert await signed_in_as(ana) == ""


@pytest.mark.parametrize("address", ["/tickets?q=boletos&status=any", "/desk?view=all"])
async def test_a_list_filtered_after_the_session_ended_is_there_after_signing_in(database, address):
    answer = await Browser(htmx=True).client.get(address)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, f"/sign-in?next={quote(address, safe='')}")


async def test_htmx_is_led_to_the_entrance_when_nobody_is_signed_in_and_from_there_to_the_ticket(database):
    people = await who_can_enter()
    number = await cast.ticket(people.ana)
    browser = Browser(htmx=True)
    answer = await browser.get(f"/tickets/{number}")
    assert (answer.status, answer.response.text) == (401, "")
    browser.client.headers.pop("HX-Request")
    entrance = await browser.get(answer.response.headers["hx-redirect"])
    page = await browser.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert (page.path, said(page)) == (f"/tickets/{number}", ["Os boletos vieram com o valor de outubro."])


async def test_the_entrance_shows_every_way_in(database):
    await who_can_enter()
    page = await Browser().get("/sign-in")
    assert page.text(".card__foot") == (
        "Esqueci a senha Já abriu tickets antes? Crie uma senha Primeira vez aqui? Cadastre-se "
        "Sem senha à mão? Receba um link por e-mail"
    )
    ways = page.links()
    assert [ways[name] for name in ("Esqueci a senha", "Cadastre-se", "Receba um link por e-mail")] == [
        "/password",
        "/sign-up",
        "/sign-in/link",
    ]


async def test_a_session_ended_elsewhere_leads_to_the_entrance_and_back(database):
    people = await who_can_enter()
    ana = await browser_of(people.ana)
    await sessions.end_all(people.ana.id)
    page = await ana.get("/account")
    assert (page.text("h1"), page.values("/sign-in")["next"]) == ("Entrar", "/account")
