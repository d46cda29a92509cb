"""Chat is turned on by choosing who attends it, and turned off."""

import pytest

from tests import cast
from tests.chatting import retired
from tests.client import browser_of
from tests.pages.reading import refusals
from web.brand.brand import known
from web.database import fetch_column
from web.tickets.requests.categories import open_to_all

pytestmark = pytest.mark.anyio

AT = "/desk/settings/chat"


async def test_an_administrator_turns_chat_on_and_off_and_the_log_tells(database, storage):
    admin = await browser_of((await cast.enrol()).admin)
    assert (await admin.get("/desk/settings")).links()["Chat"] == AT
    page = await admin.get(AT)
    assert page.options("category")[0] == "Sem chat"
    [number] = [each.id for each in await open_to_all() if each.name == "Cobrança"]
    page = await admin.send(page, AT, category=number)
    assert (page.text("[role=status]"), page.values(AT)["category"]) == (
        "Salvo. Já vale em todas as páginas.",
        str(number),
    )
    assert "ligado, Cobrança" in (await admin.get("/desk/settings")).words
    assert "categoria do chat" in (await admin.get("/desk/settings/log")).words
    await admin.send(page, AT, category="")
    assert known().chat is None
    assert "desligado" in (await admin.get("/desk/settings")).words


async def test_only_a_category_that_is_open_to_all_and_needs_no_approval_is_taken(database, storage):
    admin = await browser_of((await cast.enrol()).admin)
    page = await admin.get(AT)
    [number] = await fetch_column(int, "SELECT id FROM category WHERE name = 'Cobrança'")
    address = f"/desk/settings/categories/{number}"
    await admin.send(await admin.get(address), address, needs_approval="1")
    refused = await admin.send(page, AT, category=number)
    assert (refused.status, refusals(refused)) == (422, {"category": "Escolha uma das opções da lista."})
    assert known().chat is None


async def test_who_saves_over_what_another_has_saved_is_asked(database, storage):
    admin = await browser_of((await cast.enrol()).admin)
    page, number = await admin.get(AT), (await open_to_all())[0].id
    await admin.send(page, AT, category=number)
    answer = await admin.send(page, AT, category="")
    assert (answer.status, "Outra pessoa salvou enquanto você editava" in answer.words) == (409, True)
    assert answer.texts(".summary li") == [
        "Categoria das conversas: agora é “Cobrança”.",
        "Conversas por atendente: agora é “sem limite”.",
    ]
    assert known().chat == number


async def test_a_category_that_is_no_longer_offered_is_said_to_stop_chat(database, storage):
    admin = await browser_of((await cast.enrol()).admin)
    number = (await open_to_all())[0].id
    await admin.send(await admin.get(AT), AT, category=number)
    await retired(admin, number)
    assert "O chat está parado." in (await admin.get(AT)).words
