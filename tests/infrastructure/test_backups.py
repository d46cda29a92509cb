"""Backups of an SQLite database: `backup` makes a whole one, and `check` finds a damaged one."""

import shutil
import sqlite3

import pytest

from tests.infrastructure.subprocesses import environment, run
from tests.servers import serving

pytestmark = pytest.mark.anywhere


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running installation with three tickets, some of them only in the write-ahead log."""
    folder = tmp_path_factory.mktemp("house")
    env = environment(folder / "var", DATABASE_URL=f"sqlite:///{folder}/house.sqlite")
    assert run(["web", "migrate"], env) == (0, "", "")
    with serving(["web"], env):
        assert run(["tests.infrastructure.tickets", "3"], env)[0] == 0
        yield env


def file_of(house):
    return house["DATABASE_URL"].removeprefix("sqlite:///")


def test_f52_a_backup_of_a_running_house_is_whole(house, tmp_path):
    assert run(["web", "backup", str(tmp_path / "backup.sqlite")], house) == (0, "", "")
    assert run(["web", "check", str(tmp_path / "backup.sqlite")], house) == (0, "ok\n", "")
    with sqlite3.connect(tmp_path / "backup.sqlite") as backup:
        assert backup.execute("SELECT count(*) FROM ticket").fetchone() == (3,)
    restored = {**house, "DATABASE_URL": f"sqlite:///{tmp_path}/backup.sqlite"}
    assert run(["web", "check"], restored) == (0, "ok\n", "")


def test_f52_a_copy_without_its_log_is_told(house, tmp_path):
    shutil.copy(file_of(house), tmp_path / "copy.sqlite")
    told = (
        f"{tmp_path}/copy.sqlite was copied without its log: the last changes are missing. Use `python -m web backup`\n"
    )
    assert run(["web", "check", str(tmp_path / "copy.sqlite")], house) == (1, told, "")


def test_f52_a_copy_with_its_log_is_whole(house, tmp_path):
    for end in ("", "-wal"):
        shutil.copy(file_of(house) + end, tmp_path / f"copy.sqlite{end}")
    assert run(["web", "check", str(tmp_path / "copy.sqlite")], house) == (0, "ok\n", "")


def test_f52_a_damaged_backup_is_told(house, tmp_path):
    copy = tmp_path / "backup.sqlite"
    assert run(["web", "backup", str(copy)], house) == (0, "", "")
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2] + bytes(20_000) + content[len(content) // 2 + 20_000 :])
    status, told, errors = run(["web", "check", str(copy)], house)
    assert (status, told == "ok\n", errors) == (1, False, "")


def test_f52_a_backup_never_replaces_a_file(house, tmp_path):
    (tmp_path / "taken").write_text("Ata da reunião")
    assert run(["web", "backup", str(tmp_path / "taken")], house)[0] == 2
    assert (tmp_path / "taken").read_text() == "Ata da reunião"
    told = f"{tmp_path}/taken is no SQLite database\n"
    assert run(["web", "check", str(tmp_path / "taken")], house) == (1, told, "")
