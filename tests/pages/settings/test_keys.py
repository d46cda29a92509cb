"""API keys of robots: shown once, valid until revoked."""

from datetime import timedelta

import pytest

from tests import cast
from tests.api.robots import Robot, client, problem
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.lead_settings import set_team
from tests.pages.reading import give_password
from web.database import fetch, transaction
from web.people import actors, keys
from web.people.permissions import Scope
from web.tickets.settings import teams
from web.tickets.settings.teams import TeamInput

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

PASSWORD = "cavalo correto bateria"
AT = "/desk/settings/keys"
REVOKES = (
    "Revogar a chave de Robô de boletos O que a usa para na hora. Ela não volta: só criando outra. Revogar a chave"
)


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    await give_password(people.lia, PASSWORD)
    return people, await browser_of(people.lia)


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


async def made(lia: Browser, **typed: str) -> tuple[Page, Robot]:
    page = await lia.send(await lia.get(AT), AT, current=PASSWORD, **typed)
    token = page.text("code.secret")
    return page, Robot(client({"Authorization": f"Bearer {token}"}))


async def test_a_key_is_shown_once_and_opens_what_it_says(database):
    _, lia = await lead()
    page, reader = await made(lia, robot="Robô de boletos", place="servidor 2", scope="read", days="30")
    assert page.status == 201
    (row,) = rows(page)
    assert row[:3] == ["Robô de boletos", "servidor 2", "Só ler"]
    assert row[3:] == ["23/11/2026, por Lia", "nunca", "23/12/2026", REVOKES]
    assert (await reader.get("/queues")).status_code == 200
    assert problem(await reader.send("/attachments?name=a.txt", b"oi"))[0] == 403
    _, writer = await made(lia, robot="Robô de boletos", scope="write")
    assert (await writer.send("/attachments?name=a.txt", b"oi")).status_code == 201
    after = await lia.get(AT)
    assert after.texts("code.secret") == []
    assert [row[2] for row in rows(after)] == ["Ler e agir", "Só ler"]
    assert await fetch("SELECT count(*) AS robots FROM person WHERE name = 'Robô de boletos'") == [{"robots": 1}]


async def test_a_key_that_is_revoked_opens_nothing_and_says_so(database):
    _, lia = await lead()
    page, robot = await made(lia, robot="Robô")
    (row,) = await fetch("SELECT id FROM api_key")
    after = await lia.send(page, f"{AT}/{row['id']}/removal")
    assert after.text(".notice") == "Chave revogada. Ela não abre mais nada."
    assert (rows(after)[0][5:], problem(await robot.get("/queues"))[:2]) == (
        ["revogada em 23/11/2026, por Lia", ""],
        (401, "key_unknown"),
    )


async def test_a_form_sent_twice_leaves_one_key_the_one_that_was_seen(database):
    _, lia = await lead()
    page = await lia.get(AT)
    tokens = [
        (await lia.send(page, AT, robot="Robô", scope="read", current=PASSWORD)).text("code.secret") for _ in range(2)
    ]
    answers = [
        (await Robot(client({"Authorization": f"Bearer {token}"})).get("/queues")).status_code for token in tokens
    ]
    assert answers == [401, 200]


async def test_a_key_that_is_over_says_since_when(database):
    people, lia = await lead()
    await made(lia, robot="Robô", days="30")
    lia = await browser_of(people.lia, at=NOW + timedelta(days=31))
    assert rows(await lia.get(AT))[0][5] == "venceu em 23/12/2026"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"robot": " "}, "Preencha este campo."),
        ({"robot": "R" * 101}, "O texto pode ter até 100 caracteres; este tem 101."),
        ({"robot": "Robô", "scope": "tudo"}, "Escolha o que pode."),
        ({"robot": "Robô", "days": "9999"}, "Preencha este campo."),
        ({"robot": "Robô", "current": "outra senha"}, "A senha atual não confere."),
        ({"robot": "Robô", "current": ""}, "Escreva a sua senha atual."),
    ],
)
async def test_what_a_key_lacks_is_said_beside_the_field_and_none_is_made(database, typed, told):
    _, lia = await lead()
    refused = await lia.send(await lia.get(AT), AT, **{"place": "servidor 2", "current": PASSWORD, **typed})
    assert (refused.status, refused.texts(".field__error")) == (422, [told])
    assert refused.values(AT)["place"] == "servidor 2"
    assert await fetch("SELECT id FROM api_key") == []


async def test_nobody_sees_a_confidential_team_by_the_key_of_its_robot(database):
    people, lia = await lead()
    _, token = await keys.issue("Robô da direção", name="", scopes=[Scope.READ], lasts=None, at=NOW)
    robot, _ = await actors.behind_key(token, NOW)
    async with transaction():
        await teams.save_team(TeamInput("Direção", 1, True, 1, frozenset({robot.id})), by=people.lia, at=NOW)
    refused = await lia.send(await lia.get(AT), AT, robot="Robô da direção", current=PASSWORD)
    assert (refused.status, refused.texts(".field__error")) == (
        422,
        ["Este robô é de uma equipe reservada. Só quem é dela cria chaves para ele."],
    )
    await set_team("Direção", members=frozenset({robot.id, people.lia.id}), by=people.admin)
    lia = await browser_of(await cast.fresh(people.lia))
    assert (await lia.send(await lia.get(AT), AT, robot="Robô da direção", current=PASSWORD)).status == 201
