"""Streams through proxies, over restarted servers, and across processes."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from anyio import to_thread

from tests.browser.demonstration import Remote, installation
from tests.infrastructure.subprocesses import environment, working
from tests.live.following import following
from tests.live.proxies import nginx
from tests.live.test_streams import number, said
from tests.resilience.portals import Portal, portal
from tests.servers import serving

pytestmark = pytest.mark.anyio

TALKING = 20


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[Portal]:
    with portal(*getattr(request, "param", ())) as running:
        yield running


@pytest.mark.proxy
async def test_a_stream_comes_through_nginx_as_it_is_shipped(running: Portal, tmp_path: Path) -> None:
    with nginx(running.url, tmp_path) as address:
        ana, bia = Remote(address), await running.visited_by("Bia")
        await ana.sign_in("Ana", running.env["GUICHE_DEMO_PASSWORD"])
        ticket = await ana.open_ticket("Atrás do nginx")
        async with following(ana, f"t{number(ticket)}") as page:
            await said(bia, f"/desk{ticket}")
            assert await page.next() == [f"t{number(ticket)}"]


async def test_what_one_process_changes_is_told_by_the_others() -> None:
    with (
        installation() as env,
        serving(["web"], env, ready="/health") as first,
        serving(["web"], env, ready="/health") as second,
    ):
        ana, bia = Remote(first.url), Remote(second.url)
        await ana.sign_in("Ana", env["GUICHE_DEMO_PASSWORD"])
        await bia.sign_in("Bia", env["GUICHE_DEMO_PASSWORD"])
        ticket = await ana.open_ticket("De um processo ao outro")
        async with following(ana, f"n,t{number(ticket)}") as page:
            await said(bia, f"/desk{ticket}")
            assert await page.until(f"t{number(ticket)}")
            with working(environment(Path(env["GUICHE_VAR"]), **env)):
                assert await page.until("n")


@pytest.mark.parametrize("running", [("run",), ("web", "--workers", "2", "--timers")], indirect=True)
async def test_a_server_told_to_stop_ends_all_streams_at_once(running: Portal) -> None:
    people = [await running.visited_by(who) for who in ("Ana", "Rui", "Caio", "Bia")]
    streams = [following(each, "n") for each in people for _ in range(TALKING // len(people))]
    pages = [await stream.__aenter__() for stream in streams]
    running.server.process.send_signal(signal.SIGTERM)
    assert [await page.next() for page in pages] == [[]] * len(pages)
    assert await to_thread.run_sync(running.server.process.wait, 10) == 0


async def test_f1_a_killed_server_leaves_nothing_behind_and_the_next_one_tells_what_was_missed(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    ticket = await ana.open_ticket("Morto no meio")
    async with following(ana, f"t{number(ticket)}"):
        running.kill()
    running.start()
    ana, bia = running.revisited_by(ana), await running.visited_by("Bia")
    await said(bia, f"/desk{ticket}")
    async with following(ana, f"t{number(ticket)}", age=3_600_000) as page:
        assert await page.next() == [f"t{number(ticket)}"]


async def test_f8_a_database_that_ends_all_connections_is_heard_again(running: Portal) -> None:
    if not running.env["DATABASE_URL"].startswith("postgresql"):
        pytest.skip("SQLite has no connections to lose")
    ana, bia = await running.visited_by("Ana"), await running.visited_by("Bia")
    ticket = await ana.open_ticket("Banco reiniciado")
    async with following(ana, f"t{number(ticket)}") as page:
        await running.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert await page.next() == [f"t{number(ticket)}"]
        await said(bia, f"/desk{ticket}")
        assert await page.next() == [f"t{number(ticket)}"]


async def test_f20_a_form_sent_many_times_at_once_is_told_once_and_done_once(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    ticket = await ana.open_ticket("Vinte vezes")
    values = {**(await ana.get(ticket)).values(f"{ticket}/replies"), "body": "Uma vez só."}
    async with following(ana, f"t{number(ticket)}") as page:
        answers = await asyncio.gather(*(ana.post(f"{ticket}/replies", values) for _ in range(TALKING)))
        assert {answer.status for answer in answers} == {303}
        assert await page.next() == [f"t{number(ticket)}"]
    shown = await ana.get(ticket)
    assert shown.texts(".message__body") == ["Como de costume.", "Uma vez só."]


async def test_f21_a_reply_whose_answer_was_lost_is_told_and_is_there_once_when_sent_again(running: Portal) -> None:
    ana = await running.visited_by("Ana")
    ticket = await ana.open_ticket("Resposta perdida")
    values = {**(await ana.get(ticket)).values(f"{ticket}/replies"), "body": "Uma vez só."}
    async with following(ana, f"t{number(ticket)}") as page:
        async with unanswered(ana, f"{ticket}/replies", values):
            assert await page.next() == [f"t{number(ticket)}"]
        assert (await ana.post(f"{ticket}/replies", values)).status == 303
    assert (await ana.get(ticket)).texts(".message__body") == ["Como de costume.", "Uma vez só."]


@asynccontextmanager
async def unanswered(browser: Remote, path: str, values: Mapping[str, str]) -> AsyncIterator[None]:
    """Sends a form, and disconnects without reading the response."""
    form = browser.client.build_request("POST", path, data=values, headers={"Origin": browser.url})
    head = "".join(f"{name}: {value}\r\n" for name, value in form.headers.items())
    _, writer = await asyncio.open_connection("127.0.0.1", urlsplit(browser.url).port)
    writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + form.content)
    yield
    writer.transport.abort()


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1.evil.example"])
async def test_a52_no_other_site_reads_a_stream(running: Portal, origin: str) -> None:
    ana = await running.visited_by("Ana")
    ana.client.headers["Origin"] = origin
    async with following(ana, "n") as page:
        assert [name for name in page.answer.headers if name.startswith("access-control-")] == []
