"""Managers and their colleagues; a grant holds from the next page."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.lead_settings import set_rights
from tests.pages.reading import chosen, impersonal, member, signed_in_as, statements, titles
from web.clock import set_now
from web.database import fetch
from web.people import accounts, memberships, organizations
from web.people.directory import membership_editing
from web.people.permissions import Actor, Sees
from web.people.tables import Membership

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


async def who_asks_to_join(organization: int, name: str = "Eva Melo") -> Actor:
    """Somebody who signed up with the organization's CNPJ and is not confirmed yet."""
    address = f"{name.split(maxsplit=1)[0].lower()}@aurora.example"
    person = await accounts.create(name, [address], at=NOW)
    await Membership(person=person, organization=organization, sees=Sees.ORGANIZATION).save()
    return Actor(id=person, name=name)


async def membership(number: int) -> dict[str, object]:
    (row,) = await fetch("SELECT sees, approves, manages, confirmed_at FROM membership WHERE id = {}", number)
    return {name: bool(value) if name != "sees" else value for name, value in row.items()}


async def test_who_manages_sees_each_colleague_with_their_grants(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/organization")
    assert page.texts("section h2") == ["Ana Prado", "Rui Alves"]
    assert page.texts("section h2 + p") == [
        "ana@aurora.example · Colégio Aurora",
        "rui@aurora.example · Colégio Aurora",
    ]
    rui = await member("Rui Alves", people.ana)
    assert page.values(f"/organization/members/{rui}").get("approves") is None
    assert chosen(page, "sees") == "Só os próprios tickets"


async def test_nobody_changes_their_own_grants(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    own = await member("Ana Prado", people.ana)
    page = await ana.get("/organization")
    assert page.texts("section p")[1] == "É você. Outra pessoa com esta permissão pode mudar as suas."
    values = page.values(f"/organization/members/{await member('Rui Alves', people.ana)}")
    for path in (f"/organization/members/{own}", f"/organization/members/{own}/removal"):
        refused = await ana.post(path, values | {"sees": "group"})
        assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
        assert "ticket" not in refused.text(".error-page")
    assert await membership(own) == {"sees": "organization", "approves": True, "manages": True, "confirmed_at": True}


@pytest.mark.parametrize("name", ["rui", "caio", "bia"])
async def test_who_does_not_manage_finds_no_such_page(database, name):
    people = await cast.enrol()
    ana, theirs = await browser_of(people.ana), await browser_of(getattr(people, name))
    page, absent = await theirs.get("/organization"), await theirs.get("/nowhere")
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
    assert impersonal(page) == impersonal(absent)
    assert "Colegas" not in (await theirs.get("/")).links()

    rui = await member("Rui Alves", people.ana)
    token = (await theirs.get("/account")).values("/account")["_token"]
    for path in (f"/organization/members/{rui}", f"/organization/members/{rui}/removal"):
        refused = await theirs.post(path, {"_token": token, "sees": "organization", "manages": "1"})
        assert (refused.status, refused.text("h1")) == (404, "Não encontramos esta página")
    assert await membership(rui) == {"sees": "own", "approves": False, "manages": False, "confirmed_at": True}
    assert (await ana.get("/organization")).texts("section h2") == ["Ana Prado", "Rui Alves"]


async def test_who_manages_one_organization_does_not_reach_into_another(database):
    people = await cast.enrol()
    await set_rights(people.caio, manages=True, by=people.lia)
    caio = await browser_of(people.caio)
    page = await caio.get("/organization")
    assert page.texts("section h2") == ["Caio Lima"]
    rui = await member("Rui Alves", people.ana)
    token = (await caio.get("/account")).values("/account")["_token"]
    for number in (rui, 999_999, 0, 2**31, 2**40, 2**70):
        for path in (f"/organization/members/{number}", f"/organization/members/{number}/removal"):
            refused = await caio.post(path, {"_token": token, "sees": "organization"})
            assert (refused.status, refused.text("h1")) == (404, "Não encontramos esta página")
    assert await membership(rui) == {"sees": "own", "approves": False, "manages": False, "confirmed_at": True}


async def test_who_changes_a_grant_second_sees_the_difference_and_may_save_again(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number = await member("Rui Alves", people.ana)
    at = f"/organization/members/{number}"
    opened = await ana.get("/organization")
    await memberships.grant(number, sees=Sees.OWN, approves=True, manages=False, by=people.ana, at=NOW)
    page = await ana.send(opened, at, sees="organization")
    assert (page.status, page.texts("[role=alert] p")[:2]) == (
        409,
        ["Outra pessoa mudou isto enquanto você editava.", "Agora: Só os próprios tickets, aprova pedidos."],
    )
    assert (await ana.send(page, at)).text(".notice") == "Permissões salvas."
    assert (await membership(number))["sees"] == "organization"


async def test_a_grant_changes_what_a_colleague_sees_at_once(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "De Ana")
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert (titles(await rui.get("/tickets")), (await rui.get(f"/tickets/{number}")).status) == ([], 404)

    action = f"/organization/members/{await member('Rui Alves', people.ana)}"
    answer = await ana.send(await ana.get("/organization"), action, follow=False, sees="organization")
    assert (answer.status, answer.location) == (303, "/organization?done=saved")
    after = await ana.get(answer.location)
    assert (after.text(".notice"), chosen(after, "sees")) == ("Permissões salvas.", "Os tickets da organização")
    assert titles(await rui.get("/tickets")) == ["De Ana"]
    assert (await rui.get(f"/tickets/{number}")).text("h1") == "De Ana"
    assert titles(await rui.get("/tickets?q=ana")) == ["De Ana"]

    await ana.send(after, action, sees="own")
    assert titles(await rui.get("/tickets")) == []
    assert (await rui.get(f"/tickets/{number}")).text("h1") == "Não encontramos esta página"
    assert titles(await rui.get("/tickets?q=ana")) == []


async def test_a_colleague_may_be_given_the_care_of_the_others(database):
    people = await cast.enrol()
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    number = await member("Rui Alves", people.ana)
    action = f"/organization/members/{number}"
    await ana.send(await ana.get("/organization"), action, manages="1", approves="1")
    assert await membership(number) == {"sees": "own", "approves": True, "manages": True, "confirmed_at": True}
    page = await rui.get("/organization")
    assert page.texts("section h2") == ["Ana Prado", "Rui Alves"]
    assert "Colegas" in page.links()

    form = (await ana.get("/organization")).values(action)
    await ana.post(action, {"_token": form["_token"], "sees": "own"})
    assert (await rui.get("/organization")).text("h1") == "Não encontramos esta página"


async def test_who_asked_to_join_sees_nothing_before_they_are_confirmed(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    eva = await who_asks_to_join(aurora)
    number = await cast.ticket(people.ana, "De Ana")
    ana, theirs = await browser_of(people.ana), await browser_of(eva)
    assert await signed_in_as(theirs) == "Eva Melo"
    for path in ("/tickets", "/tickets?scope=organization", "/tickets?q=ana"):
        assert titles(await theirs.get(path)) == []
    assert (await theirs.get(f"/tickets/{number}")).text("h1") == "Não encontramos esta página"

    page = await ana.get("/organization")
    assert page.texts("section h2") == ["Eva Melo", "Ana Prado", "Rui Alves"]
    assert page.texts("section h2 + p")[0] == "eva@aurora.example · Colégio Aurora · pediu para entrar"
    action = f"/organization/members/{await member('Eva Melo', people.ana)}"
    assert [button.text() for button in page.form(action).css("button")] == ["Confirmar a entrada", "Recusar"]
    await ana.send(page, action, sees="organization")
    assert await signed_in_as(theirs) == "Eva Melo · Colégio Aurora"
    assert titles(await theirs.get("/tickets")) == ["De Ana"]
    after = await ana.get("/organization")
    assert [button.text() for button in after.form(action).css("button")] == ["Salvar"]
    assert after.links()["Remover Eva Melo"] == f"{action}/removal"


async def test_who_asked_to_join_may_be_turned_down(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    eva = await who_asks_to_join(aurora)
    ana, theirs = await browser_of(people.ana), await browser_of(eva)
    page = await ana.get("/organization")
    action = f"/organization/members/{await member('Eva Melo', people.ana)}"
    button = page.form(action).css("button")[1]
    answer = await ana.post(button.attributes["formaction"], page.values(action))
    assert answer.status == 303
    assert (await ana.get(answer.location)).texts("section h2") == ["Ana Prado", "Rui Alves"]
    assert await signed_in_as(theirs) == "Eva Melo"


async def test_a_colleague_removed_keeps_their_own_tickets_and_sees_no_others(database):
    people = await cast.enrol()
    await set_rights(people.rui, sees=Sees.ORGANIZATION, by=people.lia)
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW + timedelta(minutes=1))
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert titles(await rui.get("/tickets")) == ["De Rui", "De Ana"]
    page = await ana.get("/organization")
    action = f"/organization/members/{await member('Rui Alves', people.ana)}"
    after = await ana.send(await ana.get(page.links()["Remover Rui Alves"]), f"{action}/removal")
    assert after.text(".notice p") == "A pessoa não faz mais parte da organização."
    assert after.texts("section h2 + p")[1] == "rui@aurora.example · Colégio Aurora · saiu em 23/11"
    assert titles(await rui.get("/tickets")) == ["De Rui"]
    assert await signed_in_as(rui) == "Rui Alves"


async def test_a_kind_of_sight_that_does_not_exist_is_refused(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number = await member("Rui Alves", people.ana)
    page = await ana.get("/organization")
    refused = await ana.send(page, f"/organization/members/{number}", sees="everything", manages="1")
    assert (refused.status, refused.texts(".summary li")) == (422, ["O que vê : Escolha uma das opções da lista."])
    assert await membership(number) == {"sees": "own", "approves": False, "manages": False, "confirmed_at": True}


async def test_the_sight_of_all_branches_is_offered_only_by_who_has_it(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/organization")
    assert page.options("sees") == ["Só os próprios tickets", "Os tickets da organização"]
    number = await member("Rui Alves", people.ana)
    values = page.values(f"/organization/members/{number}") | {"sees": "group"}
    refused = await ana.post(f"/organization/members/{number}", values)
    assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
    assert await membership(number) == {"sees": "own", "approves": False, "manages": False, "confirmed_at": True}


async def test_the_sight_of_all_branches_shows_the_tickets_of_each(database):
    people = await cast.enrol()
    branch = await organizations.insert("Colégio Aurora Norte", "11222333000262")
    await set_rights(people.ana, sees=Sees.GROUP, by=people.lia)
    home = await member("Caio Lima", people.caio)
    await membership_editing.leave(people.caio.id, home, by=people.lia, at=NOW)
    await memberships.add(people.caio.id, branch, sees=Sees.OWN, at=NOW)
    await cast.ticket(await cast.fresh(people.caio), "Do Norte")
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert titles(await rui.get("/tickets")) == []
    page = await ana.get("/organization")
    assert page.options("sees")[-1] == "Os tickets de todas as filiais"
    await ana.send(page, f"/organization/members/{await member('Rui Alves', people.ana)}", sees="group")
    assert titles(await rui.get("/tickets")) == ["Do Norte"]


async def test_the_page_asks_the_database_as_often_for_four_colleagues_as_for_two(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    ana = await browser_of(people.ana)
    with statements() as for_two:
        await ana.get("/organization")
    for name in ("Eva Melo", "Gil Souza"):
        await who_asks_to_join(aurora, name)
    with statements() as for_four:
        page = await ana.get("/organization")
    assert len(page.texts("section h2")) == 4
    assert len(for_two) == len(for_four)


async def test_a_visitor_is_led_to_the_entrance(database):
    await cast.enrol()
    set_now(NOW)
    page = await Browser().get("/organization")
    assert (page.text("h1"), page.values("/sign-in")["next"]) == ("Entrar", "/organization")
