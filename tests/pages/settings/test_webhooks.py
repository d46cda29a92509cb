"""Webhooks: a secret shown once, test deliveries, repeated deliveries, turned off."""

from datetime import datetime, timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import give_password
from tests.security.world import set_up
from tests.webhooks.receiver import receiver, says
from web.api.v1 import responses
from web.clock import machine_time
from web.database import fetch
from web.demo.cast import Cast
from web.pages.shell import render
from web.pages.words.settings import webhooks as words
from web.webhooks.delivery_worker import DeliveryWorker
from web.webhooks.subscriptions import EVENTS

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

PASSWORD = "cavalo correto bateria"
AT = "/desk/settings/webhooks"
PUBLIC = "https://93.184.216.34/guiche"


async def entered(at: datetime = NOW) -> tuple[Cast, Browser]:
    people = await cast.enrol()
    await give_password(people.admin, PASSWORD)
    return people, await browser_of(people.admin, at=at)


async def made(admin: Browser, address: str = PUBLIC, events: tuple[str, ...] = ("reply",)) -> Page:
    return await admin.send(await admin.get(AT), AT, address=address, events=list(events), current=PASSWORD)


async def page_of_the_only_one(admin: Browser) -> Page:
    (row,) = await fetch("SELECT id FROM webhook")
    return await admin.get(f"{AT}/{row['id']}")


async def delivered(at: datetime) -> None:
    await DeliveryWorker(responses.ticket, render.mail_texts()).deliver(at)


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


async def test_the_secret_is_shown_once_and_kept_nowhere(database):
    _, admin = await entered()
    page = await made(admin, events=("reply", "submission"))
    secret = page.text("code.secret")
    assert (page.status, secret[:6]) == (201, "whsec_")
    assert rows(page) == [[PUBLIC, "novo ticket, resposta", "ligado"]]
    assert (await admin.get(AT)).texts("code.secret") == []
    assert secret not in str(await fetch("SELECT * FROM webhook")) + str(await fetch("SELECT * FROM setting_change"))


async def test_a_form_sent_twice_makes_one_webhook_and_shows_its_secret_again(database):
    _, admin = await entered()
    page = await admin.get(AT)
    told = {"address": PUBLIC, "events": ["reply"], "current": PASSWORD}
    secrets = [(await admin.send(page, AT, **told)).text("code.secret") for _ in range(2)]
    assert secrets[0] == secrets[1]
    assert await fetch("SELECT count(*) AS made FROM webhook") == [{"made": 1}]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"address": ""}, ["Preencha este campo."]),
        (
            {"address": "https://127.0.0.1/"},
            ["Este endereço é de uma rede interna. Quem cuida do Guichê o libera em GUICHE_WEBHOOKS_ALLOW."],
        ),
        ({"address": "http://93.184.216.34/"}, ["Use https://, para que ninguém leia os tickets no caminho."]),
        ({"address": "guiche"}, ["Escreva o endereço inteiro, sem usuário nem senha: https://…"]),
        ({"address": "https://nao-existe.invalid/"}, ["Não encontramos este servidor. Confira o endereço."]),
        ({"events": []}, ["Preencha este campo."]),
        ({"events": ["tudo"]}, ["Escolha uma das opções da lista."]),
        ({"current": "outra"}, ["A senha atual não confere."]),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(database, typed, told):
    _, admin = await entered()
    values = {"address": PUBLIC, "events": ["reply", "note"], "current": PASSWORD, **typed}
    refused = await admin.send(await admin.get(AT), AT, **values)
    assert (refused.status, refused.texts(".field__error")) == (422, told)
    assert refused.values(AT)["address"] == values["address"]
    if "events" not in typed:
        assert refused.values(AT)["events"] == ["reply", "note"]
    assert await fetch("SELECT id FROM webhook") == []


async def test_a_test_is_delivered_and_its_answer_shown_and_sent_again(database, monkeypatch):
    start = machine_time()  # the receiver's library compares with the clock of the machine
    _, admin = await entered(start)
    with set_up(monkeypatch, GUICHE_WEBHOOKS_ALLOW="127.0.0.1"):
        async with receiver(says(500, b"<b>em obras</b>"), says(200, b"ok")) as far:
            secret = (await made(admin, far.url)).text("code.secret")
            page = await page_of_the_only_one(admin)
            page = await admin.send(page, f"{page.path}/tests")
            assert page.text(".notice") == "Teste na fila. A resposta aparece abaixo em instantes: atualize a página."
            await delivered(start + timedelta(seconds=10))
            page = await page_of_the_only_one(admin)
            ((event, _, state, answer, repeat),) = rows(page)
            assert (event.split()[0], state.split(";")[0], repeat) == (
                "teste",
                "na fila, 1 tentativa",
                f"Reenviar {event}",
            )
            assert answer == "500 O que respondeu <b>em obras</b>"
            (row,) = await fetch("SELECT id FROM webhook_delivery")
            await admin.send(page, f"/desk/settings/deliveries/{row['id']}/repeats")
            await delivered(start + timedelta(seconds=11))
            page = await page_of_the_only_one(admin)
            assert rows(page)[0][2:4] == ["entregue", "200 O que respondeu ok"]
            await admin.send(page, f"/desk/settings/deliveries/{row['id']}/repeats")
            await delivered(start + timedelta(seconds=30))
            assert [each.headers["webhook-id"] for each in far.received] == [f"msg_{row['id']}"] * 3
            assert far.verified(secret)["type"] == "test"


async def test_one_that_is_off_is_told_nothing_and_offers_nothing(database):
    _, admin = await entered()
    await made(admin)
    page = await page_of_the_only_one(admin)
    await admin.send(page, f"{page.path}/tests")
    values = page.values(page.path)
    del values["is_on"]
    saved = await admin.post(page.path, {**values, "current": PASSWORD})
    assert saved.location == f"{page.path}?done=saved"
    page = await page_of_the_only_one(admin)
    assert rows(page)[0][2:] == ["descartada", "o webhook foi desligado antes", ""]
    assert page.texts("form[action$=tests]") == []
    assert rows(await admin.get(AT)) == [[PUBLIC, "resposta", "desligado"]]
    assert "Webhooks nenhum ligado" in (await admin.get("/desk/settings")).texts(".choices li")


async def test_a_change_needs_the_password_and_is_told_to_the_log(database):
    _, admin = await entered()
    await made(admin)
    page = await page_of_the_only_one(admin)
    refused = await admin.send(page, page.path, address="https://93.184.216.35/", current="outra")
    assert (refused.status, refused.texts(".field__error")) == (422, ["A senha atual não confere."])
    assert refused.values(page.path)["address"] == "https://93.184.216.35/"
    saved = await admin.send(page, page.path, events=["reply", "breach"], current=PASSWORD)
    assert saved.text(".notice") == "Salvo."
    log = await admin.get("/desk/settings/log")
    assert rows(log)[0][2:] == [f"Webhook: {PUBLIC}", "eventos: era resposta, passou a resposta, prazo vencido"]


def test_each_event_that_can_be_chosen_has_its_words():
    assert set(words.EVENTS) == set(EVENTS)
    assert words.events_text(" ".join(EVENTS)) == "todos os eventos"


async def test_of_two_who_change_one_at_once_the_second_sees_what_the_first_changed(database):
    people, admin = await entered()
    await made(admin)
    page = await page_of_the_only_one(admin)
    other = await browser_of(people.admin)
    first = await other.get(page.path)
    await other.send(first, page.path, address=f"{PUBLIC}/outro", current=PASSWORD)
    second = await admin.send(page, page.path, events=["reply", "note"], current=PASSWORD)
    assert second.status == 409
    assert second.texts(".notice[role=alert] p")[0] == "Outra pessoa mudou isto enquanto você editava."
    assert f"endereço era {PUBLIC}, passou a {PUBLIC}/outro" in second.texts(".notice[role=alert] p")[1]
    done = await admin.send(second, page.path, current=PASSWORD)
    assert done.text(".notice") == "Salvo."


async def test_one_is_removed_after_a_question_with_what_waits_and_the_log_says_so(database, monkeypatch):
    _, admin = await entered()
    with set_up(monkeypatch, GUICHE_WEBHOOKS_ALLOW="127.0.0.1"):
        async with receiver() as far:
            await made(admin, far.url)
            page = await page_of_the_only_one(admin)
            page = await admin.send(page, f"{page.path}/tests")
            asked = await admin.get(page.links()["Excluir o webhook"])
            assert (asked.text("h1"), rows(await admin.get(AT))) == (
                "Excluir o webhook?",
                [[far.url, "resposta", "ligado"]],
            )
            gone = await admin.send(asked, asked.path)
            assert (gone.text(".notice"), gone.html.css("tbody")) == ("Webhook excluído.", [])
            await delivered(machine_time())
            assert far.received == []
    assert await fetch("SELECT id FROM webhook_delivery") == []
    assert (await admin.get(page.path)).status == 404
    log = await admin.get("/desk/settings/log")
    assert rows(log)[0][2] == f"Webhook: {far.url}, remoção"
