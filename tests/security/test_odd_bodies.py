"""Malformed bodies: refused or accepted, never a server error."""

import json
from typing import Any

import pytest

from tests.api.robots import Robot, robot
from tests.client import HOME
from tests.security.routes import paths_by_route
from tests.security.test_odd_values import ODD
from tests.security.world import World, built, token_of

pytestmark = pytest.mark.anyio

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
BODIES: dict[str, tuple[str, bytes]] = {
    "bytes that are no UTF-8": (FORM, b"body=%FF%FE&title=%C0%AF&name=\xff&_key=%FF"),
    "halves of a pair": (FORM, b"body=%ED%A0%80&name=%F4%90%80%80&number=%ED%BF%BF"),
    "digits of other scripts": (FORM, "number=٣&category=２&days=²&into=Ⅻ&team=½&month=①".encode()),
    "numbers as Python writes them": (FORM, b"number=1_000&category=%201&into=%2B1&team=0x10&days=1e3"),
    "each field many times": (FORM, b"body=1&body=2&title=1&title=2&_key=1&_key=2&number=1&number=2" * 20),
    "more fields than any form has": (FORM, b"a=1&" * 5000),
    "names that are none": (FORM, b"&=&&=1&%00=2&a[b][c]=3&__proto__=4&\xff=5"),
    "another character set": (f"{FORM}; charset=utf-16", "body=olá".encode("utf-16")),
    "a character set that is none": (f"{FORM}; charset=utf-99", b"body=1"),
    "JSON": ("application/json", b'{"body": 1}'),
    "text": ("text/plain", b"body=1"),
    "no type": ("", b"body=1"),
    "a type that is none": ("\u00ff/;;=", b"body=1"),
    "parts without a boundary": ("multipart/form-data", b"--x\r\n"),
    "parts that break off": (PARTS, PART % (b"body", b"1") + b"--x\r\nContent-Disposition: form-data; na"),
    "parts of odd names": (PARTS, PART % (b"\xff\x00", b"1") + PART % (b'a"; filename="', b"2") + b"--x--\r\n"),
    "files where text is asked": (PARTS, PART % (b'body"; filename="a\x00\xff.txt', b"1") + b"--x--\r\n"),
    "text where files are asked": (PARTS, PART % (b"files", b"1") + b"--x--\r\n"),
}

SEEN = {"bytes that are no UTF-8", "halves of a pair", "digits of other scripts", "numbers as Python writes them"}
"""Bodies that can reach the database; the others are rejected before."""


@pytest.mark.parametrize(
    "body", [pytest.param(each, marks=[] if each in SEEN else [pytest.mark.anywhere]) for each in BODIES]
)
@pytest.mark.parametrize("name", ["ana", "lia"])
async def test_no_odd_body_breaks_a_form(name: str, body: str, database: None, storage: object) -> None:
    world = await built()
    browser = await world.browser(name)
    media_type, content = BODIES[body]
    token = (await token_of(browser)).encode()
    proof = PART % (b"_token", token) if media_type == PARTS else b"_token=%b&" % token
    headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", "Content-Type": media_type.encode("latin-1")}
    broken = {}
    for route, path in (await paths_by_route("POST", world, name)).items():
        if not route.endswith(("/sign-out", "/sign-out-everywhere", "/end")):
            answer = await browser.client.post(path, content=proof + content, headers=headers)
            broken |= {route: answer.status_code} if answer.status_code >= 500 else {}
    assert broken == {}


@pytest.mark.anywhere
@pytest.mark.parametrize("value", [b"", b"x", b"\xff", b"%00", b"a.b.c", b'"', b"; =;", b"../..", b"a" * 5000])
async def test_no_odd_cookie_breaks_a_page(value: bytes, database: None) -> None:
    browser = await (await built()).browser("ana")
    names = [cookie.name.encode() for cookie in browser.client.cookies.jar]
    sent = b"; ".join(b"%b=%b" % (name, value) for name in (*names, b"guiche-browser", b"guiche-kiosk", b"x"))
    browser.client.cookies.clear()
    answers = [
        (await browser.client.get(path, headers=[(b"Cookie", sent)])).status_code
        for path in ("/", "/sign-in", "/tickets", "/desk", "/help", "/kiosk")
    ]
    assert [status for status in answers if status >= 500] == []


VALUES: list[Any] = [
    *ODD.values(),
    *(None, True, -1, 0, 2**31, 2**63 - 1, 2**63, 10**30, 1.5, 1e308),
    *(
        [],
        [None],
        [[]],
        [0],
        [2**63],
        ["1"] * 50,
        {},
        {"a": "b"},
        {"": []},
        {"9" * 30: ["1"]},
        {"٣": ["1"]},
        {"1": [""]},
    ),
    *(f"{day}T{time}" for day in ("9999-12-31", "0001-01-01") for time in ("00:00:00+14:00", "23:59:59-12:00")),
    *("2026-11-23", "2026-02-30T10:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T10:00:60Z", "20261123T100000Z"),
]


@pytest.mark.parametrize("door", ["", "replies", "notes", "questions", "waits", "solution", "fields", "correction"])
async def test_no_odd_value_in_one_field_of_json_breaks_anything(door: str, database: None, storage: object) -> None:
    world, one = await built(), await robot()
    right: dict[str, Any] = {
        "": {"title": "A", "description": "B", "category": 1, "topic": 1, "requester": "", "primary_contact": ""}
        | {"organization": "", "priority": "low", "files": [], "fields": {}},
        "questions": {"body": "A", "files": [], "days": 1, "closes": False},
        "waits": {"wait": "until", "until": "2026-12-01T10:00:00Z", "days": 1, "closes": False},
        "solution": {"body": "A", "is_note": False, "method": "communicated", "files": [], "fields": {}},
        "fields": {"fields": {}},
        "correction": {"requester": "ana@aurora.example", "primary_contact": "", "organization": ""},
    }.get(door, {"body": "A", "files": []})
    broken = {}
    for field in right:
        for value in VALUES:
            status = (await _sent(one, world, door, json.dumps(right | {field: value}).encode())).status_code
            broken |= {(field, str(value)[:40]): status} if status >= 500 else {}
    assert broken == {}


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/json; charset=utf-16", "text/json", "", "\xff"]
)
@pytest.mark.anywhere
@pytest.mark.parametrize(
    "raw",
    [
        b'\xef\xbb\xbf{"body":"a"}',
        '{"body":"a"}'.encode("utf-16"),
        b'{"body":"a","body":"b"}',
        b'{"body":"a"}{"body":"b"}',
        b'{"body":"\\ud83d"}',
        b'{"body":NaN}',
        b'{"body":' + b"[" * 50_000,
        b'{"body":' + b"9" * 5_000 + b"}",
        b'{"files":[1e400],"body":"a"}',
    ],
)
async def test_no_odd_json_breaks_anything(raw: bytes, media_type: str, database: None, storage: object) -> None:
    world, one = await built(), await robot()
    assert [
        door for door in ("", "replies") if (await _sent(one, world, door, raw, media_type)).status_code >= 500
    ] == []


async def _sent(one: Robot, world: World, door: str, raw: bytes, media_type: str = "application/json") -> Any:
    path = f"/api/v1/tickets/{world.tickets['ours']}/{door}" if door else "/api/v1/tickets"
    return await one.client.post(path, content=raw, headers={"Content-Type": media_type.encode("latin-1")})
