"""A worker killed during an import: another resumes it, and each person is imported once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infrastructure.subprocesses import ask, environment, migrated_database, run, started, wait

MANY = 1500


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    with migrated_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_a_worker_killed_in_the_middle_of_an_import_leaves_the_rest_to_another(
    own: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "pessoas.csv"
    lines = [f"Pessoa {each},p{each}@ipe.example,Escola Ipê,19131243000197" for each in range(MANY)]
    file.write_text("\n".join(["Nome,E-mail,Escola,CNPJ", *lines]), encoding="utf-8")
    assert run(["tests.resilience.begin_import", str(file)], own) == (0, "", "")
    first = started(["web", "worker"], own)
    wait(lambda: done(own) >= 200)
    first.kill()
    first.communicate()
    assert 200 <= done(own) < MANY
    second = started(["web", "worker"], own)
    wait(lambda: ask(own, "SELECT state FROM people_import") == [{"state": "imported"}])
    second.terminate()
    _, told_operators = second.communicate()
    assert told_operators.count('"event": "import_done"') == 1
    assert ask(own, "SELECT created, changed, same, refused, organizations FROM people_import") == [
        {"created": MANY, "changed": 0, "same": 0, "refused": 0, "organizations": 1}
    ]
    (made,) = ask(own, "SELECT count(*) AS people, count(DISTINCT name) AS names FROM person WHERE id > 1")
    (belong,) = ask(own, "SELECT count(*) AS members, count(DISTINCT person) AS people FROM membership")
    (told,) = ask(own, "SELECT count(*) AS lines, count(DISTINCT line) AS numbers FROM people_import_line")
    assert made == {"people": MANY, "names": MANY}
    assert belong == {"members": MANY, "people": MANY}
    assert told == {"lines": MANY, "numbers": MANY}


def done(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT done FROM people_import")
    return int(row["done"])
