"""The demonstration is never written into a database in use."""

import pytest

from tests.infrastructure.subprocesses import ask, environment, migrated_database, printed_by_start, run

IN_USE = "O banco de dados já tem pessoas: nenhuma demonstração foi acrescentada.\n"


@pytest.fixture
def own(tmp_path):
    """The environment of the operator's commands, with a migrated empty database."""
    with migrated_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def people(own: dict[str, str]) -> list[str]:
    return [row["name"] for row in ask(own, "SELECT name FROM person ORDER BY id")]


def test_a88_run_adds_nothing_to_a_database_with_people_and_says_so(own):
    status, _, _ = run(["web", "person", "Marta Lopes", "marta@escola.example", "--role", "admin"], own)
    assert status == 0
    assert printed_by_start("run", own) == IN_USE
    assert people(own) == ["Guichê", "Marta Lopes"]
    assert ask(own, "SELECT id FROM organization") == []
    assert ask(own, "SELECT id FROM category") == []


def test_a88_run_adds_nothing_where_the_only_person_is_a_robot(own):
    status, _, _ = run(["web", "key", "Carteiro", "--scope", "tickets:read"], own)
    assert status == 0
    assert printed_by_start("run", own) == IN_USE
    assert people(own) == ["Guichê", "Carteiro"]


def test_a88_pages_alone_add_nothing_and_say_how_the_first_person_is_made(own):
    assert printed_by_start("web", own) == (
        "O banco de dados está vazio, e nenhuma demonstração foi acrescentada: isso só `python -m web run` faz.\n"
        '`python -m web person "Nome" e-mail --role admin` cria a primeira pessoa.\n'
    )
    assert people(own) == ["Guichê"]
    run(["web", "person", "Marta Lopes", "marta@escola.example"], own)
    assert printed_by_start("web", own) == ""
    assert people(own) == ["Guichê", "Marta Lopes"]


def test_a88_run_at_a_public_address_adds_a_demonstration_only_where_its_password_is_set(own):
    own |= {"GUICHE_URL": "https://suporte.example.br"}
    assert printed_by_start("run", own) == (
        "O banco de dados está vazio, e o endereço é de produção (https): nenhuma demonstração foi acrescentada.\n"
        "Para tê-la assim mesmo, defina GUICHE_DEMO_PASSWORD.\n"
    )
    assert people(own) == ["Guichê"]
    wanted = printed_by_start("run", own | {"GUICHE_DEMO_PASSWORD": "capivara lilás no telhado"})
    assert wanted.splitlines()[-1] == "Senha de todos: capivara lilás no telhado"
    assert "Ana Prado" in people(own)
