"""Several nodes: a difference in their settings is reported, and a change at one holds at all."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest

from tests import cast
from tests.browser.demonstration import Remote, installation
from tests.client import browser_of
from tests.infrastructure.subprocesses import ask, environment, migrated_database, run, wait, working
from tests.servers import PATIENCE, Server, serving
from web.errors import BadSetting
from web.schema import readiness
from web.storage import Storage

LONG, OTHER = "a" * 32, "b" * 32
DEAD = "no worker for 180 minutes: start `python -m web worker`"
TOLD = "GUICHE_SECRET is not that of the node started last"


@pytest.fixture
def own(tmp_path):
    """The environment of the test's processes, with a migrated database."""
    with migrated_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f50_a_node_with_another_secret_is_told_by_ready(own):
    with (
        serving(["web"], {**own, "GUICHE_SECRET": LONG}) as first,
        serving(["web"], {**own, "GUICHE_SECRET": LONG}) as second,
    ):
        assert [httpx.get(f"{node.url}/ready", timeout=PATIENCE).text for node in (first, second)] == ["ok", "ok"]
        with serving(["web"], {**own, "GUICHE_SECRET": OTHER}) as third:
            answers = [httpx.get(f"{node.url}/ready", timeout=PATIENCE) for node in (first, second, third)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(503, TOLD), (503, TOLD), (200, "ok")]


@pytest.mark.anyio
async def test_f50_a_node_without_the_attachments_of_the_house_is_told(database, storage, tmp_path):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await ana.send(page, f"/tickets/{number}/replies", body="", files=[("boleto.pdf", b"%PDF-1.7")])
    await readiness.check_contents(Storage.at(str(storage)))
    with pytest.raises(BadSetting, match="GUICHE_STORAGE has no contents of the newest attachment"):
        await readiness.check_contents(Storage.at(str(tmp_path / "own")))


@pytest.mark.anyio
async def test_f50_a_node_whose_clock_is_right_is_told_nothing(database):
    await readiness.check_clock()


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (timedelta(seconds=59), None),
        (timedelta(hours=2), "the clock of this node is 2:00:00 ahead of the database's"),
        (timedelta(hours=-2), "the clock of this node is 2:00:00 behind the database's"),
    ],
)
def test_f50_a_clock_that_goes_wrong_is_told(ahead, told):
    assert readiness.clock_fault(ahead) == told


def test_f51_a_dead_worker_is_told_by_ready_until_one_is_started_again(own):
    with serving(["web"], own) as node:
        with working(own):
            wait(lambda: ask(own, "SELECT count(*) AS beats FROM worker_heartbeat") == [{"beats": 1}])
        assert httpx.get(f"{node.url}/ready", timeout=PATIENCE).text == "ok"
        ask(own, "UPDATE worker_heartbeat SET at = " + three_hours_ago())
        dead = httpx.get(f"{node.url}/ready", timeout=PATIENCE)
        assert (dead.status_code, dead.text) == (503, DEAD)
        assert httpx.get(f"{node.url}/health", timeout=PATIENCE).text == "ok"
        with working(own):
            wait(lambda: httpx.get(f"{node.url}/ready", timeout=PATIENCE).text == "ok")


def three_hours_ago() -> str:
    return f"'{datetime.now(UTC) - timedelta(hours=3)}'"


def test_a_workflow_saved_at_one_node_holds_at_another_with_its_next_page():
    nodes = partial(serving, ["web"], ready="/health")  # whoever made the installation may have left long ago
    with installation() as env, nodes(env) as first, nodes(env) as second:
        told = asyncio.run(_label_before_and_after(first.url, second.url, env["GUICHE_DEMO_PASSWORD"]))
    assert told == ("Novo", "Chegou")


async def _label_before_and_after(first: str, second: str, password: str) -> tuple[str, str]:
    lia, ana = Remote(first), Remote(second)
    await lia.sign_in("Lia", password)
    await ana.sign_in("Ana", password)
    at = await ana.open_ticket("De um nó a outro")
    before = (await ana.get(at)).text(".head__sub .chip")
    page = await lia.get("/desk/settings/categories")
    home = page.attributes("tbody th a", "href")[0]
    workflow = f"{home}/workflow"
    check = await lia.send(await lia.get(workflow), workflow, label_new="Chegou")
    await lia.send(check, workflow, press="save")
    after = (await ana.get(at)).text(".head__sub .chip")
    for each in (lia, ana):
        await each.client.aclose()
    return before, after


def test_every_node_shows_the_place_as_another_process_has_changed_it(own):
    with serving(["web"], own) as first, serving(["web", "--workers", "2"], own) as second:
        assert [title(node) for node in (first, second)] == ["Portal de atendimento · Guichê"] * 2
        assert run(["web", "setting", "change", "name", "Editora Ipê"], own)[0] == 0
        for node in (first, second):
            wait(lambda node=node: title(node) == "Portal de atendimento · Editora Ipê")


def title(node: Server) -> str:
    return httpx.get(node.url, timeout=PATIENCE).text.partition("<title>")[2].partition("</title>")[0]
