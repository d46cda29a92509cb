"""External pictures of a mail are links until the reader loads those of one message."""

import pytest

from tests.client import Page, browser_of
from tests.mail.arriving import LATER, answered, mail
from web.database import fetch
from web.mail.incoming.markup.pictures import hosts, told

pytestmark = pytest.mark.anyio

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{more}; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HTML = (
    '<p>Veja a <b>tela</b> nova</p><img src="https://198.51.99.7/tela.png" alt="Tela"> '
    '<a href="https://loja.example/"><img src="https://198.51.99.7/logo.png" width="120"></a>'
    '<img src="https://10.0.0.1/porta.png"><img src="https://localhost/x.png"><img src="http://198.51.99.7/clara.png">'
)
"""At addresses that need no name to be resolved."""
LINKS = (
    "Veja a tela nova [imagem externa: Tela] (198.51.99.7) [imagem externa] (loja.example) [imagem externa] (10.0.0.1) "
    "[imagem externa] (localhost) [imagem externa] (198.51.99.7)"
)
LOADED = ["https://198.51.99.7/tela.png", "https://198.51.99.7/logo.png"]


async def written(arrives, address: str, html: str = HTML, text: str = "Veja a tela nova") -> None:
    message = mail("ana@aurora.example", text, to=address, message_id=f"<{hash(html)}@aurora.example>")
    message.add_alternative(html, subtype="html")
    await arrives(message)


def pictures(page: Page) -> list[tuple[str, str]]:
    sources = page.attributes(".message__body img", "src")
    return list(zip(sources, page.attributes(".message__body img", "referrerpolicy"), strict=True))


def policy(page: Page) -> str:
    return page.response.headers["content-security-policy"]


@pytest.mark.parametrize("who", ["ana", "bia"])
async def test_a73_nothing_is_loaded_until_it_is_asked_for_by_message(people, arrives, who):
    number, address = await answered(people)
    await written(arrives, address)
    browser = await browser_of(getattr(people, who), at=LATER)
    at = f"{'/desk' if who == 'bia' else ''}/tickets/{number}"
    page = await browser.get(at)
    assert (page.texts(".rich"), page.html.css(".message__body img"), policy(page)) == (
        [LINKS],
        [],
        POLICY.format(more=""),
    )
    page = await browser.get(at + page.links()["Mostrar imagens externas"].partition("#")[0])
    assert pictures(page) == [(source, "no-referrer") for source in LOADED]
    assert policy(page) == POLICY.format(more=" https:")
    assert "Mostrar imagens externas" not in page.links()
    assert page.html.css(".message__body img")[1].attributes["width"] == "120"


async def test_a73_of_another_message_nothing_is_loaded(people, arrives):
    number, address = await answered(people)
    await written(arrives, address)
    await written(arrives, address, HTML.replace("tela", "outra"), "Veja a outra nova")
    ana = await browser_of(people.ana, at=LATER)
    (last,) = await fetch("SELECT max(id) AS id FROM event")
    page = await ana.get(f"/tickets/{number}?images={last['id']}")
    assert pictures(page) == [(source.replace("tela", "outra"), "no-referrer") for source in LOADED]
    for wrong in ("0", "x", str(10**30)):
        assert (await ana.get(f"/tickets/{number}?images={wrong}")).html.css(".message__body img") == []


async def test_a73_the_original_shows_them_when_asked(people, arrives):
    number, address = await answered(people)
    await written(arrives, address)
    (row,) = await fetch("SELECT id FROM inbound_mail WHERE message IS NOT NULL")
    bia, at = await browser_of(people.bia, at=LATER), f"/desk/tickets/{number}/mail/{row['id']}"
    page = await bia.get(at)
    assert (page.html.css(".message__body img"), policy(page)) == ([], POLICY.format(more=""))
    page = await bia.get(page.links()["Mostrar imagens externas"])
    assert (pictures(page), policy(page)) == (
        [(source, "no-referrer") for source in LOADED],
        POLICY.format(more=" https:"),
    )


async def test_where_no_picture_can_be_loaded_none_is_offered(people, arrives):
    number, address = await answered(people)
    await written(arrives, address, '<p><b>Oi</b></p><img src="http://198.51.99.7/clara.png">', "Oi")
    page = await (await browser_of(people.ana, at=LATER)).get(f"/tickets/{number}")
    assert "Mostrar imagens externas" not in page.links()


def test_words_of_a_mail_are_no_pictures():
    said = '&lt;img src="outside:https://espia.example/a.png"&gt; outside:https://espia.example/a.png'
    assert (told(said, {"espia.example"}), hosts(said)) == (said, set())
