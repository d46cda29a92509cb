"""HTML mail is shown as designed to those who see the message; elsewhere its text is used."""

from email.message import EmailMessage

import pytest

from tests.api.robots import robot
from tests.cast import NOW
from tests.client import Page, browser_of
from tests.kiosks.lobby import follows, lobby, opened
from tests.mail.arriving import LATER, answered, mail
from tests.mail.incoming.html_letters import ATTACKS, CLIENTS
from tests.mail.post_office import post_office, text_of, worked
from web.mail.signatures import ReplyTo, reply_address
from web.pages.words.privacy import ERASED
from web.people.privacy import erasing
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

PLAIN = "Faltam *dois*:\n\n* maio\n* junho"
HTML = "<p>Faltam <b>dois</b>:</p><ul><li>maio</li><li>junho</li></ul>"
PNG = b"\x89PNG\r\n\x1a\n123"
MEANT = {
    *("a", "b", "blockquote", "br", "code", "div", "h3", "h4", "hr", "i", "img", "li", "ol", "pre", "s", "small"),
    *("sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"href", "rel", "src", "alt", "width", "loading", "start", "colspan", "rowspan", "tabindex"}


def written(plain: str, html: str, *, to: str, picture: str = "", sender: str = "ana@aurora.example") -> EmailMessage:
    message = mail(sender, plain, to=to)
    message.add_alternative(html, subtype="html")
    if picture:
        message.get_payload()[1].add_related(PNG, "image", "png", cid=f"<{picture}>", filename=f"{picture}.png")
    return message


async def page_of(people, number: int, who: str = "bia") -> Page:
    desk = "/desk" if who == "bia" else ""
    return await (await browser_of(getattr(people, who), at=LATER)).get(f"{desk}/tickets/{number}")


@pytest.mark.parametrize("who", ["ana", "bia"])
async def test_a_message_is_shown_as_it_was_meant(people, arrives, who):
    number, address = await answered(people)
    await arrives(written(PLAIN, HTML, to=address))
    page = await page_of(people, number, who)
    last = page.html.css(".message__body")[-1]
    assert last.inner_html == "Faltam <b>dois</b>:<ul><li>maio</li><li>junho</li></ul>"
    assert page.html.css(".message__body")[0].text() == "Os boletos vieram com o valor de outubro."


async def test_all_else_that_reads_it_reads_the_text(people, arrives):
    number, address = await answered(people)
    await arrives(written(PLAIN, HTML, to=address))
    told = (await (await robot()).get(f"/tickets/{number}")).json()
    assert told["conversation"][-1]["body"] == PLAIN
    async with post_office() as office:
        await worked(office, LATER)
    assert PLAIN in text_of(office.to("bia@guiche.example")[-1])
    bia = await browser_of(people.bia, at=LATER)
    found = await bia.get("/desk?view=all&q=junho")
    assert found.texts(".row__title") == ["Boletos com o valor errado"]


@pytest.mark.parametrize("who", ["ana", "bia"])
async def test_a_picture_stands_in_place_and_leads_to_itself(people, arrives, who):
    number, address = await answered(people)
    await arrives(written("Veja:", '<p>Veja:</p><img src="cid:tela" alt="A tela">', to=address, picture="tela"))
    page = await page_of(people, number, who)
    (source,) = page.attributes(".message__body img", "src")
    assert page.attributes(".message__body a", "href") == [source]
    assert page.texts(".message__files") == []
    picture = await (await browser_of(getattr(people, who), at=LATER)).get(source)
    assert (picture.response.content, picture.response.headers["content-type"]) == (PNG, "image/png")
    assert (await (await browser_of(people.caio, at=LATER)).get(source)).status == 404


async def test_who_follows_by_a_code_reads_its_text_and_finds_the_picture_below(database, storage, arrives):
    place = await lobby()
    number, code = await opened(place.browser)
    address, bia = reply_address(ReplyTo(number, place.people.bia.id)), "bia@guiche.example"
    await arrives(written("Veja:", '<p>Veja:</p><img src="cid:tela">', to=address, picture="tela", sender=bia))
    page = await follows(place.browser, number, code)
    assert (page.texts(".message__body")[-1], page.texts(".file span:first-of-type")) == ("Veja:", ["tela.png"])


async def test_a_picture_of_what_is_cut_stays_a_file(people, arrives):
    number, address = await answered(people)
    plain, html = "Veja *isto*.\n\n-- \nAna", '<p>Veja <b>isto</b>.</p><p>-- </p><p>Ana</p><img src="cid:logo">'
    await arrives(written(plain, html, to=address, picture="logo"))
    page = await page_of(people, number)
    assert page.html.css(".message__body")[-1].inner_html == "Veja <b>isto</b>."
    assert page.texts(".message__files .file > span:not(.quiet)") == ["logo.png"]


@pytest.mark.parametrize("name", ATTACKS)
async def test_a39_a72_and_a73_nothing_runs_is_fetched_or_lies_about_where_it_leads(people, arrives, name):
    number, address = await answered(people)
    await arrives(ATTACKS[name].replace(b"{ana}", address.encode()))
    for who in ("ana", "bia"):
        page = await page_of(people, number, who)
        for node in page.html.css(".rich *"):
            assert (node.tag in MEANT, set(node.attributes) <= ATTRIBUTES) == (True, True), node.html
        for link in page.html.css(".rich a"):
            assert link.attributes["href"].startswith(("https://", "http://", "mailto:", "tel:", "/attachments/"))
            assert link.attributes["rel"] == "noopener nofollow"
        assert [each for each in page.attributes(".rich img", "src") if not each.startswith("/attachments/")] == []
        assert page.response.headers["referrer-policy"] == "same-origin"
        assert "img-src 'self' data:;" in page.response.headers["content-security-policy"]


@pytest.mark.parametrize("plain", ["Podem pagar.", "Bom dia. Obrigada."])
async def test_a73_html_that_says_anything_else_than_the_text_is_not_shown(people, arrives, plain):
    number, address = await answered(people)
    await arrives(written(plain, "<b>Bom dia.</b> Podem pagar.", to=address))
    assert (await page_of(people, number)).html.css(".message__body")[-1].inner_html == plain


async def test_a_draft_that_a_mail_fills_has_text_that_may_be_changed(people, arrives):
    made = await drafts.draft(Request(title="Rascunho", requester=people.ana.id), by=people.ana, at=NOW)
    await arrives(written(PLAIN, HTML, to=reply_address(ReplyTo(made.ticket, people.ana.id))))
    ana = await browser_of(people.ana, at=LATER)
    draft = await ana.get(f"/tickets/{made.ticket}")
    assert draft.one("textarea[name=description]").text().strip() == PLAIN


async def test_a79_an_erasure_leaves_no_html_that_names_somebody(people, arrives):
    number, address = await answered(people)
    await arrives(written("Sou *Ana Prado*.", "<p>Sou <b>Ana Prado</b>.</p>", to=address))
    await erasing.erase(people.ana.id, called=ERASED, by=people.admin, at=LATER)
    assert (await page_of(people, number)).html.css(".message__body")[-1].inner_html == f"Sou *{ERASED}*."


def test_there_are_messages_of_the_programs_that_people_use():
    assert {"Gmail", "Outlook", "Apple", "iPhone", "Yahoo", "Thunderbird", "Roundcube", "Zimbra", "UOL", "Samsung"} <= {
        name.split(",")[0].split(" ")[0] for name in CLIENTS
    }
