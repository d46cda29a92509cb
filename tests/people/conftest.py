"""The people of these tests."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.people.credentials import SECRET
from web.people import accounts, actors, organizations
from web.people.identifiers import cnpj

HEAD_OFFICE, BRANCHES = "112223330001", ("112223330002", "112223330003")


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.fixture
async def ana(database):
    """Ana alone, with a password."""
    return await actors.of_person(
        await accounts.create("Ana Prado", ["ana@aurora.example", "aurora-ana"], password=SECRET, at=NOW)
    )


@pytest.fixture
async def schools(database):
    """Aurora with two branches, and Horizonte; ids by name."""
    made = {}
    for name, base in (
        ("Aurora", HEAD_OFFICE),
        ("Aurora Sul", BRANCHES[0]),
        ("Aurora Norte", BRANCHES[1]),
        ("Horizonte", "12ABC34501DE"),
    ):
        made[name] = await organizations.insert(name, base + cnpj.check_digits(base))
    return made
