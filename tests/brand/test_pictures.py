"""A logo is a valid picture, or it is refused with a reason."""

import re

import pytest

from tests.brand.drawn import chunk, png, riff, svg, webp
from web.brand.pictures import LARGEST, Picture, cleaned
from web.errors import Invalid

pytestmark = pytest.mark.anywhere

HTML = b"<html><script>alert(1)</script>"


def made(raw: bytes) -> tuple[str, int, int]:
    picture = cleaned(raw)
    return picture.kind, picture.width, picture.height


@pytest.mark.parametrize(
    ("raw", "told"),
    [(png(), ("png", 4, 2)), (webp(), ("webp", 16, 16)), (svg(), ("svg", 32, 16))],
)
def test_a_picture_is_known_by_its_bytes_and_tells_its_size(raw: bytes, told: tuple[str, int, int]) -> None:
    assert made(raw) == told
    assert cleaned(cleaned(raw).content) == cleaned(raw), "what is clean stays as it is"


def test_notes_inside_a_picture_are_left_out() -> None:
    assert cleaned(png(before_end=chunk(b"tEXt", HTML))).content == png()
    extended = riff(b"VP8X", bytes([0b1100, 0, 0, 0, 15, 0, 0, 15, 0, 0]))
    plain = webp(riff(b"VP8X", bytes([0, 0, 0, 0, 15, 0, 0, 15, 0, 0])))
    assert cleaned(webp(extended, riff(b"EXIF", HTML))).content == plain
    drawn = svg(
        '<metadata>Feito em casa</metadata><title>Logo</title><g data-name="a" class="b"><path d="M0 0h9"/></g>'
    )
    assert cleaned(drawn).content == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 16" width="32" height="16">'
        b'<g><path d="M0 0h9" /></g></svg>'
    )


def test_paint_written_as_style_becomes_attributes() -> None:
    content = cleaned(svg('<path d="M0 0h9" style="fill:#ff0000; stroke-width:2; font-family:Arial"/>')).content
    assert re.findall(rb"<path.*?>", content) == [b'<path d="M0 0h9" fill="#ff0000" stroke-width="2" />']


def test_gradients_of_the_drawing_itself_stay() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<circle cx="8" cy="8" r="8" fill="url(#a)"/>'
    )
    assert b'fill="url(#a)"' in cleaned(svg(inside)).content


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "picture_kind"),
        (b"GIF89a" + b"\0" * 40, "picture_kind"),
        (HTML, "picture_kind"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "picture_kind"),
        (svg().decode().encode("utf-16"), "picture_kind"),
        (svg()[:-3], "picture_broken"),
        (png() + HTML, "picture_hides"),
        (png(pixels=b"no pixels"), "picture_broken"),
        (png()[:-4] + b"\0\0\0\0", "picture_broken"),
        (png(5_000, 1), "picture_too_wide"),
        (webp() + HTML, "picture_hides"),
        (b"RIFF\x04\0\0\0WEBP", "picture_broken"),
        (b"\x89PNG\r\n\x1a\n", "picture_broken"),
        (png(before_end=chunk(b"tEXt", b"a" * LARGEST)), "picture_too_large"),
        (svg("<script>alert(1)</script>"), "picture_acts"),
        (svg(more=' onload="alert(1)"'), "picture_acts"),
        (svg('<path d="M0 0" OnClick="alert(1)"/>'), "picture_acts"),
        (svg("<foreignObject><p>oi</p></foreignObject>"), "picture_acts"),
        (svg('<rect fill="url(https://example.com/a)"/>'), "picture_acts"),
        (svg('<rect style="fill:url(//example.com/a)"/>'), "picture_acts"),
        (svg('<linearGradient href="https://example.com/#a"/>'), "picture_acts"),
        (svg('<image href="https://example.com/a.png"/>'), "picture_no_shape"),
        (svg('<use href="#a"/>'), "picture_no_shape"),
        (svg("<text>Escola</text>"), "picture_no_shape"),
        (svg("<style>path{fill:red}</style>"), "picture_no_shape"),
        (svg('<animate attributeName="d"/>'), "picture_no_shape"),
        (svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), "picture_no_shape"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "picture_no_size"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9e9 nan"/>', "picture_no_size"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;"), "picture_hides"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd" [ ]>' + svg(), "picture_hides"),
        (svg("<g>" * 60 + "</g>" * 60), "picture_broken"),
        (svg("<g/>" * 6_000), "picture_broken"),
    ],
)
def test_a49_what_is_more_or_less_than_a_picture_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        cleaned(raw)
    assert refused.value.fields == {"files": code}


def test_the_old_document_type_of_svg_is_left_out() -> None:
    old = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert cleaned(old + svg()) == cleaned(svg())


def test_a_logo_more_than_twice_as_wide_as_high_spells_the_name() -> None:
    assert [Picture("", "png", width, 10, b"").is_wide for width in (10, 20, 21)] == [False, False, True]
