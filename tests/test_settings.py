"""Settings of the installation: defaults, and refusals of wrong values."""

import ipaddress
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from web.errors import BadSetting
from web.settings import ROOT, read_settings

pytestmark = pytest.mark.anywhere


def test_an_installation_that_says_nothing_keeps_everything_in_one_folder(tmp_path):
    own = read_settings({"GUICHE_VAR": str(tmp_path)})
    assert (own.var, own.database_url, own.storage, own.host, own.port, own.base_url, own.preset) == (
        tmp_path,
        f"sqlite:///{tmp_path}/guiche.sqlite",
        f"{tmp_path}/attachments",
        "127.0.0.1",
        8000,
        "http://127.0.0.1:8000",
        "guiche",
    )
    assert (own.proxies, own.demo_password, own.now, own.is_secure) == ((), None, None, False)
    assert own.webhook_networks == ()


def test_without_a_folder_it_is_var_beside_the_program():
    assert read_settings({"GUICHE_SECRET": "s"}).var == ROOT / "var"


def test_what_is_said_is_taken(tmp_path):
    own = read_settings(
        {
            "GUICHE_VAR": str(tmp_path),
            "DATABASE_URL": "postgresql://guiche@db/guiche",
            "GUICHE_STORAGE": "s3://bucket/prefix",
            "HOST": "0.0.0.0",
            "PORT": "9000",
            "GUICHE_URL": "https://Suporte.Example.br/",
            "GUICHE_SECRET": "a secret",
            "GUICHE_PROXIES": "10.0.0.0/8, 192.168.0.1 ::1",
            "GUICHE_PRESET": "central",
            "GUICHE_DEMO_PASSWORD": "girafa",
            "GUICHE_NOW": "2026-11-23T09:00-03:00",
        }
    )
    assert (own.database_url, own.storage, own.host, own.port) == (
        "postgresql://guiche@db/guiche",
        "s3://bucket/prefix",
        "0.0.0.0",
        9000,
    )
    assert (own.base_url, own.hostname, own.is_secure) == (
        "https://suporte.example.br",
        "suporte.example.br",
        True,
    )
    assert (own.secret, own.preset, own.demo_password) == ("a secret", "central", "girafa")
    assert own.now == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert own.proxies == tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "192.168.0.1", "::1")))


def test_a_setting_left_empty_is_as_if_it_were_not_there(tmp_path):
    names = ("DATABASE_URL", "GUICHE_STORAGE", "HOST", "PORT", "GUICHE_URL", "GUICHE_PROXIES", "GUICHE_PRESET")
    empty = dict.fromkeys((*names, "GUICHE_DEMO_PASSWORD", "GUICHE_NOW"), "")
    assert read_settings({**empty, "GUICHE_VAR": str(tmp_path)}) == read_settings({"GUICHE_VAR": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db"),
        ("DATABASE_URL", "guiche.sqlite"),
        ("DATABASE_URL", "sqlite://guiche.sqlite"),
        ("DATABASE_URL", "sqlite:///"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8000.0"),
        ("PORT", "²"),
        ("PORT", "oito"),
        ("GUICHE_URL", "suporte.example.br"),
        ("GUICHE_URL", "ftp://suporte.example.br"),
        ("GUICHE_URL", "https://"),
        ("GUICHE_URL", "https://suporte.example.br/portal"),
        ("GUICHE_URL", "https://suporte.example.br?x=1"),
        ("GUICHE_URL", "https://suporte.example.br#x"),
        ("GUICHE_URL", "https://ana:segredo@suporte.example.br"),
        ("GUICHE_URL", "https://suporte.example.br:porta"),
        ("GUICHE_URL", "https://[::1"),
        ("GUICHE_PROXIES", "proxy.local"),
        ("GUICHE_PROXIES", "10.0.0.1/8"),
        ("GUICHE_WEBHOOKS_ALLOW", "receptor.local"),
        ("GUICHE_WEBHOOKS_ALLOW", "10.0.0.1/8"),
        ("GUICHE_STORAGE", "gs://bucket/prefix"),
        ("GUICHE_STORAGE", "memory://"),
        ("GUICHE_SMTP", "mail.escola.example"),
        ("GUICHE_SMTP", "smtps://"),
        ("GUICHE_SMTP", "smtps://mail.escola.example:porta"),
        ("GUICHE_SMTP", "smtps://mail.escola.example:0"),
        ("GUICHE_SMTP", "smtps://[::1"),
        ("GUICHE_MAIL", "suporte"),
        ("GUICHE_IMAP", "imaps://mail.escola.example"),
        ("GUICHE_IMAP", "imaps://ana:segredo@mail.escola.example:porta"),
        ("GUICHE_IMAP", "imaps://ana:segredo@mail.escola.example imaps://[::1"),
        ("GUICHE_MAIL_TOKENS", "/opt/token google"),
        ("GUICHE_MAIL_TOKENS", "google='/opt/token google"),
        ("GUICHE_FILES_PER_DAY", "1 GB"),
        ("GUICHE_KEPT_MONTHS", "0"),
        ("GUICHE_PRESET", "outro"),
        ("GUICHE_PRESET", "../guiche"),
        ("GUICHE_NOW", "2026-11-23T09:00"),
        ("GUICHE_NOW", "2026-11-23"),
        ("GUICHE_NOW", "amanhã"),
    ],
)
def test_f45_a_bad_setting_is_refused_in_one_line_that_names_it(tmp_path, name, value):
    with pytest.raises(BadSetting) as refused:
        read_settings({"GUICHE_VAR": str(tmp_path), name: value})
    assert (name in str(refused.value), len(str(refused.value).splitlines())) == (True, 1)


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    first, second = [read_settings({"GUICHE_VAR": str(tmp_path / "var")}).secret for _ in range(2)]
    assert (first == second, len(first)) == (True, 64)
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_two_installations_have_two_secrets(tmp_path):
    assert (
        read_settings({"GUICHE_VAR": str(tmp_path / "a")}).secret
        != read_settings({"GUICHE_VAR": str(tmp_path / "b")}).secret
    )


@pytest.mark.parametrize("kept", ["", "\n", "curto"])
def test_a_secret_that_was_half_written_signs_nothing(tmp_path, kept):
    (tmp_path / "secret").write_text(kept)
    with pytest.raises(BadSetting) as refused:
        read_settings({"GUICHE_VAR": str(tmp_path)})
    assert "secret" in str(refused.value)


def test_a_secret_that_was_given_makes_no_file(tmp_path):
    read_settings({"GUICHE_VAR": str(tmp_path / "var"), "GUICHE_SECRET": "a secret"})
    assert not (tmp_path / "var").exists()


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    Path(tmp_path / "file").write_text("in the way")
    with pytest.raises(BadSetting) as refused:
        read_settings({"GUICHE_VAR": str(tmp_path / "file" / "var")})
    assert str(refused.value) == f"GUICHE_VAR: the folder {tmp_path}/file/var can't be used (Not a directory)"
