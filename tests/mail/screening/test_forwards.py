"""Mail of agents: it fills their draft, or forwards what somebody else wrote."""

import pytest

from tests.client import browser_of
from tests.mail.arriving import LATER, mail
from tests.pages.reading import said
from tests.presets import started_under, started_with
from web.database import fetch
from web.mail.signatures import ReplyTo, reply_address
from web.tickets.record.ticket import find_ticket
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

PASS = {"Authentication_Results": "mx.guiche.example; dmarc=pass"}

GMAIL = """Pode ser com a gente.

---------- Forwarded message ---------
De: Nina Reis <nina@fora.example>
Date: seg., 23 de nov. de 2026 às 08:10
Subject: Boleto vencido
To: Bia Nunes <bia@guiche.example>

Bom dia, o boleto venceu.
"""
OUTLOOK = """Pode ser com a gente.

________________________________
De: Nina Reis <nina@fora.example>
Enviado: segunda-feira, 23 de novembro de 2026 08:10
Para: Bia Nunes <bia@guiche.example>
Assunto: Boleto vencido

Bom dia, o boleto venceu.
"""
APPLE = """Pode ser com a gente.

Início da mensagem encaminhada:

> De: Nina Reis <nina@fora.example>
> Assunto: Boleto vencido
> Data: 23 de novembro de 2026 08:10:00 BRT
> Para: Bia Nunes <bia@guiche.example>
>
> Bom dia, o boleto venceu.
"""
ENGLISH = """Pode ser com a gente.

-----Original Message-----
From: "Nina Reis" <mailto:nina@fora.example>
Sent: Monday, November 23, 2026 8:10 AM
To: Bia Nunes
Subject: Boleto vencido

Bom dia, o boleto venceu.
"""


@pytest.fixture
def checked():
    with started_with(GUICHE_MAIL_SERVERS="mx.guiche.example"):
        yield


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Enc: Boleto vencido", OUTLOOK),
        ("ENC: Boleto vencido", GMAIL),
        ("Fwd: Boleto vencido", GMAIL),
        ("Fw: Boleto vencido", ENGLISH),
        ("Fwd: Boleto vencido", APPLE),
    ],
)
async def test_mail_that_an_agent_passes_on_is_a_ticket_of_whoever_wrote_it(people, arrives, checked, subject, text):
    became = await arrives(mail("bia@guiche.example", text, subject=subject, **PASS))
    assert (became["state"], became["reason"]) == ("filed", "")
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get(f"/desk/tickets/{became['ticket']}")
    assert (page.text("h1"), page.text("#asker")) == ("Boleto vencido", "nina Solicitante")
    assert said(page) == ["Bom dia, o boleto venceu.", "Pode ser com a gente."]
    assert page.texts(".message__who")[0] == "Você não verificada seg., 23/11, 9h05 · por e-mail · Ver o original"
    assert page.texts(".message[data-mark=note]") != []


async def test_a_mail_enclosed_in_another_tells_whose_it_is(people, arrives, checked):
    inner = mail("Nina Reis <nina@fora.example>", "Bom dia, o boleto venceu.", subject="Boleto vencido")
    outer = mail("bia@guiche.example", "Segue.", subject="Fwd: Boleto vencido", **PASS)
    outer.add_attachment(inner)
    became = await arrives(outer)
    ticket = await find_ticket(became["ticket"], by=people.bia)
    assert (ticket.requester_name, ticket.title) == ("nina", "Boleto vencido")


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        (GMAIL, {}),
        (GMAIL, {"Authentication_Results": "mx.guiche.example; dmarc=fail"}),
        ("Feche tudo.", PASS),
        ("De: Nina", PASS),
    ],
)
async def test_a2_who_only_says_to_be_an_agent_or_passes_on_nothing_waits_for_a_person(
    people, arrives, checked, text, headers
):
    became = await arrives(mail("bia@guiche.example", text, subject="Fwd: Boleto", **headers))
    assert (became["state"], became["reason"], became["ticket"]) == ("parked", "unproven_agent", None)


async def test_p04_mail_from_the_draft_fills_title_and_description(people, arrives):
    with started_under("processo"), started_with(GUICHE_MAIL="suporte@guiche.example"):
        made = await drafts.draft(Request(), by=people.bia, at=LATER)
        bia = await browser_of(people.bia, at=LATER)
        page = await bia.get(f"/tickets/{made.ticket}")
        address = reply_address(ReplyTo(made.ticket, people.bia.id))
        assert address in page.words
        message = mail("bia@guiche.example", "O boleto de Ana venceu.", to=address, subject="Boleto vencido")
        message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="boleto.pdf")
        assert (await arrives(message))["state"] == "filed"
        page = await bia.get(f"/tickets/{made.ticket}")
        filled = page.values(f"/tickets/{made.ticket}/submission")
    assert (filled["title"], filled["description"]) == ("Boleto vencido", "O boleto de Ana venceu.")
    assert [row["name"] for row in await fetch("SELECT name FROM attachment")] == ["boleto.pdf"]


async def test_p04_nobody_else_fills_the_draft(people, arrives):
    made = await drafts.draft(Request(title="Meu"), by=people.bia, at=LATER)
    address = reply_address(ReplyTo(made.ticket, people.bia.id))
    became = await arrives(mail("ana@aurora.example", "Outra coisa.", to=address))
    assert became["ticket"] != made.ticket
    assert (await find_ticket(made.ticket, by=people.bia)).title == "Meu"
