"""Odd values in every form, query and JSON field: refused or accepted, never a server error."""

import json
import re
import secrets
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.api.robots import Robot, robot
from tests.client import Browser, values_of
from tests.security.routes import paths_by_route
from tests.security.world import World, built, token_of
from web.database import fetch
from web.settings import ROOT

pytestmark = pytest.mark.anyio

ODD = {
    "2**31": "2147483648",
    "2**63": "9223372036854775808",
    "10**30": "1" + "0" * 30,
    "negative": "-1",
    "zero": "0",
    "fraction": "1.5",
    "infinite": "1e999",
    "no number": "NaN",
    "NUL": "a\x00b",
    "controls": "\x01\x1b[31m\x7f\x9f",
    "line ends": "a\rb\r\nc\u2028d",
    "unseen": "\u200b\u2060",
    "right to left": "\u202eatac",
    "not NFC": "e\u0301" * 3,
    "many marks": "e" + "\u0301" * 500,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "not a character": "\uffff\U0010ffff",
    "year 9999": "9999-12-31",
    "year 10000": "10000-01-01",
    "year 0": "0000-00-00",
    "year 1": "0001-01-01",
    "day in Brazil": "31/12/9999",
    "instant 9999": "9999-12-31T23:59",
    "hours": "00:00-24:00",
    "brackets": "[[[{{{",
    "braces": "{numero}{0}{}%s%n",
    "quote": "' OR 1=1; --",
    "tag": "<script>alert(1)</script>",
    "long": "a" * 5000,
    "many words": "a " * 2000,
    "addresses": "a@b.example," * 30,
    "blank": " \t ",
    "empty": "",
}
TEXT = {
    *("zero", "fraction", "controls", "line ends", "unseen", "right to left", "not NFC", "emoji", "day in Brazil"),
    *("hours", "brackets", "braces", "tag", "many words", "addresses", "blank", "empty"),
}
"""Values that are parsed before the database, or are ordinary text to it."""
each_odd = pytest.mark.parametrize(
    "odd", [pytest.param(each, marks=[pytest.mark.anywhere] if each in TEXT else []) for each in ODD]
)
ALONE = ("2**63", "infinite", "NUL", "unseen", "year 9999", "year 1", "day in Brazil")
QUERY = (
    *("after", "before", "by", "category", "columns", "done", "from", "kept", "next", "order", "organization"),
    *("priority", "q", "queue", "saved", "scope", "seen", "sent", "since", "sort", "status", "team", "to", "until"),
    *("view", "assignee", "requester", "tag", "channel", "topic", "overdue", "number", "month", "year", "week"),
)


def fields() -> list[str]:
    """The names of all fields in the templates."""
    templates = " ".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = re.findall(r'name="([a-z_]+)"|(?:field|area|choice|select)\([^,()]*, "([a-z_]+)"', templates)
    return sorted({one or other for one, other in named} - {"_token"})


@pytest.mark.parametrize("name", ["ana", "lia"])
@each_odd
async def test_no_odd_value_in_a_form_breaks_anything(odd: str, name: str, database: None, storage: Path) -> None:
    world = await built()
    browser = await world.browser(name)
    values = {"_token": await token_of(browser), **dict.fromkeys(fields(), ODD[odd])}
    broken = {}
    for route, path in (await paths_by_route("POST", world, name)).items():
        if not route.endswith(("/sign-out", "/sign-out-everywhere", "/end")):
            status = (await browser.post(path, values)).status
            broken |= {route: status} if status >= 500 else {}
    assert broken == {}


@pytest.mark.parametrize("name", ["ana", "lia"])
async def test_no_odd_value_in_one_field_breaks_a_form_that_is_right_otherwise(
    name: str, database: None, storage: Path
) -> None:
    world = await built()
    browser = await world.browser(name)
    broken, tried = {}, set()
    for route, path in (await paths_by_route("GET", world, name)).items():
        if route.endswith(("/attachments/{number:int}/{name:str}", "{part:str}")):
            continue
        page = await browser.get(path)
        for form in page.html.css("form"):
            action, values = page.action_of(form), values_of(form)
            if action.startswith("/sign-out") or (action, *values) in tried:
                continue
            tried.add((action, *values))
            sent_by = _posted if form.attributes.get("method") == "post" else _asked
            for field, odd in product(values.keys() - {"_token", "_key"}, ALONE):
                status = await sent_by(browser, action, {**values, field: ODD[odd]})
                broken |= {(action, field, odd): status} if status >= 500 else {}
    assert broken == {}


async def _posted(browser: Browser, action: str, values: dict[str, Any]) -> int:
    key = {"_key": secrets.token_hex(8)} if "_key" in values else {}
    return (await browser.post(action, values | key)).status


async def _asked(browser: Browser, action: str, values: dict[str, Any]) -> int:
    return (await browser.client.get(action, params=values)).status_code


@pytest.mark.parametrize("name", ["ana", "lia"])
@each_odd
async def test_no_odd_value_in_a_query_breaks_anything(odd: str, name: str, database: None, storage: Path) -> None:
    world = await built()
    browser = await world.browser(name)
    broken = {}
    for route, path in (await paths_by_route("GET", world, name)).items():
        answer = await browser.client.get(path, params=dict.fromkeys(QUERY, ODD[odd][:300]))
        broken |= {route: answer.status_code} if answer.status_code >= 500 else {}
    assert broken == {}


MOVES = ("replies", "notes", "questions", "waits", "solution", "release", "correction")
JSON = [
    *(json.dumps(dict.fromkeys(("body",), value)).encode() for value in ODD.values()),
    *(json.dumps({"requester": value, "organization": value}).encode() for value in ODD.values()),
    *(json.dumps({"body": "Oi", "files": [number]}).encode() for number in (-1, 0, 2**31, 2**63 - 1, 2**63, 10**30)),
    *(json.dumps({"body": "Oi", "days": number}).encode() for number in (-1, 0, 366, 2**63, 1.5)),
    *(
        json.dumps({"wait": "until", "until": f"{day}T{time}"}).encode()
        for day in ("9999-12-31", "0001-01-01", "2999-01-01")
        for time in ("00:00:00+14:00", "23:59:59-12:00", "23:59:59Z", "23:59:59")
    ),
    *(b'{"body":"\xff"}', b"\xff", b'{"body":"a\\u0000b"}', b'{"body":"\\ud800"}', b"[" * 9000, b"", b"null", b"{}"),
    b'{"body":1e999}',
]


@pytest.mark.parametrize("move", MOVES)
async def test_no_odd_value_in_json_breaks_anything(move: str, database: None, storage: Path) -> None:
    world, one = await built(), await robot()
    broken = {}
    for raw in JSON:
        status = await _sent(one, world, move, raw)
        broken |= {raw[:60]: status} if status >= 500 else {}
    assert broken == {}


@pytest.mark.parametrize("raw", [b'{"body":"\xff"}', b'{"body":"\\ud800"}', b'{"body":"a'])
async def test_json_that_is_no_utf8_is_malformed(raw: bytes, database: None, storage: Path) -> None:
    assert await _sent(await robot(), await built(), "replies", raw) == 400


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("um\r\ndois\rtrês", "um\ndoistrês"),
        ("e\u0301", "é"),
        ("um\tdois", "um\tdois"),
    ],
)
async def test_text_of_a_robot_is_kept_as_a_forms_is(typed: str, kept: str, database: None, storage: Path) -> None:
    world, one = await built(), await robot()
    assert await _sent(one, world, "replies", json.dumps({"body": typed}).encode()) == 201
    lia = await world.browser("lia")
    path = f"/desk/tickets/{world.tickets['ours']}"
    await lia.post(f"{path}/replies", {"_token": await token_of(lia), "body": typed})
    rows = await fetch("SELECT body FROM message ORDER BY id DESC LIMIT 2")
    assert [row["body"] for row in rows] == [kept, kept]


async def _sent(one: Robot, world: World, move: str, raw: bytes) -> int:
    path = f"/tickets/{world.tickets['ours']}/{move}"
    return (await one.send(path, raw, Content_Type="application/json")).status_code
