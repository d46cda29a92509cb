"""Names, types and refusals of uploaded files."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.files import DOWNLOAD, Kind, clean_name, content_disposition, kind_of, readable_size, refusal

pytestmark = pytest.mark.anywhere

HEADER = r"attachment; filename=\"[\w .()+,=@-]+\"; filename\*=UTF-8''[\w.~%-]+"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
GIF = b"GIF89a\x01\x00\x01\x00"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Relatório João.pdf", "Relatório João.pdf"),
        ("Relato\u0301rio.pdf", "Relatório.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\nota.pdf", "nota.pdf"),
        ("..%2f..%2fetc%2fpasswd", "%2f.%2fetc%2fpasswd"),
        ("pasta/", "arquivo"),
        ("", "arquivo"),
        ("...", "arquivo"),
        ("\u200b\u200d\u2060\ufeff", "arquivo"),
        ("\ud800\udfff", "arquivo"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("no\u200bta\u034f\u3164.pdf", "nota.pdf"),
        ("nota\x00.pdf\x1b", "nota.pdf"),
        ("festa 👩\u200d🏫.pd\u200df", "festa 👩\u200d🏫.pdf"),
        ("nota.pdf\r\nSet-Cookie: a=b", "nota.pdf Set-Cookie_ a=b"),
        ("nota.pdf          .exe", "nota.pdf.exe"),
        (" .nota.pdf. . ", "nota.pdf"),
        ("nota\u00a0fiscal\t1.pdf", "nota fiscal 1.pdf"),
        ('a<b>c"d|e?f*.txt', "a_b_c_d_e_f_.txt"),
        ("nota.exe::$DATA", "nota.exe__$DATA"),
        ("con", "_con"),
        ("NUL .txt", "_NUL.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT²", "_LPT²"),
        ("console.txt", "console.txt"),
        ("a" * 3000 + ".pdf", "a" * 146 + ".pdf"),
        ("con." + "a" * 3000, ("a" * 150)),
        ("a" * 148 + " .pdf", "a" * 146 + ".pdf"),
        ("a" * 200, "a" * 150),
    ],
)
def test_a47_name_is_shown_without_its_tricks(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


@given(st.text(max_size=400) | st.text("./\\ \u200b\u0301aCONcon1:", max_size=200))
def test_a47_any_name_is_safe_to_save_anywhere(raw: str) -> None:
    name = clean_name(raw)
    assert 0 < len(name) <= 150
    assert name == PurePosixPath(name).name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).is_reserved()
    assert name == name.strip(". ")
    assert name == unicodedata.normalize("NFC", name) == clean_name(name)
    assert {unicodedata.category(char) for char in name}.isdisjoint(("Cc", "Cf", "Cs", "Zl", "Zp"))


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (PNG, "tela.png", Kind("image/png", inline=True)),
        (JPEG, "foto.JPG", Kind("image/jpeg", inline=True)),
        (GIF, "anima.gif", Kind("image/gif", inline=True)),
        (WEBP, "foto.webp", Kind("image/webp", inline=True)),
        (WEBP, "foto-do-celular.jpg", Kind("image/webp", inline=True)),
        (PNG, "tela.html", DOWNLOAD),
        (PNG, "tela.png.svg", DOWNLOAD),
        (HTML, "tela.png", DOWNLOAD),
        (SVG, "desenho.svg", DOWNLOAD),
        (b"<?xml version='1.0'?>", "nota.xml", DOWNLOAD),
        (HTML, "pagina.html", DOWNLOAD),
        (b"%PDF-1.7", "nota.pdf", DOWNLOAD),
        (b"BM6\x00", "foto.bmp", DOWNLOAD),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "som.webp", DOWNLOAD),
        (b"", "vazio.png", DOWNLOAD),
    ],
)
def test_a41_browser_shows_only_pictures_that_are_pictures(head: bytes, name: str, kind: Kind) -> None:
    assert kind_of(head, name) == kind


@given(st.binary(max_size=64), st.text(max_size=30))
def test_a42_type_served_is_always_one_of_ours(head: bytes, name: str) -> None:
    assert kind_of(head, name).media_type in {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/octet-stream",
    }


@pytest.mark.parametrize(
    "name",
    [
        "nota.exe",
        "nota.pdf.EXE",
        "nota.exe.",
        "nota.exe . ",
        "nota.pdf\u202e\u200b.scr",
        "a.com",
        "a.bat",
        "a.cmd",
        "a.pif",
        "a.msi",
        "a.js",
        "a.jse",
        "a.vbs",
        "a.vbe",
        "a.wsf",
        "a.ps1",
        "a.jar",
        "a.lnk",
        "a.hta",
        "a.cpl",
        "a.reg",
        "a.apk",
    ],
)
def test_a46_program_is_refused_by_its_name(name: str) -> None:
    assert refusal(b"text", name, 4) == "forbidden"


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\x00",
        b"\x7fELF\x02",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"#!/bin/sh\n",
    ],
)
def test_a46_program_is_refused_under_any_name(head: bytes) -> None:
    assert refusal(head, "nota.pdf", len(head)) == "forbidden"


def test_a46_empty_file_is_refused() -> None:
    assert refusal(b"", "nota.pdf", 0) == "empty"


@pytest.mark.parametrize("name", ["nota.pdf", "nota.exe.pdf", "planilha.xlsx", "exe", "pagina.html", "semponto"])
def test_desk_takes_other_files(name: str) -> None:
    assert refusal(b"%PDF-1.7", name, 8) is None


def test_person_saves_the_file_under_its_own_name() -> None:
    assert content_disposition("Relatório João (1).pdf", inline=False) == (
        "attachment; filename=\"Relat_rio Jo_o (1).pdf\"; filename*=UTF-8''Relat%C3%B3rio%20Jo%C3%A3o%20%281%29.pdf"
    )


def test_picture_is_sent_to_be_shown() -> None:
    assert content_disposition("tela.png", inline=True) == ("inline; filename=\"tela.png\"; filename*=UTF-8''tela.png")


@given(st.text(max_size=200) | st.text('\r\n";\\%=\x00é', max_size=50))
def test_a42_any_name_makes_one_header_that_gives_it_back(raw: str) -> None:
    header = content_disposition(raw, inline=False)
    assert re.fullmatch(HEADER, header, re.ASCII)
    assert unquote(header.rpartition("''")[2]) == clean_name(raw)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (86_016, "84 KB"),
        (2**20 - 1, "1 MB"),
        (2**20, "1 MB"),
        (1_258_291, "1,2 MB"),
        (100 * 2**20, "100 MB"),
        (2**30 - 1, "1 GB"),
        (5 * 2**29, "2,5 GB"),
    ],
)
def test_size_is_read_in_portuguese(size: int, words: str) -> None:
    assert readable_size(size) == words
