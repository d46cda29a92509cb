"""Merged tickets for requesters, agents and robots: a link to the other, and the messages."""

import pytest

from tests import cast
from tests.api.robots import robot
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import said
from web.tickets.actions import replies
from web.tickets.actions.merges import merge, unmerge

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


async def merged(people, *, by=None):
    """Rui's ticket with Eva in copy, merged into Ana's, with a reply and a note of the desk."""
    first = await cast.ticket(people.rui, "De Rui", "Um.", copies=("eva@familia.example",))
    second = await cast.ticket(people.ana, "De Ana", "Dois.")
    await replies.reply(await cast.seen(second, people.bia), "Vamos ver.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(second, people.bia), "Só nós.", by=people.bia, at=NOW)
    await merge(await cast.seen(first, people.bia), second, by=people.bia, at=NOW)
    return first, second


async def test_the_requester_of_a_merged_ticket_reads_where_it_goes_on(database):
    people = await cast.enrol()
    first, second = await merged(people)
    rui = await browser_of(people.rui)
    page = await rui.get(f"/tickets/{first}")
    assert page.text(".next") == "Unido a outro ticket em 23/11."
    assert page.texts(".talk .notice p")[-1] == f"Este ticket foi unido a outro. A conversa continua no #{second}."
    assert page.links()[f"#{second}"] == f"/tickets/{second}"


async def test_an_agent_reads_at_each_of_two_merged_tickets_which_one_goes_on(database):
    people = await cast.enrol()
    first, second = await merged(people)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{first}")
    assert page.texts(".talk .notice p")[-1] == f"Este ticket foi unido a outro: continue no #{second} ."
    assert page.links()[f"#{second}"] == f"/desk/tickets/{second}#unseen"
    assert page.texts("#kin + .aside__body .mini .quiet") == ["este foi unido a ele · Aberto"]
    page = await bia.get(f"/desk/tickets/{second}")
    assert page.texts("#kin + .aside__body .mini .quiet") == ["veio para cá · Fechado"]


async def test_the_requester_of_a_merged_ticket_reads_its_messages_and_the_public_ones_of_the_other(database):
    people = await cast.enrol()
    first, second = await merged(people)
    rui = await browser_of(people.rui)
    page = await rui.get(f"/tickets/{second}")
    assert said(page) == ["Um.", "Dois.", "Vamos ver."]
    assert page.links()[f"veio do #{first}"] == f"/tickets/{first}"
    assert said(await (await browser_of(people.ana)).get(f"/tickets/{second}")) == ["Um.", "Dois.", "Vamos ver."]


async def test_who_was_in_copy_reads_on_as_well(database):
    people = await cast.enrol()
    _, second = await merged(people)
    page = await (await browser_of(people.ana)).get(f"/tickets/{second}")
    assert "rui@aurora.example" in page.words
    assert "eva@familia.example" in page.words


async def test_who_read_on_because_of_a_merge_does_not_once_it_is_undone(database):
    people = await cast.enrol()
    first, second = await merged(people)
    await unmerge(await cast.seen(first, people.bia), by=people.bia, at=NOW)
    rui = await browser_of(people.rui)
    assert (await rui.get(f"/tickets/{second}")).status == 404
    assert said(await rui.get(f"/tickets/{first}")) == ["Um."]


async def test_the_requester_reads_on_through_one_merge_after_another(database):
    people = await cast.enrol()
    _, second = await merged(people)
    third = await cast.ticket(people.ana, "Outro", "Três.")
    await merge(await cast.seen(second, people.bia), third, by=people.bia, at=NOW)
    rui = await browser_of(people.rui)
    assert said(await rui.get(f"/tickets/{third}")) == ["Um.", "Dois.", "Vamos ver.", "Três."]


async def test_a_robot_reads_the_messages_of_a_merged_ticket_with_the_other(database):
    people = await cast.enrol()
    first, second = await merged(people)
    told = (await (await robot()).get(f"/tickets/{second}")).json()
    spoken = [(each["ticket"], each["body"]) for each in told["conversation"] if each["body"]]
    assert spoken == [(first, "Um."), (second, "Dois."), (second, "Vamos ver."), (second, "Só nós.")]
