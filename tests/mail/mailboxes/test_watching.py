"""Fetching from a real IMAP server: each mail once, stored before it is marked as seen, new mail at once."""

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from anyio import to_thread

from tests.cast import NOW
from tests.mail.dovecot import PASSWORD, put, unseen
from tests.mail.mailboxes.conftest import watching
from tests.security.world import set_up
from web.database import fetch
from web.mail.mailboxes import faults, fetching, lookup, servers, settings
from web.mail.mailboxes.fetching import Callbacks
from web.mail.mailboxes.listing import MailboxInput
from web.mail.mailboxes.servers import Server
from web.pages.shell import render
from web.pages.words.settings.mailboxes import FAULTS

pytestmark = [pytest.mark.anyio, pytest.mark.imap]


async def states() -> list[str]:
    return [row["state"] for row in await fetch("SELECT state FROM inbound_mail ORDER BY id")]


def filed(many: int):
    async def holds() -> bool:
        return (await states()).count("filed") == many

    return holds


def failing(code: str):
    async def holds() -> bool:
        return [row["code"] for row in await fetch("SELECT code FROM mailbox_fault")] == [code]

    return holds


async def changed(number: int, people, server: Server, **others: object) -> None:
    values = {"folder": "INBOX", "smtp": Server(), **others}
    wanted = MailboxInput(address="suporte@guiche.example", name="Suporte", imap=server, **values)
    await settings.change(number, wanted, by=people.admin, at=NOW)


async def test_f16_new_mail_is_kept_and_only_then_seen(add, server):
    await add()
    with server.box() as box:
        put(box, 3)
        async with watching() as until:
            await until(filed(3))
            assert unseen(box) == []


async def test_the_server_tells_of_mail_that_comes_while_the_mailbox_is_watched(add, server):
    """Nobody signs in again for it."""
    await add()
    with server.box() as box:
        put(box, 1)
        entered = server.entered()
        async with watching() as until:
            await until(filed(1))
            put(box, 1, start=1)
            await until(filed(2))
            assert server.entered() == entered + 1


async def test_two_mailboxes_lead_to_two_teams_and_the_same_mail_in_both_is_one_message(add, server):
    teams = [row["id"] for row in await fetch("SELECT id FROM team WHERE is_active ORDER BY id LIMIT 2")]
    await add(team=teams[0])
    await add("secretaria", team=teams[1])
    with server.box() as one, server.box("secretaria") as other:
        put(one, 2)
        put(other, 2, start=1)
        async with watching() as until:
            await until(filed(3))
            await until(no_new)
    rows = await fetch("SELECT title, team FROM ticket ORDER BY title")
    assert [row["title"] for row in rows] == ["Pedido 0", "Pedido 1", "Pedido 2"]
    assert (rows[0]["team"], rows[2]["team"]) == tuple(teams)
    assert sorted(await states()) == ["filed", "filed", "filed", "ignored"]


async def no_new() -> bool:
    return len(await states()) == 4 and "new" not in await states()


@pytest.mark.parametrize(("fate", "became"), [("parked", "parked"), ("refused", "ignored")])
async def test_p26_mail_of_strangers_becomes_what_the_mailbox_says(add, server, fate, became):
    await add(strangers=fate)
    with server.box() as box:
        put(box, 1, sender="nina@fora.example")
        put(box, 1, start=1)
        async with watching() as until:
            await until(filed(1))
            await until(lambda: holds(became))
    assert await fetch("SELECT reason FROM inbound_mail WHERE sender = 'nina@fora.example'") == [{"reason": "stranger"}]


async def holds(became: str) -> bool:
    return became in await states()


async def test_f44_a_password_that_was_changed_is_told_after_ten_minutes_and_mail_waits(add, server, people):
    number = await add(imap=server.server(password="a de antes"))
    with server.box() as box:
        put(box, 1)
        async with watching() as until:
            await until(failing("password"))
            assert len(unseen(box)) == 1
            (row,) = await fetch("SELECT since FROM mailbox_fault")
            for minutes, told in ((9, 0), (10, 1), (11, 1)):
                at = row["since"] + timedelta(minutes=minutes)
                await faults.tell(at, render=render.mail_texts(), say=FAULTS)
                mails = await fetch("SELECT recipient, subject, body FROM outgoing")
                assert len(mails) == told
            assert mails[0]["subject"] == "A caixa suporte@guiche.example não é lida há dez minutos"
            assert "O servidor recusou o usuário ou a senha." in mails[0]["body"]
            await changed(number, people, server.server())
            await until(filed(1))
            assert await fetch("SELECT id FROM mailbox_fault") == []


async def test_a_folder_that_is_gone_and_a_changed_setting_are_followed_without_a_restart(add, server, people):
    number = await add(folder="Arquivo")
    with server.box() as box:
        put(box, 1)
        async with watching() as until:
            await until(failing("folder"))
            await changed(number, people, replace(server.server(), password=""), is_active=False)
            await until(no_fault)
            await changed(number, people, replace(server.server(), password=""))
            await until(filed(1))


async def no_fault() -> bool:
    return await fetch("SELECT id FROM mailbox_fault") == []


async def test_f16_what_could_not_be_kept_stays_unseen_on_the_server(add, server, storage, caplog):
    await add()
    (storage / "incoming").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(storage)
    storage.write_text("in the way")

    async def told() -> bool:
        return "mailbox suporte@" in caplog.text

    with server.box() as box:
        put(box, 2)
        async with watching() as until:
            await until(told)
        assert len(unseen(box)) == 2


async def test_f19_four_workers_keep_each_of_a_thousand_mails_once(add, server):
    await add()
    with server.box() as box:
        server.delivers(1000)
        async with watching(4) as until:
            await until(lambda: kept(1000))
        assert unseen(box) == []
    assert await fetch("SELECT count(*) AS n, count(DISTINCT sha256) AS different FROM inbound_mail") == [
        {"n": 1000, "different": 1000}
    ]


async def test_f19_a_worker_that_lost_the_mailbox_keeps_no_further_mail(add, server):
    await add()
    (mailbox,) = await lookup.reading()
    address, secret = await servers.reach(mailbox.imap), await servers.secret_of(mailbox.imap)
    kept: list[bytes] = []
    told = Callbacks(opened=lambda: None, keep=kept.append, holds=lambda: not kept, stopped=Event())
    with server.box() as box:
        put(box, 3)
        await to_thread.run_sync(partial(fetching.fetch, mailbox, told, address=address, secret=secret))
        assert (len(kept), len(unseen(box))) == (1, 2)


async def kept(many: int) -> bool:
    return len(await states()) >= many


async def test_the_operators_mailbox_is_read_beside_those_set_by_page(people, server, monkeypatch):
    with set_up(monkeypatch, GUICHE_IMAP=f"imap://suporte:{PASSWORD}@127.0.0.1:{server.port}"), server.box() as box:
        put(box, 1)
        async with watching() as until:
            await until(filed(1))
        assert unseen(box) == []
