"""Whose turn it is: the page of a ticket agrees with the lists."""

from dataclasses import dataclass
from itertools import product

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.tickets.life.table import PRESETS
from tests.tickets.record.traces import row
from web.database import fetch
from web.demo.cast import Cast
from web.people.permissions import Actor
from web.tickets.life.states import Status, Wait
from web.tickets.life.turns import expects_an_answer, is_turn
from web.tickets.life.workflows import state_of, workflow
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter


@dataclass(frozen=True)
class Parties:
    """Whose ticket it is, and no more."""

    author: int
    requester: int
    organization: int | None
    approval_asked_by: int | None


ANA, RUI = Actor(id=7, name="Ana"), Actor(id=8, name="Rui")


@pytest.mark.anywhere
@pytest.mark.parametrize("preset", PRESETS)
def test_it_is_the_requesters_turn_when_they_are_asked_something_and_nobody_elses(preset):
    flow, asked = workflow(preset), Parties(author=7, requester=7, organization=None, approval_asked_by=None)
    turns = {state for state in flow.labels if is_turn(ANA, asked, state, flow)}
    judges = preset in ("aprovacao", "avaliacao", "guiche")
    assert turns == ({"waiting_requester", "resolved"} if judges else {"waiting_requester"})
    assert not any(is_turn(RUI, asked, state, flow) for state in flow.labels)


@pytest.mark.anyio
@pytest.mark.parametrize("preset", ["guiche", "central"])
async def test_a_ticket_and_the_lists_agree_on_whose_turn_it_is_in_every_case(database, preset):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    cases = await _every_case(await cast.ticket(people.ana), people)
    flow = workflow(preset)
    lists = [("approvals", "approval"), ("mine", "waiting_requester")]
    lists += [("mine", "resolved")] if expects_an_answer(flow) else []
    found = {}
    for me in (people.ana, people.rui, people.caio, people.bia):
        found[me.name] = set()
        for scope, state in lists if me.approves else lists[1:]:
            found[me.name] |= await _listed(scope, state, preset, me)
    told = {
        me.name: {number for number, (state, parties) in cases.items() if is_turn(me, parties, state, flow)}
        for me in (people.ana, people.rui, people.caio, people.bia)
    }
    assert found == told
    assert all(told[name] for name in ("Ana Prado", "Rui Alves", "Caio Lima"))


async def _every_case(pattern: int, people: Cast) -> dict[int, tuple[str, Parties]]:
    """A ticket for each state, author, requester, organization and agent who asked for an approval."""
    known = {name: value for name, value in (await row(pattern)).items() if name != "id"}
    organizations = [each["id"] for each in await fetch("SELECT id FROM organization ORDER BY id")]
    asked_by = (None, people.bia.id, people.ana.id)
    cases = {}
    for status, author, requester, organization, asker in product(
        ("approval", "new", "waiting", "resolved", "closed"),
        (people.ana.id, people.rui.id, people.bia.id),
        (people.ana.id, people.rui.id, people.caio.id),
        (*organizations, None),
        asked_by,
    ):
        parties = Parties(author, requester, organization, asker)
        wait = Wait.REQUESTER if status == "waiting" else None
        values = known | {
            "status": status,
            "wait": wait,
            "resolution": "communicated" if status in ("resolved", "closed") else None,
            "resolved_at": NOW if status == "resolved" else None,
            "closed_at": NOW if status == "closed" else None,
            "author": author,
            "requester": requester,
            "organization": organization,
            "approval_asked_by": asker,
        }
        columns, places = ", ".join(values), ", ".join("{}" for _ in values)
        (made,) = await fetch(f"INSERT INTO ticket ({columns}) VALUES ({places}) RETURNING id", *values.values())
        cases[made["id"]] = state_of(Status(status), wait, None), parties
    return cases


async def _listed(scope: str, state: str, preset: str, me: Actor) -> set[int]:
    """Every page of a list."""
    wanted, numbers, after = workflow(preset).alike(state), set(), None
    while True:
        listing = await portal.page(Filter(scope=scope, status=wanted, after=after), by=me)
        numbers |= {each.id for each in listing.rows if state_of(each.status, each.wait, None) == state}
        if listing.next is None:
            return numbers
        after = listing.next
