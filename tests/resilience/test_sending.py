"""Workers killed around a message: it is sent, and a repetition has the same Message-ID."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, wait, working
from tests.mail.dovecot import PASSWORD, dovecot
from tests.servers import free_port

TICKETS = 20
"""Each was asked about: a message to who asked."""
ARRIVING = 150
LATER = ("tests.resilience.later_worker",)


@dataclass
class Office:
    """A mail server that kills its client at the chosen message, before or after acknowledging it."""

    ids: list[str] = field(default_factory=list)
    """The Message-IDs of accepted messages."""
    at: int = 0
    ends: Callable[[], None] = lambda: None
    takes_it: bool = True

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        found = re.search(rb"(?im)^message-id: *(<[^>]+>)", envelope.content)
        is_chosen = len(self.ids) + 1 == self.at
        if is_chosen:
            self.at = 0
            self.ends()
        if is_chosen and not self.takes_it:
            return "451 Gone"
        self.ids.append(found[1].decode() if found else "")
        return "250 OK"


@contextmanager
def opened() -> Iterator[tuple[Office, str]]:
    office, port = Office(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of the test's processes, with a database full of pending events."""
    with empty_database(tmp_path) as url:
        own = environment(tmp_path, DATABASE_URL=url, GUICHE_MAIL="suporte@guiche.example")
        assert run(["tests.resilience.make_due_tickets", str(TICKETS), "expresso"], own) == (0, "", "")
        yield own


def test_f3_a_worker_killed_before_a_message_was_taken_leaves_it_to_another(own: dict[str, str]) -> None:
    assert sent_around_a_kill(own, takes_it=False) == {1}


def test_f4_a_worker_killed_after_a_message_was_taken_repeats_it_once_under_its_id(own: dict[str, str]) -> None:
    assert sent_around_a_kill(own, takes_it=True) == {1, 2}


def sent_around_a_kill(own: dict[str, str], *, takes_it: bool) -> set[int]:
    """How often messages arrived; at most one arrived more than once."""
    with opened() as (office, url):
        own["GUICHE_SMTP"] = url
        with working(own) as worker:
            office.at, office.takes_it, office.ends = 5, takes_it, worker.kill
            wait(lambda: worker.poll() is not None)
        assert waiting(own) > 0
        with working(own, LATER):
            wait(lambda: waiting(own) == 0)
        sent = [row["message_id"] for row in ask(own, "SELECT message_id FROM outgoing WHERE state = 'sent'")]
    times = Counter(office.ids)
    assert set(times) == set(sent)
    assert sum(many > 1 for many in times.values()) <= 1
    return set(times.values())


@pytest.mark.imap
def test_f39_what_arrives_by_the_hundred_is_acknowledged_while_the_rest_still_comes(own: dict[str, str]) -> None:
    """Filing, telling and sending wait for one another in no worker."""
    with opened() as (office, url), dovecot() as server, server.box():
        server.delivers(ARRIVING, each=1)
        own |= {"GUICHE_SMTP": url, "GUICHE_IMAP": f"imap://suporte:{PASSWORD}@127.0.0.1:{server.port}"}
        with working(own):
            wait(lambda: len(office.ids) > TICKETS)
            assert arrived(own) < ARRIVING
            wait(lambda: arrived(own) == ARRIVING)


def arrived(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(*) AS many FROM ticket WHERE channel = 'email'")
    return int(row["many"])


def waiting(own: dict[str, str]) -> int:
    """The number of queued messages and pending events."""
    (row,) = ask(
        own,
        "SELECT (SELECT count(*) FROM outgoing WHERE state = 'waiting') "
        "+ (SELECT count(*) FROM event WHERE announced_at IS NULL) AS many",
    )
    return int(row["many"])
