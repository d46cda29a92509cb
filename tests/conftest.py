"""One database per worker, emptied before each test, and the portal in the same process."""

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.compiling import compile_once

settings.register_profile("unhurried", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("unhurried")

pytest_plugins = ["tests.plugin_servers"]
pytest.register_assert_rewrite(
    "tests.browser.demonstration", "tests.browser.visitors", "tests.infrastructure.subprocesses"
)

VAR = Path(tempfile.mkdtemp(prefix="guiche-tests-"))
UMASK = os.umask(0o022)
os.umask(UMASK)


def pytest_configure(config: pytest.Config) -> None:
    """Sets the environment before the portal is imported, because it reads its settings once."""
    for name in [name for name in os.environ if name.startswith("GUICHE_") and "TEST" not in name]:
        if name not in ("GUICHE_REQUIRE_ALL", "GUICHE_LEFT_OUT"):
            del os.environ[name]
    os.environ.update(GUICHE_VAR=str(VAR), GUICHE_SECRET="a secret of the tests", PORT="8000")
    os.environ.pop("DATABASE_URL", None)
    if config.getoption("database") == "postgres" and "GUICHE_TEST_POSTGRES" in os.environ:
        os.environ["DATABASE_URL"] = _own_database(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    compile_once()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Freezes the tests and their imports, so that the garbage collector does not scan them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_runtest_teardown() -> None:
    """Fails a test that changes the umask of its process, as commands do: other users' servers could read no files."""
    assert os.umask(UMASK) == UMASK


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for all, so that connections and prepared statements stay open between tests."""
    return "asyncio"


@pytest.fixture(scope="session")
def migrated() -> None:
    from web.database import opened
    from web.schema import migration

    async def migrate() -> None:
        async with opened():
            await migration.migrate()

    asyncio.run(migrate())


@pytest.fixture(scope="session")
async def open_database(migrated: None, anyio_backend: str) -> AsyncIterator[None]:
    from tests.emptying import unsynced
    from web.database import opened

    async with opened():
        await unsynced()
        yield


@pytest.fixture
async def database(open_database: None) -> None:
    """An empty database, except for the system's person."""
    from tests.emptying import empty
    from web.articles import statistics
    from web.brand import brand
    from web.clock import now
    from web.people.identifiers import desk_addresses
    from web.tickets.fields import catalog
    from web.tickets.record import reindexing

    await statistics.write(now(), whole=True)  # what earlier tests counted goes with them
    await empty()
    await brand.renew()
    await desk_addresses.renew()
    await catalog.renew()
    await reindexing.renew()


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes only as the test says, however slow the machine is."""
    from web import clock

    seen = clock.machine_time()
    monkeypatch.setattr(clock, "machine_time", lambda: seen)


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    from tests.client import portal
    from web.storage import Storage

    portal().state.storage = Storage.at(str(tmp_path / "attachments"))
    return tmp_path / "attachments"


def _own_database(worker: str) -> str:
    import asyncpg

    admin = os.environ["GUICHE_TEST_POSTGRES"]
    name = f"guiche_{worker}"

    async def create() -> None:
        connection = await asyncpg.connect(admin)
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        await connection.execute(f'CREATE DATABASE "{name}"')
        await connection.close()

    asyncio.run(create())
    return f"{admin.rsplit('/', 1)[0]}/{name}"
