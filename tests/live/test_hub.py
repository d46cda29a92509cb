"""Messages to the streams of one process, timed by the monotonic clock."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from web.clock import set_now
from web.live import rights, topics
from web.live.hub import MOST_OF_PERSON, Hub
from web.live.streams import Stream
from web.people import actors, sessions
from web.people.permissions import Actor
from web.tickets.actions.ownership import departures

pytestmark = pytest.mark.anyio


async def stream_of(person: Actor, named: str = "n") -> Stream:
    token = await sessions.start(person.id, network="", browser="", at=NOW)
    found = await actors.behind_session(token, NOW)
    assert found is not None
    return Stream(found[0], f"s{found[1]}", token, topics.parse(named))


async def told(stream: Stream) -> list[str]:
    """The topics of the next message of the stream. A topic of this test ends it."""
    news = stream.news()
    await anext(news)
    stream.tell("last")
    return (await anext(news)).split()


async def test_each_is_told_what_it_follows_and_nothing_else(database):
    people = await cast.enrol()
    hub, ana, bia = Hub(), await stream_of(people.ana, "t1,n"), await stream_of(people.bia, "t1,w2")
    for stream in (ana, bia):
        hub.open(stream)
    hub.tell(["T1", "t3", "W2", f"n{people.bia.id}", f"n{people.ana.id}"])
    assert (await told(ana), await told(bia)) == (["last", "n"], ["last", "t1", "w2"])


async def test_lists_hear_of_tickets_to_which_something_happened_and_of_no_other_news():
    hub, told = Hub(), ["t1", "T2", "w3", "W4", "v5", "n6", "s7", "p8", "l", "r"]
    hub.tell(told)
    assert (hub.moved, [key for key in told if topics.is_of_ticket(key)]) == ({1, 2}, ["t1", "T2"])


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-3650)])
async def test_a_clock_that_jumps_makes_nothing_forgotten_and_nothing_told_twice(database, jump):
    people = await cast.enrol()
    hub, before, after = Hub(), await stream_of(people.ana), await stream_of(people.ana)
    hub.tell_all()
    hub.open(before)
    hub.tell([f"n{people.ana.id}"])
    set_now(NOW + jump)
    hub.open(after)
    hub.catch_up(after, 0.0)
    assert (await told(before), await told(after)) == (["last", "n"], ["last"])
    hub.catch_up(after, 30.0)
    assert await told(after) == ["last", "n"]


async def test_a_person_has_room_for_some_and_others_still_have(database):
    people = await cast.enrol()
    hub = Hub()
    streams = [await stream_of(people.ana) for _ in range(MOST_OF_PERSON)]
    for stream in streams:
        assert hub.has_room(people.ana.id)
        hub.open(stream)
    assert (hub.has_room(people.ana.id), hub.has_room(people.bia.id)) == (False, True)
    hub.close(streams[0])
    assert hub.has_room(people.ana.id)


async def test_nobody_is_let_in_while_the_server_stops(database):
    people = await cast.enrol()
    hub, stream = Hub(), await stream_of(people.ana)
    hub.open(stream)
    hub.end_all()
    assert (hub.has_room(people.bia.id), stream.is_over) == (False, True)


async def test_a29_rights_end_with_the_account(database):
    people = await cast.enrol()
    stream = await stream_of(people.davi, "n")
    assert await rights.may_go_on(stream, at=NOW)
    await departures.deactivate(people.davi.id, by=people.admin, at=NOW)
    assert not await rights.may_go_on(stream, at=NOW)


async def test_a29_rights_end_when_the_session_does(database):
    people = await cast.enrol()
    stream = await stream_of(people.ana)
    assert await rights.may_begin(stream, at=NOW)
    assert not await rights.may_go_on(stream, at=NOW + sessions.LASTS)


async def test_a19_rights_are_those_of_this_moment(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    caio, ana = await stream_of(people.caio, f"t{number}"), await stream_of(people.ana, f"t{number}")
    assert (await rights.may_begin(caio, at=NOW), await rights.may_begin(ana, at=NOW)) == (False, True)


async def test_nothing_is_kept_of_pages_that_are_gone(database):
    people = await cast.enrol()
    hub = Hub()
    for _ in range(100):
        stream = await stream_of(people.ana, "t1,w1,n,l")
        hub.open(stream)
        hub.close(stream)
    assert (hub.streams, hub.followers("t1"), hub.followers("n1"), dict(hub._followers)) == (set(), set(), set(), {})
