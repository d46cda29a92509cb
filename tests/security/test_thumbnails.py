"""Thumbnails: only for those who may see the file, and safe against hostile pictures."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.security.test_a13_matrix import PEOPLE
from tests.security.world import UNKNOWN, World, built, told, upload
from tests.thumbnails.drawn import BOMB, CUT, DRAWING, WITH_A_SCRIPT, picture
from web.settings import ROOT
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio


async def sent(world: World, content: bytes, name: str = "tela.png", *, kind: str = "reply") -> int:
    """The number of a file in a message of Ana's ticket."""
    author = world.ana if kind == "reply" else world.bia
    file = await upload(author, name, content)
    write = getattr(replies, kind)
    await write(await cast.seen(world.tickets["ours"], author), "Segue.", files=[file], by=author, at=NOW)
    return file


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [("reply", "303 200 404 404 200 200 200 200 200"), ("note", "303 404 404 404 404 200 200 200 200")],
)
async def test_a12_a_picture_is_seen_small_by_whoever_sees_its_file(
    kind: str, outcomes: str, database: None, storage: object
) -> None:
    world = await built()
    file = await sent(world, picture(), kind=kind)
    for path in (f"/thumbnails/{file}", f"/attachments/{file}/tela.png"):
        browsers = [await world.browser(name) for name in PEOPLE]
        assert " ".join([str((await each.client.get(path)).status_code) for each in browsers]) == outcomes


async def test_a12_an_unseen_picture_and_none_get_the_same_answer(database: None, storage: object) -> None:
    world = await built()
    caio, file = await world.browser("caio"), await sent(world, picture())
    unseen, absent = [await caio.client.get(f"/thumbnails/{each}") for each in (file, UNKNOWN)]
    assert (unseen.status_code, told(unseen, file, UNKNOWN)) == (404, told(absent, file, UNKNOWN))


async def test_a55_a_browser_asks_each_time_and_shows_the_next_person_no_picture_of_the_one_before(
    database: None, storage: object
) -> None:
    world = await built()
    path = f"/thumbnails/{await sent(world, picture())}"
    first = await (await world.browser("ana")).client.get(path)
    asked = {"If-None-Match": first.headers["etag"]}
    assert (first.status_code, first.headers["cache-control"]) == (200, "private, no-cache")
    ana, caio = [await (await world.browser(name)).client.get(path, headers=asked) for name in ("ana", "caio")]
    assert [(each.status_code, each.headers["cache-control"]) for each in (ana, caio)] == [
        (304, "private, no-cache"),
        (404, "no-store"),
    ]


async def test_a41_what_hides_behind_a_picture_is_not_served_with_the_small_one(
    database: None, storage: object
) -> None:
    world = await built()
    bia = await world.browser("bia")
    file = await sent(world, WITH_A_SCRIPT)
    answer = await bia.client.get(f"/thumbnails/{file}")
    assert (answer.status_code, b"script" in answer.content) == (200, False)
    assert {name: answer.headers[name] for name in ("content-type", "x-content-type-options", "cache-control")} == {
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }


BAD = {
    "a bomb": ("tela.png", BOMB),
    "a page": ("tela.png", b"<!doctype html><script>alert(1)</script>"),
    "a drawing": ("tela.jpg", DRAWING),
    "cut": ("tela.jpg", CUT),
}


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD)
async def test_a56_a_picture_that_is_none_or_does_harm_stays_a_link_below_a_drawing_of_ours(
    name: str, content: bytes, database: None, storage: object
) -> None:
    world = await built()
    bia, file = await world.browser("bia"), await sent(world, content, name)
    answer = await bia.client.get(f"/thumbnails/{file}")
    told = (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"])
    assert told == (200, "image/svg+xml", "no-store")
    assert answer.content == (ROOT / "static" / "img" / "no-picture.svg").read_bytes()
    shown = await bia.get(f"/tickets/{world.tickets['ours']}")
    link = shown.html.css(".message:last-of-type .file")[0].attributes["href"]
    assert (link, (await bia.client.get(str(link))).content) == (f"/attachments/{file}/{name}", content)


async def test_a56_what_is_not_called_a_picture_has_no_small_one(database: None, storage: object) -> None:
    world = await built()
    bia, file = await world.browser("bia"), await sent(world, picture(), "tela.pdf")
    page = await bia.get(f"/thumbnails/{file}")
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
