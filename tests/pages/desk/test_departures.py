"""Alerts about tickets of agents who left, and about approvals that nobody may give."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import facts, happened, titles
from web.people.permissions import Role
from web.tickets.actions import approvals, assignment, resolution
from web.tickets.actions.ownership import departures

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


async def held_by_davi(people, state="open"):
    number = await cast.ticket(people.ana, "Boletos")
    await cast.brought_to(number, state, by=people.davi, asker=people.ana)
    return number


async def needing_approval(by, people, title="Compra de livros"):
    """Opens a ticket in a category that needs approval. Returns its number."""
    lia = await browser_of(people.lia)
    at = (await lia.get("/desk/settings/categories")).links()["Cobrança"]
    check = await lia.send(await lia.get(at), at, needs_approval="1")
    if check.text("h1") == "Conferir antes":
        await lia.send(check, at, press="save")
    return await cast.ticket(by, title)


async def test_the_tickets_of_an_agent_who_goes_return_to_their_queue_highlighted(database):
    people = await cast.enrol()
    number = await held_by_davi(people)
    assert await departures.deactivate(people.davi.id, at=NOW) == 1
    bia = await browser_of(people.bia)
    inbox = await bia.get("/desk")
    assert inbox.texts(".line[data-turn] .line__next strong") == ["Voltou à fila: quem atendia saiu."]
    listed = await bia.get(inbox.links()["Para conferir 1"])
    assert (listed.text("h1"), titles(listed)) == ("Para conferir", ["Boletos"])
    page = await bia.get(f"/desk/tickets/{number}")
    assert page.text("#holder") == "Sem atendente"
    assert happened(page)[-1] == "Voltou à fila: Davi não está mais no atendimento"


async def test_the_customer_reads_the_name_of_the_queue_once_their_agent_is_gone(database):
    people = await cast.enrol()
    number = await held_by_davi(people)
    ana = await browser_of(people.ana)
    assert facts(await ana.get(f"/tickets/{number}"))["Com quem está"] == "Davi Reis, Financeiro"
    await departures.deactivate(people.davi.id, at=NOW)
    page = await ana.get(f"/tickets/{number}")
    assert (facts(page)["Com quem está"], page.text(".next")) == ("Fila Financeiro", "Na fila Financeiro.")
    assert happened(page)[-1] == "O ticket voltou à fila"


async def test_a_ticket_that_waits_keeps_waiting_without_who_is_gone(database):
    people = await cast.enrol()
    number = await held_by_davi(people, "waiting_requester")
    await departures.deactivate(people.davi.id, at=NOW)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")
    assert page.text(".head__sub .chip") == "Aguardando solicitante"
    assert page.text("#holder") == "Sem atendente"


async def test_what_was_offered_to_who_is_gone_is_free_again(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    sheet = await cast.seen(number, people.bia)
    await assignment.assign(sheet, team=None, person=people.davi.id, by=people.bia, at=NOW)
    await departures.deactivate(people.davi.id, at=NOW)
    assert (await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")).text("#holder").startswith("Sem aten")


async def test_the_mark_is_gone_once_somebody_of_the_desk_acts(database):
    people = await cast.enrol()
    number = await held_by_davi(people)
    await departures.deactivate(people.davi.id, at=NOW)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    assert titles(await bia.get("/desk?view=alerts")) == []
    assert (await bia.get("/desk")).texts(".line[data-turn]") == []


async def test_what_is_solved_stays_so_and_comes_back_to_the_queue_and_not_to_who_is_gone(database):
    people = await cast.enrol()
    number = await held_by_davi(people, "resolved")
    await departures.deactivate(people.davi.id, at=NOW)
    sheet = await cast.seen(number, people.ana)
    assert sheet.status == "resolved"
    await resolution.object_to(sheet, "Ainda não.", by=people.ana, at=NOW)
    assert (await cast.seen(number, people.bia)).assignee is None


async def test_who_is_gone_opens_nothing_any_more(database):
    people = await cast.enrol()
    davi = await browser_of(people.davi)
    await departures.deactivate(people.davi.id, at=NOW)
    assert (await davi.get("/desk")).path.startswith("/sign-in")


async def test_who_loses_the_role_stays_as_a_requester_and_holds_nothing(database):
    people = await cast.enrol()
    number = await held_by_davi(people)
    await departures.give_role(people.davi.id, Role.REQUESTER, by=people.admin, at=NOW)
    davi = await browser_of(people.davi)
    assert [(await davi.get(path)).status for path in ("/desk", "/tickets")] == [404, 200]
    assert (await cast.seen(number, people.bia)).assignee is None


async def test_who_leaves_a_team_holds_only_what_is_of_others(database):
    people = await cast.enrol()
    ours = await held_by_davi(people)
    theirs = await cast.ticket(people.ana, "Notas", category="Sistema de avaliações", topic="Resultados")
    await cast.brought_to(theirs, "open", by=people.davi, asker=people.ana)
    team = (await cast.seen(ours, people.bia)).team
    assert await departures.leave_team(people.davi.id, team, at=NOW) == 1
    assert [(await cast.seen(each, people.bia)).assignee for each in (ours, theirs)] == [None, people.davi.id]


async def test_a_request_goes_on_with_a_word_to_a_lead_where_nobody_may_approve_it(database):
    people = await cast.enrol()
    number = await needing_approval(people.ana, people)
    page = await (await browser_of(people.ana)).get(f"/tickets/{number}")
    assert page.text(".next").startswith("Na fila Financeiro.")
    assert happened(page)[-1] == "Ninguém da organização podia aprovar: o pedido seguiu sem aprovação"
    lia = await browser_of(people.lia)
    listed = await lia.get("/desk?view=alerts")
    assert listed.texts(".line[data-turn] .line__next strong") == ["Seguiu sem aprovação: ninguém podia aprovar."]


async def test_that_nobody_may_approve_stays_marked_until_a_lead_has_acted(database):
    people = await cast.enrol()
    number = await needing_approval(people.ana, people)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    lia = await browser_of(people.lia)
    assert titles(await lia.get("/desk?view=alerts")) == ["Compra de livros"]
    at = f"/desk/tickets/{number}"
    await lia.send(await lia.get(at), f"{at}/notes", body="Confirmei por telefone.")
    assert titles(await lia.get("/desk?view=alerts")) == []


async def test_a_request_goes_on_once_who_could_approve_it_is_gone(database):
    people = await cast.enrol()
    number = await needing_approval(people.rui, people)
    rui = await browser_of(people.rui)
    assert (await rui.get(f"/tickets/{number}")).text(".head__sub .chip") == "Aguardando aprovação"
    await approvals.overrule_unheard(NOW)
    assert (await rui.get(f"/tickets/{number}")).text(".head__sub .chip") == "Aguardando aprovação"
    await departures.deactivate(people.ana.id, at=NOW)
    await approvals.overrule_unheard(NOW)
    assert (await rui.get(f"/tickets/{number}")).text(".head__sub .chip") == "Novo"


async def test_a_lead_overrules_an_approval_with_a_reason_that_everybody_reads(database):
    people = await cast.enrol()
    number = await needing_approval(people.rui, people)
    at, lia = f"/desk/tickets/{number}", await browser_of(people.lia)
    refused = await lia.send(await lia.get(at), f"{at}/overruling", reason=" ")
    assert (refused.status, refused.text(".summary li")) == (422, "Por que segue sem a aprovação : Escreva o motivo.")
    page = await lia.send(refused, f"{at}/overruling", reason="A direção pediu por telefone.")
    assert page.text(".head__sub .chip") == "Novo"
    told = happened(await (await browser_of(people.rui)).get(f"/tickets/{number}"))
    assert told[-1] == "Lia liberou o pedido sem aprovação: A direção pediu por telefone."
    assert "Liberar sem aprovação" not in (await (await browser_of(people.bia)).get(at)).texts("summary")
