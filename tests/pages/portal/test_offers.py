"""The page of a ticket offers everybody on it exactly the moves that the check would accept, under each preset."""

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import Page, browser_of
from tests.pages.reading import forms
from tests.tickets.life.table import PRESETS
from web.clock import set_now
from web.people.permissions import Actor
from web.tickets.actions import ratings
from web.tickets.life.moves import RATING, available
from web.tickets.record.ticket import TicketDetails

pytestmark = pytest.mark.anyio

MOVES = {
    "replies": "reply",
    "confirmation": "confirmation",
    "objection": "objection",
    "rating": "rating",
    "cancellation": "cancellation",
    "approval": "approval",
    "refusal": "refusal",
    "duplicates": "duplication",
    "follow-ups": "follow_up",
    "participants": "participation",
    "thanks": "thanks",
    "follow_up": "follow_up",
}
"""The moves of forms, by noun, and of the further buttons of a reply, by value."""

STATES = ("new", "unassigned", "open", "leave", "waiting_requester", "waiting_until", "resolved", "rated", "closed")
PEOPLE = ("rui", "ana", "caio", "bia", "lia")
"""The requester, a colleague who sees the organization's tickets, a person in copy, an agent and a lead."""


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("state", STATES)
async def test_the_page_offers_exactly_the_moves_that_would_be_accepted(database, preset, state):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.rui, copies=("caio@horizonte.example",))
    sheet = await cast.brought_to(number, "resolved" if state == "rated" else state, by=people.bia, asker=people.rui)
    if state == "rated" and RATING.is_open(sheet, people.rui):
        await ratings.rate(sheet, service=2, quality=2, comment="", by=people.rui, at=NOW)
    set_now(NOW)
    accepted, offered = {}, {}
    for name in PEOPLE:
        me = getattr(people, name)
        accepted[name] = named(await cast.seen(number, me), me)
        offered[name] = offered_on(await (await browser_of(me)).get(f"/tickets/{number}"), f"/tickets/{number}")
    assert offered == accepted


def named(ticket: TicketDetails, me: Actor) -> set[str]:
    """The moves of the customer's side. SIM and NÃO stand for a reply and thanks, and a first rating follows them."""
    nouns = {each.noun for each in available(ticket, me)} & {*MOVES.values()}
    later = {"reply", "thanks"} if ticket.rating else {"reply", "thanks", "rating"}
    return nouns - later if "confirmation" in nouns else nouns


def offered_on(page: Page, at: str) -> set[str]:
    addresses = [each.removeprefix(f"{at}/") for each in forms(page) if each.startswith(f"{at}/")]
    buttons = page.attributes("button[name=as]", "value")
    links = ["follow-ups"] if f"/tickets/new?follows={at.removeprefix('/tickets/')}" in page.links().values() else []
    return {MOVES[each] for each in (*addresses, *buttons, *links) if each in MOVES}
