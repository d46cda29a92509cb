"""Rebuilding the search index: page by page, resumed, and equal to what moves keep."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import many_like
from web.database import fetch, fetch_column
from web.demo.generator import bulk
from web.tickets.actions import assignment, links, merges, participants, replies, resolution
from web.tickets.actions.links import Part
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter
from web.tickets.record import reindexing, search_index
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


async def test_an_index_that_was_lost_is_made_anew_the_newest_tickets_first(database):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, f"Boletos {each}") for each in range(30)]
    await fetch("DELETE FROM ticket_search")
    await reindexing.start()
    await reindexing.start()
    assert (await reindexing.run_page(), await indexed()) == (True, numbers[5:])
    assert (await reindexing.run_page(), await indexed()) == (True, numbers)
    assert (await reindexing.run_page(), await indexed()) == (False, numbers)
    assert (await portal.page(Filter(scope="organization", words="boletos"), by=people.ana)).total == 30


async def test_the_worker_makes_some_pages_at_a_time(database):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana), 109)
    numbers = await fetch_column(int, "SELECT id FROM ticket ORDER BY id")
    await fetch("DELETE FROM ticket_search")
    await reindexing.start()
    done = []
    for _ in range(3):
        await reindexing.run_due(NOW)
        done.append(await indexed())
    assert done == [numbers[10:], numbers, numbers]
    assert await fetch("SELECT id FROM reindexing") == []


async def test_what_is_said_before_a_ticket_is_indexed_again_is_found_afterwards(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await fetch("DELETE FROM ticket_search")
    await replies.reply(await cast.seen(number, people.ana), "E o ornitorrinco?", by=people.ana, at=NOW)
    await reindexing.start()
    await reindexing.run_page()
    assert (await portal.page(Filter(scope="organization", words="ornitorrinco"), by=people.ana)).total == 1


async def test_documents_that_moves_keep_are_those_made_anew(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, copies=("caio@horizonte.example",))
    other = await cast.ticket(people.rui)
    turn = {"by": people.bia, "at": NOW}

    async def sheet(of: int = number):
        return await cast.seen(of, people.bia)

    steps = {
        "note": lambda it: replies.note(it, "Ver com o N2.", **turn),
        "reply": lambda it: replies.reply(it, "Vou ver.", **turn),
        "colleague": lambda it: replies.reply(it, "Eu também.", by=people.ana, at=NOW),
        "copy": lambda it: participants.add(it, ["clara@aurora.example"], **turn),
        "out": lambda it: participants.remove(it, people.caio.id, by=people.rui, at=NOW),
        "release": lambda it: assignment.release(it, reason="Não sei.", **turn),
        "assignment": lambda it: assignment.assign(it, team=None, person=people.bia.id, **turn),
        "split": lambda it: links.split(it, [Part("Parte um")], **turn),
        "solution": lambda it: resolution.solve(it, message=NewMessage("Pronto."), **turn),
        "no": lambda it: resolution.object_to(it, "Não serviu.", by=people.rui, at=NOW),
        "merge": lambda it: merges.merge(it, other, **turn),
        "unmerge": lambda it: merges.unmerge(it, **turn),
    }
    for name, step in steps.items():
        await step(await sheet())
        kept = await documents()
        for each in await indexed():
            await search_index.index(each)
        assert (name, kept) == (name, await documents())


async def test_documents_of_invented_tickets_are_those_made_anew(database):
    await bulk.invent(tickets=40, organizations=2, people=8, messages=3, seed=3)
    invented = await documents()
    await reindexing.start()
    while await reindexing.run_page():
        pass
    assert len(invented) == 40
    assert invented == await documents()


async def indexed() -> list[int]:
    return [row["rowid"] for row in await fetch("SELECT rowid AS rowid FROM ticket_search ORDER BY rowid")]


async def documents() -> list[tuple[object, ...]]:
    """The words of each part by number, sorted."""
    rows = await fetch(f"SELECT {', '.join(search_index.COLUMNS)} FROM ticket_search ORDER BY rowid")
    return [(row["rowid"], *(frozenset(row[part].split()) for part in search_index.COLUMNS[1:])) for row in rows]
