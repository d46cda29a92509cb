"""Two accounts of one person are merged, and the merge is undone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.cast import NOW
from tests.emptying import empty
from tests.pages.reading import statements
from tests.people.merging.rows import rows
from web.database import fetch, fetch_column
from web.errors import Invalid
from web.notifications import announcing
from web.people import accounts, actors, memberships, one_time_links, sessions
from web.people.merging import comparing, merge, unmerge
from web.people.one_time_links import Purpose
from web.people.permissions import Role, Sees
from web.settings_log.listing import LogFilter, changes
from web.tickets.actions import customer_notes, replies
from web.tickets.record import reindexing
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]


async def twin_of_ana(**given) -> int:
    """Ana's second account, with a ticket, a remark and a membership."""
    return await accounts.create("Ana P.", ["ana@casa.example", "ana-prado"], at=NOW, **given)


async def actor(person: int):
    found = await actors.of_person(person)
    assert found is not None
    return found


async def test_what_one_account_had_is_the_others_and_its_addresses_lead_there():
    people = await cast.enrol()
    second = await twin_of_ana()
    number = await cast.ticket(await actor(second), "Da segunda conta", copies=("rui@aurora.example",))
    copied = await cast.ticket(people.rui, "Com cópia", copies=("ana@casa.example",))
    await customer_notes.remark_on("person", second, "Prefere e-mail.", by=people.bia, at=NOW)
    await announcing.announce(NOW)
    assert await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW) == people.ana.id
    ticket = await cast.seen(number, people.ana)
    assert (ticket.requester, ticket.primary_contact) == (people.ana.id, people.ana.id)
    assert (await cast.seen(copied, people.ana)).number == copied
    assert {each.value for each in await accounts.identities(people.ana.id)} == {
        "ana@aurora.example",
        "ana@casa.example",
        "ana-prado",
    }
    assert await accounts.number_of("identifier", "ana@casa.example") == people.ana.id
    assert await fetch_column(str, "SELECT body FROM remark WHERE person = {}", people.ana.id) == ["Prefere e-mail."]
    assert not await accounts.is_active(second)


async def test_a29_the_merged_account_signs_in_no_more_and_its_sessions_and_links_end():
    people = await cast.enrol()
    second = await twin_of_ana()
    token = await sessions.start(second, network="127.0.0.1", browser="Testes", at=NOW)
    link = await one_time_links.make(Purpose.PASSWORD, "ana@casa.example", person=second, at=NOW)
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
    assert await actors.behind_session(token, NOW) is None
    assert await one_time_links.find_live(link, NOW) is None


async def test_search_and_lists_follow_the_tickets_that_moved():
    people = await cast.enrol()
    second = await twin_of_ana()
    number = await cast.ticket(await actor(second), "Jabuticaba")
    copied = await cast.ticket(people.caio, "Pitanga", copies=("ana@casa.example",))
    await merge.merge(second, people.ana.id, keep=people.ana.id, by=people.lia, at=NOW)
    await reindexing.run_due(NOW)
    documents = await fetch("SELECT rowid AS id, scope FROM ticket_search ORDER BY rowid")
    scopes = {row["id"]: set(row["scope"].split()) for row in documents}
    for each in (number, copied):
        assert f"p{people.ana.id}" in scopes[each]
        assert f"p{second}" not in scopes[each]


@pytest.mark.parametrize("is_wider", [False, True])
async def test_of_two_memberships_the_remaining_ones_holds_unless_the_wider_is_wanted(is_wider):
    people = await cast.enrol()
    second = await twin_of_ana()
    (aurora,) = people.rui.organizations
    await memberships.add(second, aurora, sees=Sees.ORGANIZATION, approves=True, at=NOW)
    await merge.merge(people.rui.id, second, keep=people.rui.id, is_wider=is_wider, by=people.lia, at=NOW)
    rui = await cast.fresh(people.rui)
    assert (aurora in rui.sees, aurora in rui.approves) == (is_wider, is_wider)
    await unmerge.part(second, by=people.lia, at=NOW)
    assert (await cast.fresh(people.rui)).sees == frozenset()


async def test_the_password_of_the_remaining_account_holds_and_one_without_gets_the_others():
    people = await cast.enrol()
    kept = "hash da segunda conta"
    second = await twin_of_ana()
    await accounts.set_password(second, kept)
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
    assert await fetch_column(str, "SELECT password FROM person WHERE id = {}", people.ana.id) == [kept]
    await unmerge.part(second, by=people.lia, at=NOW)
    assert not await accounts.has_password(people.ana.id)
    await accounts.set_password(people.ana.id, "a dela")
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
    assert await fetch_column(str, "SELECT password FROM person WHERE id = {}", people.ana.id) == ["a dela"]


async def test_accounts_that_are_not_one_persons_are_refused():
    people = await cast.enrol()
    second = await twin_of_ana()
    agent = await accounts.create("Bia S.", ["bia2@guiche.example"], role=Role.AGENT, at=NOW)
    chief = await accounts.create("Ivo B.", ["ivo2@guiche.example"], role=Role.ADMIN, at=NOW)

    async def refusal(one: int, other: int | None, by) -> str:
        with pytest.raises(Invalid) as error:
            await merge.merge(one, other, keep=one, by=by, at=NOW)
        return error.value.code

    lia, admin = people.lia, people.admin
    assert await refusal(people.ana.id, agent, lia) == "other_role"
    assert await refusal(agent, people.ana.id, lia) == "other_role"
    assert await refusal(people.ana.id, people.ana.id, lia) == "same_account"
    assert await refusal(people.ana.id, 999_999, lia) == "unknown_account"
    assert await refusal(lia.id, agent, lia) == "own_account"
    assert await refusal(admin.id, chief, lia) == "others_account"
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=lia, at=NOW)
    assert await refusal(people.rui.id, second, lia) == "nobodys_account"


async def test_f20_the_same_form_twice_merges_once():
    people = await cast.enrol()
    second = await twin_of_ana()
    for _ in range(2):
        assert await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW) == people.ana.id
    assert len(await unmerge.merges(people.ana.id)) == 1


async def test_parting_gives_back_what_moved_and_leaves_what_came_since():
    people = await cast.enrol()
    second = await twin_of_ana()
    before = await cast.ticket(await actor(second), "De antes")
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
    since = await cast.ticket(people.ana, "De depois")
    await replies.reply(await cast.seen(before, people.ana), "Outra mensagem.", by=people.ana, at=NOW)
    await unmerge.part(second, by=people.lia, at=NOW + timedelta(days=29))
    again = await actor(second)
    assert (await cast.seen(before, again)).requester == second
    assert (await cast.seen(since, people.ana)).requester == people.ana.id
    said = await fetch("SELECT author FROM message WHERE ticket = {} ORDER BY id", before)
    assert [row["author"] for row in said] == [second, people.ana.id]
    assert await accounts.number_of("identifier", "ana-prado") == second


async def test_after_thirty_days_and_after_a_further_merge_there_is_no_parting():
    people = await cast.enrol()
    second, third = await twin_of_ana(), await accounts.create("Ana", ["ana3@casa.example"], at=NOW)
    await merge.merge(second, third, keep=third, by=people.lia, at=NOW)
    await merge.merge(people.ana.id, third, keep=people.ana.id, by=people.lia, at=NOW)

    async def refusal(number: int, at) -> str:
        with pytest.raises(Invalid) as error:
            await unmerge.part(number, by=people.lia, at=at)
        return error.value.code

    assert await refusal(second, NOW) == "merged_since"
    assert await refusal(third, NOW + timedelta(days=30)) == "no_longer_parted"
    await unmerge.sweep(NOW + timedelta(days=31))
    assert await fetch("SELECT id FROM merged_row") == []


async def test_a_merge_and_a_parting_are_in_the_log_of_settings():
    people = await cast.enrol()
    second = await twin_of_ana()
    await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
    await unmerge.part(second, by=people.lia, at=NOW)
    told = reversed(await changes(LogFilter()))
    assert [(row.kind, row.name, row.before is None) for row in told] == [
        ("merge", "Ana Prado", True),
        ("merge", "Ana Prado", False),
    ]


async def test_a_merge_takes_the_same_statements_however_much_moves():
    people = await cast.enrol()
    counted = []
    for many in (1, 30):
        second = await accounts.create("Ana", [f"ana{many}@casa.example"], at=NOW)
        asking = await actor(second)
        for each in range(many):
            await cast.ticket(asking, f"Ticket {each}")
        with statements() as sent:
            await merge.merge(people.ana.id, second, keep=people.ana.id, by=people.lia, at=NOW)
        counted.append(len(sent))
    assert counted[0] == counted[1] < 90


HAS = ("ticket", "copied", "reply", "remark", "member", "draft", "password", "zone")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sets(st.sampled_from(HAS)), second=st.sets(st.sampled_from(HAS)), is_wider=st.booleans())
async def test_merging_and_parting_leave_every_row_as_it_was(first, second, is_wider):
    await empty()
    people = await cast.enrol()
    one, other = [await accounts.create("Ana", [f"{name}@casa.example"], at=NOW) for name in ("um", "dois")]
    for person, has in ((one, first), (other, second)):
        await given_to(person, has, people)
    await announcing.announce(NOW)
    before = await rows()
    await merge.merge(one, other, keep=one, is_wider=is_wider, by=people.lia, at=NOW)
    assert (await comparing.compare(one, people.ana.id, by=people.lia)).accounts[0].id == one
    await unmerge.part(other, by=people.lia, at=NOW)
    assert await rows() == before


async def given_to(person: int, has: set[str], people) -> None:
    me = await actor(person)
    (aurora,) = people.rui.organizations
    address = await accounts.address_of(person)
    if "ticket" in has:
        await cast.ticket(me, f"De {person}")
    if "copied" in has or "reply" in has:
        number = await cast.ticket(people.rui, f"Com {person}", copies=("um@casa.example", address))
        if "reply" in has:
            await replies.reply(await cast.seen(number, me), "Também acho.", by=me, at=NOW)
    if "remark" in has:
        await customer_notes.remark_on("person", person, "Anotado.", by=people.bia, at=NOW)
    if "member" in has:
        sees = Sees.GROUP if person % 2 else Sees.OWN
        await memberships.add(person, aurora, sees=sees, approves=bool(person % 2), at=NOW)
    if "draft" in has:
        await drafts.draft(Request("Rascunho", "Um texto"), by=me, at=NOW)
    if "password" in has:
        await accounts.set_password(person, f"hash {person}")
    if "zone" in has:
        await accounts.choose_zone(me, "America/Manaus")
