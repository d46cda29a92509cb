"""Pictures in messages are thumbnails in place; broken ones and other files are links."""

import io

import pytest
from PIL import Image

from tests import cast
from tests.chatting import turned_on
from tests.client import Page, browser_of
from tests.thumbnails.drawn import picture

pytestmark = pytest.mark.anyio


def pictures(page: Page) -> list[dict[str, str | None]]:
    return [dict(each.attributes) for each in page.html.css(".message img")]


def placed(page: Page) -> dict[str, str]:
    """Placeholders of pictures: each has its size before it loads, and a name beside it."""
    number = next(href.split("/")[2] for href in page.attributes(".message a.file", "href") if href.endswith(".png"))
    size = {"width": "200", "height": "144"}
    return {"src": f"/thumbnails/{number}", "alt": "", **size, "loading": "lazy"}


FILES = [("tela.png", picture((1600, 900))), ("boleto.pdf", b"%PDF-1.7")]


async def test_both_sides_see_a_picture_in_place_and_a_file_as_a_link(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="Veja.", files=FILES)
    for page in (await ana.get(f"/tickets/{number}"), await bia.get(f"/desk/tickets/{number}")):
        assert page.texts(".message .file") == ["tela.png 4 KB", "boleto.pdf 8 bytes"]
        assert pictures(page) == [placed(page)]
    answer = await bia.client.get(str(pictures(page)[0]["src"]))
    assert Image.open(io.BytesIO(answer.content)).size == (400, 225)


async def test_a_line_of_a_chat_shows_its_picture(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/chat"), "/chat", body="Veja.", files=FILES)
    assert pictures(page) == [placed(page)]
