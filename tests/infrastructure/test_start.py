"""A start that fails: one line for the operator, and status 2."""

import socket

import pytest

from tests.infrastructure.subprocesses import environment, run
from tests.servers import free_port

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"DATABASE_URL": "mysql://ana@db/guiche"}, "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "guiche.sqlite"}, "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ({"GUICHE_URL": "suporte.example.br"}, "GUICHE_URL must look like https://suporte.example.br, not "),
        ({"GUICHE_URL": "https://suporte.example.br/portal"}, "GUICHE_URL must look like https://suporte.example.br, "),
        ({"GUICHE_PRESET": "outro"}, "GUICHE_PRESET must be one of expresso, central, aprovacao, avaliacao, "),
        ({"GUICHE_NOW": "2026-11-23T09:00"}, "GUICHE_NOW must be an instant with its offset "),
        ({"GUICHE_NOW": "amanhã"}, "GUICHE_NOW must be an instant with its offset "),
        ({"PORT": "oito mil"}, "PORT must be a number from 1 to 65535, not 'oito mil'"),
        ({"GUICHE_PROXIES": "proxy.local"}, "GUICHE_PROXIES must list addresses or networks: "),
    ],
    ids=lambda value: "-".join(value) + "-" + next(iter(value.values())) if isinstance(value, dict) else "",
)
def test_f45_a_bad_setting_is_refused_in_one_line(tmp_path, settings, line):
    refused(run(["web", "run"], environment(tmp_path, **settings)), line)


def test_f45_a_postgresql_that_nobody_answers_for_is_named(tmp_path):
    url = f"postgresql://guiche:segredo@127.0.0.1:{free_port()}/guiche"
    errors = refused(run(["web", "run"], environment(tmp_path, DATABASE_URL=url)), "DATABASE_URL")
    assert "segredo" not in errors


@pytest.mark.parametrize("name", ["GUICHE_VAR", "GUICHE_STORAGE", "DATABASE_URL"])
def test_f45_a_folder_that_cannot_be_written_is_named(tmp_path, name):
    (tmp_path / "file").write_text("in the way")
    place = str(tmp_path / "file" / "folder")
    value = f"sqlite:///{place}/guiche.sqlite" if name == "DATABASE_URL" else place
    refused(run(["web", "run"], environment(tmp_path / "var", PORT=str(free_port())) | {name: value}), name)


def test_f45_a_port_in_use_is_named(tmp_path):
    assert run(["web", "migrate"], environment(tmp_path), anew=True) == (0, "", "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(["web", "web"], environment(tmp_path, PORT=str(port)))
    refused(ended, f"HOST and PORT: 127.0.0.1:{port} can't be used (Address already in use)")


def test_f45_a_host_that_nobody_has_is_named(tmp_path):
    ended = run(["web", "web"], environment(tmp_path, HOST="999.1.1.1", PORT=str(free_port())), anew=True)
    assert "Name or service not known" in refused(ended, "HOST and PORT: 999.1.1.1:")


def test_no_process_to_answer_is_refused(tmp_path):
    refused(run(["web", "web", "--workers", "0"], environment(tmp_path)), "--workers must be at least 1, not 0")


def test_f45_pages_and_worker_refuse_a_database_that_was_not_migrated(tmp_path):
    for command in (["web"], ["web", "--workers", "2"], ["worker"]):
        ended = run(["web", *command], environment(tmp_path, PORT=str(free_port())), anew=True)
        refused(ended, "rode `python -m web migrate` antes: o banco de dados é de uma versão anterior ou está vazio")


def refused(ended: tuple[int, str, str], line: str) -> str:
    status, output, errors = ended
    assert (status, output, len(errors.splitlines())) == (2, "", 1), errors
    assert errors.startswith("guichê: ")
    assert line in errors
    return errors
