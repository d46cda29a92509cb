"""PostgreSQL unreachable, locked or out of connections: an error page, no lost data, and recovery."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest
from anyio import to_thread

from tests.browser.demonstration import Remote
from tests.client import Page
from tests.infrastructure.subprocesses import tell, wait
from tests.mail.dovecot import PASSWORD, Dovecot, dovecot, put, unseen
from tests.resilience.portals import Portal
from tests.servers import PATIENCE, Cluster, cluster

pytestmark = [pytest.mark.anyio, pytest.mark.imap]

CONNECTIONS = 12
MANY = 40
TEXT = "Um texto que custou a escrever."
TROUBLE = (503, "Estamos com um problema passageiro", "5")
SEND_AWAY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> ALL ($1)
"""

CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = CAST($1 AS text)::regclass
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture(scope="module")
def database(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    if pytestconfig.getoption("database") != "postgres":
        pytest.skip("SQLite is a file, which does not go away")
    settings = {"max_connections": str(CONNECTIONS), "superuser_reserved_connections": "0"}
    with cluster(synchronous_commit="on", **settings) as running:  # what was committed outlives a stop at once
        yield running


@pytest.fixture(scope="module")
def running(database: Cluster, server: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A demonstration with a cluster of its own, which fetches mail."""
    own = {
        "GUICHE_VAR": str(tmp_path_factory.mktemp("house")),
        "DATABASE_URL": database.url,
        "GUICHE_DEMO_PASSWORD": "senha da vitrine",
        "GUICHE_IMAP": f"imap://suporte:{PASSWORD}@127.0.0.1:{server.port}",
    }
    house = Portal(own).start()
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture
async def ana(running: Portal) -> Remote:
    return await running.visited_by("Ana")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_f9_while_the_database_is_down_pages_say_so_and_text_stays(
    running: Portal, database: Cluster, ana: Remote, mode: str
) -> None:
    address = await ana.open_ticket("Banco parado")
    page = await ana.get(address)
    await to_thread.run_sync(database.stop, mode)
    refused = await ana.send(page, f"{address}/replies", body=TEXT)
    assert (told(refused), refused.texts("textarea")) == (TROUBLE, [TEXT])
    assert [told(await ana.get(each)) for each in ("/", address, "/tickets?q=banco")] == [TROUBLE] * 3
    assert (httpx.get(f"{running.url}/health", timeout=PATIENCE).text, await ready(running)) == ("ok", 503)
    await to_thread.run_sync(database.start)
    again = await sent_until_taken(ana, refused, f"{address}/replies")
    assert (again.status, again.texts(".message__body")) == (200, ["Como de costume.", TEXT]), again.words
    assert await ready(running) == 200


async def test_f9_mail_that_comes_while_the_database_is_down_waits_on_its_server(
    running: Portal, database: Cluster, server: Dovecot
) -> None:
    with server.box() as box:
        await to_thread.run_sync(database.stop, "fast")
        put(box, 1)
        assert (await ready(running), len(unseen(box))) == (503, 1)
        await to_thread.run_sync(database.start)
        await to_thread.run_sync(wait, lambda: unseen(box) == [])


async def test_f10_while_a_table_is_locked_nobody_queues_without_end_and_who_waits_is_served_after(
    running: Portal, database: Cluster, ana: Remote
) -> None:
    address = await ana.open_ticket("Tabela presa")
    async with locked(database, "ticket"):
        waiting = [asyncio.create_task(ana.get(address)) for _ in range(MANY)]
        done, patient = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert (told(done.pop().result()), bool(patient)) == (TROUBLE, True)
        assert (httpx.get(f"{running.url}/health", timeout=PATIENCE).text, await ready(running)) == ("ok", 503)
    assert {(await each).status for each in waiting} == {200, 503}
    assert (await ana.get(address)).text("h1") == "Tabela presa"


async def test_f10_a_limit_of_the_server_on_waiting_for_locks_is_told_in_words(
    running: Portal, database: Cluster, ana: Remote
) -> None:
    address = await ana.open_ticket("Espera curta")
    page = await ana.get(address)
    async with limited(database, "lock_timeout", "200ms"), locked(database, "message"):
        refused = await ana.send(page, f"{address}/replies", body=TEXT)
        assert (told(refused), refused.texts("textarea")) == (TROUBLE, [TEXT])
    page = await ana.send(page, f"{address}/replies", body=TEXT)
    assert page.texts(".message__body") == ["Como de costume.", TEXT]


@pytest.mark.parametrize("table", ["session", "ticket", "attachment", "message"])
async def test_f10_a_connection_that_is_ended_at_any_statement_of_a_reply_loses_no_words(
    running: Portal, database: Cluster, ana: Remote, table: str
) -> None:
    address = await ana.open_ticket(f"Cortado em {table}")
    page = await ana.get(address)
    async with locked(database, table):
        files = [("boleto.txt", b"R$ 1.250,00")]
        sending = asyncio.create_task(ana.send(page, f"{address}/replies", files=files, body=TEXT))
        await cut_off(database, table, sending)
        refused = await sending
    assert (told(refused), refused.texts("textarea")) == (TROUBLE, [TEXT])
    page = await ana.send(page, f"{address}/replies", body=TEXT)
    assert page.texts(".message__body") == ["Como de costume.", TEXT]


async def test_f10_where_others_take_all_connections_nothing_breaks_and_nothing_stays(
    running: Portal, database: Cluster, ana: Remote
) -> None:
    address = await ana.open_ticket("Sem conexões")
    async with taken(database):
        answers = await asyncio.gather(*(ana.get(address) for _ in range(MANY)))
        assert ({told(each) for each in answers}, await ready(running)) == ({TROUBLE}, 503)
    assert (await ana.get(address)).text("h1") == "Sem conexões"
    assert await ready(running) == 200


def told(page: Page) -> tuple[int, str, str]:
    return page.status, page.text("h1"), page.response.headers["retry-after"]


async def sent_until_taken(browser: Remote, page: Page, action: str) -> Page:
    """Sends the same form again until it is accepted, because a lost connection may be noticed late."""
    async with asyncio.timeout(10):
        while (answer := await browser.send(page, action, body=TEXT)).status == 503:
            await asyncio.sleep(0)
    return answer


async def ready(running: Portal) -> int:
    async with httpx.AsyncClient(timeout=60) as operator:
        return (await operator.get(f"{running.url}/ready")).status_code


@asynccontextmanager
async def locked(database: Cluster, table: str) -> AsyncIterator[None]:
    """Locks the table in another session for as long as the block lasts."""
    connection = await asyncpg.connect(database.url)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


async def cut_off(database: Cluster, table: str, sending: asyncio.Task[Page]) -> None:
    """Ends connections that wait for the table until the form is answered: a job may wait for it as well."""
    connection = await asyncpg.connect(database.url)
    try:
        while not sending.done():
            await connection.fetch(CUT_OFF, table)
            await asyncio.sleep(0)
    finally:
        await connection.close()


@asynccontextmanager
async def limited(database: Cluster, setting: str, value: str) -> AsyncIterator[None]:
    await tell(database.url, f"ALTER SYSTEM SET {setting} = '{value}'")
    await tell(database.url, "SELECT pg_reload_conf()")
    try:
        yield
    finally:
        await tell(database.url, f"ALTER SYSTEM RESET {setting}")
        await tell(database.url, "SELECT pg_reload_conf()")


@asynccontextmanager
async def taken(database: Cluster) -> AsyncIterator[None]:
    """Uses up all connections."""
    connections: list[asyncpg.Connection] = []
    try:
        while len(connections) < CONNECTIONS:
            try:
                connections.append(await asyncpg.connect(database.url))
            except asyncpg.TooManyConnectionsError:
                await connections[0].execute(SEND_AWAY, [each.get_server_pid() for each in connections])
        yield
    finally:
        for each in connections:
            await each.close()
