"""The pages of people and of organizations as agents see them."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of, folded
from tests.pages.reading import statements
from web.people import accounts
from web.people.directory.listing import PAGE
from web.people.onboarding import joining
from web.tickets.actions import ratings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


def rows(page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


def known(page) -> dict[str, str]:
    return dict(zip(page.texts(".aside dt"), page.texts(".aside dd"), strict=True))


async def test_an_agent_finds_a_person_and_reads_what_is_known_of_them(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    listed = await bia.get("/desk/people?q=prado")
    assert rows(listed) == [["Ana Prado", "ana@aurora.example", "Colégio Aurora", "Solicitante, ainda sem senha"]]
    page = await bia.get(listed.links()["Ana Prado"])
    assert page.text("h1") == "Ana Prado"
    assert known(page)["E-mail"] == "ana@aurora.example"
    assert known(page)["Organização"] == (
        "Colégio Aurora Os tickets da organização; aprova pedidos; cuida das permissões"
    )
    assert page.texts(".row__title") == ["Boletos com o valor errado"]
    assert "Nenhuma avaliação ainda." in page.words


async def test_an_agent_finds_an_organization_its_people_and_its_tickets(database):
    people = await cast.enrol()
    await cast.ticket(people.rui)
    bia = await browser_of(people.bia)
    listed = await bia.get("/desk/organizations?q=aurora")
    assert rows(listed) == [["Colégio Aurora", "11.222.333/0001-81", "2"]]
    page = await bia.get(listed.links()["Colégio Aurora"])
    assert rows(page) == [
        ["Ana Prado", "Os tickets da organização", "aprovar pedidos, cuidar das permissões"],
        ["Rui Alves", "Só os próprios tickets", "–"],
    ]
    assert page.texts(".row__title") == ["Boletos com o valor errado"]


async def test_a_label_pasted_with_a_number_or_an_address_is_no_word_that_must_be_found(database):
    bia = await browser_of((await cast.enrol()).bia)
    asked = [
        await bia.get(f"/desk/organizations?q={each}")
        for each in ("CNPJ: 11.222.333/0001-81", "cnpj 11222333000181", "(CNPJ 11222333000181)")
    ]
    asked += [
        await bia.get(f"/desk/people?q={each}")
        for each in ("mailto:ana@aurora.example", "E-mail: ana@aurora.example", "Nome: Ana Prado")
    ]
    assert [rows(each)[0][0] for each in asked] == ["Colégio Aurora"] * 3 + ["Ana Prado"] * 3


async def test_who_was_invited_is_told_apart_from_who_asked_to_join(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    await joining.invite("nina@casa.example", aurora, by=people.ana, at=NOW)
    eva = await accounts.create("Eva Melo", ["eva@casa.example"], at=NOW)
    await joining.request(eva, aurora, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/organizations/{aurora}")
    waiting = {row[0]: row[1] for row in rows(page) if row[2] == "–"}
    assert (waiting["nina"], waiting["Eva Melo"]) == ("convidada em 23/11", "pediu para entrar")
    nina = await bia.get(page.links()["nina"])
    assert known(nina)["Convidada por"] == "Colégio Aurora"
    assert (await bia.get(f"{nina.path}/details")).text("#memberships + ul .quiet") == "convidada em 23/11"


async def test_the_ticket_leads_to_who_asked_and_to_their_organization(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")
    (aurora,) = people.ana.organizations
    assert page.links()["Ana Prado"] == f"/desk/people/{people.ana.id}"
    assert page.links()["Colégio Aurora"] == f"/desk/organizations/{aurora}"


async def test_a_confidential_ticket_is_not_on_the_page_of_who_asked(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Denúncia", category="Cobrança")
    number = await cast.ticket(people.ana, "Reservado")
    lia = await browser_of(people.lia)
    (ouvidoria,) = [team for team in people.lia.teams if team not in people.bia.teams][:1]
    page = await lia.get(f"/desk/tickets/{number}")
    await lia.send(page, f"/desk/tickets/{number}/properties", team=str(ouvidoria))
    bia = await browser_of(people.bia)
    assert (await bia.get(f"/desk/people/{people.ana.id}")).texts(".row__title") == ["Denúncia"]


@pytest.mark.parametrize("about", ["people", "organizations"])
async def test_a_remark_is_kept_and_shown_to_the_desk(about, database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    at = f"/desk/{about}/{people.ana.id if about == 'people' else aurora}"
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get(at), f"{at}/remarks", remark="Prefere falar à tarde.")
    assert page.text(".notice") == "Anotação guardada."
    assert page.texts(".remark") == ["Prefere falar à tarde. Bia, 23/11"]
    refused = await bia.send(page, f"{at}/remarks", remark=" " * 3)
    assert (refused.status, refused.texts(".field__error")) == (422, ["Preencha este campo."])


async def test_satisfaction_is_the_mean_of_what_they_said(database):
    people = await cast.enrol()
    for title, score in (("Um", 5), ("Dois", 4)):
        number = await cast.ticket(people.ana, title)
        await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
        await ratings.rate(
            await cast.seen(number, people.ana), service=score, quality=3, comment="", by=people.ana, at=NOW
        )
    page = await (await browser_of(people.bia)).get(f"/desk/people/{people.ana.id}")
    assert (known(page)["Atendimento"], known(page)["Solução"], known(page)["Avaliações"]) == (
        "4,5 de 5",
        "3,0 de 5",
        "2",
    )


async def test_a_list_that_finds_nobody_says_how_it_looks(database):
    people = await cast.enrol()
    page = await (await browser_of(people.bia)).get("/desk/people?q=xyz")
    assert page.text(".empty h2") == "Ninguém com este filtro"


async def test_the_next_page_goes_on_with_the_same_filter(database):
    people = await cast.enrol()
    for number in range(PAGE + 1):
        await accounts.create(f"Loja {number:03}", [f"u{number}"], at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk/people?q=loja&kind=requester")
    assert page.text(".pager .tabular") == f"{PAGE} de {PAGE + 1}"
    after = await bia.get(page.links()["Próximos"])
    assert [row[0] for row in rows(after)] == [f"Loja {PAGE:03}"]
    assert after.links()["Voltar ao início"] == "/desk/people?q=loja&kind=requester"


@pytest.mark.parametrize(
    ("address", "most"), [("/desk/people", 2), ("/desk/people/{ana}", 6), ("/desk/organizations", 2)]
)
async def test_a_page_asks_the_database_the_same_however_many_there_are(address, most, database):
    people = await cast.enrol()
    bia, path = await browser_of(people.bia), address.format(ana=people.ana.id)
    counted = []
    for _ in range(2):
        with statements() as sent:
            await bia.get(path)
        counted.append(len(sent))
        for number in range(20):
            await accounts.create(f"Loja {number}", [f"u{len(counted)}-{number}"], at=NOW)
            await cast.ticket(people.ana, f"Ticket {len(counted)} {number}")
    assert counted == [most, most]
