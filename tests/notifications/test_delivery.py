"""Delivery of messages: once each with any number of workers, and without header injection."""

import asyncio
from contextvars import Context
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cast import NOW
from web.database import fetch
from web.notifications import outbox

pytestmark = pytest.mark.anyio

HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
BODY_HEADERS = {"Content-Type", "Content-Transfer-Encoding"}


async def test_each_message_becomes_one_file_with_the_headers_of_automatic_mail(database, tmp_path):
    await outbox.write("ana@aurora.example", "Crie a sua senha", "Olá, Ana!\n\nAté já.\n", at=NOW)
    assert await outbox.deliver(NOW, by=outbox.to_folder(tmp_path / "outbox")) == 1
    (row,) = await fetch("SELECT id, sent_at, attempts FROM outgoing")
    (message,) = read_all(tmp_path / "outbox")
    assert set(message.keys()) == HEADERS | BODY_HEADERS
    assert {name: message[name] for name in HEADERS - {"MIME-Version"}} == {
        "From": "Guichê <nao-responda@127.0.0.1>",
        "To": "ana@aurora.example",
        "Subject": "Crie a sua senha",
        "Date": "Mon, 23 Nov 2026 12:00:00 +0000",
        "Message-ID": outbox.message_id(row["id"]),
        "Auto-Submitted": "auto-generated",
    }
    assert message.get_content() == "Olá, Ana!\n\nAté já.\n"
    assert (row["sent_at"], row["attempts"]) == (NOW, 1)


async def test_messages_leave_oldest_first_and_only_once(database):
    for n in range(3):
        await outbox.write(f"p{n}@aurora.example", f"Mensagem {n}", "Oi", at=NOW)
    sent: list[EmailMessage] = []
    assert await outbox.deliver(NOW, by=kept_in(sent)) == 3
    assert await outbox.deliver(NOW + timedelta(hours=1), by=kept_in(sent)) == 0
    assert [message["Subject"] for message in sent] == ["Mensagem 0", "Mensagem 1", "Mensagem 2"]


async def test_f40_what_is_urgent_overtakes_what_is_sent_to_many_also_when_it_comes_later(database):
    for n in range(5):
        await outbox.write(f"p{n}@aurora.example", f"Aviso {n}", "Oi", urgency=outbox.TO_MANY, at=NOW)
    sent: list[str] = []

    async def deliver(message: EmailMessage) -> None:
        sent.append(message["Subject"])
        if len(sent) == 2:
            at = NOW + timedelta(seconds=2)
            await outbox.write("ana@aurora.example", "Resposta", "Oi", urgency=outbox.FOR_SOMEBODY, at=at)

    await outbox.deliver(NOW, by=deliver, now=lambda: NOW + timedelta(seconds=len(sent)))
    assert sent == ["Aviso 0", "Aviso 1", "Resposta", "Aviso 2", "Aviso 3", "Aviso 4"]


async def test_f26_workers_that_race_send_each_message_once(database):
    for n in range(20):
        await outbox.write(f"p{n}@aurora.example", f"Mensagem {n}", "Oi", at=NOW)
    sent: list[EmailMessage] = []
    workers = [
        asyncio.get_running_loop().create_task(outbox.deliver(NOW, by=kept_in(sent)), context=Context())
        for _ in range(4)
    ]
    await asyncio.gather(*workers)
    assert sorted(message["To"] for message in sent) == sorted(f"p{n}@aurora.example" for n in range(20))
    assert await fetch("SELECT DISTINCT attempts FROM outgoing") == [{"attempts": 1}]


async def test_a_message_that_could_not_be_sent_waits_and_keeps_its_message_id(database):
    await outbox.write("ana@aurora.example", "Oi", "Oi", at=NOW)
    tried: list[str] = []

    async def fails(message: EmailMessage) -> None:
        tried.append(message["Message-ID"])
        raise OSError("no room")

    await outbox.deliver(NOW, by=fails)
    sent: list[EmailMessage] = []
    await outbox.deliver(NOW + timedelta(minutes=1), by=kept_in(sent))
    assert ([message["Message-ID"] for message in sent], len(tried)) == (tried, 1)


async def test_one_message_that_cannot_be_sent_does_not_hold_up_the_others(database):
    for name in ("ana", "rui", "caio"):
        await outbox.write(f"{name}@aurora.example", "Oi", "Oi", at=NOW)
    sent: list[str] = []

    async def fails_for_ana(message: EmailMessage) -> None:
        if message["To"].startswith("ana"):
            raise OSError("mailbox unavailable")
        sent.append(message["To"])

    await outbox.deliver(NOW, by=fails_for_ana)
    assert sent == ["rui@aurora.example", "caio@aurora.example"]
    waiting = await fetch("SELECT recipient, error FROM outgoing WHERE state = 'waiting'")
    assert waiting == [{"recipient": "ana@aurora.example", "error": "mailbox unavailable"}]


@pytest.mark.parametrize(
    ("recipient", "subject"),
    [
        ("ana@aurora.example\r\nBcc: caio@horizonte.example", "Oi"),
        ("ana@aurora.example\nBcc: caio@horizonte.example", "Oi"),
        ("ana@aurora.example\rBcc: caio@horizonte.example", "Oi"),
        ("ana@aurora.example, caio@horizonte.example", "Oi"),
        ("ana@aurora.example\u2028Bcc: caio@horizonte.example", "Oi"),
        ("=?utf-8?q?x=0D=0ABcc=3A_caio=40horizonte.example?=@fora.example", "Oi"),
        ("=?utf-8?q?caio=40horizonte.example=2C?=@fora.example", "Oi"),
        ("ana@aurora.example", "Oi\r\nBcc: caio@horizonte.example"),
        ("ana@aurora.example", "Oi\n\nCorpo falso"),
        ("ana@aurora.example", "Oi\u2028Bcc: caio@horizonte.example"),
        ("ana@aurora.example", "=?utf-8?q?Oi=0D=0ABcc:_caio@horizonte.example?="),
    ],
)
async def test_a10_no_text_becomes_a_header_or_a_second_recipient(database, tmp_path, recipient, subject):
    await outbox.write(recipient, subject, "Oi", at=NOW)
    await outbox.write("rui@aurora.example", "Depois", "Oi", at=NOW)
    await outbox.deliver(NOW, by=outbox.to_folder(tmp_path / "outbox"))
    for message in read_all(tmp_path / "outbox"):
        assert set(message.keys()) == HEADERS | BODY_HEADERS
        assert "caio@horizonte.example" not in [each.addr_spec for each in message["To"].addresses]
        assert len(message["To"].addresses) == 1
    assert "Depois" in [message["Subject"] for message in read_all(tmp_path / "outbox")]


@pytest.mark.parametrize("body", ["Oi\r\n.\r\nMAIL FROM:<x@y>", "ção 🦒 " * 2_000])
async def test_any_body_arrives(database, tmp_path, body):
    await outbox.write("ana@aurora.example", "Oi", body, at=NOW)
    await outbox.deliver(NOW, by=outbox.to_folder(tmp_path / "outbox"))
    (message,) = read_all(tmp_path / "outbox")
    assert message.get_content().splitlines() == body.splitlines()


def kept_in(sent: list[EmailMessage]) -> outbox.Delivery:
    async def keep(message: EmailMessage) -> None:
        sent.append(message)

    return keep


def read_all(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


async def test_a_message_that_cannot_be_written_waits_and_the_others_go(database, caplog):
    for address in ("ana@aurora.example", "rui@aurora.example"):
        await outbox.write(address, "", "", occasion="refused:files", at=NOW)
    fails = {"ana@aurora.example"}

    async def compose(queued: outbox.Queued, at: datetime) -> EmailMessage:
        if queued.recipient in fails:
            raise KeyError("a place that the template does not know")
        return outbox.envelope(queued, subject="Oi")

    sent: list[EmailMessage] = []
    assert await outbox.deliver(NOW, by=kept_in(sent), compose=compose) == 1
    waiting = await fetch("SELECT recipient, error, attempts FROM outgoing WHERE state = 'waiting'")
    assert waiting == [{"recipient": "ana@aurora.example", "error": "KeyError", "attempts": 1}]
    assert "could not be written" in caplog.text
    fails.clear()
    assert await outbox.deliver(NOW + timedelta(minutes=1), by=kept_in(sent), compose=compose) == 1
    assert [message["To"] for message in sent] == ["rui@aurora.example", "ana@aurora.example"]
