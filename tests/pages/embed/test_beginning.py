"""Embedded chats, files, and requests of people whom the site vouches for."""

from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.cast import NOW, brought_to, seen
from tests.chatting import turned_on
from tests.client import Browser, Page, browser_of
from tests.pages.embed.test_frames import QUERY, SITE, asks, follows, house, intake
from tests.pages.reading import GOOD_PASSWORD, give_password, refusals
from web.brand import brand, changes
from web.clock import set_now
from web.database import fetch
from web.settings import settings
from web.tickets.actions import replies

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

FIRST = "O boleto de novembro não abre."


async def chats_with(browser: Browser, **typed: object) -> Page:
    wanted = {"name": "Marta Reis", "body": FIRST, **typed}
    return await browser.send(await browser.get(f"/embed/chat{QUERY}"), f"/embed/chat{QUERY}", **wanted)


async def told(browser: Browser, page: Page, shown: str | None = None) -> Page:
    """The response to an open page that polls for news."""
    again = page.element("again").attributes
    values = {"visit": page.one("#again [name=visit]").attributes["value"], "_token": again["data-token"]}
    values["shown"] = shown or page.element("news").attributes["data-shown"]
    return await browser.post(again["data-news"], values, headers={"HX-Request": "true"})


async def test_a_stranger_chats_and_is_told_what_is_new_and_comes_back_by_the_code(database):
    people, browser = await house(), Browser()
    await turned_on(people)
    page = await chats_with(browser, address="marta@casa.example")
    assert (
        "Para receber a resposta também por e-mail, abra o link da mensagem que vai para marta@casa.example . "
        "Vai no máximo uma por dia: sem ela, acompanhe com o número e o código."
    ) in page.texts("main p")
    assert (page.status, page.text("h1")) == (201, "Conversa")
    head = page.texts("#news p")[0]
    number, code = int(head.partition("#")[2].partition(",")[0]), page.texts("#news strong")[0]
    assert "Respondemos agora. Você é a 1ª pessoa da fila." in head
    ticket = await seen(number, people.bia)
    assert (ticket.channel, ticket.requester_name, ticket.title) == ("chat", "Marta Reis", FIRST)
    assert page.texts(".message__body") == [FIRST]
    assert await intake(await browser_of(people.bia), number) == (
        f"Aberto em {SITE}. Ninguém conferiu quem escreveu. Deixou o e-mail: marta@casa.example"
    )
    assert (await told(browser, page)).status == 204
    await replies.reply(ticket, "Já vejo, Marta.", by=people.bia, at=NOW)
    assert (await told(browser, page)).texts(".message__body")[1:] == ["Já vejo, Marta."]
    page = await browser.send(page, "/embed/ticket/replies" + QUERY, body="Obrigada.")
    assert page.texts(".message__body")[1:] == ["Já vejo, Marta.", "Obrigada."]
    assert (await follows(Browser(), number, code)).texts(".message__body")[1:] == ["Já vejo, Marta.", "Obrigada."]
    assert dict(browser.client.cookies) == {}


async def test_who_ends_a_chat_leaves_nothing_that_opens_it(database):
    people, browser = await house(), Browser()
    await turned_on(people)
    page = await chats_with(browser)
    over = await browser.send(page, f"/embed/ticket/end{QUERY}")
    assert (over.status, over.text("h1")) == (200, "Acompanhar uma solicitação")
    assert (await browser.send(over, f"/embed/follow{QUERY}", number=1, code="AAAA-AAAA")).status == 422
    assert [(await browser.send(page, at + QUERY)).status for at in ("/embed/ticket", "/embed/ticket/replies")] == [
        404
    ] * 2


async def test_a_chat_in_a_frame_ends_in_sim_and_a_rating(database):
    people, browser = await house(), Browser()
    await turned_on(people)
    page = await chats_with(browser)
    number = int(page.texts("#news p")[0].partition("#")[2].partition(",")[0])
    await brought_to(number, "resolved", by=people.bia, asker=people.ana)
    page = await browser.send(page, f"/embed/ticket{QUERY}")
    page = await browser.send(page, f"/embed/ticket/confirmation{QUERY}", body="Falta a nota.")
    assert page.element("unsent-text").text().strip() == "Falta a nota."
    await browser.send(page, f"/embed/ticket/rating{QUERY}", service="5", quality="4")
    ticket = await seen(number, people.bia)
    assert (ticket.status, ticket.rating.service) == ("closed", 5)


async def test_f20_the_same_first_line_sent_twice_begins_one_chat(database):
    people, browser = await house(), Browser()
    await turned_on(people)
    page = await browser.get("/embed/chat")
    for _ in range(2):
        page_of_chat = await browser.send(page, "/embed/chat", name="Marta Reis", body=FIRST)
        assert page_of_chat.status == 201
    assert [each["many"] for each in await fetch("SELECT count(*) AS many FROM ticket")] == [1]


async def test_without_chat_the_frame_offers_a_ticket_and_keeps_what_was_typed(database):
    people, browser = await house(), Browser()
    assert "Conversar" not in (await browser.get("/embed/help")).links()
    await turned_on(people)
    page = await browser.get("/embed/chat")
    assert "Conversar" in page.links()
    await changes.attend_chats(None, seen=brand.known().version, by=people.admin, at=NOW)
    refused = await browser.send(page, "/embed/chat", name="Marta Reis", body=FIRST)
    assert (refused.status, refused.element("unsent").text().strip()) == (422, FIRST)


async def test_files_come_with_a_new_ticket_and_stay_when_it_is_refused(database):
    people, browser = await house(), Browser()
    photo = [("boleto.png", b"\x89PNG\r\n\x1a\n boleto")]
    page = await asks(browser, body=" ", files=photo)
    assert (page.status, page.texts(".uploads span:first-of-type")) == (422, ["boleto.png"])
    receipt = await browser.send(page, "/embed/new", body="Segue a foto.")
    assert receipt.status == 201
    desk = await (await browser_of(people.bia)).get(f"/desk/tickets/{receipt.text('.number')}")
    assert desk.texts(".file span:first-of-type") == ["boleto.png"]


async def test_a20_files_of_one_form_are_not_given_to_another(database):
    await house()
    page = await asks(Browser(), body=" ", files=[("foto.jpg", b"\xff\xd8\xff\xe0 foto")])
    upload = page.attributes("[name=uploads]", "value")[0]
    assert (await asks(Browser(), uploads=upload)).status == 201
    assert await fetch("SELECT id FROM attachment WHERE message IS NOT NULL") == []


# People whom the site vouches for.


async def keyed(*, makes: bool = False) -> tuple[str, object]:
    """The sites' key, and the people."""
    people = await house()
    await changes.allow_origins(SITE, makes=makes, seen=brand.known().version, by=people.admin, at=NOW)
    return await changes.new_vouching_key(by=people.admin, at=NOW), people


def signed(key: str, algorithm: str = "HS256", **claims: object) -> str:
    says = {"sub": "ana@aurora.example", "name": "Ana Prado", "aud": settings().base_url, "iat": int(NOW.timestamp())}
    return jwt.encode({"alg": algorithm}, {**says, **claims}, OctKey.import_key(key), algorithms=[algorithm])


async def enters(browser: Browser, token: str, surface: str = "new") -> Page:
    page = await browser.get(f"/embed/{surface}{QUERY}")
    return await browser.send(page, f"/embed/person/{surface}{QUERY}", site=token)


async def test_who_is_vouched_for_asks_as_themselves_and_follows(database):
    key, people = await keyed()
    browser = Browser()
    page = await enters(browser, signed(key))
    assert (page.status, page.text("main > p"), page.html.css("[name=name]")) == (200, "Você está como Ana Prado.", [])
    assert page.links()["Acompanhar"].startswith(f"/embed/follow{QUERY}#visit=")
    receipt = await browser.send(
        page, f"/embed/new{QUERY}", body=FIRST, category=page.attributes("select[name=category] option", "value")[1]
    )
    ticket = await seen(int(receipt.text(".number")), people.bia)
    assert (ticket.requester, ticket.channel) == (people.ana.id, "embed")
    page = await browser.send(receipt, f"/embed/ticket{QUERY}")
    assert page.texts(".message__body") == [FIRST]
    desk = await browser_of(people.bia)
    assert await intake(desk, ticket.number) == f"Aberto em {SITE}. O site confirmou quem escreveu"


async def test_who_is_vouched_for_goes_on_in_their_own_chat(database):
    key, people = await keyed()
    await turned_on(people)
    ana = await browser_of(people.ana)
    await ana.send(await ana.get("/chat"), "/chat", body="Bom dia!")
    browser = Browser()
    page = await browser.send(await enters(browser, signed(key), "chat"), f"/embed/chat{QUERY}", body=FIRST)
    assert (page.status, page.texts(".message__body")) == (201, ["Bom dia!", FIRST])


async def test_the_visit_of_who_is_vouched_for_opens_no_page_of_the_portal(database):
    key, _ = await keyed()
    browser = Browser()
    page = await enters(browser, signed(key))
    visit = page.links()["Acompanhar"].partition("#visit=")[2]
    assert dict(browser.client.cookies) == {}
    for name in ("guiche", "guiche-visit"):
        browser.client.cookies.set(name, visit, domain="127.0.0.1")
    assert (await browser.get("/tickets")).path.startswith("/sign-in")
    token = page.values(f"/embed/new{QUERY}")["_token"]
    helped = await browser.post(f"/embed/person/help{QUERY}", {"visit": visit, "_token": token})
    assert (helped.text("h1"), helped.text("main > p")) == ("Como podemos ajudar?", "Você está como Ana Prado.")


async def sent_from(origin: str, path: str, **fields: str) -> Page:
    """A plain form of another site's page, as a browser sends it."""
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    return await Browser().post(path, fields, headers=headers)


async def test_a_listed_site_sends_somebody_in_by_a_plain_form(database):
    key, people = await keyed()
    page = await sent_from(SITE, f"/embed/person/new{QUERY}", site=signed(key))
    assert (page.status, page.text("main > p"), page.html.css("[name=name]")) == (200, "Você está como Ana Prado.", [])
    receipt = await Browser().send(
        page, f"/embed/new{QUERY}", body=FIRST, category=page.attributes("select[name=category] option", "value")[1]
    )
    assert (await seen(int(receipt.text(".number")), people.bia)).requester == people.ana.id


async def test_a38_no_other_site_sends_anybody_in_and_a_listed_one_sends_nothing_else(database):
    key, _ = await keyed()
    statuses = [
        (await sent_from(origin, path, site=signed(key), name="Marta Reis", body=FIRST)).status
        for origin, path in (
            ("https://outro.example", "/embed/person/new"),
            ("null", "/embed/person/new"),
            (SITE, "/embed/new"),
            (SITE, "/embed/chat"),
            (SITE, "/embed/ticket/replies"),
            (SITE, "/sign-in"),
        )
    ]
    assert statuses == [403] * 6


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iat": int((NOW - timedelta(minutes=6)).timestamp())}, "há tempo demais"),
        ({"iat": int((NOW + timedelta(minutes=2)).timestamp())}, "há tempo demais"),
        ({"iat": "ontem"}, "há tempo demais"),
        ({"exp": int(NOW.timestamp()) - 1}, "há tempo demais"),
        ({"exp": "nunca"}, "há tempo demais"),
        ({"iat": 10**18}, "há tempo demais"),
        ({"aud": "https://outro.example"}, "a outro portal"),
        ({"aud": None}, "a outro portal"),
        ({"sub": "isto não é"}, "não disse quem você é"),
        ({"sub": "nova@sol.example"}, "Não conhecemos"),
        ({"sub": "bia@guiche.example"}, "Não conhecemos"),
        ({"sub": "admin@guiche.example"}, "Não conhecemos"),
    ],
)
async def test_a_proof_that_is_old_or_foreign_or_of_nobody_is_refused_in_words(claims, why, database):
    key, _ = await keyed()
    page = await enters(Browser(), signed(key, **claims))
    assert (page.status, why in page.text("main [role=alert]"), page.text("h1")) == (422, True, "Nova solicitação")
    assert len(page.html.css("[name=name]")) == 1


async def test_a_forged_proof_and_one_of_another_algorithm_are_refused(database):
    key, people = await keyed()
    good = signed(key)
    head, _, rest = good.partition(".")
    plain = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"  # {"alg":"none","typ":"JWT"}
    for token in (signed("x" * 43), f"{plain}.{rest.partition('.')[0]}.", signed(key, "HS512"), head, "", "a" * 5_000):
        page = await enters(Browser(), token)
        assert (page.status, "não provou quem você é" in page.text("main [role=alert]")) == (422, True), token
    await changes.drop_vouching_key(by=people.admin, at=NOW)
    assert (await Browser().get("/embed/new")).html.css("#enter") == []


async def test_a_proof_counts_once(database):
    key, _ = await keyed()
    token = signed(key)
    assert (await enters(Browser(), token)).status == 200
    page = await enters(Browser(), token)
    assert (page.status, "já foi usado" in page.text("main [role=alert]")) == (422, True)


async def test_somebody_new_is_made_where_the_setting_says_so(database):
    key, people = await keyed(makes=True)
    browser = Browser()
    page = await enters(browser, signed(key, sub="nova@sol.example", name="Nova Sol"))
    assert page.text("main > p") == "Você está como Nova Sol."
    made = await fetch("SELECT verified_at FROM identity WHERE value = 'nova@sol.example'")
    assert [each["verified_at"] for each in made] == [None]
    assert people


async def test_the_visit_of_a_proof_ends_after_half_an_hour(database):
    key, _ = await keyed()
    browser = Browser()
    page = await enters(browser, signed(key))
    set_now(NOW + timedelta(minutes=31))
    assert (await browser.send(page, f"/embed/new{QUERY}", body=FIRST)).status == 404


async def test_a_key_is_shown_once_to_who_says_their_password_and_kept_sealed(database):
    people = await house()
    await give_password(people.admin)
    admin = await browser_of(people.admin)
    at = "/desk/settings/embedding/key"
    page = await admin.get("/desk/settings/embedding")
    assert refusals(await admin.send(page, at, current="não é esta")).keys() == {"current"}
    shown = await admin.send(page, at, current=GOOD_PASSWORD)
    key = shown.text(".secret")
    assert (shown.status, len(key) >= 43) == (201, True)
    page = await admin.get("/desk/settings/embedding")
    rows = str([await fetch(f"SELECT * FROM {table}") for table in ("place", "setting_change")])
    assert (key in page.response.text, key in rows) == (False, False)
    assert (await enters(Browser(), signed(key))).status == 200
    dropped = await admin.send(page, f"{at}/removal")
    assert dropped.text("[role=status]") == "Chave apagada. O que os sites assinaram com ela não vale mais."
