"""Killed fetchers while mail comes in by the hundred: each mail is one ticket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, wait, working
from tests.mail.dovecot import PASSWORD, dovecot, unseen

pytestmark = pytest.mark.imap

MAILS = 150
"""`make bench-mail` has four fetchers meet at a thousand."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f19_mail_that_fetchers_died_over_is_in_exactly_once(own: dict[str, str]) -> None:
    assert run(["tests.resilience.make_due_tickets", "1", "expresso"], own) == (0, "", "")
    with dovecot() as server, server.box() as box:
        server.delivers(MAILS, each=5)
        own["GUICHE_IMAP"] = f"imap://suporte:{PASSWORD}@127.0.0.1:{server.port}"
        with working(own) as one, working(own) as other:
            wait(lambda: kept(own) >= MAILS // 3)
            one.kill()
            other.kill()
        assert kept(own) < MAILS
        with working(own), working(own), working(own):
            wait(lambda: kept(own) >= MAILS and not unfiled(own))
        assert unseen(box) == []
    titles = [row["title"] for row in ask(own, "SELECT title FROM ticket WHERE channel = 'email' ORDER BY id")]
    assert sorted(titles) == sorted(f"Pedido {n}" for n in range(MAILS))


def kept(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(DISTINCT sha256) AS many FROM inbound_mail")
    return int(row["many"])


def unfiled(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(*) AS many FROM inbound_mail WHERE state = 'new'")
    return int(row["many"])
