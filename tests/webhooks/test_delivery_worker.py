"""Webhook deliveries to a real receiver: signed, once each, retried for three days, then given up."""

import asyncio
import logging
import socket
from collections.abc import Iterator, Sequence
from contextvars import Context
from datetime import datetime, timedelta

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from tests import cast
from tests.api.robots import robot
from tests.cast import NOW
from tests.client import browser_of
from tests.lead_settings import set_categories, team
from tests.security.world import set_up
from tests.webhooks.receiver import Receiver, breaks_off, cuts, floods, hangs, receiver, says
from web import clock
from web.api.v1 import responses
from web.database import fetch
from web.demo.cast import Cast
from web.notifications import announcing
from web.pages.shell import render
from web.people.agents import roles
from web.people.permissions import Role
from web.tickets.actions import assignment, replies
from web.webhooks import deliveries, subscriptions
from web.webhooks.delivery_worker import GIVEN_UP_AFTER, DeliveryWorker
from web.webhooks.subscriptions import WebhookInput

pytestmark = pytest.mark.anyio


@pytest.fixture
def inside(monkeypatch) -> Iterator[None]:
    with set_up(monkeypatch, GUICHE_WEBHOOKS_ALLOW="127.0.0.1"):
        yield


@pytest.fixture
async def people(database, inside) -> Cast:
    return await cast.enrol()


async def subscribed(people: Cast, to: Receiver, *events: str) -> tuple[int, str]:
    wanted = WebhookInput(to.url, events or ("submission",))
    return await subscriptions.subscribe(wanted, by=people.admin, at=NOW, form_key=None)


async def announced(at: datetime = NOW) -> int:
    return await announcing.announce(at, also=deliveries.queue)


async def delivered(at: datetime = NOW, *, patience: timedelta = timedelta(seconds=5)) -> int:
    return await DeliveryWorker(responses.ticket, render.mail_texts(), patience).deliver(at)


async def states() -> list[tuple[str, int | None, str, int]]:
    rows = await fetch("SELECT state, status, error, attempts FROM webhook_delivery ORDER BY id")
    return [tuple(row.values()) for row in rows]


async def test_v19_a_receiver_is_told_of_an_event_with_the_ticket_as_the_api_shows_it(people):
    async with receiver() as far:
        _, secret = await subscribed(people, far)
        number = await cast.ticket(people.ana)
        await announced()
        assert await delivered(clock.machine_time()) == 1
        told = far.verified(secret)
    (event,) = await fetch("SELECT at FROM event")
    shown = (await (await robot()).get(f"/tickets/{number}")).json()
    assert (told["type"], datetime.fromisoformat(told["timestamp"])) == ("ticket.submission", event["at"])
    assert told["data"] == shown
    assert far.received[0].line == "POST /guiche HTTP/1.1"
    assert far.received[0].headers["content-type"] == "application/json"
    assert await states() == [("delivered", 200, "", 1)]


async def test_v19_the_address_of_a_webhook_is_not_logged(people, caplog):
    caplog.set_level(logging.INFO)
    async with receiver() as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        assert await delivered() == 1
        assert far.url not in caplog.text


async def test_v19_only_chosen_events_are_told_and_each_by_its_noun(people):
    async with receiver() as far:
        await subscribed(people, far, "take", "reply")
        ticket = await cast.seen(await cast.ticket(people.ana), people.bia)
        await assignment.take(ticket, by=people.bia, at=NOW)
        await replies.note(ticket, "Só da equipe.", by=people.bia, at=NOW)
        await replies.reply(ticket, "Vamos ver.", by=people.bia, at=NOW)
        await announced()
        await delivered()
        assert [each.told["type"] for each in far.received] == ["ticket.take", "ticket.reply"]


async def test_v19_a_delivery_is_queued_in_the_transaction_that_announces_its_event(people):
    async with receiver() as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)

        async def fails_after(events: Sequence[int]) -> None:
            await deliveries.queue(events)
            raise OSError("the power went")

        with pytest.raises(OSError, match="power"):
            await announcing.announce(NOW, also=fails_after)
        assert await states() == []
        assert (await announced(), await delivered()) == (1, 1)


async def test_v19_a_body_that_was_changed_on_its_way_is_not_believed(people):
    async with receiver() as far:
        _, secret = await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        await delivered(clock.machine_time())
        far.received[0].body = far.received[0].body.replace(b"submission", b"closing")
        with pytest.raises(WebhookVerificationError):
            far.verified(secret)


async def test_f26_workers_that_race_deliver_each_once(people):
    async with receiver() as far:
        await subscribed(people, far)
        for n in range(12):
            await cast.ticket(people.ana, f"Boleto {n}")
        run = asyncio.get_running_loop().create_task
        await asyncio.gather(*(run(announced(), context=Context()) for _ in range(2)))
        counts = await asyncio.gather(*(run(delivered(), context=Context()) for _ in range(2)))
        ids = [each.headers["webhook-id"] for each in far.received]
    assert (sum(counts), len(ids), len(set(ids))) == (12, 12, 12)
    assert set(await states()) == {("delivered", 200, "", 1)}


@pytest.mark.parametrize(
    ("behaves", "noted"),
    [
        (says(500, b"em obras"), ("waiting", 500, "", 1)),
        (says(404), ("waiting", 404, "", 1)),
        (cuts, ("waiting", None, "cut", 1)),
        (hangs, ("waiting", None, "timeout", 1)),
        (breaks_off, ("delivered", 200, "cut", 1)),
        (floods, ("delivered", 200, "", 1)),
    ],
)
async def test_v19_what_a_receiver_does_is_noted(people, behaves, noted):
    async with receiver(behaves) as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        await delivered(patience=timedelta(seconds=0.5 if behaves is hangs else 5))
    assert await states() == [noted]


async def test_v19_of_a_long_answer_only_the_beginning_is_kept(people):
    async with receiver(says(200, b"\x00\xff" + b"a" * 50_000)) as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        await delivered()
    (row,) = await fetch("SELECT answer FROM webhook_delivery")
    assert row["answer"] == "\ufffd" + "a" * 998


async def test_a50_a_redirect_is_not_followed(people):
    async with receiver() as secret, receiver(says(302, Location=secret.url)) as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        await delivered()
        assert (len(far.received), secret.received) == (1, [])
    assert await states() == [("waiting", 302, "", 1)]


async def test_v19_a_failed_delivery_is_tried_again_later_under_the_same_id(people):
    async with receiver(says(503), says(503), says(204)) as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        tries = [NOW + timedelta(seconds=each) for each in (0, 4, 5, 304, 305)]
        assert [await delivered(at) for at in tries] == [0, 0, 0, 0, 1]
        assert len({each.headers["webhook-id"] for each in far.received}) == 1
    assert await states() == [("delivered", 204, "", 3)]


async def test_v19_a_receiver_that_is_down_keeps_no_other_waiting(people):
    """The receiver that is down answers only after the other got everything."""
    done = asyncio.Event()

    async def last(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        done.set()
        await says(200)(reader, writer)

    async def waits(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()
        await says(503)(reader, writer)

    async with receiver(waits) as down, receiver(says(200), says(200), last) as up:
        await subscribed(people, down)
        await subscribed(people, up)
        for n in range(3):
            await cast.ticket(people.ana, f"Boleto {n}")
        await announced()
        assert await delivered() == 3
        assert (len(down.received), len(up.received)) == (1, 3)
    assert ("waiting", 503, "", 1) in await states()


async def test_v19_after_three_days_it_is_switched_off_and_the_administrators_are_told(people):
    async with receiver(says(500)) as far:
        number, _ = await subscribed(people, far)
        await cast.ticket(people.ana)
        await cast.ticket(people.ana, "Outro")
        await announced()
        others = len(await fetch("SELECT id FROM outgoing"))
        at, last = NOW, NOW
        while (await subscriptions.webhook(number)).is_on:
            await delivered(at)
            (row,) = await fetch("SELECT min(due_at) AS due_at FROM webhook_delivery WHERE state = 'waiting'")
            last, at = at, row["due_at"] or at
            at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        assert last - NOW == GIVEN_UP_AFTER
    assert [state for state, *_ in await states()] == ["failed", "dropped"]
    off = await subscriptions.webhook(number)
    assert (off.is_on, off.disabled_at) == (False, last)
    mails = (await fetch("SELECT recipient, subject, body FROM outgoing ORDER BY id"))[others:]
    assert [(each["recipient"], each["subject"]) for each in mails] == [
        ("admin@guiche.example", "Um webhook foi desligado")
    ]
    assert f"/desk/settings/webhooks/{number}" in mails[0]["body"]
    notices = await (await browser_of(people.admin, at=last)).get("/notices")
    assert notices.links()[far.url] == f"/desk/settings/webhooks/{number}"
    await cast.ticket(people.ana, "Depois")
    await announced(last)
    assert len(await states()) == 2


async def test_v19_one_that_is_sent_again_has_three_days_of_its_own(people):
    async with receiver(says(500), says(500), says(200)) as far:
        number, _ = await subscribed(people, far)
        await deliveries.test(number, by=people.admin, at=NOW)
        await delivered(NOW)
        (row,) = await fetch("SELECT id FROM webhook_delivery")
        later = NOW + timedelta(days=4)
        await deliveries.repeat(row["id"], by=people.admin, at=later)
        assert [await delivered(later + timedelta(seconds=each)) for each in (0, 5)] == [0, 1]
        assert far.received[-1].told["type"] == "test"
    assert await states() == [("delivered", 200, "", 2)]


async def test_a13_nothing_is_told_that_its_owner_does_not_see(people):
    async with receiver() as far:
        await subscribed(people, far)
        await set_categories(by=people.lia, team=await team("Ouvidoria"))
        await cast.ticket(people.ana)
        await announced()
        await delivered()
        assert far.received == []
    assert await states() == [("dropped", None, "hidden", 1)]


async def test_a70_nothing_is_told_for_who_is_no_administrator_any_more(people):
    async with receiver() as far:
        await subscribed(people, far)
        await cast.ticket(people.ana)
        await announced()
        await roles.give_role(people.lia.id, Role.ADMIN, by=people.admin, at=NOW)
        await roles.give_role(people.admin.id, Role.AGENT, by=await cast.fresh(people.lia), at=NOW)
        await delivered()
        assert far.received == []
    assert await states() == [("dropped", None, "hidden", 1)]


async def test_a50_a_name_that_leads_inside_by_the_time_of_delivery_is_told_nothing(people, monkeypatch):
    async with receiver() as far:
        named = WebhookInput(f"https://receptor.example:{far.port}/guiche", ("submission",))
        with resolving(monkeypatch, "93.184.216.34"):
            await subscriptions.subscribe(named, by=people.admin, at=NOW, form_key=None)
        await cast.ticket(people.ana)
        await announced()
        with set_up(monkeypatch, GUICHE_WEBHOOKS_ALLOW=""), resolving(monkeypatch, "127.0.0.1"):
            await delivered()
        assert far.received == []
    assert await states() == [("waiting", None, "private_address", 1)]


async def test_a50_the_name_is_resolved_once_and_the_connection_goes_where_was_checked(people, monkeypatch):
    async with receiver() as far:
        named = WebhookInput(f"http://receptor.example:{far.port}/guiche", ("submission",))
        with resolving(monkeypatch, "127.0.0.1"):
            await subscriptions.subscribe(named, by=people.admin, at=NOW, form_key=None)
        await cast.ticket(people.ana)
        await announced()
        with resolving(monkeypatch, "127.0.0.1", "10.0.0.1") as asked:
            await delivered()
        assert asked == ["receptor.example"]
        assert [each.headers["host"] for each in far.received] == [f"receptor.example:{far.port}"]


class resolving:  # noqa: N801
    """The name server answers with these, one a question; `asked` are the names it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
        self.context, self.found, self.asked = monkeypatch.context(), list(found), []
        self.real = socket.getaddrinfo

    def __enter__(self) -> list[str]:
        self.context.__enter__().setattr(socket, "getaddrinfo", self._answer)
        return self.asked

    def __exit__(self, *told: object) -> None:
        self.context.__exit__(*told)

    def _answer(self, host, port, *more, **named):
        if not str(host).endswith(".example"):
            return self.real(host, port, *more, **named)
        self.asked.append(host)
        return self.real(self.found.pop(0), port, *more, **named)
