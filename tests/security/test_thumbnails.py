"""Pictures in messages: seen small by whoever sees the file, and of no use to whoever makes one to do harm."""

import io
from typing import Any

import pytest
from PIL import Image

from tests import cast
from tests.cast import NOW
from tests.security.test_a13_matrix import PEOPLE
from tests.security.world import UNKNOWN, World, built, told, upload
from web.settings import ROOT
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio


def picture(size: tuple[int, int] = (600, 300), mode: str = "RGB", **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, "PNG", **more)
    return made.getvalue()


async def sent(world: World, content: bytes, name: str = "tela.png", *, kind: str = "reply") -> int:
    """The number of a file that stands in a message of Ana's ticket."""
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


async def test_a41_what_hides_behind_a_picture_is_not_served_with_the_small_one(
    database: None, storage: object
) -> None:
    world = await built()
    bia = await world.browser("bia")
    file = await sent(world, picture() + b"<script>alert(1)</script>PK\x03\x04")
    answer = await bia.client.get(f"/thumbnails/{file}")
    assert (answer.status_code, b"script" in answer.content) == (200, False)
    assert {name: answer.headers[name] for name in ("content-type", "x-content-type-options", "cache-control")} == {
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=31536000, immutable",
    }


BAD = {
    "a bomb": ("tela.png", picture((30_000, 30_000), "1")),
    "a page": ("tela.png", b"<!doctype html><script>alert(1)</script>"),
    "a drawing": ("tela.jpg", b"<svg onload=alert(1)>"),
    "cut": ("tela.png", picture()[:-80]),
}


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD)
async def test_a56_a_picture_that_is_none_or_does_harm_stays_a_link_below_a_drawing_of_ours(
    name: str, content: bytes, database: None, storage: object
) -> None:
    world = await built()
    bia, file = await world.browser("bia"), await sent(world, content, name)
    answer = await bia.client.get(f"/thumbnails/{file}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.content == (ROOT / "static" / "img" / "no-picture.svg").read_bytes()
    shown = await bia.get(f"/tickets/{world.tickets['ours']}")
    link = shown.html.css(".message:last-of-type .file")[0].attributes["href"]
    assert (link, (await bia.client.get(str(link))).content) == (f"/attachments/{file}/{name}", content)


async def test_a56_what_is_not_called_a_picture_has_no_small_one(database: None, storage: object) -> None:
    world = await built()
    bia, file = await world.browser("bia"), await sent(world, picture(), "tela.pdf")
    page = await bia.get(f"/thumbnails/{file}")
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
