"""Mailboxes: refused settings, and the display of a faulty one."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import give_password
from tests.security.world import set_up
from web.demo.cast import Cast
from web.mail.mailboxes import faults
from web.pages.shell import render
from web.pages.words.settings.mailboxes import FAULTS

pytestmark = pytest.mark.anyio

PASSWORD = "cavalo correto bateria"
AT = "/desk/settings/mail"
BOXES = f"{AT}/mailboxes"


@pytest.fixture
async def people(database, monkeypatch):
    with set_up(monkeypatch, GUICHE_MAIL_ALLOW="127.0.0.1"):
        people = await cast.enrol()
        await give_password(people.admin, PASSWORD)
        yield people


async def made(admin: Browser, address: str, **typed: str) -> Page:
    values = {
        "address": address,
        "imap_host": "127.0.0.1",
        "imap_port": "143",
        "imap_tls": "none",
        "imap_user": "suporte",
        "imap_password": "segredo",
        "current": PASSWORD,
        **typed,
    }
    return await admin.send(await admin.get(AT), BOXES, **values)


def notices(page: Page) -> list[tuple[str, str]]:
    """The notices, and their addresses."""
    return [(folded(each.css_first("p")), each.css_first("a").attributes["href"]) for each in page.html.css("main li")]


async def test_two_mailboxes_of_one_account_and_folder_are_refused_in_words(people: Cast):
    admin = await browser_of(people.admin)
    assert (await made(admin, "suporte@guiche.example")).status == 200
    for same in ({}, {"folder": "inbox"}, {"imap_port": "993"}):
        refused = await made(admin, "secretaria@guiche.example", **same)
        assert (refused.status, refused.texts(".field__error")) == (
            422,
            ["Outra caixa já lê esta pasta desta conta. Escolha outra pasta, ou desligue a outra caixa."],
        )
    for n, other in enumerate(({"folder": "Secretaria"}, {"imap_user": "secretaria"})):
        page = await made(admin, f"caixa{n}@guiche.example", **other)
        assert page.text(".notice") == "Caixa criada. Confira com “Testar”."


async def test_the_mailbox_of_the_operator_is_not_set_again_by_page(people: Cast, monkeypatch):
    admin = await browser_of(people.admin)
    with set_up(monkeypatch, GUICHE_IMAP="imap://suporte:segredo@127.0.0.1:143/Fila", GUICHE_MAIL_ALLOW="127.0.0.1"):
        assert (await made(admin, "suporte@guiche.example", folder="Fila")).status == 422
        assert (await made(admin, "suporte@guiche.example")).status == 200


async def test_the_bell_tells_administrators_of_a_fault_once_and_of_its_end(people: Cast):
    admin, lia = await browser_of(people.admin), await browser_of(people.lia)
    page = await made(admin, "suporte@guiche.example")
    box = page.path.partition("?")[0]
    number = int(box.rpartition("/")[2])
    await faults.note(number, "imap", "password", at=NOW)
    for minutes in (9, 10, 11, 12):
        await faults.tell(NOW + timedelta(minutes=minutes), render=render.mail_texts(), say=FAULTS)
    assert (await admin.get("/desk")).text(".bell__count") == "1"
    assert notices(await admin.get("/notices")) == [("A caixa de e-mail não é lida (não lido)", box)]
    assert notices(await lia.get("/notices")) == []
    for _ in range(2):
        await faults.clear(number, "imap", at=NOW + timedelta(minutes=20))
    assert [told for told, _ in notices(await admin.get("/notices"))] == [
        "A caixa de e-mail voltou a ser lida (não lido)",
        "A caixa de e-mail não é lida (não lido)",
    ]


async def test_a_fault_that_passed_unseen_is_not_told_nor_is_its_end(people: Cast):
    admin = await browser_of(people.admin)
    box = (await made(admin, "suporte@guiche.example")).path.partition("?")[0]
    number = int(box.rpartition("/")[2])
    await faults.note(number, "imap", "timeout", at=NOW)
    await faults.tell(NOW + timedelta(minutes=5), render=render.mail_texts(), say=FAULTS)
    await faults.clear(number, "imap", at=NOW + timedelta(minutes=6))
    assert notices(await admin.get("/notices")) == []


async def test_a_fault_that_was_told_is_not_told_again_once_it_was_set_otherwise(people: Cast):
    admin = await browser_of(people.admin)
    box = (await made(admin, "suporte@guiche.example")).path.partition("?")[0]
    number = int(box.rpartition("/")[2])
    await faults.note(number, "imap", "password", at=NOW)
    await faults.tell(NOW + timedelta(minutes=10), render=render.mail_texts(), say=FAULTS)
    page = await admin.get(box)
    saved = await admin.send(page, box, imap_password="outro", current=PASSWORD)
    assert (saved.text("[role=status]"), saved.texts("[role=alert]")) == ("Salvo. Vale em instantes.", [])
    await faults.note(number, "imap", "password", at=NOW + timedelta(minutes=11))
    await faults.tell(NOW + timedelta(minutes=30), render=render.mail_texts(), say=FAULTS)
    assert len(notices(await admin.get("/notices"))) == 1
    await faults.clear(number, "imap", at=NOW + timedelta(minutes=31))
    assert len(notices(await admin.get("/notices"))) == 2
