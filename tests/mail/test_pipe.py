"""Mail by a pipe: stored whole and once, and left with the server while the portal cannot take it."""

import asyncio
import os
from email.message import EmailMessage

import pytest

from tests.browser.demonstration import Remote
from tests.browser.mail_server import Mailed, mailed
from tests.client import Page
from tests.mail.arriving import mail
from tests.mail.postfix import Postfix, postfix

pytestmark = [pytest.mark.anyio, pytest.mark.pipe]

ANA, DESK = "ana@aurora.example", "suporte@guiche.example"
TEXT = "Bom dia, não há boleto:\n\n.\n..dois pontos\nFrom aqui\n" + "muito longo " * 200


@pytest.fixture(scope="module")
def place():
    with mailed() as running:
        yield running


@pytest.fixture(scope="module")
def server(place: Mailed):
    with postfix({**os.environ, **place.env}) as running:
        yield running


async def test_a_ticket_is_opened_and_answered_through_a_real_mail_server(place: Mailed, server: Postfix):
    server.send(written("Aberto pelo Postfix", TEXT))
    bia = await desk(place)
    ticket = await found(bia, "Aberto pelo Postfix")
    assert ticket.html.css(".message__body")[0].text() == TEXT.strip()
    whole = await bia.get(f"{(await bia.get(ticket.links()['Ver o original'])).path}/whole")
    assert (b"by mx.guiche.example (Postfix)" in whole.response.content, whole.status) == (True, 200)
    told = await until(lambda: next((each for each in place.office.to(ANA) if "Postfix" in each["Subject"]), None))
    server.send(written("Re: Aberto pelo Postfix", "Mais *isto*.", "Mais <b>isto</b>.", In_Reply_To=told["Message-ID"]))
    await until(lambda: answered(bia, ticket.path))
    page = await bia.get(ticket.path)
    assert [each.inner_html for each in page.html.css(".rich")] == ["Mais <b>isto</b>."]


async def test_what_cannot_be_kept_stays_in_the_queue_of_the_server_and_comes_in_once(place: Mailed, server: Postfix):
    database, server.env["DATABASE_URL"] = server.env["DATABASE_URL"], "sqlite:////nonexistent/guiche.sqlite"
    try:
        server.send(written("Esperou na fila", "Segue."))
        await until(lambda: "status=deferred" in server.log())
    finally:
        server.env["DATABASE_URL"] = database
    bia = await desk(place)
    await found(bia, "Esperou na fila")
    await until(lambda: "status=sent" in server.log().partition("status=deferred")[2])
    assert (await bia.get("/desk?view=all&q=esperou")).texts(".row__title") == ["Esperou na fila"]


async def test_the_server_takes_no_mail_for_others(server: Postfix):
    with pytest.raises(Exception, match="Relay access denied"):
        server.send(written("Para outro", "Oi"), to="x@fora.example")


def written(subject: str, text: str, html: str = "", **headers: str) -> bytes:
    message: EmailMessage = mail(ANA, text, to=DESK, subject=subject, **headers)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


async def desk(place: Mailed) -> Remote:
    bia = Remote(place.home.url)
    await bia.sign_in("Bia", place.home.password)
    return bia


async def found(bia: Remote, title: str) -> Page:
    """The page of the ticket with this title, once it exists."""

    async def look() -> Page | None:
        path = (await bia.get(f"/desk?view=all&q={title.rsplit(maxsplit=1)[-1]}")).links().get(title)
        return await bia.get(path) if path else None

    return await until(look)


async def answered(bia: Remote, path: str) -> bool:
    return len((await bia.get(path)).html.css(".message")) == 2


async def until(look):
    """The result of the search, once it finds something."""
    async with asyncio.timeout(90):
        while True:
            seen = look()
            seen = await seen if asyncio.iscoroutine(seen) else seen
            if seen:
                return seen
            await asyncio.sleep(0.2)
