"""Upgrades from each earlier release: no data is lost, and old links and sessions still work."""

import asyncio
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, tell

RELEASES = Path(__file__).parent / "releases"
SECRET = "the secret of an earlier release, 32 bytes"
FILE = b"erro 42 na tela"
KEPT = (
    "SELECT id, name, role, is_active FROM person ORDER BY id",
    "SELECT id, person, kind, value FROM identity ORDER BY id",
    "SELECT id, person, organization FROM membership ORDER BY id",
    "SELECT id, title, status, priority, requester, organization, category, team, assignee FROM ticket ORDER BY id",
    "SELECT id, ticket, kind, author, body, at FROM message ORDER BY id",
    "SELECT id, ticket, kind, actor, at, message FROM event ORDER BY id",
    "SELECT id, message, name, size, sha256 FROM attachment ORDER BY id",
    "SELECT id, ticket, other, kind FROM link ORDER BY id",
    "SELECT id, ticket, person, service, quality, comment FROM rating ORDER BY id",
)


@dataclass(frozen=True)
class Release:
    """An earlier release, with what its people held and had written."""

    name: str
    ticket: str
    sqlite: tuple[str, str, str]
    """Ana's session, everybody's password, and the code of Rui's link."""
    postgres: tuple[str, str, str]


EARLIER = (
    Release(
        "2026-11-24",
        "10002",
        (
            "eBDSrtbSprZVFNrtDLAXdYDmzAQPJ5aV3YJ1KxMBUlA",
            "0a4e-7438-38a6-5191",
            "ReRKEPLer8TWCRKYGkDTSp0C-pDUsq4bwXTDBVlHxZQ",
        ),
        (
            "kJfWeQM5ayfsjuIfNh41MgU7F7oyL11nDtWZKYwHzHw",
            "2c11-94b4-ade3-beee",
            "0dPFe6bXi96PgrPh_3awF2NzD5CZ6zpJa4o9V5CbbdQ",
        ),
    ),
    Release(
        "2026-11-28",
        "10023",
        (
            "Gd9eT5zDHXench-_LhC9t_FHFki81jYT3QttoXicLmM",
            "be92-41a4-735c-dcf9",
            "aEekOBns1RCsYx9esu7wMBu3aNVqKeu8vL6q-e2B7mQ",
        ),
        (
            "9Eclyda9xnB4IiBOzp2lD07bSNf6LjXyiS8pn0rSho4",
            "c11e-e8b2-366b-af85",
            "TzjT9_JwCTpOHYI8Tr9bVa1x8OyFRLOdq2Jot-njNcA",
        ),
    ),
)


@pytest.mark.parametrize("release", EARLIER, ids=lambda each: each.name)
def test_f35_after_an_upgrade_all_is_as_it_was_and_sessions_links_and_passwords_still_open(release, tmp_path):
    with empty_database(tmp_path) as url:
        own = environment(tmp_path, DATABASE_URL=url, GUICHE_SECRET=SECRET)
        restore(release, url, tmp_path)
        before = [ask(own, each) for each in KEPT]
        assert run(["web", "migrate"], own) == (0, "", "")
        assert [ask(own, each) for each in KEPT] == before
        session, password, code = release.sqlite if url.startswith("sqlite:///") else release.postgres
        status, output, errors = run(
            [
                "tests.infrastructure.after_upgrade",
                "2026-11-30T10:00:00+00:00",
                *(session, password, release.ticket, f"/claim/{code}"),
            ],
            own,
        )
    assert (status, errors) == (0, "")
    assert json.loads(output) == {
        "conversation": [
            "A coordenadora pede a senha e a mensagem não chega, nem no spam.",
            "Oi, Ana! Estou verificando com o provedor do e-mail e já volto.",
            "Obrigada! Ela precisa entrar até sexta.",
            "Segue a foto da tela, como pedido.",
        ],
        "file": FILE.decode(),
        "found": ["Senha do portal de conteúdo não chega no e-mail da coordenação"],
        "claim": ["Crie uma senha", "Olá, Rui"],
        "signed in": "Olá, Ana",
    }


@pytest.mark.parametrize("release", EARLIER, ids=lambda each: each.name)
def test_people_and_organizations_of_earlier_releases_are_in_the_order_of_their_numbers(release, tmp_path):
    with empty_database(tmp_path) as url:
        own = environment(tmp_path, DATABASE_URL=url, GUICHE_SECRET=SECRET)
        restore(release, url, tmp_path)
        for table, ids in (("person", "id + 8"), ("organization", "11 - id")):
            ask(own, f"UPDATE {table} SET name = 'Escola ' || ({ids})")
        assert run(["web", "migrate"], own) == (0, "", "")
        found = [
            [row["name"] for row in ask(own, f"SELECT name FROM {table} ORDER BY sort_name LIMIT 3")]
            for table in ("person", "organization")
        ]
    assert [found[0], found[1][-1]] == [["Escola 9", "Escola 10", "Escola 11"], "Escola 10"]


def restore(release: Release, url: str, var: Path) -> None:
    """Restores the database and Ana's file of that release."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).write_bytes(unpacked(f"{release.name}.sqlite.gz"))
    else:
        asyncio.run(tell(url, unpacked(f"{release.name}.sql.gz").decode()))
    digest = hashlib.sha256(FILE).hexdigest()
    folder = var / "attachments" / digest[:2]
    folder.mkdir(parents=True)
    (folder / digest).write_bytes(FILE)


def unpacked(name: str) -> bytes:
    return gzip.decompress((RELEASES / name).read_bytes())
