"""The pages on which a lead merges two accounts, and undoes it."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of, folded
from web.people import accounts, memberships
from web.people.permissions import Sees

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]


def figures(page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


async def test_a_lead_finds_the_other_account_compares_merges_and_parts():
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    second = await accounts.create("Ana P.", ["ana@casa.example"], at=NOW)
    await memberships.add(second, aurora, sees=Sees.OWN, at=NOW)
    await cast.ticket(people.ana)
    at = f"/desk/people/{people.ana.id}"
    lia = await browser_of(people.lia)
    page = await lia.get((await lia.get(at)).links()["Juntar com outra conta"])
    assert figures(page) == []
    found = await lia.get(f"{at}/merge?q=casa")
    assert figures(found) == [["Ana P.", "ana@casa.example", "0", "Conferir"]]
    preview = await lia.get(found.links()["Conferir Ana P. (ana@casa.example)"])
    assert figures(preview) == [
        ["Tickets como solicitante", "1", "0"],
        ["Organizações", "1", "1"],
        ["E-mails e usuários", "1", "1"],
    ]
    assert preview.options("keep") == ["Ana Prado (ana@aurora.example)", "Ana P. (ana@casa.example)"]
    assert "As duas são de Colégio Aurora: vale a permissão da que fica." in preview.words
    done = await lia.send(preview, f"{at}/merge")
    assert (done.path, done.text(".notice")) == (
        f"{at}?done=merged",
        "Contas juntadas. A outra já não entra; os endereços dela levam a esta.",
    )
    assert "Ana P. foi juntada a esta (Lia, 23/11/2026)." in done.words
    gone = f"/desk/people/{second}"
    assert "Mudar o cadastro" not in (await lia.get(gone)).links()
    assert [(await lia.get(f"{gone}/{each}")).status for each in ("details", "deactivation")] == [403, 403]
    parted = await lia.send(done, f"/desk/people/{second}/parting")
    assert parted.text(".notice") == "Contas separadas. O que havia passado voltou para cá."
    assert "Juntar com outra conta" in parted.links()


async def test_accounts_that_may_not_be_merged_are_not_offered_and_are_refused_in_words():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    at = f"/desk/people/{people.ana.id}"
    assert figures(await lia.get(f"{at}/merge?q=bia")) == []
    page = await lia.get(f"{at}/merge?account={people.bia.id}")
    assert (page.status, page.texts(".summary li")) == (
        422,
        ["Outra conta : Só se juntam contas do mesmo papel, e nunca a de um robô."],
    )
    for person in (people.lia, people.admin):
        assert "Juntar com outra conta" not in (await lia.get(f"/desk/people/{person.id}")).links()
    bia = await browser_of(people.bia)
    assert "Juntar com outra conta" not in (await bia.get(at)).links()


async def test_a_form_of_a_merge_already_undone_or_over_says_so():
    people = await cast.enrol()
    second = await accounts.create("Ana P.", ["ana@casa.example"], at=NOW)
    third = await accounts.create("Ana", ["ana3@casa.example"], at=NOW)
    lia = await browser_of(people.lia)
    for one, other in ((third, second), (people.ana.id, third)):
        at = f"/desk/people/{one}"
        page = await lia.send(await lia.get(f"{at}/merge?account={other}"), f"{at}/merge")
    page = await lia.get(f"/desk/people/{second}")
    refused = await lia.send(page, f"/desk/people/{second}/parting")
    assert (refused.status, refused.texts(".summary li")) == (
        422,
        ["Separar de novo : A conta que ficou foi depois juntada a outra. Separe aquelas antes."],
    )
