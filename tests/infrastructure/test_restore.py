"""A restored database does not give numbers again that were given after its backup."""

import asyncio

import pytest

from tests.infrastructure.subprocesses import copy_of, empty_database, environment, run, tell

DONE = (0, "", "")


@pytest.fixture
def own(tmp_path):
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


@pytest.fixture
def restored(own, tmp_path):
    """Restores a backup made now when called; dropped at the end."""
    copies = []

    def make() -> dict[str, str]:
        copies.append(copy_of(own["DATABASE_URL"], tmp_path))
        return environment(tmp_path, DATABASE_URL=copies[-1])

    yield make
    for url in copies:
        if not url.startswith("sqlite"):
            server, name = url.rsplit("/", 1)
            asyncio.run(tell(f"{server}/postgres", f'DROP DATABASE "{name}" WITH (FORCE)'))


def test_f47_numbers_given_after_the_backup_are_not_given_again_by_the_restored_copy(own, restored):
    assert run(["web", "migrate"], own) == DONE
    kept = opened(own, 2)
    copy = restored()
    lost = opened(own, 3)
    assert run(["web", "restored"], copy) == DONE
    after = opened(copy, 2)
    assert (max(kept) < min(lost), max(lost) < min(after), min(after) - max(kept)) == (True, True, 100_001)


def test_f47_a_copy_restored_before_the_first_ticket_skips_as_well(own, restored):
    assert run(["web", "migrate"], own) == DONE
    copy = restored()
    lost = opened(own, 1)
    assert run(["web", "restored"], copy) == DONE
    assert opened(copy, 1)[0] - lost[0] >= 100_000


def opened(env: dict[str, str], amount: int) -> list[int]:
    status, output, errors = run(["tests.infrastructure.tickets", str(amount)], env)
    assert (status, errors) == (0, "")
    return [int(line) for line in output.split()]
