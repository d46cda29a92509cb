"""Mail recipients, and the process that parses mail."""

import pytest

from tests import cast
from tests.mail.arriving import receiving
from tests.mail.post_office import post_office
from web.mail.incoming.sandbox import Reader


@pytest.fixture
async def people(database, storage):
    return await cast.enrol()


@pytest.fixture(scope="module")
async def reader():
    """One parsing process for the mail of a module."""
    reader = Reader()
    yield reader
    await reader.close()


@pytest.fixture
async def arrives(reader):
    return receiving(reader)


@pytest.fixture
async def office():
    async with post_office() as office:
        yield office
