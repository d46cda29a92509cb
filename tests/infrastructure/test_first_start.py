"""A start in an empty folder creates the demonstration under every preset, once."""

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, printed_by_start, run, together
from web.settings import PRESETS

EVERYBODY = [
    "ana@aurora.example",
    "rui@aurora.example",
    "caio@horizonte.example",
    "bia@guiche.example",
    "davi@guiche.example",
    "lia@guiche.example",
    "admin@guiche.example",
]
TICKETS = "SELECT id, title, status, workflow FROM ticket ORDER BY id"


@pytest.fixture
def own(tmp_path):
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_starts_with_its_demonstration(own, preset):
    status, told, errors = run(["tests.infrastructure.starts"], own | {"GUICHE_PRESET": preset})
    assert (status, told.startswith("Demonstração."), errors) == (0, True, "")
    assert {row["workflow"] for row in ask(own, TICKETS)} == {preset}


def test_the_second_start_tells_the_same_and_changes_nothing(own):
    own |= {"GUICHE_DEMO_PASSWORD": "capivara lilás no telhado"}
    first = printed_by_start("run", own).splitlines()
    assert first[0] == "Demonstração. Entre com um destes e-mails:"
    assert [line.split()[0] for line in first[1:-1]] == EVERYBODY
    assert first[-1] == "Senha de todos: capivara lilás no telhado"
    tickets = ask(own, TICKETS)
    assert printed_by_start("run", own).splitlines() == first
    assert ask(own, TICKETS) == tickets


def test_a_demonstration_that_fails_halfway_leaves_nothing_and_the_next_start_writes_it_whole(own):
    run(["web", "migrate"], own)
    ask(own, "CREATE UNIQUE INDEX only_one ON ticket (title)")  # two of its tickets have one title
    status, output, errors = run(["web", "run"], own)
    assert (status, output, "only_one" in errors or "ticket.title" in errors) == (1, "", True)
    assert ask(own, "SELECT name FROM person") == [{"name": "Guichê"}]
    assert [ask(own, f"SELECT 1 FROM {table}") for table in ("organization", "team", "category", "ticket")] == [[]] * 4
    ask(own, "DROP INDEX only_one")
    assert printed_by_start("run", own).startswith("Demonstração.")
    assert len(ask(own, TICKETS)) > 10


def test_two_nodes_that_start_at_once_write_one_demonstration(own):
    ended = together(2, ["tests.infrastructure.starts"], own)
    assert [(status, errors) for status, _, errors in ended] == [(0, ""), (0, "")]
    assert ask(own, "SELECT count(*) AS many FROM organization") == [{"many": 2}]
    titles = [row["title"] for row in ask(own, TICKETS)]
    assert titles.count("Nota fiscal da compra de setembro") == 1
