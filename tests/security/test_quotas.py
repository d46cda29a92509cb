"""Quotas: one kept form after a session ended, and a number of files a day."""

import json
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.client import Browser
from tests.security.world import around, built, contents, everything, set_up, token_of
from web.clock import set_now
from web.database import Row
from web.people import kept_forms, keys
from web.people.permissions import Scope
from web.tickets.actions.ownership import departures

pytestmark = pytest.mark.anyio


async def test_a84_token_of_an_ended_session_leaves_one_form_and_no_more(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    values = {"_token": await token_of(ana), "title": "Impressora"}
    await ana.post("/account/sign-out-everywhere", {"_token": values["_token"]})
    before = await everything()
    visitor = Browser()
    for number in range(40):
        sent = {**values, "description": f"{number} " + "x" * 100_000}
        page = await visitor.post("/tickets", sent, files=[(f"{number}.txt", b"x" * 1000 + str(number).encode())])
        assert (page.status, page.text("h1")) == (401, "Entrar")
    after = await everything()
    (kept,) = after.pop("kept_form")
    assert json.loads(kept["fields"])["description"][0].startswith("39 ")
    new = [file["name"] for file in after["attachment"] if file not in before["attachment"]]
    assert new == ["39.txt"]
    assert but(after, "bucket", "attachment") == but(before, "bucket", "attachment", "kept_form")


async def test_a84_token_of_a_person_put_away_leaves_nothing(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    values = {"_token": await token_of(ana), "title": "Impressora", "description": "Não imprime"}
    await departures.deactivate(world.ana.id, at=NOW)
    before, files = await everything(), contents()
    page = await ana.post("/tickets", values, files=[("a.txt", b"a")])
    assert (page.status, page.text("h1")) == (401, "Entrar")
    assert (but(await everything(), "bucket"), contents()) == (but(before, "bucket"), files)


async def test_a84_files_past_the_quota_of_the_day_are_refused_by_name_and_the_text_stays(
    database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await built()
    rui = await world.browser("rui")
    path = f"/tickets/{world.tickets['ruis']}"
    with set_up(monkeypatch, GUICHE_FILES_PER_DAY="1"):
        first = await rui.send(
            await rui.get(path), f"{path}/replies", body="O primeiro", files=[("a.txt", b"a" * 600_000)]
        )
        second = await rui.send(first, f"{path}/replies", body="O segundo", files=[("b.txt", b"b" * 600_000)])
        assert (first.status, second.status) == (200, 422)
        assert "“b.txt” não foi anexado: hoje você já enviou o máximo de arquivos por dia." in second.words
        assert second.values(f"{path}/replies")["body"] == "O segundo"
        set_now(NOW + timedelta(days=1))
        third = await rui.send(second, f"{path}/replies", files=[("b.txt", b"b" * 600_000)])
    assert (third.status, third.texts(".message__body")[-1]) == (200, "O segundo")


async def test_a84_robot_has_a_quota_of_files_as_well(
    database: None, storage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    await built()
    _, key = await keys.issue("Robô", name="Testes", scopes=[Scope.WRITE], lasts=None, at=NOW)
    with set_up(monkeypatch, GUICHE_FILES_PER_DAY="1"):
        async with around(Authorization=f"Bearer {key}") as robot:
            sent = [
                (await robot.post(f"/api/v1/attachments?name={name}.txt", content=b"a" * 600_000)).status_code
                for name in "ab"
            ]
    assert sent == [201, 429]


async def test_a84_form_kept_too_long_is_gone(database: None, storage: object) -> None:
    world = await built()
    token = await kept_forms.store(world.ana.id, "/tickets/new", {"title": ["Impressora"]}, at=NOW)
    late = NOW + kept_forms.LASTS
    assert (await kept_forms.restore(token, by=world.ana, at=late - timedelta(seconds=1)))["title"] == ["Impressora"]
    assert await kept_forms.restore(token, by=world.ana, at=late) == {}


def but(tables: dict[str, list[Row]], *names: str) -> dict[str, list[Row]]:
    return {name: rows for name, rows in tables.items() if name not in names}
