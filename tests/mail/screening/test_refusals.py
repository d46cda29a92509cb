"""Refused mail is answered once, with the reason and what to do."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.mail.arriving import LATER, answered, mail
from tests.mail.post_office import text_of, worked
from tests.presets import started_under
from web.database import fetch
from web.mail.signatures import ReplyTo, reply_address
from web.settings import PRESETS
from web.tickets.actions import cancellation, replies

pytestmark = pytest.mark.anyio

AUTOMATIC = "Esta resposta é automática."


async def told(office, address: str, at=LATER) -> list[tuple[str, str]]:
    """Subject and first paragraph of new messages to the address."""
    before = len(office.to(address))
    await worked(office, at)
    return [(each["Subject"], text_of(each).strip().split("\n\n")[0]) for each in office.to(address)[before:]]


async def quiet(office):
    """Sends everything that is pending before the test."""
    await worked(office, NOW)


def with_a_program(to: str, sender: str = "ana@aurora.example", **headers: str):
    message = mail(sender, "Segue.", to=to, **headers)
    message.add_attachment(b"MZ\x90\x00", maintype="application", subtype="octet-stream", filename="virus.exe")
    return message


async def test_a_refused_file_is_named_to_whoever_is_proven(people, arrives, office):
    _, address = await answered(people)
    await quiet(office)
    await arrives(with_a_program(address))
    assert await told(office, "ana@aurora.example") == [
        (
            "Re: Boleto de dezembro",
            "Recebemos a sua mensagem, mas não estes arquivos: virus.exe.\n"
            "Programas e arquivos que podem fazer mal não são aceitos. "
            "Envie o documento em PDF ou como imagem, respondendo de novo\nou pelo portal.",
        )
    ]
    answer = office.to("ana@aurora.example")[-1]
    assert (answer["Auto-Submitted"], AUTOMATIC in text_of(answer)) == ("auto-replied", True)


async def test_one_answer_and_not_another_at_once(people, arrives, office):
    _, address = await answered(people)
    await quiet(office)
    for n in range(3):
        await arrives(with_a_program(address, message_id=f"<{n}@aurora.example>"))
    assert len(await told(office, "ana@aurora.example")) == 1
    later = LATER + timedelta(minutes=11)
    await arrives(with_a_program(address, message_id="<9@aurora.example>"), at=later)
    assert len(await told(office, "ana@aurora.example", later)) == 1


async def test_mail_that_is_too_large_is_answered_though_it_is_not_read(people, arrives, office):
    _, address = await answered(people)
    await quiet(office)
    raw = mail("ana@aurora.example", "Segue.", to=address).as_bytes() + b"x" * (26 * 2**20)
    assert (await arrives(raw))["reason"] == "too_large"
    assert [subject for subject, _ in await told(office, "ana@aurora.example")] == ["Re: Boleto de dezembro"]
    (parked,) = await fetch("SELECT sender, subject FROM inbound_mail WHERE state = 'parked'")
    assert parked == {"sender": "ana@aurora.example", "subject": "Boleto de dezembro"}


async def test_mail_without_words_is_answered(people, arrives, office):
    _, address = await answered(people)
    await quiet(office)
    assert (await arrives(mail("ana@aurora.example", " ", to=address)))["reason"] == "missing"
    assert (await told(office, "ana@aurora.example"))[0][1].startswith("A sua mensagem chegou sem texto e sem arquivos")


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}])
async def test_a_machine_is_never_answered(people, arrives, office, headers):
    _, address = await answered(people)
    await quiet(office)
    await arrives(with_a_program(address, **headers))
    assert await told(office, "ana@aurora.example") == []


async def test_a9_an_address_that_nobody_has_confirmed_is_written_to_once_a_day_without_a_strangers_words(
    people, arrives, office
):
    for n in range(5):
        await arrives(mail("Clique Aqui <vitima@fora.example>", f"Ganhe dinheiro {n}", subject=f"Prêmio {n}"))
    await worked(office, LATER)
    for n in range(3):
        await arrives(mail("vitima@fora.example", " ", message_id=f"<{n}@fora.example>"))
    await worked(office, LATER)
    (only,) = office.to("vitima@fora.example")
    assert [word for word in ("Prêmio", "Clique", "Ganhe") if word in only.as_string()] == []
    tomorrow = LATER + timedelta(days=1, minutes=1)
    await arrives(mail("vitima@fora.example", " ", message_id="<amanha@fora.example>"), at=tomorrow)
    await worked(office, tomorrow)
    assert len(office.to("vitima@fora.example")) == 2


async def test_a9_the_desk_still_answers_somebody_new_on_the_same_day(people, arrives, office):
    became = await arrives(mail("nina@fora.example", "Como faço?"))
    await worked(office, LATER)
    await replies.reply(await cast.seen(became["ticket"], people.bia), "Assim.", by=people.bia, at=LATER)
    await worked(office, LATER)
    assert len(office.to("nina@fora.example")) == 2


@pytest.mark.parametrize(
    ("preset", "ending"),
    [*((each, "closed") for each in PRESETS), ("avaliacao", "cancelled"), ("guiche", "cancelled")],
)
async def test_p24_an_ended_ticket_takes_no_mail_and_the_answer_names_the_new_one(
    database, storage, arrives, office, preset, ending
):
    with started_under(preset):
        people = await cast.enrol()
        number, address = await answered(people)
        if ending == "closed":
            await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
        else:
            number = await cast.ticket(people.ana, "Engano")
            await cancellation.cancel(await cast.seen(number, people.ana), reason="Engano.", by=people.ana, at=NOW)
            address = reply_address(ReplyTo(number, people.ana.id))
        await quiet(office)
        became = await arrives(mail("ana@aurora.example", "Voltou a acontecer.", to=address))
        assert await told(office, "ana@aurora.example") == [
            (
                f"[#{became['ticket']}] Boleto de dezembro",
                f"A solicitação #{number} não recebe mais respostas. A sua mensagem abriu uma nova, ligada a ela. "
                f"O número\ndela é #{became['ticket']}.",
            )
        ]
        assert [each.number for each in (await cast.seen(became["ticket"], people.ana)).links] == [number]


async def test_mail_about_a_ticket_out_of_sight_opens_ones_own_and_says_so(people, arrives, office):
    _, address = await answered(people)
    await quiet(office)
    became = await arrives(mail("rui@aurora.example", "E o meu?", to=address))
    assert [first for _, first in await told(office, "rui@aurora.example")] == [
        "A sua mensagem respondia a uma solicitação que você não acompanha. "
        f"Ela abriu uma nova, de número #{became['ticket']}."
    ]
