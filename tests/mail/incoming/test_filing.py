"""Incoming mail becomes a reply or a ticket, or goes into quarantine; each mail once."""

from email.message import EmailMessage

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import portal
from tests.mail.arriving import answered, mail
from tests.mail.post_office import post_office, worked
from tests.pages.reading import messages, ticket_row
from web.database import fetch
from web.mail.incoming import authentication, queue
from web.mail.incoming.parse import parse
from web.mail.signatures import ReplyTo, reply_address
from web.notifications import outbox
from web.storage import Storage
from web.tickets.actions import resolution, waits
from web.tickets.actions.merges import merge
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

HISTORY = "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n> Vamos ver.\n"


async def test_a_reply_to_a_signed_address_becomes_its_readers_reply(people, arrives):
    number, address = await answered(people)
    became = await arrives(mail("Ana <ana@aurora.example>", f"Obrigada!{HISTORY}", to=address))
    assert became == {"state": "filed", "reason": "", "ticket": number}
    assert await messages(number) == ["Os boletos vieram com o valor de outubro.", "Vamos ver.", "Obrigada!"]


async def test_a_reply_wakes_a_ticket_that_waits(people, arrives):
    number, address = await answered(people)
    ticket = await find_ticket(number, by=people.bia)
    await waits.ask(ticket, "Qual CNPJ?", by=people.bia, at=NOW)
    await arrives(mail("ana@aurora.example", "12.345.678/0001-95", to=address))
    assert (await ticket_row(number))["status"] == "open"


async def test_a_reply_to_a_message_of_ours_counts_without_the_signed_address(people, arrives):
    number, _ = await answered(people)
    async with post_office() as office:
        await worked(office, NOW)
    ours = office.to("ana@aurora.example")[-1]["Message-ID"]
    became = await arrives(mail("ana@aurora.example", "Certo.", In_Reply_To=ours))
    assert became == {"state": "filed", "reason": "", "ticket": number}


async def test_new_mail_of_a_known_person_opens_their_ticket(people, arrives):
    became = await arrives(mail("rui@aurora.example", "O boleto veio errado."))
    row = await ticket_row(became["ticket"])
    assert (row["requester"], row["title"], row["channel"], row["status"]) == (
        people.rui.id,
        "Boleto de dezembro",
        "email",
        "new",
    )


async def test_new_mail_of_an_unknown_person_opens_a_ticket_that_is_theirs_alone(people, arrives):
    became = await arrives(mail("Nina <nina@fora.example>", "Como faço?"))
    assert became["state"] == "filed"
    assert (await ticket_row(became["ticket"]))["organization"] is None


async def test_p24_mail_to_a_closed_ticket_opens_a_linked_new_one(people, arrives):
    number, address = await answered(people)
    ticket = await find_ticket(number, by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Feito."), by=people.bia, at=NOW)
    await resolution.confirm(await find_ticket(number, by=people.ana), by=people.ana, at=NOW)
    became = await arrives(mail("ana@aurora.example", "Voltou a acontecer.", to=address))
    assert became["ticket"] not in (None, number)
    follow_up = await find_ticket(became["ticket"], by=people.ana)
    assert ([link.number for link in follow_up.links], follow_up.status) == ([number], "new")


async def test_a_reply_to_a_ticket_that_was_merged_goes_on_in_the_other(people, arrives):
    number, address = await answered(people)
    other, last = [await cast.ticket(people.ana, f"Reúne {n}") for n in (1, 2)]
    for merged, into in ((number, other), (other, last)):
        await merge(await find_ticket(merged, by=people.bia), into, by=people.bia, at=NOW)
    became = await arrives(mail("ana@aurora.example", "E este?", to=address))
    assert became == {"state": "filed", "reason": "", "ticket": last}
    assert (await messages(last))[-1] == "E este?"


async def test_a2_mail_in_an_agents_name_without_their_signed_address_waits_for_a_person(people, arrives):
    number, address = await answered(people)
    forged = await arrives(mail("bia@guiche.example", "Feche tudo.", to=address))
    assert (forged["state"], forged["reason"], forged["ticket"]) == ("parked", "unproven_agent", None)
    own = reply_address(ReplyTo(number, people.bia.id))
    assert (await arrives(mail("bia@guiche.example", "Já corrigimos.", to=own)))["ticket"] == number


async def test_a11_a_number_in_the_subject_opens_nothing_of_others(people, arrives):
    number, _ = await answered(people)
    became = await arrives(mail("estranho@fora.example", "Oi", subject=f"Re: [#{number}] Boletos"))
    assert became["ticket"] != number
    assert len(await messages(number)) == 2


@pytest.mark.parametrize("change", ["last", "ticket", "person"])
async def test_a12_a_signed_address_that_was_changed_opens_nothing(people, arrives, change):
    number, address = await answered(people)
    other = await cast.ticket(people.caio, "Outro")
    local, _, host = address.partition("@")
    base, _, tag = local.partition("+")
    ticket, person, signature = tag.split(".")
    changed = {
        "last": (ticket, person, signature[:-1] + ("a" if signature[-1] != "a" else "b")),
        "ticket": (str(other), person, signature),
        "person": (ticket, str(people.caio.id), signature),
    }[change]
    became = await arrives(mail("caio@horizonte.example", "Oi", to=f"{base}+{'.'.join(changed)}@{host}"))
    assert became["ticket"] not in (number, other)


@pytest.mark.parametrize(
    ("results", "forged"),
    [
        (["mx.guiche.example; spf=pass; dkim=pass; dmarc=pass"], False),
        (["mx.guiche.example; spf=pass; dmarc=fail (p=none)"], True),
        (["MX.guiche.example; spf=fail"], True),
        (["mx.guiche.example 1; dmarc=fail"], True),
        (["mx.guiche.example (Postfix); dmarc = fail"], True),
        (["mx.guiche.example; spf=fail smtp.mailfrom=lista.example; dmarc=pass"], False),
        (["mx.guiche.example; spf=fail (; dmarc=pass)"], True),
        (['mx.guiche.example; spf=fail smtp.mailfrom="; dmarc=pass"@golpe.example'], True),
        (["mx.guiche.example; spf=fail; dmarc=none"], True),
        (['mx.guiche.example; spf=pass smtp.mailfrom=a"b; dmarc=fail header.from="c'], True),
        (["mx.guiche.example; spf=pass smtp.mailfrom=;dmarc=pass@golpe.example; dmarc=fail"], True),
        (["mx.outro.example; dmarc=fail"], False),
        (["mx.outro.example; dmarc=fail", "mx.guiche.example; dmarc=pass"], False),
        ([], False),
    ],
)
def test_a2_only_our_own_server_says_whether_a_sender_is_forged(results, forged):
    message = mail("ana@aurora.example")
    for each in results:
        message["Authentication-Results"] = each
    assert authentication.is_forged(parse(message.as_bytes()), ["mx.guiche.example"]) is forged


async def test_f18_the_same_mail_by_two_ways_is_one_message(people, arrives):
    number, address = await answered(people)
    twice = [mail("ana@aurora.example", "Certo.", to=address, Received=f"from mx{n}") for n in range(2)]
    assert (await arrives(*twice))["reason"] == "duplicate"
    assert len(await messages(number)) == 3


async def test_a77_another_sender_with_the_same_message_id_is_not_swallowed(people, arrives):
    for sender in ("rui@aurora.example", "caio@horizonte.example"):
        assert (await arrives(mail(sender, "Meu pedido.", message_id="<1@x.example>")))["state"] == "filed"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "answer"),
        ({"X_Autoreply": "yes"}, "answer"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<lista.example>"}, "list"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"subject": "Resposta automática: férias"}, "absence"),
        ({"subject": "Out of Office: back on Monday"}, "absence"),
        ({"subject": "Fora do escritório até segunda"}, "absence"),
        ({"subject": "Ausência: Ana Prado"}, "absence"),
        ({"subject": "Respuesta automática: Boleto"}, "absence"),
        ({"subject": "Réponse automatique : Boleto"}, "absence"),
        ({"subject": "Abwesenheitsnotiz: Boleto"}, "absence"),
        ({"subject": "Risposta automatica: Boleto"}, "absence"),
        ({"message_id": outbox.message_id(1)}, "ours"),
    ],
)
async def test_mail_of_machines_is_ignored(people, arrives, headers, reason):
    number, address = await answered(people)
    became = await arrives(mail("ana@aurora.example", "Estou fora.", to=address, **headers))
    assert (became["state"], became["reason"]) == ("ignored", reason)
    assert len(await messages(number)) == 2


@pytest.mark.parametrize(
    "subject",
    [
        "Ausência de sinal no laboratório",
        "Ausências lançadas em dobro",
        "Em férias, quem aprova compras?",
        "Auto-reply does not work",
        "Resposta automática do sistema com erro",
    ],
)
async def test_a_request_that_is_about_absence_or_automatic_answers_is_no_mail_of_a_machine(people, arrives, subject):
    assert (await arrives(mail("rui@aurora.example", "Podem ver?", subject=subject)))["state"] == "filed"


async def test_f43_two_programs_that_answer_each_other_come_to_rest(people, arrives):
    _number, address = await answered(people)
    for n in range(20):
        await arrives(mail("ana@aurora.example", f"Recebemos a sua mensagem {n}.", to=address))
    states = [row["state"] for row in await fetch("SELECT state FROM inbound_mail ORDER BY id")]
    assert (states.count("filed"), states[-1]) == (10, "parked")


async def test_a2_nobody_else_can_say_that_a_message_came_back(people, arrives):
    await answered(people)
    async with post_office() as office:
        await worked(office, NOW)
    (first,) = await fetch("SELECT min(id) AS id FROM outgoing")
    forged = mail("mailer-daemon@fora.example", f"550 <guiche-{first['id']}.{'0' * 16}@127.0.0.1>", Return_Path="<>")
    assert (await arrives(forged))["reason"] == "bounce"
    assert await fetch("SELECT id FROM outgoing WHERE state = 'bounced'") == []


async def test_two_short_answers_without_an_id_are_two(people, arrives):
    number, address = await answered(people)
    for hour in ("10", "15"):
        message = mail("ana@aurora.example", "ok", to=address, Date=f"Mon, 23 Nov 2026 {hour}:00:00 -0300")
        del message["Message-ID"]
        await arrives(message)
    assert (await messages(number))[-2:] == ["ok", "ok"]


async def test_a_message_that_came_back_is_marked_with_the_servers_words(people, arrives):
    await answered(people)
    async with post_office() as office:
        await worked(office, NOW)
    (sent, *_) = office.to("ana@aurora.example")
    report = EmailMessage()
    report["From"], report["To"], report["Subject"] = (
        "MAILER-DAEMON@mx.example",
        "nao-responda@127.0.0.1",
        "Undelivered",
    )
    report["Message-ID"] = "<9@mx.example>"
    report.set_content("It could not be delivered.")
    report.add_attachment(
        b"Final-Recipient: rfc822; ana@aurora.example\nAction: failed\nStatus: 5.1.1\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 No such user\n",
        maintype="text",
        subtype="plain",
        filename="status.txt",
    )
    report.add_attachment(f"Message-ID: {sent['Message-ID']}".encode(), maintype="text", subtype="rfc822-headers")
    report.replace_header(
        "Content-Type", "multipart/report; report-type=delivery-status; boundary=" + report.get_boundary("b")
    )
    assert (await arrives(report))["reason"] == "bounce"
    came_back = await fetch("SELECT recipient, error FROM outgoing WHERE state = 'bounced'")
    assert came_back == [{"recipient": "ana@aurora.example", "error": "550 5.1.1 No such user"}]


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"subject": "Resposta automática: Boletos"}, {}]
)
async def test_an_absence_without_a_return_path_is_no_message_that_came_back(people, arrives, headers):
    _number, address = await answered(people)
    async with post_office() as office:
        await worked(office, NOW)
    ours = office.to("ana@aurora.example")[-1]["Message-ID"]
    absent = mail("ana@aurora.example", "Volto dia 15.", to=address, Return_Path="<>", In_Reply_To=ours, **headers)
    assert (await arrives(absent))["state"] == "ignored"
    assert await fetch("SELECT id FROM outgoing WHERE state = 'bounced'") == []


async def test_files_come_with_the_mail_and_what_is_refused_is_named(people, arrives):
    number, address = await answered(people)
    message = mail("ana@aurora.example", "Seguem.", to=address)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="boleto.pdf")
    message.add_attachment(b"MZ\x90\x00", maintype="application", subtype="octet-stream", filename="virus.exe")
    await arrives(message)
    assert (await messages(number))[-1] == "Seguem.\n\n(Arquivos não recebidos: virus.exe)"
    assert [row["name"] for row in await fetch("SELECT name FROM attachment")] == ["boleto.pdf"]


async def test_f17_a_poisoned_mail_is_parked_and_the_good_ones_are_all_in(people, arrives, reader):
    storage = portal().state.storage
    await queue.store(b"From: " + b"(" * 50_000 + b"\n\nSIM", storage=storage, at=NOW)
    became = await arrives(mail("rui@aurora.example", "Meu pedido."))
    assert became["state"] == "filed"
    (parked,) = await fetch("SELECT reason FROM inbound_mail WHERE state = 'parked'")
    assert parked["reason"] == "unreadable"


async def test_a_mail_whose_content_is_not_to_be_read_now_holds_up_no_other_and_is_not_lost(people, arrives):
    content = mail("ana@aurora.example", "Primeiro.").as_bytes()
    await queue.store(content, storage=Storage.at("memory://"), at=NOW)
    assert (await arrives(mail("rui@aurora.example", "Segundo.")))["state"] == "filed"
    await queue.store(content, storage=portal().state.storage, at=NOW)
    await arrives()
    states = await fetch("SELECT state, reason FROM inbound_mail ORDER BY id")
    assert [row["state"] for row in states] == ["filed", "filed", "ignored"]


async def test_a68_yes_by_mail_confirms_nothing(people, arrives):
    number, address = await answered(people)
    await resolution.solve(
        await find_ticket(number, by=people.bia), message=NewMessage("Feito."), by=people.bia, at=NOW
    )
    await arrives(mail("ana@aurora.example", "SIM", to=address))
    assert (await ticket_row(number))["status"] != "closed"
