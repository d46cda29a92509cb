"""Commands for scripts: the same effect as the pages, plain or JSON output, refusals in one line."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.articles.imports.folders import PNG, written
from tests.infrastructure.subprocesses import empty_database, environment, migrated_database, run
from web.commands import categories, people
from web.people.permissions import Role
from web.tickets.life.states import Priority
from web.tickets.settings.categories import Audience


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation with a database without tables."""
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A migrated installation without data."""
    with migrated_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def told(env: dict[str, str], *arguments: str, ends_with: int = 0) -> list[dict[str, object]]:
    status, output, errors = run(["web", *arguments, "--json"], env)
    assert status == ends_with, errors
    return json.loads(output)


def test_the_help_of_a_command_says_what_it_does(env: dict[str, str]) -> None:
    for command, does in {
        ("backup",): "Makes a complete copy of the SQLite database while it is in use.",
        ("person", "change"): "Changes the name of a person.",
    }.items():
        assert does in run(["web", *command, "--help"], env)[1].splitlines()


SENTENCE = re.compile(r"^(guichê: [^:\n]+: \w+): .+")
"""A refusal with the sentence that its code has on pages."""


def refused(env: dict[str, str], *arguments: str) -> str:
    status, output, errors = run(["web", *arguments], env)
    assert (status, output) == (2, "")
    return SENTENCE.sub(r"\1", errors)


def test_a_command_over_tables_that_are_not_there_says_what_to_run_first(empty: dict[str, str]) -> None:
    line = "guichê: rode `python -m web migrate` antes: o banco de dados é de uma versão anterior ou está vazio\n"
    for command in (["person", "Ana", "ana@ipe.example"], ["team", "list"], ["revoke", "1"], ["restored"]):
        assert refused(empty, *command) == line


def test_a_person_is_made_in_one_short_command_and_told_the_link(env: dict[str, str]) -> None:
    status, output, _ = run(["web", "person", "Ana Prado", "ana@ipe.example", "ipe-1", "--role", "admin"], env)
    assert (status, output.startswith("2\thttp://127.0.0.1:8000/claim/"), output.count("\n")) == (0, True, 1)
    (ana,) = told(env, "person", "list", "--role", "admin")
    assert (ana["name"], ana["role"], sorted(ana["addresses"])) == ("Ana Prado", "admin", ["ana@ipe.example", "ipe-1"])  # type: ignore[call-overload]
    told(env, "person", "change", "ipe-1", "--name", "Ana Braga")
    assert run(["web", "person", "list"], env)[1].split("\t")[1:4] == ["Ana Braga", "admin", "yes"]


REFUSED = {
    ("person", "", "ana@ipe.example"): "name: missing",
    ("person", "Ana"): "identifier: missing",
    ("person", "Ana", ""): "identifier: missing",
    ("person", "Ana", "ana@ipe"): "identifier: not_an_address",
    ("person", "change", "ninguem@ipe.example", "--name", "Ana"): "person: not_found",
    ("person", "depart", "ninguem@ipe.example"): "identifier: unknown_person",
    ("person", "return", "ninguem@ipe.example"): "identifier: unknown_person",
    ("person", "role", "ninguem@ipe.example", "agent"): "identifier: unknown_person",
    ("person", "create", "Ana", "ana@ipe.example", "bia@ipe.example"): "identifier: only_one",
    ("organization", "create", " ", "11222333000181"): "name: missing",
    ("organization", "create", "Ipê", "1"): "cnpj: not_a_cnpj",
    ("category", "create", "Compras", "--team", "Nenhuma"): "team: not_found",
    ("team", "create", "Compras", "--member", "ninguem@ipe.example"): "ninguem@ipe.example: unknown_person",
    ("team", "create", "Compras", "--calendar", "Nenhum"): "calendar: not_found",
    ("setting", "change", "accent", "#ffd400"): "accent: unreadable",
}


def test_what_cannot_be_is_refused_in_one_line(env: dict[str, str]) -> None:
    assert {arguments: refused(env, *arguments) for arguments in REFUSED} == {
        arguments: f"guichê: {line}\n" for arguments, line in REFUSED.items()
    }


def test_a_refusal_says_after_its_code_what_pages_say(env: dict[str, str]) -> None:
    told(env, "person", "create", "Ana", "ana@ipe.example")
    for given, line in {
        ("Ana", "ana@ipe.example", "bia@ipe.example"): "identifier: only_one: Escreva um só.",
        ("", "ana@ipe.example"): "name: missing: Preencha este campo.",
        ("depart", "ana@ipe.example", "--team", "Vendas"): "team: unknown: Isto não existe, ou não está em uso.",
    }.items():
        assert run(["web", "person", *given], env) == (2, "", f"guichê: {line}\n")
    for command, line in {
        ("revoke", "7"): "key: not_found: Não há nada com este nome ou número.",
        ("articles", "import", "nada"): "nada: nothing_there: Não há nada em nada.",
    }.items():
        assert run(["web", *command], env) == (2, "", f"guichê: {line}\n")


def test_a_verb_that_person_does_not_know_makes_nobody(env: dict[str, str]) -> None:
    assert "invalid choice: 'delete'" in refused(env, "person", "delete", "ana@ipe.example")
    assert told(env, "person", "list") == []


def test_a_name_without_an_at_sign_is_a_login_and_that_is_said(env: dict[str, str]) -> None:
    status, output, errors = run(["web", "person", "Ana Prado", "ana.ipe"], env)
    assert (status, output.count("\n")) == (0, 1)
    told = "guichê: “ana.ipe” não tem @: vale como usuário da organização, e nada é enviado a ele por e-mail"
    assert told in errors.splitlines()


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["revoke", "1" + "0" * 30], "number"),
        (["revoke", "0"], "number"),
        (["key", "Robô", "--scope", "tickets:read", "--days", "-1"], "--days"),
        (["key", "Robô", "--scope", "tickets:read", "--days", "1" + "0" * 12], "--days"),
        (["demo", "--tickets", "-5"], "--tickets"),
        (["demo", "--people", "x"], "--people"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_usage(env: dict[str, str], arguments, wrong) -> None:
    assert f"argument {wrong}: " in refused(env, *arguments)


def test_what_is_typed_is_read_as_forms_read_it_and_no_byte_is_lost(env: dict[str, str]) -> None:
    told(env, "team", "create", " Com\npras\u202e ")
    assert [each["name"] for each in told(env, "team", "list")] == ["Com pras"]
    for setting, typed, kept in (
        ("name", "Ipê\nOiti ", "Ipê Oiti"),
        ("text", "Um.\n\nDois.", "Um.\n\nDois."),
        ("accent", "#0A5C8F", "#0a5c8f"),
    ):
        assert told(env, "setting", "change", setting, typed) == [{"setting": setting, "value": kept}]
    for command in (("person", "Jos\udce9", "jose@ipe.example"), ("setting", "change", "title", "Ip\udcea")):
        assert "not UTF-8: " in refused(env, *command)


def test_a_confidential_team_with_a_lead_is_theirs_alone_to_change(env: dict[str, str]) -> None:
    told(env, "person", "create", "Lia Castro", "lia@ipe.example", "--role", "lead")
    told(env, "team", "create", "Ouvidoria", "--confidential", "--member", "lia@ipe.example")
    line = "guichê: team: not_permitted: Comandos não podem fazer isto: peça a quem pode, pelas páginas.\n"
    assert run(["web", "team", "change", "Ouvidoria", "--to", "Ética"], env) == (2, "", line)


def test_a_database_that_another_program_keeps_locked_is_told_in_one_line(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert run(["web", "migrate"], env)[0] == 0
    with closing(sqlite3.connect(tmp_path / "guiche.sqlite", isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        line = "guichê: DATABASE_URL: the database doesn't answer (database is locked)\n"
        assert refused(env, "team", "create", "Compras") == line


def test_a_file_that_is_no_database_is_told_in_one_line_and_the_command_ends(tmp_path: Path) -> None:
    file = tmp_path / "texto.sqlite"
    file.write_text("Isto não é um banco de dados.", encoding="utf-8")
    env = environment(tmp_path, DATABASE_URL=f"sqlite:///{file}")
    for command in ("migrate", "check"):
        status, output, errors = run(["web", command], env)
        assert (status, output, errors) == (
            2,
            "",
            "guichê: DATABASE_URL: the database can't be opened (file is not a database)\n",
        )


def test_a_file_that_cannot_be_made_or_read_is_told_in_one_line(env: dict[str, str], tmp_path: Path) -> None:
    told(env, "person", "create", "Ana Prado", "ana@ipe.example")
    file = f"{tmp_path}/nada/ana.zip"
    for command in (("person", "export", "ana@ipe.example"), ("articles", "export"), ("import",)):
        assert refused(env, *command, file) == f"guichê: {file}: No such file or directory\n"
    there = f"{tmp_path}/ana.zip"
    Path(there).touch()
    for command in (("person", "export", "ana@ipe.example"), ("articles", "export")):
        assert refused(env, *command, there) == f"guichê: {there}: File exists\n"


def test_keys_are_made_and_revoked_and_told_as_json(env: dict[str, str]) -> None:
    (made,) = told(env, "key", "Robô", "--scope", "tickets:read")
    assert (made["id"], str(made["key"]).startswith("guiche_")) == (1, True)
    assert told(env, "revoke", "1") == [{"id": 1}]
    assert told(env, "check") == []


def columns(env: dict[str, str], *arguments: str) -> list[list[str]]:
    """What a command prints without `--json`."""
    status, output, errors = run(["web", *arguments], env)
    assert status == 0, errors
    return [line.split("\t") for line in output.splitlines()]


def test_a_command_prints_the_columns_that_json_names(env: dict[str, str]) -> None:
    for first, second in (
        (("person", "Ana", "ana@ipe.example"), ("person", "Bia", "bia@ipe.example")),
        (("key", "Robô", "--scope", "tickets:read"), ("key", "Robô", "--scope", "tickets:read")),
        (("revoke", "1"), ("revoke", "2")),
        (("team", "create", "Compras"), ("team", "create", "Vendas")),
        (("category", "create", "Boletos", "--team", "Compras"), ("category", "create", "Notas")),
        (("organization", "create", "Ipê", "11222333000181"), ("organization", "create", "Oiti", "11444777000161")),
        (("setting", "change", "name", "Ipê"), ("setting", "change", "accent", "#0a5c8f")),
    ):
        (printed,), (named,) = columns(env, *first), told(env, *second)
        assert (len(printed), bool(printed[0])) == (len(named), True)
    assert (named, columns(env, "team", "list")[0][1:]) == (
        {"setting": "accent", "value": "#0a5c8f"},
        ["Compras", "1", "no", "yes", "Horário comercial", "0"],
    )
    assert list(told(env, "team", "list")[0])[1:] == [
        *("name", "tier", "is_confidential", "is_active", "calendar", "members")
    ]


def test_teams_and_categories_are_made_and_changed_as_by_page(env: dict[str, str]) -> None:
    told(env, "person", "create", "Bia Nunes", "bia@ipe.example", "--role", "agent")
    told(env, "team", "create", "Compras", "--member", "bia@ipe.example")
    told(env, "team", "change", "Compras", "--to", "Suprimentos", "--tier", "2", "--calendar", "Horário comercial")
    (team,) = told(env, "team", "list")
    assert (team["name"], team["tier"], team["members"]) == ("Suprimentos", 2, 1)
    told(env, "category", "create", "Licenças", "--team", "Suprimentos", "--topic", "Novas", "--topic", "Renovação")
    told(env, "category", "change", "Licenças", "--audience", "agents", "--priority", "high", "--approval")
    own = told(env, "category", "change", "Licenças", "--calendar", "Horário comercial", "--team", "")
    assert [(each["calendar"], each["team"]) for each in own] == [("Horário comercial", None)]
    told(env, "category", "change", "Licenças", "--calendar", "", "--team", "Suprimentos")
    changed = told(env, "category", "change", "Licenças", "--retired", "--topic", "Troca")
    (category,) = told(env, "category", "list")
    assert changed == [category]
    assert {name: category[name] for name in category if name not in ("id", "workflow")} == {
        "name": "Licenças",
        "team": "Suprimentos",
        "calendar": None,
        "is_active": False,
        "topics": ["Novas", "Renovação", "Troca"],
        "audience": "agents",
        "priority": "high",
        "needs_approval": True,
    }


def test_a_team_is_kept_from_others_and_retired_once_nothing_begins_in_it(env: dict[str, str]) -> None:
    told(env, "team", "create", "Ouvidoria", "--confidential")
    told(env, "category", "create", "Denúncia", "--team", "Ouvidoria")
    assert refused(env, "team", "change", "Ouvidoria", "--retired") == "guichê: team: team_has_categories\n"
    told(env, "category", "change", "Denúncia", "--team", "")
    (team,) = told(env, "team", "change", "Ouvidoria", "--retired", "--no-confidential")
    assert (team["is_active"], team["is_confidential"]) == (False, False)


def test_a_command_that_is_refused_at_its_last_step_has_changed_nothing(env: dict[str, str]) -> None:
    told(env, "team", "create", "Ouvidoria")
    told(env, "category", "create", "Denúncia", "--team", "Ouvidoria")
    renamed = ("team", "change", "Ouvidoria", "--to", "Ética", "--retired")
    assert refused(env, *renamed) == "guichê: team: team_has_categories\n"
    assert refused(env, "category", "create", "Elogio", "--topic", "Bom", "--topic", "") == "guichê: name: missing\n"
    assert [[each["name"] for each in told(env, noun, "list")] for noun in ("team", "category")] == [
        ["Ouvidoria"],
        ["Denúncia"],
    ]


def test_commands_offer_every_role_audience_and_priority_that_there_is() -> None:
    """They name them again, so that a command begins before it loads anything."""
    assert tuple(Audience) == categories.AUDIENCES
    assert tuple(Priority) == categories.PRIORITIES
    assert tuple(role for role in Role if role is not Role.SYSTEM) == people.ROLES


def test_who_departs_leaves_a_team_then_the_desk_and_then_the_place(env: dict[str, str]) -> None:
    told(env, "person", "create", "Bia Nunes", "bia@ipe.example", "--role", "agent")
    told(env, "team", "create", "Compras", "--member", "bia@ipe.example")
    left = []
    for only in (("--team", "Compras"), ("--desk",), ()):
        (departed,) = told(env, "person", "depart", "bia@ipe.example", *only)
        (bia,), (team,) = told(env, "person", "list"), told(env, "team", "list")
        assert departed == {"id": bia["id"], "returned": 0}
        left.append((team["members"], bia["role"], bia["is_active"]))
    assert left == [(0, "agent", True), (0, "requester", True), (0, "requester", False)]


def test_a_role_is_given_and_the_last_administrator_stays(env: dict[str, str]) -> None:
    ivo = "ivo@ipe.example"
    told(env, "person", "create", "Ivo Braga", ivo, "--role", "admin")
    for command in (("role", ivo, "lead"), ("depart", ivo), ("depart", "--desk", ivo)):
        assert refused(env, "person", *command) == "guichê: role: last_admin\n"
    told(env, "person", "create", "Lia Castro", "lia@ipe.example")
    (given,) = told(env, "person", "role", "lia@ipe.example", "admin")
    assert (given["role"], given["returned"]) == ("admin", 0)
    told(env, "person", "depart", ivo)
    told(env, "person", "return", ivo)
    assert [(each["role"], each["is_active"]) for each in told(env, "person", "list")] == [("admin", True)] * 2


def test_organizations_and_settings_are_made_and_changed(env: dict[str, str]) -> None:
    told(env, "team", "create", "Compras")
    told(env, "organization", "create", "Colégio Ipê", "11.222.333/0001-81", "--team", "Compras")
    told(env, "organization", "change", "11222333000181", "--name", "Escola Ipê", "--calendar", "Horário comercial")
    (shown,) = told(env, "organization", "change", "11222333000181", "--team", "", "--retired")
    assert {name: value for name, value in shown.items() if name != "id"} == {
        "name": "Escola Ipê",
        "cnpj": "11222333000181",
        "calendar": "Horário comercial",
        "team": None,
        "domain": None,
        "is_active": False,
    }
    assert told(env, "organization", "list") == [shown]
    assert run(["web", "organization", "list"], env)[1].split("\t")[1:3] == ["Escola Ipê", "11222333000181"]
    assert refused(env, "organization", "change", "11222333000181", "--name", "") == "guichê: name: missing\n"
    assert refused(env, "organization", "create", "Ipê Norte", "11222333000262") == "guichê: cnpj: same_root\n"
    told(env, "organization", "create", "Ipê Norte", "11222333000262", "--branch")
    told(env, "setting", "change", "name", "Editora Ipê")
    told(env, "setting", "change", "lists", "tabs")
    shown = {each["setting"]: each["value"] for each in told(env, "setting", "list")}
    assert (shown["name"], shown["lists"]) == ("Editora Ipê", "tabs")


def test_a79_a_person_is_copied_to_a_file_and_erased_by_command(env: dict[str, str], tmp_path: Path) -> None:
    (made,) = told(env, "person", "create", "Ana Prado", "ana@ipe.example")
    (copied,) = told(env, "person", "export", "ana@ipe.example", str(tmp_path / "ana.zip"))
    assert copied == {"id": made["id"], "file": str(tmp_path / "ana.zip")}
    assert json.loads(zipfile.ZipFile(tmp_path / "ana.zip").read("person.json"))[0]["name"] == "Ana Prado"
    assert told(env, "person", "erase", "ana@ipe.example") == [{"id": made["id"], "name": "Pessoa removida"}]
    assert refused(env, "person", "erase", "ana@ipe.example") == "guichê: identifier: unknown_person\n"


def test_people_are_imported_from_a_file_after_a_look_at_what_it_would_do(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "pessoas.csv"
    file.write_text(
        "Nome,E-mail,Escola,CNPJ\nAna,ana@ipe.example,Ipê,19131243000197\nRui,não tem,,\n", encoding="utf-8"
    )
    made = ["organizations\t1", "created\t1", "changed\t0", "same\t0", "refused\t1"]
    why = "3\tRui\t“não tem” não parece um endereço de e-mail."
    for arguments in (["--dry-run"], []):
        status, output, errors = run(["web", "import", str(file), *arguments], env)
        assert (status, output.splitlines()) == (1, [*made, why]), errors
    assert [each["name"] for each in told(env, "person", "list") if each["addresses"] == ["ana@ipe.example"]] == ["Ana"]
    again = told(env, "import", str(file), ends_with=1)
    assert again[3:] == [
        {"outcome": "same", "count": 1},
        {"outcome": "refused", "count": 1},
        {"line": 3, "name": "Rui", "why": "“não tem” não parece um endereço de e-mail."},
    ]
    kept = told(env, "import", "list")
    assert [(each["state"], each["created"]) for each in kept] == [("checked", 0), ("imported", 1), ("checked", 1)]
    file.write_text("Nome,E-mail\nAna,ana@ipe.example\n", encoding="utf-8")
    assert told(env, "import", str(file))[3:] == [{"outcome": "same", "count": 1}, {"outcome": "refused", "count": 0}]
    file.write_text("Quem,Onde\nAna,Ipê\n", encoding="utf-8")
    named = "columns: columns_missing: Na primeira linha deve haver “nome” e “e-mail” ou “login”."
    assert run(["web", "import", str(file)], env)[2].startswith(f"guichê: {named}")
    file.write_text('Nome,E-mail\n"Ana,ana@ipe.example\n', encoding="utf-8")
    line = "2: table_open_quotes: Na linha 2 há aspas que abrem e não fecham. Corrija a linha e envie de novo."
    assert run(["web", "import", str(file)], env) == (2, "", f"guichê: {line}\n")
    assert refused(env, "import", "/dev/zero") == "guichê: file: table_too_large\n"
    file.write_bytes(b"\x89PNG\0\0")
    assert refused(env, "import", str(file)) == "guichê: file: table_not_a_table\n"


FOLDER = {
    "cobranca/_index.md": "---\ntitle: Cobrança\n---\n",
    "cobranca/boleto.md": "# Segunda via\n\n![Boleto](boleto.png)",
    "cobranca/boleto.png": PNG,
    "cobranca/ruim.md": "---\ntitle: Aberto\n",
}
COUNTED = [
    {"outcome": "created", "count": 1},
    {"outcome": "changed", "count": 0},
    {"outcome": "same", "count": 0},
    {"outcome": "refused", "count": 1},
]
WHY = {"place": "cobranca/ruim.md:1", "title": "", "why": "O cabeçalho do arquivo começa e não termina."}


def test_a_folder_is_tried_out_brought_in_and_brought_again(env: dict[str, str], tmp_path: Path) -> None:
    folder = str(written(tmp_path / "ajuda", FOLDER))
    assert told(env, "articles", "import", folder, "--dry-run", ends_with=1) == [*COUNTED, WHY]
    assert told(env, "articles", "list") == []
    assert told(env, "articles", "import", folder, ends_with=1) == [*COUNTED, WHY]
    assert [each["slug"] for each in told(env, "articles", "list")] == ["boleto"]
    (boleto,) = told(env, "articles", "list")
    assert (boleto["section"], boleto["state"], boleto["audience"]) == ("Cobrança", "published", "agents")
    (tmp_path / "ajuda/cobranca/ruim.md").unlink()
    counts = [each["count"] for each in told(env, "articles", "import", folder, "--audience", "everybody")]
    assert counts == [0, 1, 0, 0]
    assert run(["web", "articles", "list"], env)[1].split("\t")[-1].strip() == "everybody"


def test_a_help_centre_is_brought_back_by_the_zip_that_was_exported(env: dict[str, str], tmp_path: Path) -> None:
    folder, packed = str(written(tmp_path / "ajuda", FOLDER)), str(tmp_path / "ajuda.zip")
    told(env, "articles", "import", folder, ends_with=1)
    assert told(env, "articles", "export", packed) == [{"articles": 1, "file": packed}]
    assert [each["count"] for each in told(env, "articles", "import", packed)] == [0, 0, 1, 0]
    (tmp_path / "ajuda.zip").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    assert refused(env, "articles", "import", packed) == "guichê: path: bad_zip\n"


def test_what_is_no_help_centre_is_refused_in_one_line(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "vazia").mkdir()
    assert refused(env, "articles", "import", str(tmp_path / "vazia")) == "guichê: vazia: no_articles\n"
    assert refused(env, "articles", "import", str(tmp_path / "nada")) == "guichê: nada: nothing_there\n"
