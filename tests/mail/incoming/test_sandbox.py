"""Hostile mail is refused after two seconds of processor time, and the next mail is read."""

import pytest

from web.mail.incoming.parts import Refused
from web.mail.incoming.sandbox import Reader

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

GOOD = b"From: Ana <ana@aurora.example>\nSubject: Boleto\nMessage-ID: <1@aurora.example>\n\nSIM\n"
NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(3000))
READ = {
    "20000 encoded words": b"Subject: " + b" ".join([b"=?utf-8?q?a?="] * 20_000) + b"\n\nSIM",
    "20000 addresses": b"From: a@b.com\nTo: " + b",".join([b"a@b.com"] * 20_000) + b"\n\nSIM",
    "50000 nested divs": b"Content-Type: text/html\n\n" + b"<div>" * 50_000 + b"SIM",
    "130 nested tables": b"Content-Type: text/html\n\nSIM" + b"<table><tr><td>" * 130,
    "70000 bold nothings": b"Content-Type: text/html\n\nSIM" + b"<b></b>" * 70_000,
    "50000 pictures": b"Content-Type: text/html\n\nSIM" + b"<img src=cid:x>" * 50_000,
    "nested bold words": b"Content-Type: text/html\n\nSIM" + b"<b style=font-style:italic>" * 390 + b"<i></i>" * 40_000,
    "60000 paragraphs": b"Content-Type: text/html\n\nSIM" + b"<p> </p>" * 60_000,
    "100000 quoted lines": b"Subject: a\n\nSIM\n" + b"> De: a\n" * 100_000,
    "no known charset": b"Content-Type: text/plain; charset=x-none\n\nSIM",
    "bad base64": b"Content-Transfer-Encoding: base64\n\nU0lN!",
}
REFUSED = {
    "deep nesting": (NESTED, "too_many_parts"),
    "100000 parts": (b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 100_000, "too_many_parts"),
    "200 MB": (b"Subject: a\n\n" + b"a" * 200 * 2**20, "too_large"),
    "a header of 600 kB": (b"Subject: " + b"a" * 600_000 + b"\n\nSIM", "long_headers"),
    "deep comment": (b"From: " + b"(" * 50_000 + b"\n\nSIM", "unreadable"),
}


@pytest.fixture
async def reader():
    reader = Reader()
    yield reader
    await reader.close()


@pytest.mark.parametrize("name", READ)
async def test_a57_mail_that_would_be_slow_is_read(reader, name):
    assert (await reader.read(READ[name])).text == "SIM"


@pytest.mark.parametrize("name", REFUSED)
async def test_a57_hostile_mail_is_refused_and_the_next_one_read(reader, name):
    raw, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        await reader.read(raw)
    assert (refused.value.code, (await reader.read(GOOD)).text) == (code, "SIM")


async def test_a57_a_mail_that_takes_the_process_down_harms_no_other(reader):
    await reader.read(GOOD)
    reader._limited._process.kill()
    with pytest.raises(Refused) as refused:
        await reader.read(GOOD)
    assert (refused.value.code, (await reader.read(GOOD)).text) == ("too_costly", "SIM")
