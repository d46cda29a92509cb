"""Messages about a ticket leave by its mailbox, with its address."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.arriving import mail
from tests.mail.post_office import PostOffice, post_office, worked_by
from web import clock
from web.clock import set_now
from web.database import fetch
from web.mail.mailboxes import faults, settings
from web.mail.mailboxes.listing import MailboxInput
from web.mail.mailboxes.servers import SMTP_PORTS, Server, of_url
from web.mail.outgoing.senders import Senders
from web.notifications import outbox
from web.pages.shell import render
from web.pages.words.settings.mailboxes import FAULTS
from web.tickets.actions import replies

NO_MAIL = "Este portal ainda não envia e-mail"

pytestmark = [pytest.mark.anyio, pytest.mark.imap]


@pytest.fixture
async def other():
    async with post_office() as other:
        yield other


@pytest.fixture
def senders(tmp_path):
    """Senders whose default is a folder."""
    set_now(NOW)
    return Senders(outbox.to_folder(tmp_path / "outbox"), clock.now)


def smtp(office: PostOffice) -> Server:
    found = of_url(office.url, SMTP_PORTS)
    return Server(found.host, found.port, found.tls)


def told(office: PostOffice) -> list[tuple[str, str, str]]:
    """Sender, recipient, and reply address without its signed part."""
    return [(each["From"], each["To"], (each["Reply-To"] or "").partition("+")[0]) for each in office.received]


async def test_the_reply_to_a_ticket_leaves_by_the_mailbox_through_which_it_came(
    people, add, arrives, office, other, senders
):
    await add(smtp=smtp(office))
    number = await add("secretaria", smtp=smtp(other))
    became = await arrives(mail("ana@aurora.example"), mailbox=number)
    ticket = await cast.seen(became["ticket"], people.bia)
    await replies.reply(ticket, "Vamos ver.", by=people.bia, at=NOW)
    await cast.ticket(people.rui)
    await worked_by(senders.send, NOW)
    by_mail = ("Suporte <secretaria@guiche.example>", "ana@aurora.example", "secretaria")
    assert told(other) == [by_mail, by_mail]
    assert told(office) == [("Suporte <suporte@guiche.example>", "rui@aurora.example", "suporte")]
    assert other.tried == ["secretaria@guiche.example"] * 2


async def test_the_answer_to_mail_that_is_refused_leaves_by_the_mailbox_through_which_it_came(
    people, add, arrives, office, other, senders
):
    await add(smtp=smtp(office))
    number = await add("secretaria", smtp=smtp(other))
    became = await arrives(mail("rui@aurora.example", ""), mailbox=number, at=NOW)
    assert (became["state"], became["reason"]) == ("parked", "missing")
    await worked_by(senders.send, NOW)
    assert told(other) == [("Suporte <secretaria@guiche.example>", "rui@aurora.example", "")]
    assert told(office) == []


async def test_a_mailbox_at_fault_is_tried_once_a_round_and_keeps_no_other_waiting(
    people, add, arrives, office, other, senders
):
    await add("secretaria", smtp=smtp(other))
    number = await add(smtp=smtp(office))
    office.refuses = "550 5.7.1 Not yours"
    await arrives(mail("ana@aurora.example"), mail("ana@aurora.example", "E outro."), mailbox=number, at=NOW)
    await cast.ticket(people.rui)
    await worked_by(senders.send, NOW)
    assert office.tried == ["suporte@guiche.example"]
    assert await fetch("SELECT mailbox, side, code FROM mailbox_fault") == [
        {"mailbox": number, "side": "smtp", "code": "sender"}
    ]
    assert told(other) == [("Suporte <secretaria@guiche.example>", "rui@aurora.example", "secretaria")]
    office.refuses = ""
    set_now(NOW + timedelta(minutes=1))
    await worked_by(senders.send, clock.now())
    assert told(office) == [("Suporte <suporte@guiche.example>", "ana@aurora.example", "suporte")] * 2
    assert await fetch("SELECT id FROM mailbox_fault") == []


async def test_administrators_are_told_of_a_mailbox_at_fault_by_another(people, add, arrives, office, other, senders):
    number = await add(smtp=smtp(office))
    await add("secretaria", smtp=smtp(other))
    office.refuses = "550 5.7.1 Not yours"
    await arrives(mail("ana@aurora.example"), mailbox=number, at=NOW)
    await worked_by(senders.send, NOW)
    later = NOW + faults.LASTS + timedelta(minutes=1)
    set_now(later)
    await faults.tell(later, render=render.mail_texts(), say=FAULTS)
    await worked_by(senders.send, later)
    assert [(each["From"], each["To"], each["Subject"]) for each in other.received] == [
        (
            "Suporte <secretaria@guiche.example>",
            "admin@guiche.example",
            "A caixa suporte@guiche.example não envia há dez minutos",
        )
    ]


async def test_pages_speak_of_mail_once_a_mailbox_sends_it(people, add, other):
    ana = await browser_of(people.ana)
    assert NO_MAIL in (await ana.get("/account")).words
    number = await add(imap=Server(), smtp=smtp(other))
    assert NO_MAIL not in (await ana.get("/account")).words
    resting = MailboxInput("suporte@guiche.example", "Suporte", Server(), "INBOX", smtp(other), is_active=False)
    await settings.change(number, resting, by=people.admin, at=NOW)
    assert NO_MAIL in (await ana.get("/account")).words
