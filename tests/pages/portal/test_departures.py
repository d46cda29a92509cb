"""A member who leaves an organization is asked first and told what ends; it is logged, and their tickets stay."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import facts, signed_in_as
from web.database import fetch
from web.people import memberships, organizations
from web.people.permissions import Sees
from web.settings_log.listing import LogFilter, changes

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

LAST = "Só você cuida das permissões."


async def asked(person):
    """Their browser, and the page that asks whether they leave Aurora."""
    browser = await browser_of(person)
    return browser, await browser.get((await browser.get("/account")).links()["Sair da organização Colégio Aurora"])


def ending(page):
    return page.texts("main form li")


async def test_a_member_is_asked_first_and_told_what_ends(database):
    people = await cast.enrol()
    await cast.ticket(people.rui)
    _, page = await asked(people.rui)
    assert page.text("h1") == "Sair de Colégio Aurora?"
    assert ending(page) == ["não abre mais tickets pela organização, nem lê os artigos que são só dela."]
    assert "Você tem 1 ticket aberto lá." in page.words
    assert LAST not in page.words
    assert await signed_in_as(await browser_of(people.rui)) == "Rui Alves · Colégio Aurora"


async def test_the_last_manager_is_told_what_happens(database):
    people = await cast.enrol()
    _, page = await asked(people.ana)
    assert ending(page) == [
        "não vê mais os tickets dos colegas;",
        "não aprova mais os pedidos deles;",
        "não cuida mais das permissões deles;",
        "não abre mais tickets pela organização, nem lê os artigos que são só dela.",
    ]
    assert LAST in page.words
    (aurora,) = people.ana.organizations
    row = await memberships.membership(await memberships.number_of(people.rui.id, aurora))
    await memberships.set_rights(row, sees=Sees.OWN, approves=False, manages=True, by=people.lia, at=NOW)
    _, page = await asked(people.ana)
    assert LAST not in page.words


async def test_who_leaves_keeps_their_tickets_and_sees_no_others(database):
    people = await cast.enrol()
    own, other = await cast.ticket(people.ana, "De Ana"), await cast.ticket(people.rui, "De Rui")
    ana, page = await asked(people.ana)
    page = await ana.send(page, page.path)
    assert page.text("[role=status]") == "Você saiu da organização."
    assert "Sair da organização Colégio Aurora" not in page.links()
    assert await signed_in_as(ana) == "Ana Prado"
    assert [(await ana.get(f"/tickets/{number}")).status for number in (own, other)] == [200, 404]
    assert facts(await ana.get(f"/tickets/{own}"))["Aberto por"] == "Ana Prado, Colégio Aurora"


async def test_leaving_is_logged_like_a_removal_and_undone_by_a_manager(database):
    people = await cast.enrol()
    rui, page = await asked(people.rui)
    await rui.send(page, page.path)
    newest = (await changes(LogFilter()))[0]
    assert (newest.kind, newest.name, newest.person_name) == ("membership", "Rui Alves, Colégio Aurora", "Rui Alves")
    assert await fetch("SELECT id FROM membership WHERE person = {} AND removed_at IS NULL", people.rui.id) == []
    ana = await browser_of(people.ana)
    number = await memberships.number_of(people.rui.id, next(iter(people.ana.organizations)))
    await ana.send(await ana.get("/organization"), f"/organization/members/{number}/return")
    assert await signed_in_as(rui) == "Rui Alves · Colégio Aurora"


async def test_a_retired_organization_is_left_as_well(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    await organizations.set_active(aurora, is_active=False, by=people.lia, at=NOW)
    rui, page = await asked(people.rui)
    page = await rui.send(page, page.path)
    assert page.text("[role=status]") == "Você saiu da organização."


async def test_what_one_is_no_member_of_cannot_be_left(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    caio, rui = await browser_of(people.caio), await browser_of(people.rui)
    at = f"/account/organizations/{aurora}/departure"
    token = (await caio.get("/account")).values("/sign-out")
    assert [(await caio.get(at)).status, (await caio.post(at, token)).status] == [404, 404]
    page = await rui.get(at)
    await rui.send(page, at)
    assert [(await rui.get(at)).status, (await rui.post(at, page.values(at))).status] == [404, 404]
