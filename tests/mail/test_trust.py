"""Attacks by mail: raw messages in, and each outgoing message as its receiver reads it."""

import logging
import re

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.mail.arriving import LATER, answered, mail
from tests.mail.post_office import link_in, text_of, worked
from tests.pages.reading import messages, ticket_row
from tests.presets import started_with
from tests.security.routes import routes
from web.database import fetch
from web.mail.signatures import ReplyTo, reply_address
from web.tickets.actions import cancellation, replies, resolution
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

ANA, RUI, THIEF = "ana@aurora.example", "rui@aurora.example", "ladrao@fora.example"


async def test_a3_headers_of_the_senders_own_steer_nothing(people, arrives):
    number, address = await answered(people)
    became = await arrives(
        mail(
            RUI,
            "Feche.",
            X_Original_To=address,
            Delivered_To=address,
            X_Guiche_Ticket=str(number),
            X_Guiche_Status="closed",
            X_Guiche_Role="admin",
            X_Priority="1",
            Importance="high",
        )
    )
    row, asked = await ticket_row(became["ticket"]), await ticket_row(number)
    assert (became["ticket"] == number, row["requester"], row["status"]) == (False, people.rui.id, "new")
    assert (row["priority"], asked["status"]) == (asked["priority"], "open")
    assert await messages(number) == ["Os boletos vieram com o valor de outubro.", "Vamos ver."]


@pytest.mark.parametrize("results", [None, "mx.guiche.example; dmarc=fail", "mx.fora.example; dmarc=pass"])
async def test_a4_a_copy_named_by_who_is_not_proven_reads_nothing(people, arrives, office, results):
    """With the secret address, but without a server of ours that verified Ana."""
    number, address = await answered(people)
    told = {"Authentication_Results": results} if results else {}
    with started_with(GUICHE_MAIL_SERVERS="mx.guiche.example"):
        await arrives(mail(ANA, "Mandem tudo também para o Cc.", to=address, Cc=THIEF, **told))
    ticket = await find_ticket(number, by=people.bia)
    await replies.reply(ticket, "O CNPJ é 11.222.333/0001-81.", by=people.bia, at=LATER)
    await worked(office, LATER)
    assert ticket.copies == ()
    assert office.to(THIEF) == []
    assert await fetch("SELECT is_unproven FROM inbound_mail") == [{"is_unproven": True}]


async def test_a5_no_mail_to_who_is_in_copy_opens_what_is_the_requesters(people, office):
    number = await cast.ticket(people.ana, copies=(RUI, "eva@familia.example"))
    ticket = await find_ticket(number, by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigimos o boleto."), by=people.bia, at=NOW)
    await worked(office, NOW)
    links = [link for to in (RUI, "eva@familia.example") for each in office.to(to) for link in _links(each)]
    assert {link.rpartition("/")[0] for link in links} == {"/tickets", "/unsubscribe"}
    assert {link for link in links if link.startswith("/tickets")} == {f"/tickets/{number}"}
    assert any("/answers/" in link for each in office.to(ANA) for link in _links(each))


def _links(message) -> list[str]:
    """The links in its text and in its HTML."""
    said = text_of(message) + message.get_body(("html",)).get_content()
    return re.findall(r"http://127\.0\.0\.1:8000([^\s\"'<>#]*)", said)


async def test_a6_a_blind_copy_is_named_nowhere(people, arrives, office):
    became = await arrives(mail(ANA, "Segue.", Bcc="oculto@fora.example", Cc=RUI))
    ticket = await find_ticket(became["ticket"], by=people.bia)
    await replies.reply(ticket, "Vamos ver.", by=people.bia, at=LATER)
    await worked(office, LATER)
    number = became["ticket"]
    ana, bia = await browser_of(people.ana, at=LATER), await browser_of(people.bia, at=LATER)
    pages = [
        (await ana.get(f"/tickets/{number}")).response.text,
        (await bia.get(f"/desk/tickets/{number}")).response.text,
    ]
    assert not [each for each in (*pages, *(sent.as_string() for sent in office.received)) if "oculto" in each]
    assert [sent["To"] for sent in office.received if "oculto" in str(sent["To"])] == []


async def test_a8_who_is_in_copy_of_a_ticket_reads_none_of_its_kin(people, arrives, office):
    """Ana goes on by mail from an ended ticket of which Rui has a copy: the new one is hers alone."""
    number = await cast.ticket(people.ana, copies=("eva@familia.example",))
    await worked(office, NOW)
    await cancellation.cancel(await find_ticket(number, by=people.ana), reason="Achei.", by=people.ana, at=NOW)
    became = await arrives(mail(ANA, "E o de junho?", to=reply_address(ReplyTo(number, people.ana.id))))
    before = len(office.to("eva@familia.example"))
    await worked(office, LATER)
    kin = became["ticket"]
    assert kin != number
    assert [each for each in office.to("eva@familia.example")[before:] if f"#{kin}" in each["Subject"]] == []
    (eva,) = await fetch("SELECT person FROM identity WHERE value = 'eva@familia.example'")
    guessed = reply_address(ReplyTo(number, eva["person"])).replace(f"+{number}.", f"+{kin}.")
    other = await arrives(mail("eva@familia.example", "Quero ler.", to=guessed))
    assert other["ticket"] not in (number, kin)
    assert await messages(kin) == ["E o de junho?"]


async def test_a27_no_feed_takes_a_token_and_a_link_of_a_mail_stays_out_of_logs_and_referrers(people, office, caplog):
    assert not [each for each in routes() if re.search(r"/(feed|rss|atom|calendar)\b.*\{|\{[^}]*\}\.(xml|ics)", each)]
    ticket = await find_ticket(await cast.ticket(people.ana), by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigimos o boleto."), by=people.bia, at=NOW)
    await worked(office, NOW)
    link = link_in(office.to(ANA)[-1])
    with caplog.at_level(logging.DEBUG):
        page = await Browser().get(link)
    assert page.response.headers["referrer-policy"] in ("no-referrer", "same-origin")
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("http")]
    assert link.rpartition("/")[2] not in "".join(ours)


async def test_a73_a_link_that_says_another_address_shows_where_it_leads(people, arrives):
    raw = (
        b"From: Ana <ana@aurora.example>\nTo: nao-responda@127.0.0.1\nSubject: Boleto\nMessage-ID: <1@aurora.example>\n"
        b"Content-Type: text/html; charset=utf-8\n\n"
        b'<p>Veja <a href="https://mau.example/x">https://banco.example</a> '
        b'e <a href="https://banco.example@mau.example/">o banco</a></p>'
    )
    became = await arrives(raw)
    assert await messages(became["ticket"]) == [
        "Veja https://banco.example <https://mau.example/x> e o banco <https://mau.example/>"
    ]
    page = await (await browser_of(people.bia, at=LATER)).get(f"/desk/tickets/{became['ticket']}")
    (said,) = page.texts(".message__body")
    assert said == "Veja https://banco.example (mau.example) e o banco (mau.example)"
    outside = [each.attributes for each in page.html.css(".message__body a")]
    assert [(each["href"], "noopener" in each["rel"]) for each in outside] == [
        ("https://mau.example/x", True),
        ("https://mau.example/", True),
    ]
