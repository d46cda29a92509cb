"""Measurements: the strength of tokens, the time of responses, the cost of hostile input."""

import math
import re
from datetime import timedelta
from itertools import chain
from time import perf_counter_ns

import pytest
from argon2 import PasswordHasher

from tests.api.robots import robot
from tests.cast import NOW
from tests.client import Browser
from tests.security.world import built, everything, token_of
from web.database import transaction
from web.people import accounts, keys, one_time_links, sessions, throttle
from web.people.one_time_links import Purpose
from web.people.passwords import hashing
from web.people.permissions import Scope

pytestmark = pytest.mark.anyio

PASSWORD = "capivara lilás no telhado"


async def test_a33_thousand_of_each_token_have_no_letter_that_can_be_foretold(database: None, storage: object) -> None:
    world = await built()
    robots = [(await _key())[1].removeprefix(keys.PREFIX) for _ in range(1000)]
    async with transaction():
        made = {
            "session": [await sessions.start(world.ana.id, network="", browser="", at=NOW) for _ in range(1000)],
            "link": [
                await one_time_links.make(Purpose.SIGN_IN, f"a{n}@b.example", person=world.ana.id, at=NOW)
                for n in range(1000)
            ],
            "key": robots,
        }
    for kind, tokens in made.items():
        assert len(set(tokens)) == 1000, kind
        assert {re.fullmatch(r"[\w-]{43}", token) is not None for token in tokens} == {True}, kind
        assert min(_bits([token[place] for token in tokens]) for place in range(42)) > 5.8, kind
    dump = repr(await everything())
    assert [token for token in chain(*made.values()) if token in dump] == []


@pytest.mark.parametrize("path", ["/sign-in", "/password"])
async def test_a34_time_of_an_answer_tells_nothing_of_who_exists(
    path: str, database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mann-Whitney over 200 of each, taken in turns; a difference there really is shows every time."""
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(hashing, "_hasher", cheap)
    monkeypatch.setattr(hashing, "_nobody", cheap.hash("nobody's"))
    world = await built()
    await accounts.set_password(world.ana.id, cheap.hash(PASSWORD))
    visitor = Browser()
    token = await token_of(visitor)
    found = [0.0]
    while found[-1] <= 0.01 and len(found) < 5:
        found.append(await _p_value(visitor, path, token))
    assert found[-1] > 0.01


COSTLY = {
    "password of a megabyte": {"password": "x" * 990_000},
    "name of a megabyte": {"identifier": "x" * 990_000, "password": "x"},
    "too much": {"password": "x" * 1_100_000},
}


@pytest.mark.parametrize("costly", COSTLY)
async def test_a57_costly_sign_in_is_refused(costly: str, database: None, storage: object) -> None:
    await built(password=PASSWORD)
    visitor = Browser()
    values = {"_token": await token_of(visitor), "identifier": "ana@aurora.example", **COSTLY[costly]}
    assert (await visitor.post("/sign-in", values)).status == (413 if costly == "too much" else 422)


async def test_a57_costly_words_of_people_and_robots_are_refused(database: None, storage: object) -> None:
    world, one = await built(), await robot()
    ana = await world.browser("ana")
    path = f"/tickets/{world.tickets['ours']}"
    token = await token_of(ana)
    copies = ",".join(f"p{number}@escola.example" for number in range(10_000))
    assert (await ana.post(f"{path}/replies", {"_token": token, "body": "Oi", "copies": copies})).status == 422
    parts = {"_token": token, **{f"field{number}": "x" for number in range(500)}}
    assert (await ana.post(f"{path}/replies", parts)).status == 400
    for raw in (b'{"body":"' + b"a" * 2_000_000 + b'"}', b'{"body":' + b"[" * 400_000, b'{"files":[' + b"1," * 400_000):
        answer = await one.send(f"{path}/replies", raw, Content_Type="application/json")
        assert answer.status_code in (400, 413, 422)


async def _key() -> tuple[int, str]:
    return await keys.issue("Robô", name="Testes", scopes=[Scope.READ], lasts=None, at=NOW)


def _bits(letters: list[str]) -> float:
    """Shannon's entropy of the characters at one position."""
    shares = [letters.count(each) / len(letters) for each in set(letters)]
    return -sum(share * math.log2(share) for share in shares)


async def _p_value(visitor: Browser, path: str, token: str) -> float:
    """The p-value of a difference in response times. The order of each pair alternates."""
    times: dict[str, list[int]] = {"ana": [], "xyz": []}
    for turn in range(200):
        for name, taken in sorted(times.items(), reverse=turn % 2 == 1):
            await throttle.sweep(NOW + timedelta(days=2))
            values = {"_token": token, "identifier": f"{name}@aurora.example", "password": "não é esta"}
            begun = perf_counter_ns()
            await visitor.post(path, values)
            taken.append(perf_counter_ns() - begun)
    greater = sum(one > other for one in times["ana"] for other in times["xyz"])
    deviation = math.sqrt(200 * 200 * 401 / 12)
    return math.erfc(abs(greater - 20_000) / deviation / math.sqrt(2))
