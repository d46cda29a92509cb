"""The original mail of a message, and the mark of an unverified author."""

from email.message import EmailMessage

import pytest

from tests import cast
from tests.client import browser_of
from tests.mail.arriving import LATER, answered, mail
from tests.presets import started_with
from web.database import fetch
from web.mail.signatures import ReplyTo, reply_address
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio

MX = "mx.guiche.example"
HISTORY = "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n> Vamos ver.\n"


@pytest.fixture
def checked():
    """Our own server checks senders."""
    with started_with(GUICHE_MAIL_SERVERS=MX):
        yield


async def who(people, number: int, *, by: str = "bia") -> list[str]:
    desk = "/desk" if by == "bia" else ""
    page = await (await browser_of(getattr(people, by), at=LATER)).get(f"{desk}/tickets/{number}")
    return page.texts(".message__who")


async def original(people, number: int):
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get(f"/desk/tickets/{number}")
    return bia, await bia.get(page.links()["Ver o original"])


@pytest.mark.parametrize(
    ("results", "mark"),
    [
        ("mx.guiche.example; spf=pass smtp.mailfrom=ana@aurora.example; dmarc=pass", ""),
        ("mx.guiche.example; dkim=pass header.d=aurora.example header.s=s1", ""),
        ("mx.guiche.example; spf=pass smtp.mailfrom=aurora.example", ""),
        ("mx.guiche.example; dkim=pass header.d=golpe.example", " não verificada"),
        ("mx.guiche.example; spf=pass smtp.mailfrom=x@golpe.example", " não verificada"),
        ("mx.guiche.example; spf=none; dkim=none; dmarc=none", " não verificada"),
        ("mx.guiche.example; spf=fail; dmarc=fail", " não verificada"),
        ("mx.outro.example; dmarc=pass", " não verificada"),
        ('mx.guiche.example; spf=softfail smtp.mailfrom="; dmarc=pass "@golpe.example', " não verificada"),
        (None, " não verificada"),
    ],
)
async def test_a2_a_message_whose_sender_our_server_did_not_prove_says_so_to_everybody(
    people, arrives, checked, results, mark
):
    number, address = await answered(people)
    headers = {"Authentication_Results": results} if results else {}
    await arrives(mail("ana@aurora.example", "Obrigada!", to=address, **headers))
    assert (await who(people, number))[-1] == f"Ana Prado{mark} seg., 23/11, 9h05 · por e-mail · Ver o original"
    assert (await who(people, number, by="ana"))[-1] == f"Você{mark} seg., 23/11, 9h05 · por e-mail"


async def test_a2_our_own_word_counts_only_where_it_is_the_newest_of_ours(people, arrives, checked):
    number, address = await answered(people)
    message = mail("ana@aurora.example", "Obrigada!", to=address)
    message["Authentication-Results"] = f"{MX}; dmarc=none"
    message["Authentication-Results"] = f"{MX}; dmarc=pass"
    await arrives(message)
    assert "não verificada" in (await who(people, number))[-1]


@pytest.mark.parametrize("results", [None, "mx.guiche.example; dmarc=fail", "mx.guiche.example; dmarc=none"])
async def test_a2_an_agents_signed_address_is_not_enough_where_a_server_checks(people, arrives, checked, results):
    number, _ = await answered(people)
    headers = {"Authentication_Results": results} if results else {}
    own = reply_address(ReplyTo(number, people.bia.id))
    became = await arrives(mail("bia@guiche.example", "Feche.", to=own, **headers))
    assert (became["state"], became["reason"]) == ("parked", "unproven_agent")


async def test_where_no_server_checks_the_secret_address_is_the_proof(people, arrives):
    number, address = await answered(people)
    await arrives(mail("ana@aurora.example", "Obrigada!", to=address))
    became = await arrives(mail("ana@aurora.example", "Outro assunto."))
    assert "não verificada" not in (await who(people, number))[-1]
    assert "não verificada" in (await who(people, became["ticket"]))[0]


async def test_every_message_says_by_which_way_it_came(people, arrives):
    number, address = await answered(people)
    await arrives(mail("ana@aurora.example", "Obrigada!", to=address))
    await replies.note(await cast.seen(number, people.bia), "Ver com a Lia.", by=people.bia, at=LATER)
    ways = [
        each.split(" · ", 2)[-1] if "Atendimento" in each else each.partition(" · ")[2]
        for each in await who(people, number)
    ]
    assert ways == ["pelo portal", "pelo portal", "por e-mail · Ver o original", "pelo portal"]


async def test_the_original_shows_what_was_cut_and_who_it_says_it_is(people, arrives, checked):
    number, address = await answered(people)
    await arrives(
        mail(
            "Ana <ana@aurora.example>",
            f"Obrigada!{HISTORY}",
            to=address,
            Cc="eva@familia.example",
            Reply_To="x@y.example",
        )
    )
    bia, page = await original(people, number)
    assert page.text("h1") == "Original da mensagem"
    facts = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert (facts["De"], facts["Cópia"], facts["Responder a"]) == (
        "Ana <ana@aurora.example>",
        "eva@familia.example",
        "x@y.example",
    )
    assert page.texts(".message__body") == [
        "Obrigada!",
        "Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu: > Vamos ver.",
    ]
    whole = await bia.get(page.links()["Baixar a mensagem inteira (.eml)"])
    assert whole.response.headers["content-disposition"].startswith("attachment")
    assert b"Em seg., 23 de nov." in whole.response.content


async def test_the_original_opens_in_place(people, arrives):
    number, address = await answered(people)
    await arrives(mail("ana@aurora.example", f"Obrigada!{HISTORY}", to=address))
    bia = await browser_of(people.bia, htmx=True, at=LATER)
    (row,) = await fetch("SELECT id FROM inbound_mail WHERE message IS NOT NULL")
    block = await bia.get(f"/desk/tickets/{number}/mail/{row['id']}")
    assert (block.texts("h1"), block.texts(".message__body")[0]) == ([], "Obrigada!")


def drawn(html: str, *, to: str) -> EmailMessage:
    message = mail("ana@aurora.example", "Veja a tela.", to=to)
    message.add_alternative(html, subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n123", "image", "png", cid="<tela>", filename="tela.png")
    return message


async def test_a72_and_a73_the_whole_html_has_our_own_pictures_in_place_and_tells_each_target(people, arrives):
    number, address = await answered(people)
    html = (
        '<p onclick="x()">Veja <a href="https://golpe.example/entrar">www.banco.example</a></p><script>x()</script>'
        '<img src="cid:tela"><img src="https://espia.example/1.gif"><style>@import "https://espia.example/a.css"</style>'
        '<p style="background:url(https://espia.example/2.gif)">Fim</p>'
    )
    await arrives(drawn(html, to=address))
    _, page = await original(people, number)
    (file,) = await fetch("SELECT id FROM attachment WHERE name = 'tela.png'")
    assert page.attributes("main img", "src") == [f"/attachments/{file['id']}/tela.png"]
    assert page.texts(".message__body") == [
        "Veja a tela.",
        "Veja www.banco.example (golpe.example) [imagem externa] (espia.example) Fim",
    ]
    assert page.attributes(".message__body a", "href") == [
        "https://golpe.example/entrar",
        f"/attachments/{file['id']}/tela.png",
        "https://espia.example/1.gif",
    ]
    assert set(page.attributes(".message__body a", "rel")) == {"noopener nofollow"}


async def test_a_mail_of_another_ticket_is_not_found_here(people, arrives):
    _, address = await answered(people)
    await arrives(mail("ana@aurora.example", "Obrigada!", to=address))
    other = await cast.ticket(people.caio, "Outro")
    (row,) = await fetch("SELECT id FROM inbound_mail WHERE message IS NOT NULL")
    bia = await browser_of(people.bia)
    assert (await bia.get(f"/desk/tickets/{other}/mail/{row['id']}")).status == 404


INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:E. South America Standard Time
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Reunião de pais\\, 8B
DTSTART;TZID=E. South America Standard Time:20261130T100000
DTEND:20261130T140000Z
LOCATION:Sala 2
ORGANIZER;CN=Ana Prado:mailto:ana@aurora.example
ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Nunes, Bia":MAILTO:bia@guiche.exam
 ple
DESCRIPTION:Pauta:\\n- boletos\\n<script>x()</script>
BEGIN:VALARM
DESCRIPTION:Lembrete
END:VALARM
END:VEVENT
END:VCALENDAR
"""


async def test_an_invitation_is_read_in_the_original(people, arrives):
    number, address = await answered(people)
    message = mail("ana@aurora.example", "Pode vir?", to=address)
    message.add_attachment(
        INVITATION.encode(), "text", "calendar", filename="convite.ics", params={"method": "REQUEST"}
    )
    await arrives(message)
    _, page = await original(people, number)
    assert page.texts(".original details summary") == ["Convite: Reunião de pais, 8B"]
    assert dict(zip(page.texts(".original details dt"), page.texts(".original details dd"), strict=True)) == {
        "Quando": "30/11/2026, 10h a 11h",
        "Onde": "Sala 2",
        "Quem convida": "Ana Prado <ana@aurora.example>",
        "Pessoas convidadas": "Nunes, Bia <bia@guiche.example>",
    }
    assert page.text(".original details .message__body") == "Pauta: - boletos <script>x()</script>"


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ("DTSTART;VALUE=DATE:20261130\nDTEND;VALUE=DATE:20261201", "30/11/2026"),
        ("DTSTART;VALUE=DATE:20261130\nDTEND;VALUE=DATE:20261203", "30/11/2026 a 02/12/2026"),
        ("DTSTART:20261130T100000", "30/11/2026, 10h"),
        ("DTSTART;TZID=Nada:20261130T100000\nDTEND;TZID=Nada:20261130T113000", "30/11/2026, 10h a 11h30"),
        ("DTSTART:20261130T233000Z\nDTEND:20261201T043000Z", "30/11/2026, 20h30 a 01/12/2026, 1h30"),
        ("DTSTART:amanhã", None),
    ],
)
async def test_when_an_event_is_stands_in_our_time_or_as_it_was_written(people, arrives, times, told):
    number, address = await answered(people)
    event = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Aula\n{times}\nEND:VEVENT\nEND:VCALENDAR\n"
    message = mail("ana@aurora.example", "Pode vir?", to=address)
    message.add_attachment(event.encode(), "text", "calendar", filename="aula.ics")
    await arrives(message)
    _, page = await original(people, number)
    assert page.texts(".original details summary") == ["Evento: Aula"]
    assert page.texts(".original details dd") == ([told] if told else [])


@pytest.mark.parametrize("is_named", [False, True])
async def test_a_mail_inside_a_mail_is_read_in_the_original(people, arrives, is_named):
    number, address = await answered(people)
    inner = mail("Nina <nina@fora.example>", "Venceu ontem.\n\n> Já pagou?", subject="Boleto")
    message = mail("ana@aurora.example", "Veja a mensagem dela.", to=address)
    if is_named:
        message.add_attachment(inner.as_bytes(), "application", "octet-stream", filename="Boleto.eml")
    else:
        message.add_attachment(inner)
    await arrives(message)
    _, page = await original(people, number)
    assert page.texts(".original details summary") == ["Mensagem anexada: Boleto"]
    facts = dict(zip(page.texts(".original details dt"), page.texts(".original details dd"), strict=True))
    assert (facts["De"], facts["Assunto"]) == ("Nina <nina@fora.example>", "Boleto")
    assert page.text(".original details .message__body") == "Venceu ontem. > Já pagou?"


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCALENDAR", b"\xff" * 500, b"BEGIN:VEVENT\n" * 50_000])
async def test_a57_an_invitation_that_is_none_stays_a_file(people, arrives, content):
    number, address = await answered(people)
    message = mail("ana@aurora.example", "Pode vir?", to=address)
    message.add_attachment(content, "text", "calendar", filename="convite.ics")
    assert (await arrives(message))["state"] == "filed"
    _, page = await original(people, number)
    assert page.texts(".original details summary") == []
