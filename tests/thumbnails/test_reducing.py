"""Thumbnails of each picture type, upright; hostile files give none."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from tests.thumbnails.drawn import BOMB, CUT, DRAWING, WITH_A_SCRIPT, picture
from web.settings import ROOT
from web.thumbnails.reducing import EDGE, reduce

pytestmark = pytest.mark.anywhere


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_only_the_process_that_makes_them_loads_what_reads_pictures():
    asked = [sys.executable, "-c", "import sys, web.app; print('PIL' in sys.modules)"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "False\n"


MODES = {
    "PNG": ("RGB", "L", "LA", "1", "P", "RGBA", "I;16"),
    "JPEG": ("RGB", "L", "CMYK"),
    "GIF": ("L", "P"),
    "WEBP": ("RGB", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_each_kind_becomes_a_small_picture_of_the_same_shape(kind, mode):
    small = opened(reduce(picture((1200, 600), mode, kind=kind)))
    assert (small.format, small.size) == ("WEBP", (EDGE, EDGE // 2))


def test_a_small_one_is_not_made_larger():
    assert opened(reduce(picture((30, 20)))).size == (30, 20)


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken():
    noted = Image.Exif()
    noted[0x0112] = 6
    noted.get_ifd(0x8825)[1] = "S"
    taken = picture((1200, 600), kind="JPEG", exif=noted, comment=b"sala 12")
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
    assert b"script" not in reduce(WITH_A_SCRIPT)


BAD = {
    "nothing": b"",
    "text": b"Bom dia",
    "signature": b"\x89PNG\r\n\x1a\n" + b"\0" * 32,
    "cut": CUT,
    "drawing": DRAWING,
    "another kind": picture((20, 20), kind="TIFF"),
    "more pixels than any camera takes": picture((12_000, 12_000), "1"),
    "a bomb": BOMB,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_of_what_is_no_picture_or_too_large_a_one_there_is_none(content):
    assert reduce(content) == b""
