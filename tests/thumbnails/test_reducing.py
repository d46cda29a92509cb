"""Pictures made small: of each kind, upright, once, and of nothing that is made to do harm."""

import hashlib
import io
import subprocess
import sys

import obstore
import pytest
from PIL import Image

from tests.articles.imports.folders import PNG
from tests.client import portal
from web.schema import contents
from web.settings import ROOT
from web.storage import pieces_of
from web.thumbnails import keeping
from web.thumbnails.reducing import EDGE, reduce
from web.tickets.record import attachments

pytestmark = pytest.mark.anyio


def picture(kind: str, size: tuple[int, int], mode: str = "RGB", **more: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, kind, **more)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_only_the_process_that_makes_them_loads_what_reads_pictures():
    asked = [sys.executable, "-c", "import sys, web.app; print('PIL' in sys.modules)"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "False\n"


async def stored(content: bytes) -> tuple[str, int]:
    kept = await portal().state.storage.receive(pieces_of(io.BytesIO(content)), limit=len(content))
    return kept.sha256, kept.size


def kept() -> list[str]:
    return sorted(each["path"][3:] for each in obstore.list(portal().state.storage._store).collect())


MODES = {
    "PNG": ("RGB", "L", "LA", "1", "P", "RGBA", "I;16"),
    "JPEG": ("RGB", "L", "CMYK"),
    "GIF": ("L", "P"),
    "WEBP": ("RGB", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_each_kind_becomes_a_small_picture_of_the_same_shape(kind, mode):
    small = opened(reduce(picture(kind, (1200, 600), mode)))
    assert (small.format, small.size) == ("WEBP", (EDGE, EDGE // 2))


def test_a_small_one_is_not_made_larger():
    assert opened(reduce(picture("PNG", (30, 20)))).size == (30, 20)


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken():
    noted = Image.Exif()
    noted[0x0112] = 6
    noted.get_ifd(0x8825)[1] = "S"
    taken = picture("JPEG", (1200, 600), exif=noted, comment=b"sala 12")
    assert b"Exif" in taken
    small = reduce(taken)
    assert (opened(small).size, dict(opened(small).getexif())) == ((EDGE // 2, EDGE), {})
    assert [word for word in (b"Exif", b"EXIF", b"sala 12") if word in small] == []


def test_of_a_moving_one_the_first_picture_is_shown():
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    small = opened(reduce(moving.getvalue()))
    red, _, blue = small.convert("RGB").getpixel((30, 30))
    assert (getattr(small, "n_frames", 1), red > 200, blue < 50) == (1, True, True)


def test_what_was_behind_the_picture_is_not_in_the_small_one():
    both = picture("PNG", (40, 40)) + b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in reduce(both)


BAD = {
    "nothing": b"",
    "text": b"Bom dia",
    "signature": b"\x89PNG\r\n\x1a\n" + b"\0" * 32,
    "cut": picture("JPEG", (400, 400))[:-300],
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "another kind": picture("TIFF", (20, 20)),
    "more pixels than any camera takes": picture("PNG", (12_000, 12_000), "1"),
    "a bomb": picture("PNG", (30_000, 30_000), "1"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_of_what_is_no_picture_or_too_large_a_one_there_is_none(content):
    assert reduce(content) == b""


async def test_it_is_made_once_and_the_picture_is_read_no_more(database, storage):
    sha256, size = await stored(picture("PNG", (1200, 600)))
    first = await keeping.thumbnail(sha256, size, storage=portal().state.storage)
    obstore.delete(portal().state.storage._store, f"{sha256[:2]}/{sha256}")
    assert await keeping.thumbnail(sha256, size, storage=portal().state.storage) == first
    assert kept() == [hashlib.sha256(first).hexdigest()]


async def test_of_a_bad_one_it_is_tried_once(database, storage):
    sha256, size = await stored(BAD["cut"])
    assert await keeping.thumbnail(sha256, size, storage=portal().state.storage) == b""
    obstore.delete(portal().state.storage._store, f"{sha256[:2]}/{sha256}")
    assert await keeping.thumbnail(sha256, size, storage=portal().state.storage) == b""


async def test_one_whose_content_was_lost_is_made_again(database, storage):
    sha256, size = await stored(PNG)
    first = await keeping.thumbnail(sha256, size, storage=portal().state.storage)
    lost = hashlib.sha256(first).hexdigest()
    obstore.delete(portal().state.storage._store, f"{lost[:2]}/{lost}")
    assert await keeping.thumbnail(sha256, size, storage=portal().state.storage) == first


async def test_it_goes_when_no_file_has_its_picture_any_more(database, storage):
    sha256, size = await stored(PNG)
    small = hashlib.sha256(await keeping.thumbnail(sha256, size, storage=portal().state.storage)).hexdigest()
    assert await contents.known([small]) == {small}
    await attachments.forget_unnamed_thumbnails()
    assert await contents.known([small]) == set()
