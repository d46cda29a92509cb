"""Several processes on one database: no update is lost, and none waits for ever."""

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, together

DONE = (0, "", "")


@pytest.fixture
def own(tmp_path):
    """The environment of the test's processes, with an empty database."""
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f11_four_processes_of_200_read_modify_writes_lose_none_and_all_end(own):
    ask(own, "CREATE TABLE counter (value INTEGER NOT NULL)", "INSERT INTO counter VALUES (0)")
    assert together(4, ["tests.infrastructure.increments", "200"], own) == [DONE] * 4
    assert ask(own, "SELECT value FROM counter") == [{"value": 800}]


def test_f7_three_nodes_that_migrate_an_empty_database_at_once_all_succeed(own):
    assert together(3, ["web", "migrate"], own) == [DONE] * 3
    assert ask(own, "SELECT count(*) AS many FROM person") == [{"many": 1}]
    made = ask(own, "SELECT name FROM migration ORDER BY id")
    assert len(made) == len({row["name"] for row in made}) > 0
    assert run(["web", "migrate"], own) == DONE
    assert ask(own, "SELECT name FROM migration ORDER BY id") == made


def test_f47_two_writers_never_give_one_number_twice(own):
    run(["web", "migrate"], own)
    first = numbers(run(["tests.infrastructure.tickets", "1"], own))
    made = [numbers(each) for each in together(2, ["tests.infrastructure.tickets", "40"], own)]
    every = first + made[0] + made[1]
    assert (len(every), len(set(every)), min(every)) == (81, 81, 10_001)
    assert all(each == sorted(each) for each in made)


def numbers(ended: tuple[int, str, str]) -> list[int]:
    status, output, errors = ended
    assert (status, errors) == (0, "")
    return [int(line) for line in output.split()]
