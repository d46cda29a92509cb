"""Sessions: renewed by a visit, ended by their owner, swept after expiry."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.people.credentials import SECRET, enter, link, session_of
from web.commands.runner import operator
from web.database import fetch
from web.errors import NotFound
from web.people import actors, one_time_links, sessions
from web.people.directory import deactivation
from web.people.one_time_links import Purpose

pytestmark = pytest.mark.anyio


async def test_a_visit_renews_the_session(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    later = NOW + timedelta(days=6)
    await sessions.note_seen(await session_of(token), at=later)
    assert await actors.behind_session(token, NOW + timedelta(days=12)) == (ana, await session_of(token), later)


async def test_a_session_ends_after_thirty_days_however_often_it_is_used(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    for days in range(1, 30):
        await sessions.note_seen(await session_of(token), at=NOW + timedelta(days=days))
    last = NOW + timedelta(days=30)
    assert await actors.behind_session(token, last - timedelta(seconds=1)) is not None
    assert (await actors.behind_session(token, last), await sessions.of_person(ana.id, last)) == (None, [])
    await sessions.sweep(last + timedelta(seconds=1))
    assert await fetch("SELECT id FROM session") == []


async def test_signing_out_ends_this_session_and_everywhere_all_of_them(ana):
    tokens = [(await enter("ana@aurora.example", SECRET))[1] for _ in range(3)]
    await sessions.end_by_token(tokens[0])
    assert [await actors.behind_session(token, NOW) is None for token in tokens] == [True, False, False]
    await sessions.end_all(ana.id)
    assert [await actors.behind_session(token, NOW) is None for token in tokens] == [True, True, True]


async def test_one_ends_ones_own_sessions_and_nobody_elses(people):
    tokens = [await sessions.start(who.id, network="", browser="", at=NOW) for who in (people.ana, people.rui)]
    hers, his = [await session_of(token) for token in tokens]
    with pytest.raises(NotFound):
        await sessions.end(his, by=people.ana)
    await sessions.end(hers, by=people.ana)
    assert [await actors.behind_session(token, NOW) is None for token in tokens] == [True, False]


async def test_a29_a_person_put_away_is_signed_out_at_the_next_request(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    await deactivation.deactivate(ana.id, by=operator(), at=NOW)
    assert await actors.behind_session(token, NOW) is None


@pytest.mark.parametrize("token", ["", " ", "null", "%00", "\x00", "\ud800", "a" * 100_000, "' OR 1=1 --"])
async def test_a32_an_odd_token_opens_nothing(ana, token):
    await enter("ana@aurora.example", SECRET)
    spent = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await one_time_links.redeem(spent, password=None, at=NOW)
    assert (await actors.behind_session(token, NOW), await one_time_links.find_live(token, NOW)) == (None, None)


async def test_what_is_over_is_swept_and_what_is_not_stays(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    opens = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    for kept in (sessions, one_time_links):
        await kept.sweep(NOW)
    assert (await session_of(token) > 0, (await one_time_links.find_live(opens, NOW)).person) == (True, ana.id)
    for kept in (sessions, one_time_links):
        await kept.sweep(NOW + timedelta(days=60))
    assert [await fetch(f"SELECT id FROM {table}") for table in ("session", "one_time_link")] == [[], []]


async def test_sessions_are_listed_newest_first_and_only_those_that_last(ana):
    for hours, browser in ((0, "Firefox"), (2, "Chrome"), (-24 * 8, "w3m")):
        await sessions.start(ana.id, network="10.0.0.1", browser=browser, at=NOW + timedelta(hours=hours))
    assert [row.browser for row in await sessions.of_person(ana.id, NOW + timedelta(hours=3))] == [
        "Chrome",
        "Firefox",
    ]
