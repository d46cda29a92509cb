"""Embedded help, new tickets and following them: without cookies and accounts."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from markupsafe import escape

from tests import cast
from tests.cast import NOW, brought_to, seen
from tests.client import Browser, Page, browser_of
from tests.kiosks.lobby import category
from tests.lead_settings import set_categories
from tests.pages.reading import titles
from web.brand import brand, changes, embedding
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.pages.embed.help import within_frame

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

SITE = "https://www.escola.example"
QUERY = "?origin=https%3A%2F%2Fwww.escola.example"
WRONG = "O número e o código não combinam. Confira os dois no seu comprovante."


async def house(origins: str = SITE) -> Cast:
    people = await cast.enrol()
    set_now(NOW)
    await changes.allow_origins(origins, seen=brand.known().version, by=people.admin, at=NOW)
    return people


async def asks(browser: Browser, query: str = "", **typed: object) -> Page:
    wanted = {"name": "Marta Reis", "body": "O boleto não abre.", "category": await category(), **typed}
    return await browser.send(await browser.get(f"/embed/new{query}"), f"/embed/new{query}", **wanted)


async def follows(browser: Browser, number: object, code: str) -> Page:
    return await browser.send(await browser.get("/embed/follow"), "/embed/follow", number=number, code=code)


async def intake(desk: Browser, number: int) -> str:
    """What agents read above the visitor's message."""
    page = await desk.get(f"/desk/tickets/{number}")
    return page.texts(".event span")[0].rpartition(" · ")[0]


async def test_a_stranger_asks_and_follows_without_any_cookie(database):
    people, browser = await house(), Browser()
    receipt = await asks(browser, QUERY, address="Marta Reis <marta@casa.example>")
    assert (receipt.status, receipt.text("h1")) == (201, "Recebemos!")
    assert receipt.texts("main p")[-1] == (
        "Para receber a resposta também por e-mail, abra o link da mensagem que vai para marta@casa.example . "
        "Vai no máximo uma por dia: sem ela, acompanhe com o número e o código."
    )
    number, code = int(receipt.text(".number")), receipt.text(".code")
    ticket = await seen(number, people.bia)
    assert (ticket.channel, ticket.requester_name) == ("embed", "Marta Reis")
    page = await follows(Browser(), number, code.lower())
    assert (page.status, page.text("h1")) == (200, "O boleto não abre.")
    assert page.texts(".message__body") == ["O boleto não abre."]
    desk = await browser_of(people.bia)
    assert await intake(desk, number) == (
        f"Aberto em {SITE}. Ninguém conferiu quem escreveu. Deixou o e-mail: Marta Reis <marta@casa.example>"
    )
    found = [titles(await desk.get(f"/desk?view=all&q={words}")) for words in ("marta@casa.example", "address", "site")]
    assert found == [["O boleto não abre."], [], []]
    assert dict(browser.client.cookies) == {}


async def test_no_category_is_chosen_for_whoever_asks_but_the_one_that_the_site_names(database):
    await house()
    browser, wanted = Browser(), await category()
    assert (await browser.get("/embed/new")).texts("select[name=category] option")[0] == "Escolha…"
    assert (await browser.get(f"/embed/new?category={wanted}")).values("/embed/new")["category"] == str(wanted)
    wrong = await asks(browser, category="")
    assert (wrong.status, wrong.texts(".summary a"), wrong.texts(".field__error")) == (
        422,
        ["Assunto"],
        ["Escolha uma das opções da lista."],
    )
    assert wrong.text("textarea") == "O boleto não abre."


async def test_f20_the_same_form_sent_twice_makes_one_ticket(database):
    await house()
    browser = Browser()
    page = await browser.get("/embed/new")
    typed = {"name": "Marta Reis", "body": "O boleto não abre.", "category": await category()}
    first, second = [await browser.send(page, "/embed/new", **typed) for _ in range(2)]
    assert first.text(".number") == second.text(".number")
    assert first.text(".code") == second.text(".code")
    assert [each["count"] for each in await fetch("SELECT count(*) AS count FROM ticket")] == [1]


async def test_where_no_category_is_left_the_frame_shows_what_was_written(database):
    people, browser = await house(), Browser()
    page, chosen = await browser.get("/embed/new"), await category()
    await set_categories(is_active=False, by=people.lia)
    page = await browser.send(page, "/embed/new", name="Marta Reis", body="O boleto não abre.", category=chosen)
    assert page.texts("main p") == ["Agora não é possível abrir solicitações por aqui."]
    assert page.element("unsent").text().strip() == "O boleto não abre."


async def test_f22_from_an_old_tab_what_was_written_comes_back_with_the_ticket_as_it_is(database):
    people, browser = await house(), Browser()
    receipt = await asks(browser)
    old = await browser.send(receipt, "/embed/ticket")
    await brought_to(int(receipt.text(".number")), "closed", by=people.bia, asker=people.ana)
    page = await browser.send(old, "/embed/ticket/replies", body="Ainda escrevia")
    assert (page.status, page.element("unsent-text").text().strip()) == (409, "Ainda escrevia")


async def test_f23_the_visit_is_over_after_half_an_hour_and_what_was_written_is_shown(database):
    await house()
    browser = Browser()
    page = await browser.send(await asks(browser), "/embed/ticket")
    set_now(NOW + timedelta(minutes=31))
    answer = await browser.send(page, "/embed/ticket/replies", body="Demorei a escrever")
    assert (answer.status, "Demorei a escrever" in answer.text("main")) == (404, True)


async def test_what_is_wrong_comes_back_as_it_was_and_makes_nobody(database):
    await house()
    before = await fetch("SELECT count(*) AS people FROM person")
    page = await asks(Browser(), name=" ", address="isto não é", body="Meu texto")
    assert (page.status, page.text("textarea")) == (422, "Meu texto")
    assert len(page.texts(".field__error")) == 2
    assert await fetch("SELECT count(*) AS people FROM person") == before


async def test_from_the_receipt_it_is_followed_answered_confirmed_and_rated(database):
    people, browser = await house(), Browser()
    receipt = await asks(browser)
    number = int(receipt.text(".number"))
    page = await browser.send(receipt, "/embed/ticket")
    page = await browser.send(page, "/embed/ticket/replies", body="É o de novembro.")
    assert page.text("[role=status]") == "Obrigado! A sua resposta foi registrada."
    assert page.texts(".message__body")[-1] == "É o de novembro."
    await brought_to(number, "resolved", by=people.bia, asker=people.ana)
    page = await browser.send(await browser.send(receipt, "/embed/ticket"), "/embed/ticket/confirmation")
    assert (await seen(number, people.bia)).status == "closed"
    page = await browser.send(page, "/embed/ticket/rating", service="5", quality="4")
    rating = (await seen(number, people.bia)).rating
    assert (rating.service, rating.quality) == (5, 4)


async def test_a12_a_wrong_code_and_a_made_up_visit_open_nothing(database):
    await house()
    receipt = await asks(Browser())
    page = await follows(Browser(), receipt.text(".number"), "AAAA-AAAA")
    assert (page.status, page.texts(".field__error")) == (422, [WRONG])
    made_up = await Browser().send(receipt, "/embed/ticket", visit="x" * 40)
    assert made_up.status == 404


async def test_whoever_is_signed_in_is_nobody_in_a_frame(database):
    people = await house()
    browser = await browser_of(people.ana)
    page = await asks(browser)
    ticket = await seen(int(page.text(".number")), people.bia)
    assert ticket.requester != people.ana.id
    assert "Ana" not in page.response.text


async def test_a62_only_listed_sites_may_frame_and_only_pages_that_are_made_for_it(database):
    await house(f"{SITE}\nhttp://localhost:9000/")
    policies = [
        next(
            part
            for part in (await Browser().get(path)).response.headers["content-security-policy"].split("; ")
            if part.startswith("frame-ancestors")
        )
        for path in ("/embed/help", "/embed/nada", "/help", "/sign-in")
    ]
    listed = f"frame-ancestors 'self' {SITE} http://localhost:9000"
    assert policies == [listed, listed, "frame-ancestors 'none'", "frame-ancestors 'none'"]


async def test_a_page_tells_its_height_to_a_listed_site_only(database):
    await house()
    told = {}
    for origin in (SITE, "https://outra.example", "javascript:alert(1)"):
        page = await Browser().get(f"/embed/help?origin={origin}")
        told[origin] = page.html.css_first("html").attributes.get("data-parent")
    assert told == {SITE: SITE, "https://outra.example": None, "javascript:alert(1)": None}


async def test_sites_that_are_not_listed_are_told_and_bounded(database):
    people = await house()
    await Browser().get("/embed/help?origin=https://outra.example")
    await Browser().get("/embed/help", **{"Sec-Fetch-Dest": "iframe", "Referer": "https://mais-uma.example/pagina"})
    for number in range(40):
        await Browser().get(f"/embed/help?origin=https://s{number}.example")
    page = await (await browser_of(people.admin)).get("/desk/settings/embedding")
    told = page.texts("[aria-labelledby=refused] li")
    assert len(told) == embedding.REFUSED_FROM_ONE.tries
    assert any(each.startswith("https://mais-uma.example") for each in told)


@pytest.mark.parametrize(
    ("accent", "worn"), [("%230a4a8f", ["/embed/accents/0a4a8f"]), ("%23ffff00", []), ("red;x", []), ("", [])]
)
async def test_a_colour_is_worn_if_it_can_be_read(accent, worn, database):
    await house()
    page = await Browser().get(f"/embed/help?accent={accent}")
    assert [each for each in page.attributes("link[rel=stylesheet]", "href") if "accents" in each] == worn
    assert (await Browser().get("/embed/accents/ffff00")).status == 404


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.escola.example", "https://www.escola.example"),
        ("HTTPS://WWW.Escola.Example:443/", "https://www.escola.example"),
        ("https://escola.example:8443", "https://escola.example:8443"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://escola.example", None),
        ("https://*", None),
        ("https://a@escola.example", None),
        ("https://escola.example; script-src *", None),
        ("'self'", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://escola.example:99999", None),
    ],
)
def test_what_is_an_origin(typed, origin):
    assert embedding.origin_of(typed) == origin


async def test_lines_that_are_no_origin_are_refused_and_kept(database):
    people = await house("")
    browser = await browser_of(people.admin)
    page = await browser.get("/desk/settings/embedding")
    typed = f"{SITE}\nhttps://a.example/pagina\nftp://b.example"
    wrong = await browser.send(page, "/desk/settings/embedding", origins=typed)
    assert (wrong.status, wrong.values("/desk/settings/embedding")["origins"]) == (422, typed)
    assert wrong.text("#origins-error") == (
        "Não entendi: https://a.example/pagina, ftp://b.example. "
        "Escreva um site por linha, começado por https:// e sem nada depois do nome."
    )
    await browser.send(wrong, "/desk/settings/embedding", origins=f"{SITE}\n\n{SITE}/")
    assert brand.known().origins == (SITE,)
    logged = await fetch("SELECT name FROM setting_change WHERE kind = 'place'")
    assert logged[-1]["name"] == brand.known().name


SCRIPT = '<script src="http://127.0.0.1:8000/embed.js"'


@pytest.mark.parametrize(
    ("chosen", "snippet"),
    [
        ({}, 'data-show="button" data-surface="help"'),
        (
            {"show": "inline", "surface": "new", "scheme": "dark", "lang": "en", "label": "Fale", "accent": "#0A5C8F"},
            'data-show="inline" data-surface="new" data-scheme="dark" data-lang="en" data-label="Fale" '
            'data-accent="#0a5c8f"',
        ),
        ({"label": '"><b>'}, 'data-show="button" data-surface="help" data-label="&#34;&gt;&lt;b&gt;"'),
        ({"show": "x", "surface": "../", "lang": "zz", "accent": "red;"}, 'data-show="button" data-surface="help"'),
    ],
)
async def test_the_snippet_says_what_was_chosen_and_the_page_runs_the_very_same(chosen, snippet, database):
    people = await house()
    admin = await browser_of(people.admin)
    page = await admin.get(f"/desk/settings/embedding?{urlencode(chosen)}")
    assert page.texts("[aria-labelledby=snippet] code")[0] == f"{SCRIPT} {snippet}> </script>"
    run = [each.attributes for each in page.html.css("script[src='/embed.js']")]
    told = [f'{name}="{escape(value)}"' for each in run for name, value in each.items() if name != "src"]
    assert " ".join(told) == (snippet if "show" in chosen else "")


async def test_a_frame_and_a_link_without_a_script_lead_to_what_was_chosen(database):
    admin = await browser_of((await house()).admin)
    page = await admin.get("/desk/settings/embedding?show=button&surface=chat&accent=%230a5c8f&lang=en")
    address = "http://127.0.0.1:8000/embed/chat?accent=%230a5c8f&amp;lang=en"
    assert page.texts("[aria-labelledby=snippet] code")[1:] == [
        f'<iframe src="{address}" title="Conversar" width="100%" height="640"> </iframe>',
        f'<a href="{address}">Conversar</a>',
    ]


async def test_a_page_of_ours_on_which_the_frame_is_tried_is_told_its_height_and_is_no_stranger(database):
    people = await house()
    page = await Browser().get("/embed/help?origin=http://127.0.0.1:8000")
    assert page.html.css_first("html").attributes.get("data-parent") == "http://127.0.0.1:8000"
    settings = await (await browser_of(people.admin)).get("/desk/settings/embedding")
    assert settings.texts("[aria-labelledby=refused] li") == []


def test_links_of_an_article_stay_in_the_frame_or_open_outside():
    html = '<a href="/help/boleto#dois">1</a><a href="#a">2</a><a href="/help/files/1/a.pdf">3</a><a href="https://x/">4</a>'
    assert within_frame(html, "?origin=o") == (
        '<a href="/embed/help/boleto?origin=o#dois">1</a><a href="#a">2</a>'
        '<a target="_blank" href="/help/files/1/a.pdf">3</a><a target="_blank" href="https://x/">4</a>'
    )
