"""The same form sent twenty times at once is processed once."""

import asyncio

import pytest

from tests.browser.conftest import home  # noqa: F401 - a fixture
from tests.browser.demonstration import Demonstration, Remote

pytestmark = pytest.mark.anyio

TIMES = 20


@pytest.fixture
async def ana(home: Demonstration) -> Remote:  # noqa: F811 - the fixture
    browser = Remote(home.url)
    await browser.sign_in("Ana", home.password)
    return browser


async def test_f20_twenty_equal_replies_get_one_answer_and_make_one_message(ana: Remote) -> None:
    address = await ana.open_ticket("Resposta repetida")
    page = await ana.get(address)
    values = {**page.values(f"{address}/replies"), "body": "Uma vez só."}
    answers = await asyncio.gather(*(ana.post(f"{address}/replies", values) for _ in range(TIMES)))
    assert [answer.status for answer in answers] == [303] * TIMES
    assert len({answer.location for answer in answers}) == 1
    assert (await ana.get(address)).texts(".message__body") == ["Como de costume.", "Uma vez só."]


async def test_f20_twenty_equal_requests_get_one_answer_and_make_one_ticket(ana: Remote) -> None:
    page = await ana.get("/tickets/new")
    category = page.attributes("select[name=category] option", "value")[1]
    values = {**page.values("/tickets"), "category": category, "title": "Pedido repetido", "description": "Um só."}
    answers = await asyncio.gather(*(ana.post("/tickets", {**values, "send": "1"}) for _ in range(TIMES)))
    assert [answer.status for answer in answers] == [303] * TIMES
    assert len({answer.location for answer in answers}) == 1
    assert (await ana.get("/tickets?q=repetido+pedido")).texts(".row__title") == ["Pedido repetido"]


async def test_f20_twenty_equal_requests_with_a_file_get_one_answer_and_keep_one_file(ana: Remote) -> None:
    address = await ana.open_ticket("Arquivo repetido")
    page = await ana.get(address)
    values = {**page.values(f"{address}/replies"), "body": "Segue."}
    files = [("lista.txt", b"Ana, Rui")]
    answers = await asyncio.gather(*(ana.post(f"{address}/replies", values, files=files) for _ in range(TIMES)))
    assert [answer.status for answer in answers] == [303] * TIMES
    assert (await ana.get(address)).texts(".message__files") == ["lista.txt 8 bytes"]
